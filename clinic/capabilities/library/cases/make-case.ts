import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import type { FileStore } from '../../../platform/files/index.ts';
import { clipOf, readClip, readSignedContent } from '../../imaging/index.ts';
import { type CaseContent, type ClipWords, NO_CLIP_WORDS } from './case-content.ts';
import { CaseError } from './case-error.ts';
import {
  type CaseRow,
  type CaseVersion,
  lockCase,
  readCase,
  readCaseClips,
  readVersions,
  stageOf,
} from './case-records.ts';
import { followedMeasures } from './clip-presets.ts';
import { consentOfExam } from './consents.ts';
import {
  forgetPictures,
  insertPictures,
  type KeptPictures,
  keepPictures,
  removePictures,
} from './keep-pictures.ts';
import { type FrameChoice, LARGEST_CASE, type RenderedClip, renderClip } from './render-clip.ts';

/** One clip leaves room for another, bytes. */
const LARGEST_CLIP = (LARGEST_CASE * 2) / 3;

/** A case shows one or two clips. */
export const MOST_CLIPS = 2;

const EMPTY: Omit<CaseContent, 'writers'> = {
  ...{ format: 1, title: '', summary: '', text: '' },
  ...{ clips: [], numbers: [], reading: null, letStand: [] },
};

/**
 * Begins a case from a signed examination whose person said yes. Returns its id.
 * @throws CaseError without signature or consent, or where this consent has its case
 */
export async function beginCase(
  clinic: ClinicTransaction,
  { examId, simulated }: { readonly examId: string; readonly simulated: boolean },
  now: number,
): Promise<string> {
  const { tx, clinicId } = clinic;
  if (!(await readSignedContent(clinic, examId)))
    throw new CaseError('Only a signed examination can become a case.');
  const consent = await consentOfExam(clinic, examId);
  if (consent?.state !== 'given')
    throw new CaseError('Without the patient’s consent there is no case. Ask for it first.');
  const before = await tx
    .selectFrom('case_study')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('consent_id', '=', consent.id)
    .executeTakeFirst();
  if (before) return before.id;
  const madeBy = clinic.actor.id ?? 'public';
  const { id } = await tx
    .insertInto('case_study')
    .values({
      clinic_id: clinicId,
      // Until it is published it has no title to be named after.
      slug: `case-${consent.id}`,
      study_id: examId,
      consent_id: consent.id,
      simulated,
      made_by: madeBy,
      made_at: new Date(now),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await insertVersion(clinic, id, 1, { ...EMPTY, writers: [madeBy] }, now);
  await record(clinic, { action: 'case.begun', subject: { kind: 'case', id }, detail: { exam: examId } });
  return id;
}

async function insertVersion(
  { tx, clinicId, actor }: ClinicTransaction,
  caseId: string,
  version: number,
  content: CaseContent,
  now: number,
): Promise<void> {
  await tx
    .insertInto('case_version')
    .values({
      clinic_id: clinicId,
      case_id: caseId,
      version,
      content,
      written_by: actor.id ?? 'public',
      written_at: new Date(now),
    })
    .execute();
}

export interface OpenDraft {
  readonly row: CaseRow;
  readonly version: CaseVersion;
}

/** The version that is being written, locked. @throws CaseError where there is none */
export async function lockDraft(clinic: ClinicTransaction, caseId: string): Promise<OpenDraft> {
  const row = await lockCase(clinic, caseId);
  if (!row) throw new CaseError('There is no such case.');
  if (row.status === 'withdrawn') throw new CaseError('This case was withdrawn.');
  const [version] = await readVersions(clinic, caseId);
  if (!version || stageOf(version) !== 'writing')
    throw new CaseError('This version was sent to the second person. Begin a new version to change it.');
  return { row, version };
}

export type CaseWords = Pick<
  CaseContent,
  'title' | 'summary' | 'text' | 'clips' | 'numbers' | 'reading' | 'letStand'
>;

/** Saves what was written. @throws CaseError where nothing is being written */
export async function saveWords(clinic: ClinicTransaction, caseId: string, words: CaseWords): Promise<void> {
  const { version } = await lockDraft(clinic, caseId);
  await storeContent(clinic, version, { ...version.content, ...words });
  await record(clinic, {
    action: 'case.written',
    subject: { kind: 'case', id: caseId },
    detail: { version: version.version },
  });
}

/** Whoever changes anything is one of the writers, and cannot review it. */
async function storeContent(
  { tx, clinicId, actor }: ClinicTransaction,
  { caseId, version }: CaseVersion,
  content: CaseContent,
): Promise<void> {
  const writers = [...new Set([...content.writers, actor.id ?? 'public'])];
  await tx
    .updateTable('case_version')
    .set({ content: { ...content, writers } })
    .where('clinic_id', '=', clinicId)
    .where('case_id', '=', caseId)
    .where('version', '=', version)
    .execute();
}

export interface ClipChoice extends FrameChoice {
  /** 0 or 1. */
  readonly position: number;
  readonly instanceId: string;
}

/**
 * Puts a clip into the version that is being written, its pictures made anew from the chosen frames.
 * @throws CaseError where the clip is not of the examination, or the frames do not fit
 */
export async function setClip(
  context: ClinicContext,
  files: FileStore,
  caseId: string,
  choice: ClipChoice,
  now: number,
): Promise<void> {
  const { clip, measure, budget } = await inClinic(context, (clinic) => clipOfCase(clinic, caseId, choice));
  const opened = await clipOf(files, context.clinicId, clip);
  const rendered = await renderClip(opened, choice, measure?.curve ?? null, budget);
  const kept = await keepPictures(files, context.clinicId, rendered.bytes);
  const gone = await inClinic(context, async (clinic) => {
    const { version } = await lockDraft(clinic, caseId);
    const gone = await replaceClip(clinic, version, { choice, rendered, kept }, now);
    const curve = measure && { label: measure.label, unit: measure.unit };
    await storeContent(clinic, version, withClip(version.content, choice.position, curve ?? null));
    const detail = { version: version.version, instance: choice.instanceId, position: choice.position };
    await record(clinic, { action: 'case.clip_set', subject: { kind: 'case', id: caseId }, detail });
    return gone;
  });
  await removePictures(
    files,
    context.clinicId,
    gone.filter((name) => name !== kept.sha256),
  );
}

async function clipOfCase(clinic: ClinicTransaction, caseId: string, { position, instanceId }: ClipChoice) {
  if (position < 0 || position >= MOST_CLIPS)
    throw new CaseError(`A case shows at most ${MOST_CLIPS} clips.`);
  const row = await readCase(clinic, caseId);
  const clip = await readClip(clinic, instanceId);
  if (!row || !clip || clip.examId !== row.examId || clip.setAside)
    throw new CaseError('This clip is not of the examination that the case is about.');
  const measures = await followedMeasures(clinic, row.examId);
  const [last] = await readVersions(clinic, caseId);
  const others = (last ? await readCaseClips(clinic, caseId, last.version) : [])
    .filter((one) => one.position !== position)
    .flatMap(({ pictures }) => pictures.map(({ length }) => length));
  const budget = LARGEST_CASE - others.reduce((sum, bytes) => sum + bytes, 0);
  return {
    clip,
    measure: measures.find((one) => one.instanceId === instanceId),
    budget: Math.min(LARGEST_CLIP, budget),
  };
}

async function replaceClip(
  clinic: ClinicTransaction,
  { caseId, version }: CaseVersion,
  { choice, rendered, kept }: { choice: ClipChoice; rendered: RenderedClip; kept: KeptPictures },
  now: number,
): Promise<readonly string[]> {
  const gone = await dropClips(clinic, caseId, version, choice.position, now);
  const { pictures, width, height } = rendered;
  await clinic.tx
    .insertInto('case_clip')
    .values({
      clinic_id: clinic.clinicId,
      case_id: caseId,
      version,
      position: choice.position,
      instance_id: choice.instanceId,
      first_frame: choice.firstFrame,
      last_frame: choice.lastFrame,
      rest_frame: choice.restFrame,
      contraction_frame: choice.contractionFrame,
      blacked: asJson(choice.blacked),
      file_id: await insertPictures(clinic, kept, now),
      pictures: asJson(pictures),
      width,
      height,
    })
    .execute();
  return gone;
}

/** Takes the pictures of one place out of a version. Returns names of files that may go from the disk. */
async function dropClips(
  clinic: ClinicTransaction,
  caseId: string,
  version: number,
  position: number,
  now: number,
): Promise<readonly string[]> {
  const dropped = await readCaseClips(clinic, caseId, version);
  const old = dropped.filter((one) => one.position === position);
  if (old.length === 0) return [];
  await clinic.tx
    .updateTable('case_clip')
    .set({ file_id: null, removed_at: new Date(now) })
    .where('clinic_id', '=', clinic.clinicId)
    .where(
      'id',
      'in',
      old.map(({ id }) => id),
    )
    .execute();
  return forgetPictures(
    clinic,
    old.flatMap(({ fileId }) => (fileId === null ? [] : [fileId])),
    now,
  );
}

function withClip(content: CaseContent, position: number, curve: ClipWords['curve']): CaseContent {
  const clips = Array.from({ length: Math.max(content.clips.length, position + 1) }, (_, at) => ({
    ...(content.clips[at] ?? NO_CLIP_WORDS),
    ...(at === position ? { curve } : {}),
  }));
  return { ...content, clips };
}

/** Takes the second clip out again. @throws CaseError where nothing is being written */
export async function takeOutClip(
  context: ClinicContext,
  files: FileStore,
  caseId: string,
  now: number,
): Promise<void> {
  const gone = await inClinic(context, async (clinic) => {
    const { version } = await lockDraft(clinic, caseId);
    await storeContent(clinic, version, { ...version.content, clips: version.content.clips.slice(0, 1) });
    return dropClips(clinic, caseId, version.version, 1, now);
  });
  await removePictures(files, context.clinicId, gone);
}

/**
 * Begins the next version with the words and pictures of the last one: the way to change what was sent, approved or
 * published. What is public stays public until the next version is published.
 * @throws CaseError while a version is being written
 */
export async function beginVersion(clinic: ClinicTransaction, caseId: string, now: number): Promise<number> {
  const row = await lockCase(clinic, caseId);
  if (!row || row.status === 'withdrawn') throw new CaseError('This case was withdrawn.');
  const [last] = await readVersions(clinic, caseId);
  if (!last || stageOf(last) === 'writing') throw new CaseError('A version is being written already.');
  const version = last.version + 1;
  const writers = [...new Set([...last.content.writers, clinic.actor.id ?? 'public'])];
  await insertVersion(clinic, caseId, version, { ...last.content, writers }, now);
  for (const clip of await readCaseClips(clinic, caseId, last.version)) {
    if (clip.fileId === null) continue;
    await clinic.tx
      .insertInto('case_clip')
      .values({
        clinic_id: clinic.clinicId,
        case_id: caseId,
        version,
        position: clip.position,
        instance_id: clip.instanceId,
        first_frame: clip.firstFrame,
        last_frame: clip.lastFrame,
        rest_frame: clip.restFrame,
        contraction_frame: clip.contractionFrame,
        blacked: asJson(clip.blacked),
        file_id: clip.fileId,
        pictures: asJson(clip.pictures),
        width: clip.width,
        height: clip.height,
      })
      .execute();
  }
  if (row.status === 'in-review') await setStatus(clinic, caseId, 'draft');
  await record(clinic, {
    action: 'case.version_begun',
    subject: { kind: 'case', id: caseId },
    detail: { version },
  });
  return version;
}

export async function setStatus(
  { tx, clinicId }: ClinicTransaction,
  caseId: string,
  status: 'draft' | 'in-review',
): Promise<void> {
  await tx
    .updateTable('case_study')
    .set({ status })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', caseId)
    .where('status', 'in', ['draft', 'in-review'])
    .execute();
}

/** A list as JSON: handed over plainly it would be taken for an array of the database. */
function asJson(list: readonly unknown[]) {
  return sql<unknown>`${JSON.stringify(list)}::text::jsonb`;
}
