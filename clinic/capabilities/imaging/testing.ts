import { randomUUID } from 'node:crypto';
import {
  type CineOptions,
  type Clip,
  clipOfLuma,
  makePhantom,
  tearScene,
  writeUltrasoundCine,
} from '@rectus/sonography';
import { type ClinicContext, inClinic } from '../../platform/database/in-clinic.ts';
import type { FileStore } from '../../platform/files/index.ts';
import type { Arrival, TakenIn } from './arrivals/arrival.ts';
import { takeIn } from './arrivals/take-in.ts';
import { type Exam, readExam } from './core/exam.ts';
import { type ExamAbout, openExam } from './core/new-exam.ts';

/** A contraction of a torn muscle in a few small frames. */
const ACTIVATION = [0, 0, 0.3, 0.7, 1, 1, 0.5, 0];
const [WIDTH, HEIGHT] = [240, 180];

let drawn: Promise<Clip> | null = null;

/** A small simulated clip, 8 frames of 240 × 180 px with a scale, drawn once. */
export function smallClip(): Promise<Clip> {
  drawn ??= draw();
  return drawn;
}

async function draw(): Promise<Clip> {
  const { clip } = makePhantom({
    scene: tearScene(),
    ...{ width: WIDTH, height: HEIGHT, activation: ACTIVATION },
  });
  const frames = await Promise.all(ACTIVATION.map((_, frame) => clip.frame(frame)));
  return { ...clipOfLuma(frames, clip.times), regions: clip.regions };
}

/** The bytes of a small clip as a machine would send it, of nobody in particular unless told. */
export async function dicomBytes(options: Partial<CineOptions> = {}): Promise<Uint8Array> {
  const once = randomUUID();
  return writeUltrasoundCine(await smallClip(), { study: once, series: 's', instance: once, ...options });
}

/** The bytes of a clip that was made from the worklist for an examination. */
export function orderedBytes(exam: Exam, options: Partial<CineOptions> = {}): Promise<Uint8Array> {
  return dicomBytes({
    studyUid: exam.studyUid,
    accession: exam.accession,
    patientId: exam.patient.id,
    patientName: `${exam.patient.familyName}^${exam.patient.givenName}`,
    ...options,
  });
}

/** Sends bytes in by a door, as C-STORE would. */
export async function arrive(
  context: ClinicContext,
  files: FileStore,
  bytes: Uint8Array,
  from: Partial<Arrival> = {},
): Promise<TakenIn> {
  const draft = randomUUID();
  await files.append(draft, 0, once(bytes), Math.max(1, bytes.length));
  return takeIn(context, files, { source: 'c-store', machineId: null, draft, name: 'clip.dcm', ...from });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** A person with an ultrasound examination that has no clips yet. */
export async function newExam(
  context: ClinicContext,
  {
    now,
    name = 'Rita Prado',
    about,
  }: { readonly now: number; readonly name?: string; readonly about?: ExamAbout },
): Promise<Exam> {
  const [givenName = '', familyName = ''] = name.split(' ');
  return inClinic(context, async (clinic) => {
    const { id: patientId } = await clinic.tx
      .insertInto('patient')
      .values({
        clinic_id: clinic.clinicId,
        ...{ given_name: givenName, family_name: familyName, birth_date: '1990-05-14' },
        ...{ email: null, phone: null, merged_into: null, search_name: name.toLowerCase() },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const id = await openExam(clinic, { patientId }, now, about);
    const exam = await readExam(clinic, id);
    if (!exam) throw new Error('The examination is not there');
    return exam;
  });
}
