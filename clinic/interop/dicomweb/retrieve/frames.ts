import type { FastifyReply, FastifyRequest } from 'fastify';
import { readStoredFrames } from '../../../capabilities/imaging/index.ts';
import { DoorError } from '../door-error.ts';
import { type Place, urlOf } from '../paths.ts';
import type { IndexedInstance } from './instances.ts';
import { isKept } from './kept.ts';
import { multipartAnswer, streamOf } from './multipart-answer.ts';
import { type Retrieval, wishesOf } from './retrieval.ts';
import { framesWanted, type Given } from './wanted.ts';

/** So many bytes are read at once; what is longer is read while it is sent. */
const AT_ONCE = 4 * 1024 * 1024;

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
  if (answer.length <= AT_ONCE) {
    const bodies = await read(frames);
    return reply.send(
      Buffer.concat([...answer.heads.flatMap((head, n) => [head, bodies[n] ?? head]), answer.tail]),
    );
  }
  // A frame's own read is one turn of the disk; its size bounds the memory.
  const one = async function* (part: number) {
    yield* await read(frames.slice(part, part + 1));
  };
  return reply.send(streamOf(answer, one));
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
