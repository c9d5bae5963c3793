import { readFile, stat } from 'node:fs/promises';
import { type ClinicContext, errorCode, inClinic } from '../../../platform/database/in-clinic.ts';
import type { FileStore } from '../../../platform/files/index.ts';
import { readExam } from '../core/exam.ts';
import { ImagingError } from '../core/imaging-error.ts';
import type { Arrival, TakenIn } from './arrival.ts';
import { hashBytes } from './hash-bytes.ts';
import { kindOfFile } from './kind-of-file.ts';
import { LARGEST_CLIP, LARGEST_CLIP_WORDS } from './limits.ts';
import {
  type ReadArrival,
  type ReadRefused,
  readDicomArrival,
  readStillArrival,
  refuse,
} from './read-arrival.ts';
import type { RefusalCode } from './refusal.ts';
import { storeArrival, type Took } from './store-arrival.ts';
import { storeRefusal } from './store-refusal.ts';

const UNIQUE_VIOLATION = '23505';

/**
 * Takes in a file that is here in full: looks into it, gives it its final name on the disk, and only then writes its row.
 * What cannot be taken is kept too, with the reason, for the clinic to see. Should the machine stop in between, a file
 * without a row is left, which the sweep removes, and the sender, who was never answered, sends it again.
 *
 * @throws ImagingError where the examination that it was uploaded onto is not there
 * @throws FileError where the disk is full, or the draft is gone
 */
export async function takeIn(context: ClinicContext, files: FileStore, arrival: Arrival): Promise<TakenIn> {
  const size = arrival.bytes?.length ?? (await stat(files.draftPath(arrival.draft))).size;
  if (size === 0 || size > LARGEST_CLIP) return withoutFile(context, files, arrival, size);
  const bytes = arrival.bytes ?? (await readFile(files.draftPath(arrival.draft)));
  const sha256 = await hashBytes(bytes);
  const read = asAnnounced(arrival, await readArrival(context, arrival, { bytes, sha256 }));
  const [dataSha256] = await Promise.all([
    dataHash(read, { bytes, sha256 }),
    files.keep(arrival.draft, { clinicId: context.clinicId, sha256 }),
  ]);
  const stored = { sha256, dataSha256, size, mediaType: mediaTypeOf(read) };
  const took: Took = read.kind === 'read' ? await storeOnce(context, arrival, stored, read.file) : read;
  if (took.kind !== 'refused') return took;
  await inClinic(context, (clinic) => storeRefusal(clinic, arrival, { ...took.refused, stored }));
  return { kind: 'refused', ...took.refused };
}

/** The same clip by two doors has two heads: what it shows is known by its data set. */
async function dataHash(read: ReadArrival, { bytes, sha256 }: Content): Promise<string> {
  if (read.kind === 'refused' || read.file.dataStart === 0) return sha256;
  return hashBytes(bytes.subarray(read.file.dataStart));
}

/** Two that come at once under the same identifiers: whoever was second finds the first. */
async function storeOnce(...of: Parameters<typeof storeArrival>): Promise<Took> {
  try {
    return await storeArrival(...of);
  } catch (error) {
    if (errorCode(error) !== UNIQUE_VIOLATION) throw error;
    return storeArrival(...of);
  }
}

async function withoutFile(
  context: ClinicContext,
  files: FileStore,
  arrival: Arrival,
  size: number,
): Promise<TakenIn> {
  const refused: ReadRefused = {
    code: size === 0 ? 'empty' : 'too-large',
    reason:
      size === 0 ? 'The file is empty.' : `The file is larger than ${LARGEST_CLIP_WORDS}. It was not kept.`,
    sopUid: null,
    sopClass: null,
    studyUid: null,
  };
  await inClinic(context, (clinic) => storeRefusal(clinic, arrival, { ...refused, stored: null }));
  await files.removeDraft(arrival.draft);
  return { kind: 'refused', ...refused };
}

interface Content {
  readonly bytes: Buffer;
  readonly sha256: string;
}

async function readArrival(context: ClinicContext, arrival: Arrival, content: Content): Promise<ReadArrival> {
  const kind = kindOfFile(content.bytes);
  if (kind === 'video')
    return refuse(
      'video',
      'This is a video. A video has lost its scale and its true times: export the clip as DICOM, or single frames as PNG or JPEG.',
      null,
    );
  if (kind !== 'still') return readDicomArrival(content.bytes);
  if (!arrival.examId)
    return refuse('not-dicom', 'This is a picture, not a DICOM file: it does not say whose it is.', null);
  const { examId } = arrival;
  const exam = await inClinic(context, (clinic) => readExam(clinic, examId));
  if (!exam) throw new ImagingError('This examination is not known.');
  return readStillArrival(content.bytes, { sha256: content.sha256, studyUid: exam.studyUid });
}

function asAnnounced({ announced }: Arrival, read: ReadArrival): ReadArrival {
  if (!announced || read.kind === 'refused') return read;
  const { sopUid, sopClass, dicomStudyUid: studyUid } = read.file;
  const isOther = (said: string | undefined, is: string) => said !== undefined && said !== is;
  const refusal = (code: RefusalCode, reason: string): ReadArrival => ({
    kind: 'refused',
    refused: { code, reason, sopUid, sopClass, studyUid },
  });
  if (isOther(announced.sopUid, sopUid) || isOther(announced.sopClass, sopClass))
    return refusal('missing-uids', 'The machine announced another instance than the one that it sent.');
  if (isOther(announced.studyUid, studyUid))
    return refusal('other-study', 'It was sent to the address of another study than its own.');
  return read;
}

function mediaTypeOf(read: ReadArrival): string {
  if (read.kind === 'refused') return 'application/octet-stream';
  return read.file.format === 'still' ? read.file.transferSyntax : 'application/dicom';
}
