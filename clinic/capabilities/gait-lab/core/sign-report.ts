import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { type MailsFrom, mailReportReady } from './mail-report-ready.ts';
import { readEarlierResult } from './result.ts';
import type { ReportText } from './study.ts';
import { StudyError } from './study-error.ts';

/** What is signed, by whom, and which result was on the screen when it was. */
export interface Signature {
  readonly studyId: string;
  readonly resultId: string;
  readonly text: ReportText;
  readonly signer: { readonly id: string; readonly name: string };
}

/**
 * Signs the report on a result: a version that never changes. Its measurements become final, the buyer is told, and what
 * was signed before stays readable as an earlier version. It keeps which session it was compared with: the person's last one
 * before. Returns the version's id.
 *
 * @throws StudyError when the session was processed anew since the signer looked
 */
export async function signReport(
  clinic: ClinicTransaction,
  of: MailsFrom,
  { studyId, resultId, text, signer }: Signature,
): Promise<string> {
  const { tx, clinicId } = clinic;
  const study = await tx
    .selectFrom('study')
    .select(['status', 'result_id', 'patient_id', 'entitlement_id', 'appointment_id', 'taken_at'])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', studyId)
    .forUpdate()
    .executeTakeFirst();
  const isCurrent = study?.result_id === resultId && (study.status === 'ready' || study.status === 'signed');
  if (!study || !isCurrent)
    throw new StudyError(
      'The session was processed anew since you opened it. Look at the new result, then sign.',
    );
  const last = await tx
    .selectFrom('study_report')
    .select(['id', 'version'])
    .where('clinic_id', '=', clinicId)
    .where('study_id', '=', studyId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  const earlier = await readEarlierResult(clinic, {
    id: studyId,
    patient: { id: study.patient_id },
    takenAt: study.taken_at.getTime(),
  });
  const { id } = await tx
    .insertInto('study_report')
    .values({
      clinic_id: clinicId,
      study_id: studyId,
      version: (last?.version ?? 0) + 1,
      result_id: resultId,
      findings: text.findings,
      plain: text.plain,
      signed_by: signer.id,
      signed_name: signer.name,
      signed_at: new Date(of.platform.clock.now()),
      supersedes: last?.id ?? null,
      earlier_result_id: earlier?.id ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await makeFinal(clinic, studyId);
  await mailReportReady(clinic, of, { id: studyId, ...study }, last !== undefined);
  await record(clinic, {
    action: 'study.signed',
    subject: { kind: 'study', id: studyId },
    detail: { report: id, version: (last?.version ?? 0) + 1, result: resultId },
  });
  return id;
}

async function makeFinal({ tx, clinicId }: ClinicTransaction, studyId: string): Promise<void> {
  await tx
    .updateTable('study')
    .set({ status: 'signed', draft: {} })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', studyId)
    .execute();
  await tx
    .updateTable('measurement')
    .set({ status: 'final' })
    .where('clinic_id', '=', clinicId)
    .where('study_id', '=', studyId)
    .where('status', '=', 'preliminary')
    .execute();
}
