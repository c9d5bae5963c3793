import { describe, expect, test } from 'vitest';
import type { Stride } from '../cycles/stride.ts';
import type { Recording } from '../recording.ts';
import { spatioTemporal } from './parameters.ts';
import { dimensionlessSpeed, summariseSpatioTemporal, symmetryIndex } from './summary.ts';

/** Feet that jump to where they strike: a left foot at 0 and 1.2 m, a right foot at 0.55 m, 0.18 m apart. */
function stepping(): Recording {
  const frames = 201;
  const path = (x: (frame: number) => number, y: number) =>
    Float64Array.from(Array.from({ length: frames }, (_, frame) => [x(frame), y, 40]).flat());
  const left = (frame: number) => (frame < 100 ? 0 : 1200);
  const right = (frame: number) => (frame < 45 ? -600 : 550);
  const markers = new Map([
    ['LHEE', path((frame) => left(frame), 90)],
    ['LTOE', path((frame) => left(frame) + 200, 90)],
    ['RHEE', path((frame) => right(frame), -90)],
    ['RTOE', path((frame) => right(frame) + 200, -90)],
    ['LPSI', path((frame) => 12 * frame, 50)],
    ['RPSI', path((frame) => 12 * frame, -50)],
  ]);
  return { rateHz: 100, frames, firstTimeS: 0, markers, plates: [], events: [] };
}

const stride: Stride = {
  side: 'left',
  startS: 0,
  endS: 1,
  oppositeFootOffS: 0.1,
  oppositeFootStrikeS: 0.45,
  footOffS: 0.6,
  events: [],
  plate: null,
};

describe('one stride', () => {
  const values = spatioTemporal(stepping(), stride);

  test('has its lengths along the way and its width across', () => {
    expect(values.strideLengthM).toBeCloseTo(1.2, 9);
    expect(values.stepLengthM).toBeCloseTo(0.65, 9);
    expect(values.stepWidthM).toBeCloseTo(0.18, 9);
    expect(values.speedMPerS).toBeCloseTo(1.2, 9);
    expect(values.cadencePerMin).toBeCloseTo(120, 9);
  });

  test('divides its time into stance and swing, single and double support', () => {
    expect(values.stanceTimeS).toBeCloseTo(0.6, 9);
    expect(values.swingPercent).toBeCloseTo(40, 9);
    expect(values.singleSupportS).toBeCloseTo(0.35, 9);
    expect(values.doubleSupportS).toBeCloseTo(0.25, 9);
    expect(values.stepTimeS).toBeCloseTo(0.55, 9);
  });

  test('has no value that needs an event which was not found', () => {
    const unknown = spatioTemporal(stepping(), { ...stride, oppositeFootStrikeS: null });
    expect(unknown).toMatchObject({
      stepTimeS: null,
      stepLengthM: null,
      stepWidthM: null,
      singleSupportS: null,
      doubleSupportS: null,
    });
    expect(unknown.strideLengthM).toBeCloseTo(1.2, 9);
  });

  test('feet that cross over have a negative width', () => {
    const recording = stepping();
    const markers = new Map(recording.markers);
    const heel = recording.markers.get('RHEE')?.map((value, index) => (index % 3 === 1 ? 120 : value));
    markers.set('RHEE', heel ?? new Float64Array());
    expect(spatioTemporal({ ...recording, markers }, stride).stepWidthM).toBeCloseTo(-0.03, 9);
  });
});

describe('both sides', () => {
  test('are summed up with spread and symmetry', () => {
    const values = spatioTemporal(stepping(), stride);
    const shorter = { ...values, stepLengthM: 0.55 };
    const { stepLengthM } = summariseSpatioTemporal({ left: [values, shorter], right: [shorter] });
    expect(stepLengthM.left).toMatchObject({ n: 2 });
    expect(stepLengthM.left?.mean).toBeCloseTo(0.6, 9);
    expect(stepLengthM.left?.sd).toBeCloseTo(0.1 / Math.SQRT2, 9);
    expect(stepLengthM.symmetryIndexPercent).toBeCloseTo((100 * 0.05) / 0.575, 9);
  });

  test('the symmetry index is 0 for equal sides, turns its sign with them, and of nothing there is none', () => {
    expect(symmetryIndex(0.6, 0.6)).toBe(0);
    expect(symmetryIndex(0.5, 0.7)).toBeCloseTo(-(symmetryIndex(0.7, 0.5) ?? Number.NaN), 12);
    expect(symmetryIndex(0, 0)).toBeNull();
  });

  test('speed is told for the size of the person', () => {
    expect(dimensionlessSpeed(1.2, 900)).toBeCloseTo(1.2 / Math.sqrt(9.81 * 0.9), 12);
  });
});
