import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocationLimit } from './budget.ts';
import type { C3dFile } from './content.ts';
import { deidentify } from './deidentify.ts';
import { C3dError } from './errors.ts';
import { readC3d } from './read.ts';
import { content, forms } from './testing/arbitrary.ts';
import { expectedOfFiles, gaitFile } from './testing/shared-data.ts';
import { writeC3d } from './write.ts';

const RUNS = 5000;
const SEED = 20_260_714;
/** One read of a small file takes a millisecond; a hang is orders above this. */
const PATIENCE_MS = 2000;
const LARGEST_SAMPLE = 170_000;

/** Mulberry32: the same mutations on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Files of every form with everything in them, and the real ones that are small enough, where they are present. */
function samples(): Uint8Array[] {
  const made = fc
    .sample(content, { seed: SEED, numRuns: 24 })
    .map((one, index) => writeC3d(one, forms[index % forms.length]));
  const real = expectedOfFiles()
    .map(([name]) => gaitFile(name))
    .filter(({ length }) => length < LARGEST_SAMPLE);
  return [...made, ...real];
}

/** How far mutations reach: the header's numbers, the header, the parameters, everything. */
const REACHES = [24, 512, 6000, 6000, Number.POSITIVE_INFINITY];
const INTERESTING = [0, 1, 2, 0x50, 84, 85, 86, 127, 128, 254, 255];

/** Truncated, or with some bytes changed, mostly where header and parameters stand. */
function mutated(original: Uint8Array, random: () => number): Uint8Array {
  const below = (count: number) => Math.floor(random() * count);
  if (random() < 0.15) return original.slice(0, below(original.length));
  const bytes = original.slice();
  const reach = Math.min(original.length, REACHES[below(REACHES.length)] as number);
  for (let count = 1 + below(6); count > 0; count -= 1) {
    bytes[below(reach)] = random() < 0.5 ? (INTERESTING[below(INTERESTING.length)] as number) : below(256);
  }
  return bytes;
}

/** Bytes of all arrays that a result holds, each buffer counted once. */
function bytesHeld({ markers, modelOutputs, analog, rotations }: C3dFile): number {
  const sets = [markers, ...modelOutputs].flatMap(({ values, residuals, cameras }) => [
    values,
    residuals,
    cameras,
  ]);
  const arrays = [
    ...sets,
    analog.values,
    ...(rotations === null ? [] : [rotations.matrices, rotations.reliabilities]),
  ];
  const buffers = new Set(arrays.map(({ buffer }) => buffer));
  return [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

describe('broken files', () => {
  it(`never hang, never take memory without measure and fail in one way only (${RUNS} mutations)`, () => {
    const random = seeded(SEED);
    const originals = samples();
    let [refused, slowest] = [0, 0];
    for (let run = 0; run < RUNS; run += 1) {
      const bytes = mutated(originals[run % originals.length] as Uint8Array, random);
      const start = performance.now();
      try {
        expect(bytesHeld(readC3d(bytes))).toBeLessThanOrEqual(allocationLimit(bytes.length));
      } catch (error) {
        if (!(error instanceof C3dError)) throw error;
        refused += 1;
      }
      slowest = Math.max(slowest, performance.now() - start);
    }
    console.info(
      `${RUNS} mutations of ${originals.length} files: ${refused} refused, slowest ${slowest.toFixed(0)} ms`,
    );
    expect(slowest).toBeLessThan(PATIENCE_MS);
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(RUNS);
  });

  it('are de-identified without touching a measured value, or refused', () => {
    const random = seeded(SEED + 1);
    const originals = samples();
    for (let run = 0; run < 1000; run += 1) {
      const bytes = mutated(originals[run % originals.length] as Uint8Array, random);
      try {
        const before = readC3d(bytes);
        const { bytes: clean } = deidentify(bytes);
        expect(clean.length).toBe(bytes.length);
        const after = readC3d(clean);
        expect(Buffer.compare(bufferOf(before), bufferOf(after))).toBe(0);
      } catch (error) {
        if (!(error instanceof C3dError)) throw error;
      }
    }
  });
});

/** All points, whatever set they are in, and all samples. */
function bufferOf({ markers, modelOutputs, analog }: C3dFile): Buffer {
  const parts = [markers, ...modelOutputs].map(({ values }) => values);
  return Buffer.concat(
    [...parts, analog.values].map((one) => Buffer.from(one.buffer, one.byteOffset, one.byteLength)),
  );
}
