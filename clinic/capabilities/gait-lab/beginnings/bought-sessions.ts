import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { StudyStatus } from '../../../platform/database/schema-of-studies.ts';
import { readEntitlements } from '../../payments/index.ts';
import { ENTITLED_TO_THE_LAB } from '../core/list-studies.ts';

/** Something that was bought for the gait lab, with the sessions that began with it. */
export interface BoughtSession {
  readonly entitlementId: string;
  readonly patientId: string;
  readonly description: string;
  /** How many more can begin with it. */
  readonly left: number;
  readonly studies: readonly { readonly id: string; readonly status: StudyStatus }[];
}

/** What an order or a person has of the gait lab: nothing that was revoked. */
export async function boughtSessions(
  clinic: ClinicTransaction,
  of: { readonly orderId: string } | { readonly patientId: string },
): Promise<readonly BoughtSession[]> {
  const { tx, clinicId } = clinic;
  const bought = await readEntitlements(clinic, of);
  if (bought.length === 0) return [];
  const { rows } = await sql<{
    id: string;
    study_id: string | null;
    status: StudyStatus | null;
    booked: boolean;
  }>`
    select v.id, s.id as study_id, s.status, s.appointment_id is not null as booked
    from entitlement v
    left join study s on s.clinic_id = v.clinic_id and s.entitlement_id = v.id and s.kind = 'gait'
    where v.clinic_id = ${clinicId} and v.id = any(${bought.map(({ id }) => id)}::uuid[]) and ${ENTITLED_TO_THE_LAB}
    order by s.taken_at`.execute(tx);
  return bought.flatMap((one) => {
    const mine = rows.filter(({ id }) => id === one.id);
    if (mine.length === 0) return [];
    // A visit uses one up by itself; a session without a visit does as well.
    const unbooked = mine.filter(({ study_id, booked }) => study_id !== null && !booked).length;
    return [
      {
        entitlementId: one.id,
        patientId: one.patientId,
        description: one.description,
        left: Math.max(0, one.left - unbooked),
        studies: mine.flatMap(({ study_id, status }) =>
          study_id && status ? [{ id: study_id, status }] : [],
        ),
      },
    ];
  });
}
