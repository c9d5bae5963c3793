import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { type Exam, readExam } from '../core/exam.ts';
import { ImagingError } from '../core/imaging-error.ts';
import { openReferral, referralOf } from '../referral/open-referral.ts';
import { contentOf, safetyFactsOf } from './content-of.ts';
import { type MadeFrom, madeFrom } from './made-from.ts';
import { writeMeasurements } from './measurement-rows.ts';
import { draftOf, lockStudy, revisionOf } from './report-draft.ts';
import { missingWords, type ReportField, type ReportInput } from './report-input.ts';
import { type ReportMaterial, readMaterial } from './report-material.ts';
import { checkSafety, type SafetyCheck } from './safety-rule.ts';
import type { SignedContent } from './signed-content.ts';

export interface ToSign {
  readonly examId: string;
  readonly report: ReportInput;
  readonly signer: { readonly id: string; readonly name: string };
  /** Epoch milliseconds. */
  readonly now: number;
  /** What the signer had before them; left out by programs that read it in the same transaction. */
  readonly opened?: Opened;
}

/** What somebody had on the screen: the last signed version, the draft, and what the report stands on. */
export interface Opened {
  readonly base: number;
  readonly revision: number;
  readonly seen: string;
}

export interface Signed {
  readonly reportId: string;
  readonly version: number;
  /** The task that the referral of a complete tear opened; null where nobody had to be referred anew. */
  readonly taskId: string | null;
}

export interface MissingField {
  readonly field: ReportField;
  readonly message: string;
}

/** Why a report could not be signed. Nothing was written. */
export class SigningRefused extends Error {
  override readonly name = 'SigningRefused';
  readonly missing: readonly MissingField[];

  constructor(message: string, missing: readonly MissingField[] = []) {
    super(message);
    this.missing = missing;
  }
}

/**
 * Signs the report on an examination: the next version, which never changes, its measurements as final, the reasons for
 * whatever the safety rule did not find, and of a complete tear the urgent referral with its task. All of it in the caller's
 * transaction, or nothing. The clips are held until it ends, so that none is set aside between looking and signing.
 *
 * @throws SigningRefused where something is missing, somebody else was faster, or the signer may not sign
 * @throws ImagingError where there is no such examination
 */
export async function signExam(clinic: ClinicTransaction, toSign: ToSign): Promise<Signed> {
  const { examId, report, signer, now } = toSign;
  await holdSigner(clinic, signer.id);
  const study = await lockStudy(clinic, examId);
  await holdClips(clinic, examId);
  const opened = await materialOf(clinic, examId);
  if (toSign.opened) refuseOvertaken(opened, toSign.opened);
  // The numbers carry the structure's name, so it is the report's before they are read for good.
  const material = (await nameStructure(clinic, opened.exam, report))
    ? await materialOf(clinic, examId)
    : opened;
  const { exam } = material;
  const check = checkSafety(safetyFactsOf(material, report, now), report.safety);
  const missing = [...check.missing, ...missingWords(report, material.last !== null)];
  const { finding } = report;
  if (finding === null || missing.length > 0)
    throw new SigningRefused('Something is missing before this can be signed.', missing);
  const fresh = check.demands.referral ? referralOf(report.safety, now) : null;
  const referral = fresh ?? (finding === 'complete-tear' ? (material.last?.referral ?? null) : null);
  const content = contentOf(material, {
    ...{ report, finding, referral, signer, signedAt: now },
    exceptions: check.exceptions,
  });
  const from = await madeFrom(clinic, content, material.clips);
  const { reportId, resultId } = await writeVersion(clinic, content, { run: study.run, from });
  await writeMeasurements(clinic, material, { resultId, takenBy: signer.id });
  await writeExceptions(clinic, { examId, reportId, signer, now }, check.exceptions);
  const taskId = fresh
    ? await openReferral(clinic, { exam, reportId, referral: fresh, by: signer.id, now })
    : null;
  await close(clinic, { examId, resultId, run: study.run + 1 });
  await record(clinic, {
    action: 'study.signed',
    subject: { kind: 'study', id: examId },
    detail: {
      ...{ report: reportId, version: content.version, result: resultId, rule: content.ruleVersion },
      ...{ exceptions: check.exceptions.map(({ rule }) => rule), task: taskId },
    },
  });
  return { reportId, version: content.version, taskId };
}

/** Whoever treats people signs, and only while they belong to the clinic: their membership is held until the end. */
async function holdSigner({ tx, clinicId }: ClinicTransaction, userId: string): Promise<void> {
  const member = await tx
    .selectFrom('membership')
    .select(['role', 'resource_id'])
    .where('clinic_id', '=', clinicId)
    .where('user_id', '=', userId)
    .where('active', '=', true)
    .forShare()
    .executeTakeFirst();
  if (member?.role !== 'clinician' && !(member?.role === 'owner' && member.resource_id !== null))
    throw new SigningRefused('A clinician of this clinic signs the report. Your draft can be kept.');
}

async function holdClips({ tx, clinicId }: ClinicTransaction, examId: string): Promise<void> {
  await tx
    .selectFrom('imaging_exam')
    .select('study_id')
    .where('clinic_id', '=', clinicId)
    .where('study_id', '=', examId)
    .forUpdate()
    .execute();
  await tx
    .selectFrom('imaging_instance')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('study_id', '=', examId)
    .orderBy('id')
    .forShare()
    .execute();
}

async function materialOf(clinic: ClinicTransaction, examId: string): Promise<ReportMaterial> {
  const exam = await readExam(clinic, examId);
  if (!exam) throw new ImagingError('This examination is not there.');
  return readMaterial(clinic, exam);
}

/** The examination says what its report says. True where it said something else before. */
async function nameStructure(
  { tx, clinicId }: ClinicTransaction,
  exam: Exam,
  { anatomy, manoeuvre, position }: ReportInput,
): Promise<boolean> {
  if (exam.anatomy === anatomy && exam.manoeuvre === manoeuvre && exam.position === position) return false;
  await tx
    .updateTable('imaging_exam')
    .set({ anatomy, manoeuvre, position })
    .where('clinic_id', '=', clinicId)
    .where('study_id', '=', exam.id)
    .execute();
  return true;
}

function refuseOvertaken({ exam, versions, seen }: ReportMaterial, opened: Opened): void {
  const [last] = versions;
  if ((last?.version ?? 0) !== opened.base)
    throw new SigningRefused(
      `${last?.signedName ?? 'Somebody'} signed version ${last?.version ?? 1} since you opened this page. Read it; what you typed is still here.`,
    );
  const draft = draftOf(exam.draft);
  if (revisionOf(draft) !== opened.revision)
    throw new SigningRefused(
      `${draft?.byName ?? 'Somebody'} saved another draft since you opened this page. Compare it with yours, then sign.`,
    );
  if (seen !== opened.seen)
    throw new SigningRefused(
      'The clips or the measurements have changed since you opened this page. They are shown as they are now: look at them, then sign.',
    );
}

async function writeVersion(
  { tx, clinicId }: ClinicTransaction,
  content: SignedContent,
  { run, from }: { readonly run: number; readonly from: MadeFrom },
): Promise<{ readonly reportId: string; readonly resultId: string }> {
  const { id: resultId } = await tx
    .insertInto('study_result')
    .values({
      clinic_id: clinicId,
      study_id: content.exam.id,
      run: run + 1,
      method: 'rectus-ultrasound-report',
      method_version: String(content.format),
      made_from: from,
      report: content,
      motion: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const last = await tx
    .selectFrom('study_report')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('study_id', '=', content.exam.id)
    .where('version', '=', content.version - 1)
    .executeTakeFirst();
  const { id: reportId } = await tx
    .insertInto('study_report')
    .values({
      clinic_id: clinicId,
      study_id: content.exam.id,
      version: content.version,
      result_id: resultId,
      findings: content.conclusion,
      plain: {},
      signed_by: content.signer.id,
      signed_name: content.signer.name,
      signed_at: new Date(content.signedAt),
      supersedes: last?.id ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { reportId, resultId };
}

async function writeExceptions(
  { tx, clinicId }: ClinicTransaction,
  of: {
    readonly examId: string;
    readonly reportId: string;
    readonly signer: ToSign['signer'];
    readonly now: number;
  },
  exceptions: SafetyCheck['exceptions'],
): Promise<void> {
  if (exceptions.length === 0) return;
  await tx
    .insertInto('imaging_exception')
    .values(
      exceptions.map(({ rule, reason }) => ({
        clinic_id: clinicId,
        ...{ study_id: of.examId, report_id: of.reportId, rule, reason },
        given_by: of.signer.id,
        given_at: new Date(of.now),
      })),
    )
    .execute();
}

/** There is nothing unsigned left. */
async function close(
  { tx, clinicId }: ClinicTransaction,
  of: { readonly examId: string; readonly resultId: string; readonly run: number },
): Promise<void> {
  await tx
    .updateTable('study')
    .set({ status: 'signed', result_id: of.resultId, run: of.run, draft: {} })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', of.examId)
    .execute();
}
