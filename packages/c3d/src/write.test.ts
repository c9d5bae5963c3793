import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type C3dContent, type C3dFile, channelAt, type PointSet } from './content.ts';
import type { C3dError } from './errors.ts';
import { newContent } from './new-content.ts';
import { findParameter, textsOf } from './parameters.ts';
import { readC3d } from './read.ts';
import { content, form } from './testing/arbitrary.ts';
import { group } from './testing/raw-file.ts';
import { type WriteOptions, writeC3d } from './write.ts';
import { realParameter, textParameter } from './write-parameters.ts';

const setsOf = ({ markers, modelOutputs }: C3dContent): readonly PointSet[] => [markers, ...modelOutputs];

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let index = 0; index < a.length; index += 1) {
    const [x, y] = [a[index] as number, b[index] as number];
    expect(Number.isNaN(x)).toBe(Number.isNaN(y));
    if (!Number.isNaN(x)) largest = Math.max(largest, Math.abs(x - y));
  }
  return largest;
}

/** Half a step and the rounding of a 32-bit real. */
const within = (step: number, magnitude: number) => step / 2 + magnitude * 2 ** -22;

function expectSamePoints(before: C3dContent, after: C3dFile, { storage }: WriteOptions): void {
  const [given, found] = [setsOf(before), setsOf(after)];
  expect(found.map(({ labels }) => labels)).toEqual(given.map(({ labels }) => labels));
  expect(found.map(({ fileIndices }) => fileIndices)).toEqual(given.map(({ fileIndices }) => fileIndices));
  given.forEach((set, index) => {
    const other = found[index] as PointSet;
    const difference = largestDifference(set.values, other.values);
    if (storage === 'real') expect(difference).toBe(0);
    else expect(difference).toBeLessThanOrEqual(within(after.scale, 4000));
    const largestResidual = 255 * after.scale;
    const residuals = set.residuals.map((residual) => Math.min(residual, largestResidual));
    expect(largestDifference(residuals, other.residuals)).toBeLessThanOrEqual(
      within(after.scale, largestResidual),
    );
    expect(other.cameras).toEqual(set.cameras);
  });
}

function expectSameChannels(before: C3dContent, after: C3dFile, { storage }: WriteOptions): void {
  const { analog } = after;
  expect(analog.labels).toEqual(before.analog.labels);
  expect(analog.samplesPerFrame).toBe(before.analog.samplesPerFrame);
  analog.labels.forEach((_, channel) => {
    const difference = largestDifference(channelAt(before.analog, channel), channelAt(analog, channel));
    const step = storage === 'real' ? 0 : Math.abs((analog.scales[channel] as number) * analog.generalScale);
    // A real with an offset of 32768 keeps what is left of its 24 bits.
    expect(difference).toBeLessThanOrEqual(
      within(step, 1e4 + Math.abs(analog.offsets[channel] as number) * (storage === 'real' ? 1 : 0)),
    );
  });
}

describe('what is written and read again', () => {
  it('is the same in every form, from every machine', () => {
    fc.assert(
      fc.property(content, form, (before, options) => {
        const after = readC3d(writeC3d(before, options));
        expect(after).toMatchObject(options);
        expect([after.frames, after.firstFrame]).toEqual([before.frames, before.firstFrame]);
        expect(after.rateHz).toBe(before.rateHz);
        expectSamePoints(before, after, options);
        expectSameChannels(before, after, options);
        const rounded = (events: C3dContent['events']) =>
          events.map((one) => ({ ...one, timeS: Math.round(one.timeS * 1000) }));
        expect(rounded(after.events)).toEqual(rounded(before.events));
        expect(after.forcePlates).toEqual(before.forcePlates);
        expect(after.rotations).toEqual(before.rotations);
        expect(after.warnings.map(({ code }) => code).filter((code) => code !== 'points-at-origin')).toEqual(
          [],
        );
      }),
      { numRuns: 400 },
    );
  });

  it('does not change any more when it is written a second time', () => {
    fc.assert(
      fc.property(content, form, (before, options) => {
        const once = writeC3d(before, options);
        expect(writeC3d(readC3d(once), options)).toEqual(once);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps groups that the reader has no use for', () => {
    const processing = group(9, 'PROCESSING', [
      realParameter('LLegLength', [940]),
      textParameter('Note', ['ä'], []),
    ]);
    const before = { ...walk(3), groups: [processing] };
    const { groups } = readC3d(writeC3d(before, { processor: 'dec' }));
    expect(findParameter(groups, 'processing', 'llegLENGTH')?.values).toEqual(Float32Array.of(940));
    expect(textsOf(groups, 'PROCESSING', 'Note')).toEqual(['ä']);
  });

  it('spreads more than 255 names over LABELS, LABELS2 and so on', () => {
    const before = walk(1, 600);
    const after = readC3d(writeC3d(before));
    expect(findParameter(after.groups, 'POINT', 'LABELS3')?.values).toHaveLength(90);
    expect(after.markers.labels).toEqual(before.markers.labels);
    expect(after.warnings).toEqual([]);
  });

  it('keeps recordings of more than 65535 frames whole', () => {
    const after = readC3d(writeC3d(walk(70_000)));
    expect(after.frames).toBe(70_000);
    expect(after.markers.values[3 * 69_999]).toBe(69_999);
    expect(after.warnings).toEqual([]);
  });
});

/** Markers M1, M2 … whose x is the number of the frame. */
function walk(frames: number, count = 1): C3dContent {
  const labels = Array.from({ length: count }, (_, index) => `M${index + 1}`);
  const values = Float64Array.from({ length: 3 * frames * count }, (_, at) =>
    at % 3 === 0 ? (at / 3) % frames : 1,
  );
  return newContent({ rateHz: 100, frames, markers: { labels, values } });
}

describe('what cannot be written', () => {
  const refused = (given: C3dContent, options?: WriteOptions): C3dError => {
    try {
      writeC3d(given, options);
    } catch (error) {
      return error as C3dError;
    }
    throw new Error('It was written.');
  };

  it('is content that contradicts itself', () => {
    expect(refused({ ...walk(3), frames: 4 })).toMatchObject({ code: 'not-writable', group: 'POINT' });
    expect(refused({ ...walk(3), rateHz: 0 })).toMatchObject({ code: 'not-writable', group: 'POINT' });
  });

  it('is a sample that is no number', () => {
    const analog = { labels: ['EMG'], units: ['V'], samplesPerFrame: 1, values: Float64Array.of(Number.NaN) };
    const given = newContent({
      rateHz: 100,
      frames: 1,
      markers: { labels: [], values: new Float64Array(0) },
      analog,
    });
    expect(refused(given)).toMatchObject({ code: 'not-writable', group: 'ANALOG' });
  });

  it('is a marker in integers whose steps a moment in Nmm would make coarse', () => {
    const moments = {
      kind: 'moment',
      group: 'MOMENTS',
      unit: 'Nmm',
      labels: ['LKneeMoment'],
      values: Float64Array.of(9e4, 0, 0),
    } as const;
    const given = newContent({
      rateHz: 100,
      frames: 1,
      markers: { labels: ['LKNE'], values: Float64Array.of(1.5, 2.25, 3) },
      modelOutputs: [moments],
    });
    expect(refused(given, { storage: 'integer' })).toMatchObject({
      code: 'not-writable',
      parameter: 'SCALE',
    });
    expect(readC3d(writeC3d(given)).modelOutputs[0]?.values[0]).toBe(9e4);
  });
});
