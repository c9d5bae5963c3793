import { describe, expect, test } from 'vitest';
import type { EventKind, GaitEvent } from '../events/event.ts';
import type { PlateContact } from '../events/plate-contacts.ts';
import type { Recording } from '../recording.ts';
import { screenStrides } from './screen.ts';
import { cutStrides, percentOf, type Stride } from './stride.ts';

function event(side: GaitEvent['side'], kind: EventKind, timeS: number): GaitEvent {
  return { side, kind, timeS, source: 'zeni', confidence: 'medium', why: '', plate: null, usable: true };
}

/** Steps of half a second, beginning with the left foot at 0.2 s; feet leave a tenth of a second after the other's strike. */
function walkEvents(steps = 8): GaitEvent[] {
  return Array.from({ length: steps }, (_, step) => {
    const side = step % 2 === 0 ? 'left' : 'right';
    const other = side === 'left' ? 'right' : 'left';
    const timeS = 0.2 + 0.5 * step;
    return [event(side, 'foot-strike', timeS), event(other, 'foot-off', timeS + 0.1)];
  }).flat();
}

/** A pelvis that goes along x at 1.2 m/s, and turns about the vertical as told for each frame. */
function recordingWith(
  turnDeg: (timeS: number) => number = () => 0,
  xMm: (timeS: number) => number = (timeS) => 1200 * timeS,
): Recording {
  const frames = 500;
  const path = (make: (timeS: number) => readonly number[]) =>
    Float64Array.from(Array.from({ length: frames }, (_, frame) => make(frame / 100)).flat());
  const spine = (sign: number) =>
    path((timeS) => {
      const angle = (turnDeg(timeS) * Math.PI) / 180;
      return [xMm(timeS) - sign * 120 * Math.sin(angle), sign * 120 * Math.cos(angle), 950];
    });
  const markers = new Map(
    ['LASI', 'LPSI', 'LHEE', 'LTOE', 'RASI', 'RPSI', 'RHEE', 'RTOE'].map((name) => [
      name,
      spine(name.startsWith('L') ? 1 : -1),
    ]),
  );
  return { rateHz: 100, frames, firstTimeS: 0, markers, plates: [], events: [] };
}

describe('cutting a walk into strides', () => {
  test('goes from each strike to the next of the same foot and keeps the time base', () => {
    const { strides } = cutStrides(walkEvents());
    expect(strides.left.map(({ startS, endS }) => [startS, endS].map((time) => time.toFixed(1)))).toEqual([
      ['0.2', '1.2'],
      ['1.2', '2.2'],
      ['2.2', '3.2'],
    ]);
    expect(strides.right.length).toBe(3);
  });

  test('finds foot off and the events of the other foot within', () => {
    const stride = cutStrides(walkEvents()).strides.left[0] as Stride;
    expect(percentOf(stride, stride.oppositeFootOffS)).toBeCloseTo(10, 9);
    expect(percentOf(stride, stride.oppositeFootStrikeS)).toBeCloseTo(50, 9);
    expect(percentOf(stride, stride.footOffS)).toBeCloseTo(60, 9);
    expect(stride.events.length).toBe(5);
  });

  test('tells the last strike of each foot as the beginning of a stride that is not there', () => {
    expect(cutStrides(walkEvents()).unfinished.map(({ timeS }) => timeS.toFixed(1))).toEqual(['3.2', '3.7']);
  });

  test('names the plate that carried the whole stance, and no other', () => {
    const contact: PlateContact = {
      plate: 2,
      side: 'left',
      startS: 1.21,
      endS: 1.79,
      peakN: 700,
      whole: true,
      strikeWhole: true,
      offWhole: true,
      faults: [],
    };
    const plates = (contacts: PlateContact[]) =>
      cutStrides(walkEvents(), contacts).strides.left.map(({ plate }) => plate);
    expect(plates([contact])).toEqual([null, 2, null]);
    expect(plates([{ ...contact, whole: false }])).toEqual([null, null, null]);
  });
});

describe('screening strides', () => {
  const reasons = (recording: Recording, events: GaitEvent[]) =>
    screenStrides(recording, cutStrides(events)).excluded.map(({ reason }) => reason);

  test('takes a steady straight walk as it is, but for the unfinished ends', () => {
    const { accepted, excluded } = screenStrides(recordingWith(), cutStrides(walkEvents()));
    expect([accepted.left.length, accepted.right.length]).toEqual([3, 3]);
    expect(excluded.map(({ reason, endS }) => [reason, endS])).toEqual([
      ['partial', null],
      ['partial', null],
    ]);
  });

  test('leaves out strides in which the pelvis turns, and says by how much', () => {
    const { excluded } = screenStrides(
      recordingWith((timeS) => Math.max(0, 40 * (timeS - 2.3))),
      cutStrides(walkEvents()),
    );
    const turning = excluded.filter(({ reason }) => reason === 'turning');
    expect(turning.map(({ side }) => side)).toEqual(['left', 'right']);
    expect(turning[0]?.why).toBe('the pelvis turns by 36° during it');
  });

  test('leaves out a stride over a missed strike', () => {
    const events = walkEvents(14).filter(
      ({ timeS, kind }) => kind !== 'foot-strike' || Math.abs(timeS - 2.2) > 0.01,
    );
    expect(reasons(recordingWith(), events)).toContain('duration');
  });

  test('leaves out a stride without foot off', () => {
    const events = walkEvents().filter(
      ({ side, kind, timeS }) => !(side === 'left' && kind === 'foot-off' && timeS > 1.2 && timeS < 2.2),
    );
    expect(reasons(recordingWith(), events)).toEqual(['events', 'partial', 'partial']);
  });

  test('leaves out setting off', () => {
    const slowly = (timeS: number) => (timeS < 1.2 ? 500 * timeS : 600 + 1200 * (timeS - 1.2));
    expect(reasons(recordingWith(undefined, slowly), walkEvents())).toEqual([
      'not-steady',
      'partial',
      'partial',
    ]);
  });

  test('leaves out what the recording holds only in part', () => {
    expect(reasons({ ...recordingWith(), frames: 300 }, walkEvents())).toContain('partial');
  });
});
