import { describe, expect, test } from 'vitest';
import type { Path, Plate, Recording } from '../recording.ts';
import { plateContacts } from './plate-contacts.ts';

const RATE = 100;
const FRAMES = 200;

/** A foot that lies at one place on the floor, its heel at `x`, 200 mm to its toe marker. */
function foot(x: number, y = 250, z = 40): readonly [Path, Path] {
  const path = (at: number): Path =>
    Float64Array.from({ length: 3 * FRAMES }, (_, index) => [at, y, z][index % 3] as number);
  return [path(x), path(x + 200)];
}

/** A plate of half a metre whose vertical force is told for each of its 2000 samples. */
function plate(forceN: (sample: number) => number): Plate {
  const samples = 10 * FRAMES;
  const force = new Float64Array(3 * samples);
  for (let sample = 0; sample < samples; sample++) force[3 * sample + 2] = forceN(sample);
  return {
    rateHz: 10 * RATE,
    samples,
    forceN: force,
    momentNmm: new Float64Array(3 * samples),
    centreOfPressureMm: new Float64Array(3 * samples),
    freeMomentNmm: new Float64Array(samples),
    cornersMm: [500, 500, 0, 0, 500, 0, 0, 0, 0, 500, 0, 0],
  };
}

function walk(plates: readonly Plate[], left = foot(100), right = foot(2000)): Recording {
  const markers = new Map([
    ['LHEE', left[0]],
    ['LTOE', left[1]],
    ['RHEE', right[0]],
    ['RTOE', right[1]],
  ]);
  return { rateHz: RATE, frames: FRAMES, firstTimeS: 5, markers, plates, events: [] };
}

const between = (from: number, to: number) => (sample: number) => (sample >= from && sample < to ? 700 : 0);

describe('a contact with a plate', () => {
  test('of one foot that lies on it is a whole stance', () => {
    expect(plateContacts(walk([plate(between(500, 1200))]))).toMatchObject([
      { plate: 0, side: 'left', peakN: 700, whole: true, strikeWhole: true, offWhole: true, faults: [] },
    ]);
  });

  test('begins and ends where the force crosses 20 N, between samples', () => {
    const ramp = (sample: number) => Math.max(0, Math.min(10 * (sample - 500), 10 * (1000 - sample)));
    const [contact] = plateContacts(walk([plate(ramp)]));
    expect(contact?.startS).toBeCloseTo(5.502, 9);
    expect(contact?.endS).toBeCloseTo(5.998, 9);
  });

  test('does not end when the force flickers about the threshold', () => {
    const flicker = (sample: number) => (sample === 1190 ? 0 : between(500, 1200)(sample));
    expect(plateContacts(walk([plate(flicker)]))).toMatchObject([{ whole: true }]);
  });

  test('of both feet belongs to neither', () => {
    const contacts = plateContacts(walk([plate(between(500, 1200))], foot(50), foot(60, 400)));
    expect(contacts).toMatchObject([{ side: null, whole: false, faults: ['both feet stand on the plate'] }]);
  });

  test('of a foot whose toes reach over the edge ends too early, but begins rightly', () => {
    const contacts = plateContacts(walk([plate(between(500, 1200))], foot(270)));
    expect(contacts).toMatchObject([{ side: 'left', strikeWhole: true, offWhole: false }]);
    expect(contacts[0]?.faults).toEqual(['the toes stand beside the plate']);
  });

  test('of a foot whose heel came down in front of it begins too late, but ends rightly', () => {
    const contacts = plateContacts(walk([plate(between(500, 1200))], foot(-50)));
    expect(contacts).toMatchObject([{ side: 'left', strikeWhole: false, offWhole: true }]);
  });

  test('that was under way when the recording began has no strike', () => {
    const contacts = plateContacts(walk([plate(between(0, 700))]));
    expect(contacts).toMatchObject([{ strikeWhole: false, offWhole: true }]);
  });

  test('that breaks off and comes back is no whole stance', () => {
    const twice = (sample: number) => between(500, 900)(sample) + between(950, 1200)(sample);
    const contacts = plateContacts(walk([plate(twice)]));
    expect(contacts.map(({ whole }) => whole)).toEqual([false, false]);
  });

  test('by something that is no foot has no side', () => {
    const contacts = plateContacts(walk([plate(between(500, 1200))], foot(3000)));
    expect(contacts).toMatchObject([{ side: null, faults: ['no foot stands on it'] }]);
  });

  test('shorter than a tenth of a second is a touch', () => {
    expect(plateContacts(walk([plate(between(500, 560))]))).toEqual([]);
  });
});
