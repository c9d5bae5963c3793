import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { NormName } from '../norms/norms-in-use.ts';
import type { MeasuredSession } from '../processing/thread-task.ts';
import { measuredValues } from './measurement-rows.ts';
import { METHOD, METHOD_VERSION } from './method.ts';
import type { Study } from './study.ts';

/** What a run found, and by which norms it was judged. */
export interface JudgedSession extends MeasuredSession {
  readonly norms: readonly NormName[];
}

/**
 * Keeps what a run found: the result, and its numbers as measurements that supersede those of the run before. Returns the
 * result's id, or null where the session was changed meanwhile, so that this run no longer counts.
 */
export async function storeResult(
  clinic: ClinicTransaction,
  study: Study,
  measured: JudgedSession,
): Promise<string | null> {
  const { tx, clinicId } = clinic;
  const now = await tx
    .selectFrom('study')
    .select(['run', 'patient_id'])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', study.id)
    .where('status', '=', 'processing')
    .forUpdate()
    .executeTakeFirst();
  if (now?.run !== study.run) return null;
  const used = study.trials.filter((one) => one.state === 'accepted' && one.fileStatus === 'ready');
  const { id } = await tx
    .insertInto('study_result')
    .values({
      clinic_id: clinicId,
      study_id: study.id,
      run: study.run,
      method: METHOD,
      method_version: METHOD_VERSION,
      made_from: {
        files: used.map(({ fileId, name, sha256, role }) => ({ fileId, name, sha256, role })),
        subject: measured.subject,
        lab: measured.lab,
        conditions: study.conditions,
        norms: measured.norms.map(({ id, name, sha256, from }) => ({ id, name, sha256, from })),
      },
      report: measured.report,
      motion: measured.motion,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .updateTable('study')
    .set({ status: 'ready', result_id: id, progress: null, failure: null, worked_at: null })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', study.id)
    .execute();
  const walking = used.filter(({ role }) => role === 'walking');
  await storeMeasurements(clinic, study, {
    resultId: id,
    patientId: now.patient_id,
    fileId: walking.length === 1 ? (walking[0]?.fileId ?? null) : null,
    measured,
  });
  await record(clinic, {
    action: 'study.processed',
    subject: { kind: 'study', id: study.id },
    detail: { result: id, run: study.run, method: METHOD_VERSION },
  });
  return id;
}

async function storeMeasurements(
  { tx, clinicId }: ClinicTransaction,
  study: Study,
  of: {
    readonly resultId: string;
    readonly patientId: string;
    readonly fileId: string | null;
    readonly measured: MeasuredSession;
  },
): Promise<void> {
  const earlier = await tx
    .updateTable('measurement')
    .set({ status: 'superseded' })
    .where('clinic_id', '=', clinicId)
    .where('study_id', '=', study.id)
    .where('status', '!=', 'superseded')
    .returning(['id', 'code', 'side'])
    .execute();
  const before = new Map(earlier.map(({ id, code, side }) => [`${code} ${side}`, id]));
  const rows = measuredValues(of.measured.report).map((one) => ({
    clinic_id: clinicId,
    patient_id: of.patientId,
    episode_id: null,
    study_id: study.id,
    result_id: of.resultId,
    code: one.code,
    loinc: null,
    snomed: null,
    body_site: one.bodySite,
    side: one.side,
    value: one.value,
    value_code: null,
    unit: one.unit,
    supersedes: before.get(`${one.code} ${one.side}`) ?? null,
    method: METHOD,
    method_version: METHOD_VERSION,
    standard_error: one.standardError,
    minimal_detectable_change: one.minimalDetectableChange,
    citation: one.citation,
    taken_by: 'gait-lab',
    taken_at: new Date(study.takenAt),
    file_id: of.fileId,
  }));
  if (rows.length > 0) await tx.insertInto('measurement').values(rows).execute();
}
