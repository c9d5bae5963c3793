import type { Parameter, ParameterGroup } from '../parameters.ts';
import { type Processor, writeInt16, writeReal } from '../processor.ts';
import { encodeParameters, integerParameter, realParameter, textParameter } from '../write-parameters.ts';

/** Words of the header that a test wants otherwise, by their number from 1. */
export type Words = Readonly<Record<number, number>>;

export interface RawFile {
  readonly processor?: Processor;
  readonly scale?: number;
  readonly rateHz?: number;
  readonly words?: Words;
  readonly groups?: readonly ParameterGroup[];
  /** Reals of the data section, or bytes where a test wants something else. */
  readonly data?: readonly number[] | Uint8Array;
}

const POINTS = 2;
const FRAMES = 3;
const CHANNELS = 2;

/** A group of a test's own making. */
export function group(id: number, name: string, parameters: readonly Parameter[]): ParameterGroup {
  return { id, name, description: '', locked: false, byte: null, parameters };
}

/** The groups of a sound little file: two points and two channels over three frames, one sample each. */
export function soundGroups(): { point: Parameter[]; analog: Parameter[] } {
  return {
    point: [
      integerParameter('USED', [POINTS], []),
      integerParameter('FRAMES', [FRAMES], []),
      integerParameter('DATA_START', [4], []),
      realParameter('SCALE', [-0.5], []),
      realParameter('RATE', [100], []),
      textParameter('UNITS', ['mm'], []),
      textParameter('LABELS', ['LASI', 'RASI']),
    ],
    analog: [
      integerParameter('USED', [CHANNELS], []),
      realParameter('RATE', [100], []),
      realParameter('GEN_SCALE', [1], []),
      realParameter('SCALE', [1, 1]),
      integerParameter('OFFSET', [0, 0]),
      textParameter('UNITS', ['V', 'V']),
      textParameter('LABELS', ['EMG1', 'EMG2']),
    ],
  };
}

/** Replaces parameters by name; null takes one out. */
export function changed(
  parameters: readonly Parameter[],
  changes: Readonly<Record<string, Parameter | null>>,
): Parameter[] {
  const kept = parameters.flatMap((one) => {
    const change = changes[one.name];
    return change === undefined ? [one] : change === null ? [] : [change];
  });
  const names = new Set(parameters.map(({ name }) => name));
  const added = Object.entries(changes).flatMap(([name, one]) =>
    names.has(name) || one === null ? [] : [one],
  );
  return [...kept, ...added];
}

/** One frame of the sound file: two points with residual word 0, and two samples. */
const FRAME = [1, 2, 3, 0, 4, 5, 6, 0, 0.5, -0.5];
const DATA_BLOCK = 4;

/**
 * The bytes of a little file of reals that is sound but for what a test changes. Parameters take blocks 2 and 3, the
 * data starts at block 4.
 */
export function rawFile(raw: RawFile = {}): Uint8Array {
  const processor = raw.processor ?? 'pc';
  const sound = soundGroups();
  const groups = raw.groups ?? [group(1, 'POINT', sound.point), group(2, 'ANALOG', sound.analog)];
  const section = encodeParameters(groups, processor);
  const data = raw.data ?? Array.from({ length: FRAMES }, () => FRAME).flat();
  const dataBytes = data instanceof Uint8Array ? data.length : 4 * data.length;
  const start = Math.max(DATA_BLOCK - 1, 1 + section.length / 512) * 512;
  const bytes = new Uint8Array(start + dataBytes);
  const view = new DataView(bytes.buffer);
  bytes.set([2, 0x50]);
  const words: Words = {
    2: POINTS,
    3: CHANNELS,
    4: 1,
    5: FRAMES,
    9: start / 512 + 1,
    10: 1,
    150: 12345,
    ...raw.words,
  };
  for (const [word, value] of Object.entries(words))
    writeInt16(view, 2 * (Number(word) - 1), value, processor);
  writeReal(view, 12, raw.scale ?? -0.5, processor);
  writeReal(view, 20, raw.rateHz ?? 100, processor);
  bytes.set(section, 512);
  if (data instanceof Uint8Array) bytes.set(data, start);
  else for (const [index, value] of data.entries()) writeReal(view, start + 4 * index, value, processor);
  return bytes;
}
