import { C3dError } from './errors.ts';
import { type Processor, processorOfCode, readInt16, readReal, readUint16 } from './processor.ts';
import { decodeText } from './text.ts';

/** Bytes in a block, the unit in which a C3D file counts its sections. */
export const BLOCK = 512;

/** One of the up to 18 events in the header. */
export interface HeaderEvent {
  readonly label: string;
  readonly timeS: number;
  readonly displayed: boolean;
}

/** The header as it stands, before anything is compared with the parameters. */
export interface Header {
  readonly processor: Processor;
  /** The byte at which the parameter section starts. */
  readonly parameterByte: number;
  /** The blocks that the parameter section declares. */
  readonly parameterBlocks: number;
  readonly points: number;
  /** Analog values in one frame: channels × samples. */
  readonly analogPerFrame: number;
  readonly firstFrame: number;
  readonly lastFrame: number;
  readonly maxGapFrames: number;
  /** Negative where points and analog are stored as reals. */
  readonly scale: number;
  readonly dataBlock: number;
  readonly samplesPerFrame: number;
  readonly rateHz: number;
  readonly events: readonly HeaderEvent[];
}

const MAGIC = 0x50;
/** The value of word 150 in files whose event labels have four letters; without it they have two. */
const FOUR_LETTERS = 12345;

/**
 * Reads the first block (C3D user guide, "The Header Section").
 * @throws C3dError `not-c3d` or `unknown-processor`
 */
export function readHeader(bytes: Uint8Array, view: DataView): Header {
  if (bytes.length < 2 || bytes[1] !== MAGIC) {
    const found = bytes.length < 2 ? `${bytes.length} bytes` : `0x${(bytes[1] as number).toString(16)}`;
    throw new C3dError({ code: 'not-c3d', expected: 'the mark 0x50 of a C3D file', found, byte: 1 });
  }
  const parameterByte = ((bytes[0] as number) - 1) * BLOCK;
  if (parameterByte < BLOCK || bytes.length < parameterByte + 4) {
    const expected = 'a parameter section after the first block and inside the file';
    throw new C3dError({
      code: 'not-c3d',
      expected,
      found: `byte ${parameterByte} of ${bytes.length}`,
      byte: 0,
    });
  }
  const code = bytes[parameterByte + 3] as number;
  const processor = processorOfCode(code);
  if (processor === null) {
    const expected = 'processor 84 (PC), 85 (DEC) or 86 (SGI)';
    throw new C3dError({ code: 'unknown-processor', expected, found: code, byte: parameterByte + 3 });
  }
  const word = (number: number) => readUint16(view, 2 * (number - 1), processor);
  return {
    processor,
    parameterByte,
    parameterBlocks: bytes[parameterByte + 2] as number,
    points: word(2),
    analogPerFrame: word(3),
    firstFrame: word(4),
    lastFrame: word(5),
    maxGapFrames: word(6),
    scale: readReal(view, 12, processor),
    dataBlock: word(9),
    samplesPerFrame: word(10),
    rateHz: readReal(view, 20, processor),
    events: readHeaderEvents(bytes, view, processor),
  };
}

/** What the header's first and last frame amount to; 0 where they make no sense. */
export function declaredFrames({ firstFrame, lastFrame }: Header): number {
  return lastFrame >= firstFrame && lastFrame > 0 ? lastFrame - firstFrame + 1 : 0;
}

/** Bytes of words 150 and 151 (key, number of events), 153 (times), 189 (flags) and 199 (labels). */
export const EVENT_BYTES = { key: 298, count: 300, times: 304, flags: 376, labels: 396 } as const;
export const HEADER_EVENTS_LIMIT = 18;

function readHeaderEvents(bytes: Uint8Array, view: DataView, processor: Processor): HeaderEvent[] {
  const count = readInt16(view, EVENT_BYTES.count, processor);
  if (count < 1 || count > HEADER_EVENTS_LIMIT) return [];
  const letters = readUint16(view, EVENT_BYTES.key, processor) === FOUR_LETTERS ? 4 : 2;
  return Array.from({ length: count }, (_, index) => {
    const at = EVENT_BYTES.labels + letters * index;
    return {
      label: decodeText(bytes.subarray(at, at + letters)),
      timeS: readReal(view, EVENT_BYTES.times + 4 * index, processor),
      displayed: bytes[EVENT_BYTES.flags + index] === 1,
    };
  }).filter(({ timeS }) => Number.isFinite(timeS));
}
