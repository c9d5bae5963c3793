import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { StudyStatus } from '../../../platform/database/schema-of-studies.ts';

/** A visit with ultrasound, with its examination where there is one. */
export interface UltrasoundVisit {
  readonly appointmentId: string;
  readonly patientId: string;
  readonly patientName: string;
  readonly service: string;
  /** Epoch milliseconds. */
  readonly start: number;
  /** Whether an examination may begin with it: it stands, and somebody may have come. */
  readonly stands: boolean;
  readonly exam: { readonly id: string; readonly status: StudyStatus; readonly clips: number } | null;
}

type Wish =
  | { readonly appointmentId: string }
  | { readonly siteId?: string; readonly start: number; readonly end: number };

/** A visit `v` is one with ultrasound when its service needs a machine for it, or when one is claimed for it. */
const WITH_ULTRASOUND = sql<boolean>`(exists (
    select from service_need n
    where n.clinic_id = v.clinic_id and n.service_id = v.service_id and n.kind ilike '%ultraso%')
  or exists (
    select from claim c join resource r on r.clinic_id = c.clinic_id and r.id = c.resource_id
    where c.clinic_id = v.clinic_id and c.appointment_id = v.id and not r.person
      and exists (select from unnest(r.kinds) k where k ilike '%ultraso%')))`;

/** Visits whose service or room has an ultrasound machine, and whatever has an examination already. */
export async function ultrasoundVisits(
  { tx, clinicId }: ClinicTransaction,
  of: Wish,
): Promise<readonly UltrasoundVisit[]> {
  const wanted =
    'appointmentId' in of
      ? sql`v.id = ${of.appointmentId}`
      : sql`v.starts_at >= ${new Date(of.start)} and v.starts_at < ${new Date(of.end)}
          ${of.siteId ? sql`and v.site_id = ${of.siteId}` : sql``}
          and v.status not in ('cancelled', 'no_show')`;
  const { rows } = await sql<{
    id: string;
    patient_id: string;
    name: string;
    service: string;
    starts_at: Date;
    stands: boolean;
    study_id: string | null;
    study_status: StudyStatus | null;
    clips: number;
  }>`
    select v.id, v.patient_id, p.given_name || ' ' || p.family_name as name, service.name as service, v.starts_at,
      v.status not in ('cancelled', 'no_show') as stands, s.id as study_id, s.status as study_status,
      (select count(*)::int from imaging_instance i
        where i.clinic_id = s.clinic_id and i.study_id = s.id and i.set_aside_at is null) as clips
    from appointment v
    join patient p on p.clinic_id = v.clinic_id and p.id = v.patient_id
    join service on service.clinic_id = v.clinic_id and service.id = v.service_id
    left join study s on s.clinic_id = v.clinic_id and s.appointment_id = v.id and s.kind = 'ultrasound'
    where v.clinic_id = ${clinicId} and ${wanted} and (s.id is not null or ${WITH_ULTRASOUND})
    order by v.starts_at, v.id limit 50`.execute(tx);
  return rows.map((row) => ({
    appointmentId: row.id,
    patientId: row.patient_id,
    patientName: row.name,
    service: row.service,
    start: row.starts_at.getTime(),
    stands: row.stands,
    exam:
      row.study_id && row.study_status
        ? { id: row.study_id, status: row.study_status, clips: row.clips }
        : null,
  }));
}
