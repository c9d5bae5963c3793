import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { StudyStatus } from '../../../platform/database/schema-of-studies.ts';

/** A session as a line of a list. Instants in epoch milliseconds. */
export interface StudyLine {
  readonly id: string;
  readonly patientName: string;
  readonly takenAt: number;
  readonly status: StudyStatus;
  readonly failure: string | null;
  readonly trials: number;
}

/** The newest sessions of the clinic, or all of one person. */
export async function listStudies(
  { tx, clinicId }: ClinicTransaction,
  of: { readonly patientId?: string; readonly limit?: number } = {},
): Promise<readonly StudyLine[]> {
  let query = tx
    .selectFrom('study as s')
    .innerJoin('patient as p', (join) =>
      join.onRef('p.clinic_id', '=', 's.clinic_id').onRef('p.id', '=', 's.patient_id'),
    )
    .select(['s.id', 's.taken_at', 's.status', 's.failure', 'p.given_name', 'p.family_name'])
    .select(
      sql<number>`(
        select count(*)::int from study_file sf
        join stored_file f on f.clinic_id = sf.clinic_id and f.id = sf.file_id
        where sf.clinic_id = s.clinic_id and sf.study_id = s.id and sf.state = 'accepted' and f.status = 'ready')`.as(
        'trials',
      ),
    )
    .where('s.clinic_id', '=', clinicId)
    .where('s.kind', '=', 'gait');
  if (of.patientId) query = query.where('s.patient_id', '=', of.patientId);
  const rows = await query
    .orderBy('s.taken_at', 'desc')
    .limit(of.limit ?? 50)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    patientName: `${row.given_name} ${row.family_name}`,
    takenAt: row.taken_at.getTime(),
    status: row.status,
    failure: row.failure,
    trials: row.trials,
  }));
}

/** Something that a session can begin with. */
export interface Waiting {
  readonly id: string;
  readonly patientName: string;
  readonly what: string;
  /** The visit's start; of a purchase, when it was bought. */
  readonly at: number;
}

/** A service is one of the gait lab when it needs a resource whose kind says so. For queries with a `v` that has a service. */
export const ENTITLED_TO_THE_LAB = sql<boolean>`exists (
  select from service_need n where n.clinic_id = v.clinic_id and n.service_id = v.service_id and n.kind ilike '%gait%')`;

/** A visit `v` is one to the lab when its service is, or when something of the lab is claimed for it. */
export const VISIT_OF_THE_LAB = sql<boolean>`(${ENTITLED_TO_THE_LAB} or exists (
  select from claim c join resource r on r.clinic_id = c.clinic_id and r.id = c.resource_id
  where c.clinic_id = v.clinic_id and c.appointment_id = v.id and not r.person
    and exists (select from unnest(r.kinds) k where k ilike '%gait%')))`;

/** Visits to the gait lab within `span` that have no session yet. */
export async function visitsWithoutStudy(
  { tx, clinicId }: ClinicTransaction,
  span: { readonly start: number; readonly end: number },
): Promise<readonly Waiting[]> {
  const { rows } = await sql<{
    id: string;
    given_name: string;
    family_name: string;
    what: string;
    at: Date;
  }>`
    select v.id, p.given_name, p.family_name, s.name as what, v.starts_at as at
    from appointment v
    join patient p on p.clinic_id = v.clinic_id and p.id = v.patient_id
    join service s on s.clinic_id = v.clinic_id and s.id = v.service_id
    where v.clinic_id = ${clinicId} and v.starts_at >= ${new Date(span.start)} and v.starts_at < ${new Date(span.end)}
      and v.status not in ('cancelled', 'no_show') and ${VISIT_OF_THE_LAB}
      and not exists (select from study t where t.clinic_id = v.clinic_id and t.kind = 'gait' and t.appointment_id = v.id)
    order by v.starts_at desc limit 50`.execute(tx);
  return rows.map(waiting);
}

/** What was bought for the gait lab and was neither booked nor measured, the newest first. */
export async function boughtWithoutStudy({ tx, clinicId }: ClinicTransaction): Promise<readonly Waiting[]> {
  const { rows } = await sql<{
    id: string;
    given_name: string;
    family_name: string;
    what: string;
    at: Date;
  }>`
    select v.id, p.given_name, p.family_name, l.description as what, v.created_at as at
    from entitlement v
    join patient p on p.clinic_id = v.clinic_id and p.id = v.patient_id
    join order_line l on l.clinic_id = v.clinic_id and l.id = v.order_line_id
    where v.clinic_id = ${clinicId} and v.revoked_at is null and ${ENTITLED_TO_THE_LAB}
      and not exists (select from study t where t.clinic_id = v.clinic_id and t.kind = 'gait' and t.entitlement_id = v.id)
      and not exists (
        select from entitlement_use u join appointment a on a.clinic_id = u.clinic_id and a.id = u.appointment_id
        where u.clinic_id = v.clinic_id and u.entitlement_id = v.id and a.status <> 'cancelled')
    order by v.created_at desc limit 20`.execute(tx);
  return rows.map(waiting);
}

function waiting(row: {
  id: string;
  given_name: string;
  family_name: string;
  what: string;
  at: Date;
}): Waiting {
  return {
    id: row.id,
    patientName: `${row.given_name} ${row.family_name}`,
    what: row.what,
    at: row.at.getTime(),
  };
}
