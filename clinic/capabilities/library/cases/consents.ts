import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { CaseError } from './case-error.ts';
import { CONSENT_TEXT, consentHash, consentText } from './consent-text.ts';

/** `asked` until the patient says something; `withdrawn` only after `given`. */
export type ConsentState = 'asked' | 'given' | 'declined' | 'withdrawn';

/** What a person was asked about one examination, and what they said. Instants in epoch milliseconds. */
export interface Consent {
  readonly id: string;
  readonly patientId: string;
  readonly examId: string;
  readonly textVersion: number;
  readonly state: ConsentState;
  readonly askedAt: number;
  readonly givenAt: number | null;
  readonly givenHow: 'portal' | 'paper' | null;
  readonly declinedAt: number | null;
  readonly withdrawnAt: number | null;
  readonly withdrawnHow: 'portal' | 'desk' | null;
}

function selectConsents({ tx, clinicId }: ClinicTransaction) {
  return tx
    .selectFrom('consent')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('purpose', '=', 'publication')
    .where('study_id', 'is not', null);
}

type ConsentRow = Awaited<ReturnType<ReturnType<typeof selectConsents>['execute']>>[number];

function consentOf(row: ConsentRow): Consent {
  return {
    id: row.id,
    patientId: row.patient_id,
    examId: row.study_id ?? '',
    textVersion: row.text_version,
    state: stateOf(row),
    askedAt: row.asked_at.getTime(),
    givenAt: row.given_at?.getTime() ?? null,
    givenHow: row.given_how,
    declinedAt: row.declined_at?.getTime() ?? null,
    withdrawnAt: row.withdrawn_at?.getTime() ?? null,
    withdrawnHow: row.withdrawn_how,
  };
}

function stateOf(row: Pick<ConsentRow, 'given_at' | 'declined_at' | 'withdrawn_at'>): ConsentState {
  if (row.withdrawn_at) return 'withdrawn';
  if (row.given_at) return 'given';
  return row.declined_at ? 'declined' : 'asked';
}

/** Everything that these people were asked, the newest first. */
export async function readConsentsOf(
  clinic: ClinicTransaction,
  patientIds: readonly string[],
): Promise<readonly Consent[]> {
  if (patientIds.length === 0) return [];
  const rows = await selectConsents(clinic)
    .where('patient_id', 'in', patientIds)
    .orderBy('asked_at', 'desc')
    .execute();
  return rows.map(consentOf);
}

/** The last time that consent was asked about an examination, or null. */
export async function consentOfExam(clinic: ClinicTransaction, examId: string): Promise<Consent | null> {
  const row = await selectConsents(clinic)
    .where('study_id', '=', examId)
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row ? consentOf(row) : null;
}

/** A consent that nobody else can change until the end of this transaction, or null. */
export async function lockConsent(clinic: ClinicTransaction, id: string): Promise<Consent | null> {
  const row = await selectConsents(clinic).where('id', '=', id).forUpdate().executeTakeFirst();
  return row ? consentOf(row) : null;
}

/**
 * Asks the person of a signed examination, with the newest words. Asking again is possible after a no, and after a
 * withdrawal.
 * @throws CaseError where the examination is not signed, or where it was asked already
 */
export async function askConsent(clinic: ClinicTransaction, examId: string, now: number): Promise<string> {
  const { tx, clinicId, actor } = clinic;
  const exam = await tx
    .selectFrom('study')
    .select(['patient_id', 'status'])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', examId)
    .where('kind', '=', 'ultrasound')
    .forUpdate()
    .executeTakeFirst();
  if (!exam) throw new CaseError('There is no such examination.');
  if (exam.status !== 'signed') throw new CaseError('Only a signed examination can become a case.');
  const before = await consentOfExam(clinic, examId);
  if (before?.state === 'asked') throw new CaseError('This person was asked already and has not answered.');
  if (before?.state === 'given') throw new CaseError('This person said yes already.');
  const { id } = await tx
    .insertInto('consent')
    .values({
      clinic_id: clinicId,
      patient_id: exam.patient_id,
      purpose: 'publication',
      study_id: examId,
      text_version: CONSENT_TEXT.version,
      text_sha256: consentHash(CONSENT_TEXT),
      asked_at: new Date(now),
      asked_by: actor.id ?? 'public',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await audit(clinic, 'consent.asked', id, { exam: examId, text: CONSENT_TEXT.version });
  return id;
}

export interface Answer {
  readonly says: 'yes' | 'no';
  /** `portal`: the patient on their own page. `paper`: a signed paper that a member of staff holds. */
  readonly how: 'portal' | 'paper';
  readonly now: number;
}

/** @throws CaseError where there is nothing to answer any more */
export async function answerConsent(clinic: ClinicTransaction, id: string, answer: Answer): Promise<void> {
  const consent = await lockConsent(clinic, id);
  if (!consent) throw new CaseError('There is no such question.');
  if (consent.state !== 'asked') throw new CaseError('This question was answered already.');
  // Words that are not ours any more cannot be agreed to.
  consentText(consent.textVersion);
  const at = new Date(answer.now);
  const paper = answer.how === 'paper';
  await clinic.tx
    .updateTable('consent')
    .set(
      answer.says === 'yes'
        ? { given_at: at, given_how: answer.how, given_by: paper ? clinic.actor.id : null }
        : { declined_at: at },
    )
    .where('clinic_id', '=', clinic.clinicId)
    .where('id', '=', id)
    .execute();
  await audit(clinic, answer.says === 'yes' ? 'consent.given' : 'consent.declined', id, { how: answer.how });
}

/** Marks a consent as withdrawn. Whoever calls this removes what stood on it in the same transaction. */
export async function markWithdrawn(
  clinic: ClinicTransaction,
  consent: Consent,
  how: 'portal' | 'desk',
  now: number,
): Promise<void> {
  if (consent.state !== 'given') throw new CaseError('There is no consent that could be taken back.');
  await clinic.tx
    .updateTable('consent')
    .set({ withdrawn_at: new Date(now), withdrawn_how: how, withdrawn_by: clinic.actor.id })
    .where('clinic_id', '=', clinic.clinicId)
    .where('id', '=', consent.id)
    .execute();
  await audit(clinic, 'consent.withdrawn', consent.id, { how });
}

function audit(
  clinic: ClinicTransaction,
  action: `consent.${string}`,
  id: string,
  detail: Readonly<Record<string, string | number>>,
): Promise<void> {
  return record(clinic, { action, subject: { kind: 'consent', id }, detail });
}
