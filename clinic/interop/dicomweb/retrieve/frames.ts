import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readStoredFrames } from '../../../capabilities/imaging/index.ts';
import { DoorError } from '../door-error.ts';
import { type Place, urlOf } from '../paths.ts';
import type { IndexedInstance } from './instances.ts';
import { isKept } from './kept.ts';
import { multipartAnswer } from './multipart-answer.ts';
import { type Retrieval, wishesOf } from './retrieval.ts';
import { framesWanted, type Given } from './wanted.ts';

/** So many bytes are read at once; the next are read while these are sent. */
const AT_ONCE = 2 * 1024 * 1024;

type FramesRequest = FastifyRequest<{ Params: Place }>;

/** Frames of an instance by their numbers from 1, as they are stored wherever that is accepted. */
export async function sendFrames(
  by: Retrieval,
  request: FramesRequest,
  reply: FastifyReply,
  list: string,
): Promise<FastifyReply> {
  const instance = await by.find(request.context, request.params);
  const frames = frameList(list, instance.frames);
  const given = framesWanted(wishesOf(request), instance.transferSyntax, frames.length === 1);
  if (!given)
    throw new DoorError(
      406,
      `Frames are given as they are stored (${instance.transferSyntax}) or as plain pixels.`,
    );
  await by.note(request.context, 'frames', [instance]);
  if (
    isKept(
      request,
      reply,
      instance.sha256,
      given.type,
      given.syntax,
      String(given.isMultipart),
      frames.join(),
    )
  )
    return reply.code(304).send();
  const { clinicId } = request.context;
  const read: ReadFrames = given.isDecoded
    ? (wanted) => decodeFrames(by, clinicId, instance, wanted)
    : (wanted) => readStoredFrames(by.files, clinicId, instance, wanted);
  const [only] = frames;
  if (!given.isMultipart && only !== undefined) {
    const [bytes] = await read([only]);
    return reply.type(`${given.type}; transfer-syntax=${given.syntax}`).send(bytes);
  }
  return sendParts(request, reply, { instance, frames, given, read });
}

type ReadFrames = (frames: readonly number[]) => Promise<readonly Buffer[]>;

interface Parts {
  readonly instance: IndexedInstance;
  readonly frames: readonly number[];
  readonly given: Given;
  readonly read: ReadFrames;
}

async function sendParts(request: FramesRequest, reply: FastifyReply, parts: Parts): Promise<FastifyReply> {
  const { instance, frames, given, read } = parts;
  const sizes = frames.map((frame) => (given.isDecoded ? plainSize(instance) : storedSize(instance, frame)));
  const address = urlOf(request, {
    study: instance.study,
    series: instance.series,
    instance: instance.sopUid,
  });
  const answer = multipartAnswer(
    given.type,
    instance.sha256.slice(0, 40),
    frames.map((frame, n) => ({
      headers: {
        'Content-Type': `${given.type}; transfer-syntax=${given.syntax}`,
        'Content-Location': `${address}/frames/${frame + 1}`,
      },
      length: sizes[n] ?? 0,
    })),
  );
  reply.type(answer.contentType).header('content-length', answer.length);
  const batches = inBatches(sizes);
  const bodyOf = async ([from, to]: Batch) => {
    const bodies = await read(frames.slice(from, to));
    return Buffer.concat(bodies.flatMap((body, n) => [answer.heads[from + n] ?? body, body]));
  };
  const [only] = batches;
  if (only && batches.length === 1) return reply.send(Buffer.concat([await bodyOf(only), answer.tail]));
  return reply.send(Readable.from(oneAfterTheOther(batches, bodyOf, answer.tail), { objectMode: false }));
}

/** The places of some frames in the list that was asked for: from the first up to and without the last. */
type Batch = readonly [from: number, to: number];

function inBatches(sizes: readonly number[]): readonly Batch[] {
  const batches: Batch[] = [];
  let [from, sum] = [0, 0];
  for (const [at, size] of sizes.entries()) {
    if (at > from && sum + size > AT_ONCE) {
      batches.push([from, at]);
      [from, sum] = [at, 0];
    }
    sum += size;
  }
  return [...batches, [from, sizes.length]];
}

async function* oneAfterTheOther(
  batches: readonly Batch[],
  bodyOf: (batch: Batch) => Promise<Buffer>,
  tail: Buffer,
): AsyncGenerator<Buffer> {
  let coming: Promise<Buffer> | null = null;
  for (const [n, batch] of batches.entries()) {
    const body = await (coming ?? bodyOf(batch));
    const next = batches[n + 1];
    coming = next ? bodyOf(next) : null;
    // Whoever stops listening leaves nobody to hear of an error.
    coming?.catch(() => {});
    yield body;
  }
  yield tail;
}

function storedSize({ frameIndex }: IndexedInstance, frame: number): number {
  return (frameIndex[frame] ?? []).reduce((sum, value, at) => (at % 2 === 1 ? sum + value : sum), 0);
}

function plainSize({ width, height, samples }: IndexedInstance): number {
  return width * height * samples;
}

async function decodeFrames(
  { openClip }: Retrieval,
  clinicId: string,
  instance: IndexedInstance,
  wanted: readonly number[],
): Promise<readonly Buffer[]> {
  const clip = await openClip(clinicId, instance);
  const decoded: Buffer[] = [];
  for (const frame of wanted) {
    const { samples } = await clip.picture(frame);
    const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
    // Palettes become colours and 16 bits become 8, which is not what the metadata says.
    if (bytes.length !== plainSize(instance))
      throw new DoorError(406, 'These frames are given only as they are stored: ask with transfer-syntax=*.');
    decoded.push(bytes);
  }
  return decoded;
}

/** Numbers from 1, divided by commas, as places from 0. */
export function frameList(list: string, count: number): readonly number[] {
  if (!/^\d{1,7}(,\d{1,7})*$/.test(list))
    throw new DoorError(400, 'Frames are numbers from 1, divided by commas.');
  const numbers = list.split(',').map(Number);
  const wrong = numbers.find((number) => number < 1 || number > count);
  if (wrong !== undefined) throw new DoorError(404, `There is no frame ${wrong}: the clip has ${count}.`);
  return numbers.map((number) => number - 1);
}
