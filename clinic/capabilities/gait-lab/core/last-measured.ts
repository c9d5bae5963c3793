import type { KnownMeasurements, LabSettings } from '@rectus/gait';
import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { METHOD } from './method.ts';
import type { Study } from './study.ts';

/** What the person's last processed session was measured with, to be offered in the next one; null where there is none. */
export async function lastMeasured(
  { tx, clinicId }: ClinicTransaction,
  study: Pick<Study, 'id' | 'patient'>,
): Promise<{ readonly subject: KnownMeasurements; readonly lab: Partial<LabSettings> } | null> {
  const row = await tx
    .selectFrom('study as s')
    .innerJoin('study_result as r', (join) =>
      join.onRef('r.clinic_id', '=', 's.clinic_id').onRef('r.id', '=', 's.result_id'),
    )
    .select('r.made_from')
    .where('s.clinic_id', '=', clinicId)
    .where('s.kind', '=', 'gait')
    .where('s.patient_id', '=', study.patient.id)
    .where('s.id', '!=', study.id)
    .orderBy('s.taken_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const from = row?.made_from as { subject?: KnownMeasurements; lab?: Partial<LabSettings> } | undefined;
  return from ? { subject: from.subject ?? {}, lab: from.lab ?? {} } : null;
}

/** The marker radius that the lab's newest result was made with: markers belong to the lab, not to the person. */
export async function usualMarkerRadius({ tx, clinicId }: ClinicTransaction): Promise<number | null> {
  const row = await tx
    .selectFrom('study_result')
    .select(sql<number | null>`(made_from -> 'lab' ->> 'markerRadiusMm')::float8`.as('radius'))
    .where('clinic_id', '=', clinicId)
    .where('method', '=', METHOD)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.radius ?? null;
}
