import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { ImagingError } from '../core/imaging-error.ts';
import type { ReportMaterial } from './report-material.ts';

export interface RowsOf {
  readonly resultId: string;
  readonly takenBy: string;
}

interface Keyed {
  readonly code: string;
  readonly body_site: string | null;
  readonly side: string | null;
}

/**
 * Writes the numbers of a signed report as final measurements; those of the version before are superseded, whether the new
 * one has them again or not.
 *
 * @throws ImagingError where two of them say the same thing of the same place
 */
export async function writeMeasurements(
  { tx, clinicId }: ClinicTransaction,
  { exam, clips, measurements }: ReportMaterial,
  { resultId, takenBy }: RowsOf,
): Promise<void> {
  const replaced = await tx
    .updateTable('measurement')
    .set({ status: 'superseded' })
    .where('clinic_id', '=', clinicId)
    .where('study_id', '=', exam.id)
    .where('status', '<>', 'superseded')
    .returning(['id', 'code', 'body_site', 'side'])
    .execute();
  if (measurements.length === 0) return;
  const before = new Map(replaced.map((row) => [keyOf(row), row.id]));
  const fileOf = new Map(clips.map(({ id, fileId }) => [id, fileId]));
  const rows = measurements.map((one) => ({
    clinic_id: clinicId,
    patient_id: exam.patient.id,
    episode_id: null,
    study_id: exam.id,
    result_id: resultId,
    code: one.code,
    loinc: null,
    snomed: null,
    body_site: one.bodySite,
    side: one.side,
    value: one.value,
    value_code: null,
    unit: one.unit,
    status: 'final' as const,
    supersedes: before.get(keyOf({ ...one, body_site: one.bodySite })) ?? null,
    method: one.method,
    method_version: one.methodVersion,
    standard_error: one.standardError,
    minimal_detectable_change: one.minimalDetectableChange,
    citation: one.citation,
    taken_by: takenBy,
    taken_at: new Date(exam.takenAt),
    file_id: fileOf.get(one.instanceId) ?? null,
  }));
  if (new Set(rows.map(keyOf)).size < rows.length)
    throw new ImagingError(
      'Two measurements say the same thing of the same place. Remove one in the viewer.',
    );
  await tx.insertInto('measurement').values(rows).execute();
}

function keyOf({ code, body_site, side }: Keyed): string {
  return JSON.stringify([code, body_site, side]);
}
