import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  type Arrival,
  LARGEST_CLIP,
  LARGEST_CLIP_WORDS,
  refuseArrival,
  type TakenIn,
  takeIn,
} from '../../../capabilities/imaging/index.ts';
import type { ClinicContext } from '../../../platform/database/in-clinic.ts';
import { FileError, type FileStore } from '../../../platform/files/index.ts';
import { mediaTypeOf } from '../media-types.ts';
import { MultipartError } from '../multipart-error.ts';
import { type Part, partsOf } from '../parts-of.ts';
import { gather } from './gather.ts';
import { createRoom } from './room.ts';

/** To be looked into, a file is read whole: of all that come at once, so many bytes together. */
const room = createRoom(LARGEST_CLIP);

/** So much of a clip stays in memory from its coming to its row. */
const AT_HAND_BYTES = 1024 * 1024;

export type Stopped = 'too-large' | 'disk-full';

/** What came in one request. */
export interface Received {
  readonly taken: readonly TakenIn[];
  /** Why the rest of the body was not read. */
  readonly stopped: Stopped | null;
  /** Why the body could not be read to its end. */
  readonly broken: MultipartError | null;
}

interface Delivery {
  readonly body: Readable;
  readonly boundary: string;
  readonly machineId: string | null;
  /** The only study whose clips this address takes. */
  readonly studyUid: string | null;
}

/**
 * Takes clips in as they come, each whole on the disk before it is looked at. What was taken in stays, whatever becomes of
 * those after it; of one that did not come whole nothing stays but the word that it came.
 */
export async function receiveClips(
  context: ClinicContext,
  files: FileStore,
  delivery: Delivery,
): Promise<Received> {
  const taken: TakenIn[] = [];
  try {
    for await (const part of partsOf(delivery.body, delivery.boundary)) {
      const one = await receiveOne(context, files, delivery, part);
      taken.push(one.taken);
      if (one.stopped) return { taken, stopped: one.stopped, broken: null };
    }
    return { taken, stopped: null, broken: null };
  } catch (error) {
    const broken = brokenBy(error, delivery.body);
    if (!broken) throw error;
    const arrival = arrivalOf(delivery, randomUUID());
    const reason = `After ${taken.length} whole ${taken.length === 1 ? 'clip' : 'clips'}: ${broken.message} Send what is missing again.`;
    await refuseArrival(context, arrival, { code: 'cut-off', reason });
    return { taken, stopped: null, broken };
  }
}

async function receiveOne(
  context: ClinicContext,
  files: FileStore,
  delivery: Delivery,
  { headers, body }: Part,
): Promise<{ readonly taken: TakenIn; readonly stopped: Stopped | null }> {
  const draft = randomUUID();
  const arrival = arrivalOf(delivery, draft);
  const { type } = mediaTypeOf(headers.get('content-type') ?? 'application/dicom');
  if (type !== 'application/dicom' && type !== 'application/octet-stream') {
    const reason = `A part is ${type.slice(0, 80)}, not application/dicom.`;
    return { taken: await refuseArrival(context, arrival, { code: 'not-dicom', reason }), stopped: null };
  }
  try {
    const part = await gather(body, AT_HAND_BYTES);
    const size = await files.append(draft, 0, part.body, LARGEST_CLIP);
    const whole = part.whole ? { ...arrival, bytes: part.whole } : arrival;
    return { taken: await room.with(size, () => takeIn(context, files, whole)), stopped: null };
  } catch (error) {
    await files.removeDraft(draft);
    if (!(error instanceof FileError)) throw error;
    const { problem } = error;
    if (problem !== 'too-large' && problem !== 'disk-full') throw error;
    const reason =
      problem === 'disk-full'
        ? 'The clinic’s disk is full. It was not kept.'
        : `The clip is larger than ${LARGEST_CLIP_WORDS}. It was not kept.`;
    return { taken: await refuseArrival(context, arrival, { code: 'too-large', reason }), stopped: problem };
  }
}

function arrivalOf({ machineId, studyUid }: Delivery, draft: string): Arrival {
  return {
    source: 'stow',
    machineId,
    draft,
    name: 'clip.dcm',
    ...(studyUid === null ? {} : { announced: { studyUid } }),
  };
}

/** A body that ended early shows as its own error, or as that of a connection that broke. */
function brokenBy(error: unknown, body: Readable): MultipartError | null {
  if (error instanceof MultipartError) return error;
  // The database's connections may break too.
  if (!body.destroyed) return null;
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE'
    ? new MultipartError('cut-off', 'the connection broke in the middle of a clip.')
    : null;
}
