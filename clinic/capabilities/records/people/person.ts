import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { AppointmentStatus } from '../../../platform/database/schema.ts';
import { foldName } from '../../../platform/names/fold-name.ts';
import { soundName } from '../../../platform/names/sound-key.ts';

/** A patient's record as the desk keeps it. */
export interface Person {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  /** YYYY-MM-DD */
  readonly birthDate: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly note: string;
  /** The record that this one was merged into. */
  readonly mergedInto: string | null;
}

export type PersonDetails = Omit<Person, 'id' | 'mergedInto'>;

/** A visit in a patient's list. Instants in epoch milliseconds. */
export interface Visit {
  readonly id: string;
  readonly start: number;
  readonly siteId: string | null;
  readonly status: AppointmentStatus;
  readonly serviceName: string;
}

/** The record, or null where this clinic has none of that id. */
export async function readPerson({ tx, clinicId }: ClinicTransaction, id: string): Promise<Person | null> {
  const row = await tx
    .selectFrom('patient')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    givenName: row.given_name,
    familyName: row.family_name,
    birthDate: row.birth_date,
    email: row.email,
    phone: row.phone,
    note: row.note,
    mergedInto: row.merged_into,
  };
}

/** The visits of a patient, latest first. */
export async function readVisits(
  { tx, clinicId }: ClinicTransaction,
  patientId: string,
): Promise<readonly Visit[]> {
  const rows = await tx
    .selectFrom('appointment as a')
    .innerJoin('service as s', (join) =>
      join.onRef('s.clinic_id', '=', 'a.clinic_id').onRef('s.id', '=', 'a.service_id'),
    )
    .select(['a.id', 'a.starts_at', 'a.site_id', 'a.status', 's.name'])
    .where('a.clinic_id', '=', clinicId)
    .where('a.patient_id', '=', patientId)
    .orderBy('a.starts_at', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    start: row.starts_at.getTime(),
    siteId: row.site_id,
    status: row.status,
    serviceName: row.name,
  }));
}

/** Opens a record. Whether the person is known already is asked before, with `likelyDuplicates`. */
export async function addPerson(clinic: ClinicTransaction, details: PersonDetails): Promise<string> {
  const { id } = await clinic.tx
    .insertInto('patient')
    .values({ clinic_id: clinic.clinicId, ...columnsOf(details) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await record(clinic, { action: 'patient.added', subject: { kind: 'patient', id } });
  return id;
}

/** Changes a record; the audit log keeps which fields, not what they held. */
export async function changePerson(
  clinic: ClinicTransaction,
  id: string,
  details: PersonDetails,
): Promise<void> {
  const before = await readPerson(clinic, id);
  if (!before) return;
  const fields = (Object.keys(details) as (keyof PersonDetails)[]).filter(
    (name) => before[name] !== details[name],
  );
  if (fields.length === 0) return;
  await clinic.tx
    .updateTable('patient')
    .set(columnsOf(details))
    .where('clinic_id', '=', clinic.clinicId)
    .where('id', '=', id)
    .execute();
  await record(clinic, { action: 'patient.changed', subject: { kind: 'patient', id }, detail: { fields } });
}

function columnsOf(details: PersonDetails) {
  return {
    given_name: details.givenName,
    family_name: details.familyName,
    search_name: foldName(`${details.familyName} ${details.givenName}`),
    sound_name: soundName(details.givenName, details.familyName),
    birth_date: details.birthDate,
    email: details.email?.toLowerCase() ?? null,
    phone: details.phone,
    note: details.note,
  };
}
