import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { readExam, readSignedContent } from '../../imaging/index.ts';
import { slugFor } from '../../settings/index.ts';
import { missingOf, wordsOfCase } from './case-content.ts';
import { CaseError } from './case-error.ts';
import {
  type CaseRow,
  type CaseVersion,
  lockCase,
  type Review,
  readCase,
  readCaseClips,
  readVersions,
  selectCases,
  stageOf,
} from './case-records.ts';
import { lockConsent } from './consents.ts';
import { type House, knownOf, strayNumbers } from './exam-of-case.ts';
import { findTells, openTells, TELL_WORDS } from './find-tells.ts';
import { lockDraft, setStatus } from './make-case.ts';

/** What the second person confirms, one by one. */
export const CHECKS = [
  {
    id: 'pixels',
    words: 'I looked at every picture: there is no name, date, number or face in any of them.',
  },
  {
    id: 'words',
    words: 'Nothing in the words tells who it is: no name, day or place, and no rare combination of facts.',
  },
  { id: 'consent', words: 'The patient’s consent stands, and the case shows no more than it allows.' },
  { id: 'numbers', words: 'Every number is that of the signed report, with its error.' },
  { id: 'descriptions', words: 'Captions and descriptions say what the pictures show.' },
] as const;

const LONGEST_SLUG = 80;

/**
 * What stands in the way of showing this version to a second person, or to the public, each as a sentence: missing parts,
 * numbers that the signed report does not say, words that tell who it is about.
 */
export async function obstaclesOf(
  clinic: ClinicTransaction,
  house: House,
  row: CaseRow,
  version: CaseVersion,
): Promise<readonly string[]> {
  const clips = await readCaseClips(clinic, row.id, version.version);
  const [exam, signed] = [await readExam(clinic, row.examId), await readSignedContent(clinic, row.examId)];
  if (!exam || !signed) return ['The examination is not signed any more.'];
  const obstacles = [...missingOf(version.content, clips.length)];
  for (const { label } of strayNumbers(version.content.numbers, signed))
    obstacles.push(`“${label}” is not what the signed report says. Choose the numbers again.`);
  const tells = findTells(wordsOfCase(version.content), await knownOf(clinic, exam, house));
  for (const { kind, found } of openTells(tells, version.content.letStand))
    obstacles.push(`“${found}” could be ${TELL_WORDS[kind]}.`);
  return obstacles;
}

/** Hands a version to the second person: from now on it stays as it is. @throws CaseError saying what is in the way */
export async function sendToReview(
  clinic: ClinicTransaction,
  house: House,
  caseId: string,
  now: number,
): Promise<void> {
  await standingConsent(clinic, caseId);
  const { row, version } = await lockDraft(clinic, caseId);
  const [obstacle] = await obstaclesOf(clinic, house, row, version);
  if (obstacle) throw new CaseError(obstacle);
  await updateVersion(clinic, version, { sent_at: new Date(now) });
  await setStatus(clinic, caseId, 'in-review');
  await recordStep(clinic, 'case.sent', version);
}

/**
 * The second person's word. Approving needs every check, and somebody who wrote no word of it.
 * @throws CaseError
 */
export async function reviewCase(
  clinic: ClinicTransaction,
  house: House,
  caseId: string,
  review: Review,
  now: number,
): Promise<void> {
  await standingConsent(clinic, caseId);
  const { row, version } = await lockNewest(clinic, caseId);
  const reviewer = clinic.actor.id;
  if (stageOf(version) !== 'in-review') throw new CaseError('This version does not wait for a review.');
  if (reviewer === null || isWriter(version, reviewer))
    throw new CaseError('Somebody else must look at it: whoever wrote in a case cannot review it.');
  if (review.decision === 'sent-back' && review.note.length < 5)
    throw new CaseError('Say in a few words what should change.');
  if (review.decision === 'approved') {
    if (CHECKS.some(({ id }) => !review.checks.includes(id)))
      throw new CaseError('To approve it, confirm every line.');
    const [obstacle] = await obstaclesOf(clinic, house, row, version);
    if (obstacle) throw new CaseError(obstacle);
  }
  await updateVersion(clinic, version, { review, reviewed_by: reviewer, reviewed_at: new Date(now) });
  await recordStep(clinic, review.decision === 'approved' ? 'case.approved' : 'case.sent_back', version);
}

export function isWriter({ writtenBy, content }: CaseVersion, userId: string): boolean {
  return writtenBy === userId || content.writers.includes(userId);
}

/**
 * Makes the approved version public. The consent is looked at under a lock in this very transaction: a withdrawal comes
 * either before, and nothing is published, or after, and takes it away again.
 * Returns the case's address on the site, which stays for all later versions.
 * @throws CaseError
 */
export async function publishCase(
  clinic: ClinicTransaction,
  house: House,
  caseId: string,
  now: number,
): Promise<string> {
  await standingConsent(clinic, caseId);
  const { row, version } = await lockNewest(clinic, caseId);
  if (stageOf(version) !== 'approved')
    throw new CaseError('Only what a second person approved can be published.');
  const [obstacle] = await obstaclesOf(clinic, house, row, version);
  if (obstacle) throw new CaseError(obstacle);
  const slug = row.publishedVersion === null ? await freeSlug(clinic, version.content.title) : row.slug;
  await updateVersion(clinic, version, { published_at: new Date(now) });
  await clinic.tx
    .updateTable('case_study')
    .set({ status: 'published', published_version: version.version, slug })
    .where('clinic_id', '=', clinic.clinicId)
    .where('id', '=', caseId)
    .execute();
  await recordStep(clinic, 'case.published', version);
  return slug;
}

/** Locks the consent first and then the case, as a withdrawal does: neither waits for the other for ever. */
async function standingConsent(clinic: ClinicTransaction, caseId: string): Promise<void> {
  const row = await readCase(clinic, caseId);
  if (!row) throw new CaseError('There is no such case.');
  const consent = await lockConsent(clinic, row.consentId);
  if (consent?.state !== 'given')
    throw new CaseError('The patient’s consent does not stand. Nothing of this case can be shown.');
}

async function lockNewest(clinic: ClinicTransaction, caseId: string) {
  const row = await lockCase(clinic, caseId);
  const [version] = row ? await readVersions(clinic, caseId) : [];
  if (!row || !version) throw new CaseError('There is no such case.');
  if (row.status === 'withdrawn') throw new CaseError('This case was withdrawn.');
  return { row, version };
}

async function freeSlug(clinic: ClinicTransaction, title: string): Promise<string> {
  const rows = await selectCases(clinic).execute();
  return slugFor(
    title,
    rows.map(({ slug }) => slug),
    LONGEST_SLUG,
  );
}

async function updateVersion(
  { tx, clinicId }: ClinicTransaction,
  { caseId, version }: CaseVersion,
  set: {
    readonly sent_at?: Date;
    readonly review?: Review;
    readonly reviewed_by?: string;
    readonly reviewed_at?: Date;
    readonly published_at?: Date;
  },
): Promise<void> {
  await tx
    .updateTable('case_version')
    .set(set)
    .where('clinic_id', '=', clinicId)
    .where('case_id', '=', caseId)
    .where('version', '=', version)
    .execute();
}

function recordStep(
  clinic: ClinicTransaction,
  action: `case.${string}`,
  { caseId, version }: CaseVersion,
): Promise<void> {
  return record(clinic, { action, subject: { kind: 'case', id: caseId }, detail: { version } });
}
