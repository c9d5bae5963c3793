import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { StudyStatus } from '../../../platform/database/schema-of-studies.ts';
import { VISIT_OF_THE_LAB } from '../core/list-studies.ts';

/** A visit to the gait lab, with its session where there is one. */
export interface LabVisit {
  readonly appointmentId: string;
  readonly patientId: string;
  readonly patientName: string;
  /** Epoch milliseconds. */
  readonly start: number;
  /** Whether a session may begin with it: it stands, and somebody may have come. */
  readonly stands: boolean;
  readonly study: { readonly id: string; readonly status: StudyStatus } | null;
}

type Wish =
  | { readonly appointmentId: string }
  | { readonly siteId: string; readonly start: number; readonly end: number };

/** Visits whose service is one of the lab, or that use something of the lab, and whatever has a session already. */
export async function labVisits({ tx, clinicId }: ClinicTransaction, of: Wish): Promise<readonly LabVisit[]> {
  const wanted =
    'appointmentId' in of
      ? sql`v.id = ${of.appointmentId}`
      : sql`v.starts_at >= ${new Date(of.start)} and v.starts_at < ${new Date(of.end)} and v.site_id = ${of.siteId}
          and v.status not in ('cancelled', 'no_show')`;
  const { rows } = await sql<{
    id: string;
    patient_id: string;
    name: string;
    starts_at: Date;
    stands: boolean;
    study_id: string | null;
    study_status: StudyStatus | null;
  }>`
    select v.id, v.patient_id, p.given_name || ' ' || p.family_name as name, v.starts_at,
      v.status not in ('cancelled', 'no_show') as stands, s.id as study_id, s.status as study_status
    from appointment v
    join patient p on p.clinic_id = v.clinic_id and p.id = v.patient_id
    left join study s on s.clinic_id = v.clinic_id and s.appointment_id = v.id and s.kind = 'gait'
    where v.clinic_id = ${clinicId} and ${wanted} and (s.id is not null or ${VISIT_OF_THE_LAB})
    order by v.starts_at, v.id limit 50`.execute(tx);
  return rows.map((row) => ({
    appointmentId: row.id,
    patientId: row.patient_id,
    patientName: row.name,
    start: row.starts_at.getTime(),
    stands: row.stands,
    study: row.study_id && row.study_status ? { id: row.study_id, status: row.study_status } : null,
  }));
}
