import { randomUUID } from 'node:crypto';
import { writeUltrasoundCine } from '@rectus/sonography';
import {
  addAnalysis,
  addKeyFrame,
  addMoment,
  type Exam,
  openExam,
  readClip,
  readExam,
  readMeasured,
  readSignedContent,
  signExam,
  storeAnalysed,
  takeIn,
} from '../capabilities/imaging/index.ts';
import {
  answerConsent,
  askConsent,
  beginCase,
  CHECKS,
  numbersOf,
  presetFrames,
  publishCase,
  reviewCase,
  saveWords,
  sendToReview,
  setClip,
} from '../capabilities/library/index.ts';
import type { ClinicContext, ClinicTransaction } from '../platform/database/in-clinic.ts';
import type { Database } from '../platform/database/pool.ts';
import type { FileStore } from '../platform/files/index.ts';
import { caseWords } from './case-words.ts';
import type { DrawnClip } from './draw-ultrasound.ts';
import type { ClinicPlan } from './plan.ts';
import type { ClipPlan, ExamPlan, UltrasoundStory } from './ultrasound-story.ts';
import { reportOf } from './ultrasound-words.ts';

const MINUTE = 60_000;

/** Who does what in the story, and when it is. */
export interface UltrasoundCast {
  readonly plan: ClinicPlan;
  readonly files: FileStore;
  readonly signer: { readonly id: string; readonly name: string };
  /** The second person. */
  readonly reviewer: { readonly id: string };
  readonly now: number;
}

interface Taken {
  readonly instanceId: string;
  readonly drawn: DrawnClip;
}

/**
 * Writes the ultrasound examinations on the way that every one goes: opened, clips sent in as files of the worklist,
 * measured, signed, and of two of them a case with consent and review. In the end one clip waits, and one file was refused.
 */
export async function writeUltrasound(
  clinic: ClinicTransaction,
  story: UltrasoundStory,
  drawn: readonly DrawnClip[],
  cast: UltrasoundCast,
): Promise<void> {
  const signer = actingAs(clinic, cast.signer.id);
  for (const plan of story.exams) await writeExam(signer, plan, drawn, cast);
  await writeStrays(clinic, story, drawn, cast);
}

async function writeExam(
  clinic: ClinicTransaction,
  plan: ExamPlan,
  drawn: readonly DrawnClip[],
  cast: UltrasoundCast,
): Promise<void> {
  const patientId = plan.patient.id;
  const examId = await openExam(clinic, { patientId }, plan.takenAt, plan.about);
  const exam = await readExam(clinic, examId);
  if (!exam) throw new Error('expected the examination that was just opened');
  await clinic.tx
    .updateTable('imaging_exam')
    .set({ probe: plan.probe })
    .where('clinic_id', '=', clinic.clinicId)
    .where('study_id', '=', examId)
    .execute();
  const taken: Taken[] = [];
  for (const clip of plan.clips) {
    const one = drawn.find((candidate) => candidate.plan === clip);
    if (one) taken.push({ instanceId: await sendClip(clinic, exam, plan, one, cast), drawn: one });
  }
  for (const one of taken) await writeMeasured(clinic, examId, one);
  if (!plan.signed) return;
  const { words, at } = plan.signed;
  const values = await readMeasured(clinic, examId);
  const report = reportOf(words, plan.about, values, plan.takenAt + 20 * MINUTE);
  await signExam(clinic, { examId, report, signer: cast.signer, now: at });
  if (plan.showcase) await writeCase(clinic, { exam, plan, taken }, plan.showcase, cast);
}

async function sendClip(
  clinic: ClinicTransaction,
  exam: Exam,
  plan: ExamPlan,
  { plan: clip, clip: pixels }: DrawnClip,
  cast: UltrasoundCast,
): Promise<string> {
  const day = new Date(plan.takenAt).toISOString().slice(0, 10).replaceAll('-', '');
  const bytes = await writeUltrasoundCine(pixels, {
    ...{ study: exam.id, series: clip.label, instance: `${exam.id} ${clip.label}` },
    ...{ studyUid: exam.studyUid, accession: exam.accession, patientId: exam.patient.id },
    patientName: `${exam.patient.familyName}^${exam.patient.givenName}`,
    ...(exam.patient.birthDate && { birthDate: exam.patient.birthDate.replaceAll('-', '') }),
    ...{ date: day, time: '101500', description: clip.label },
  });
  const taken = await arrive(clinic, cast.files, bytes, `${clip.label}.dcm`);
  if (taken.kind === 'refused') throw new Error(`The demo made a clip that was refused: ${taken.reason}`);
  await clinic.tx
    .updateTable('imaging_instance')
    .set({ role: clip.role, side: exam.side, label: clip.label })
    .where('clinic_id', '=', clinic.clinicId)
    .where('id', '=', taken.instanceId)
    .execute();
  await sentAt(clinic, taken.instanceId, plan.takenAt + 5 * MINUTE);
  return taken.instanceId;
}

async function arrive(clinic: ClinicTransaction, files: FileStore, bytes: Uint8Array, name: string) {
  const draft = randomUUID();
  await files.append(draft, 0, once(bytes), bytes.length);
  return takeIn(joined(clinic), files, { source: 'simulator', machineId: null, draft, name });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function sentAt({ tx, clinicId }: ClinicTransaction, id: string, instant: number): Promise<unknown> {
  return tx
    .updateTable('imaging_instance')
    .set({ received_at: new Date(instant) })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .execute();
}

async function writeMeasured(
  clinic: ClinicTransaction,
  examId: string,
  { instanceId, drawn: { clip, plan, measured } }: Taken,
): Promise<void> {
  if (!measured || !plan.tool) return;
  const id = await addAnalysis(clinic, {
    ...{ examId, clip: { id: instanceId, frames: clip.frameCount }, tool: plan.tool },
    ...{ marks: measured.marks, analysed: null, replaces: null },
  });
  // As a worker does it: taken up, then told.
  await clinic.tx
    .updateTable('imaging_analysis')
    .set({ status: 'working' })
    .where('clinic_id', '=', clinic.clinicId)
    .where('id', '=', id)
    .execute();
  if (!(await storeAnalysed(clinic, { id, attempts: 0 }, measured.analysed)))
    throw new Error('expected the analysis that was just written');
  const { rest, contraction } = measured.analysed.chosen;
  const chosen = { rest: rest ?? 1, contraction: contraction ?? clip.frameCount - 1 };
  // Where the muscle hardly answers no contraction is found: a person says which frames stand for it.
  if (contraction === null)
    await clinic.tx
      .updateTable('imaging_analysis')
      .set({ chosen: { ...chosen, by: clinic.actor.id } })
      .where('clinic_id', '=', clinic.clinicId)
      .where('id', '=', id)
      .execute();
  await writeKept(clinic, examId, { instanceId, analysisId: id, ...chosen, hurts: plan.hurts });
}

/** The two frames that the report shows, and the moment at which it hurt. */
async function writeKept(
  clinic: ClinicTransaction,
  examId: string,
  kept: {
    readonly instanceId: string;
    readonly analysisId: string;
    readonly rest: number;
    readonly contraction: number;
    readonly hurts: { readonly atS: number; readonly words: string } | null;
  },
): Promise<void> {
  const { analysisId, rest, contraction, hurts } = kept;
  const clip = await readClip(clinic, kept.instanceId);
  if (!clip) throw new Error('expected the clip that was just stored');
  await addKeyFrame(clinic, examId, clip, { frame: rest, caption: 'At rest', analysisId });
  await addKeyFrame(clinic, examId, clip, { frame: contraction, caption: 'In contraction', analysisId });
  if (hurts) await addMoment(clinic, examId, clip, { timeS: hurts.atS, words: hurts.words });
}

async function writeCase(
  clinic: ClinicTransaction,
  { exam, plan, taken }: { exam: Exam; plan: ExamPlan; taken: readonly Taken[] },
  showcase: 'tear' | 'drawing-in',
  { files, plan: house, reviewer, now }: UltrasoundCast,
): Promise<void> {
  const shown = taken.find(({ drawn }) => drawn.measured);
  const signed = await readSignedContent(clinic, exam.id);
  if (!shown || !signed || !plan.signed)
    throw new Error('expected a signed examination with a measured clip');
  const at = Math.min(now, plan.signed.at + 20 * MINUTE);
  const consentId = await askConsent(clinic, exam.id, at);
  await answerConsent(clinic, consentId, { says: 'yes', how: 'portal', now: at });
  const caseId = await beginCase(clinic, { examId: exam.id, simulated: true }, at);
  const { rest, contraction } = shown.drawn.measured?.analysed.chosen ?? { rest: null, contraction: null };
  const frames = presetFrames({ frames: shown.drawn.clip.frameCount }, { rest, contraction });
  const clip = { position: 0, instanceId: shown.instanceId, ...frames, blacked: [] };
  await setClip(joined(clinic), files, caseId, clip, at);
  await saveWords(clinic, caseId, caseWords(showcase, numbersOf(signed)));
  const sites = house.sites;
  await sendToReview(clinic, { sites }, caseId, at);
  const checks = CHECKS.map(({ id }) => id);
  const review = { decision: 'approved', checks, note: '' } as const;
  await reviewCase(actingAs(clinic, reviewer.id), { sites }, caseId, review, at);
  await publishCase(clinic, { sites }, caseId, at);
}

/** A clip that could be of several people, and a file that is no ultrasound at all. */
async function writeStrays(
  clinic: ClinicTransaction,
  { waiting }: UltrasoundStory,
  drawn: readonly DrawnClip[],
  { files, now }: UltrasoundCast,
): Promise<void> {
  const clip: ClipPlan = waiting.clip;
  const one = drawn.find(({ plan }) => plan === clip);
  if (one) {
    const bytes = await writeUltrasoundCine(one.clip, {
      ...{ study: randomUUID(), series: 'unnamed', instance: randomUUID(), patientName: waiting.saysName },
    });
    const taken = await arrive(clinic, files, bytes, 'unnamed.dcm');
    if (taken.kind !== 'refused') await sentAt(clinic, taken.instanceId, now - 50 * MINUTE);
  }
  const draft = randomUUID();
  const bytes = new TextEncoder().encode(
    'This was a text about an ultrasound, not an ultrasound. Simulated.\n',
  );
  await files.append(draft, 0, once(bytes), bytes.length);
  await takeIn(joined(clinic), files, { source: 'upload', machineId: null, draft, name: 'notes.txt' });
}

function actingAs(clinic: ClinicTransaction, userId: string): ClinicTransaction {
  return { ...clinic, actor: { kind: 'staff', id: userId, role: 'clinician' } };
}

/**
 * The clinic as seen by what opens a transaction of its own: it takes part in this one, so that a demo clinic is written
 * whole or not at all.
 */
function joined({ tx, clinicId, actor }: ClinicTransaction): ClinicContext {
  const db = { transaction: () => ({ execute: <T>(work: (inner: typeof tx) => Promise<T>) => work(tx) }) };
  return { db: db as unknown as Database, clinicId, actor };
}
