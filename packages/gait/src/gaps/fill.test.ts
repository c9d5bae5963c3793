import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeWith } from '../../testing/describe-with.ts';
import { recordingOfTrial } from '../../testing/events.ts';
import { hasSharedData } from '../../testing/shared-data.ts';
import type { Vector } from '../geometry/vector.ts';
import { length, subtract } from '../geometry/vector.ts';
import { at, type Path, type Recording } from '../recording.ts';
import { fillGaps, gapsOf } from './fill.ts';
import { rigidMotion } from './rigid-motion.ts';
import { naturalSpline } from './spline.ts';

const FRAMES = 100;

function path(place: (frame: number) => readonly number[]): Path {
  return Float64Array.from(Array.from({ length: FRAMES }, (_, frame) => place(frame)).flat());
}

function hidden(from: Path, first: number, last: number): Path {
  return from.map((value, index) => (index >= 3 * first && index <= 3 * last + 2 ? Number.NaN : value));
}

function recordingOf(markers: Readonly<Record<string, Path>>): Recording {
  const of = new Map(Object.entries(markers));
  return { rateHz: 100, frames: FRAMES, firstTimeS: 0, markers: of, plates: [], events: [] };
}

const swing = path((frame) => [20 * frame, 100 * Math.sin(frame / 15), 900 + frame]);

describe('gaps', () => {
  test('of up to ten frames are bridged by a curve through the frames beside them', () => {
    const { recording, filled } = fillGaps(recordingOf({ KNE: hidden(swing, 40, 49) }));
    expect(filled).toEqual([{ marker: 'KNE', firstFrame: 40, lastFrame: 49, by: 'spline' }]);
    for (let frame = 40; frame < 50; frame++) {
      const found = at(recording.markers.get('KNE') ?? new Float64Array(), frame);
      expect(length(subtract(found, at(swing, frame)))).toBeLessThan(1);
    }
  });

  test('that are longer, or at an end, stay open, and it is said why', () => {
    const { recording, filled, open } = fillGaps(
      recordingOf({ A: hidden(swing, 40, 50), B: hidden(swing, 0, 3), C: hidden(swing, 96, 99) }),
    );
    expect(filled).toEqual([]);
    expect(open.map(({ marker, why }) => [marker, why])).toEqual([
      ['A', '11 frames are too many to bridge'],
      ['B', 'the marker comes into view only later'],
      ['C', 'the marker goes out of view for good'],
    ]);
    expect(recording.markers.get('A')?.[3 * 45]).toBeNaN();
  });

  test('in a segment with three other markers are filled by its motion, though they are longer', () => {
    const places: readonly Vector[] = [
      [0, 120, 0],
      [0, -120, 0],
      [-150, 50, 30],
      [-150, -50, 30],
    ];
    const body = places.map((place) =>
      path((frame) => {
        const angle = 0.4 * Math.sin(frame / 10);
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        return [c * place[0] - s * place[1] + 12 * frame, s * place[0] + c * place[1], place[2] + 950];
      }),
    );
    const [LASI, RASI, LPSI, RPSI] = body as [Path, Path, Path, Path];
    const { recording, filled } = fillGaps(recordingOf({ LASI: hidden(LASI, 20, 60), RASI, LPSI, RPSI }));
    expect(filled).toMatchObject([{ by: 'segment', firstFrame: 20, lastFrame: 60 }]);
    const found = recording.markers.get('LASI') ?? new Float64Array();
    for (let frame = 20; frame <= 60; frame++)
      expect(length(subtract(at(found, frame), at(LASI, frame)))).toBeLessThan(1e-6);
  });

  test('leave what was seen, and the recording that was given, as they are', () => {
    const gappy = hidden(swing, 40, 45);
    const given = recordingOf({ KNE: gappy });
    const { recording } = fillGaps(given);
    expect(gappy[3 * 42]).toBeNaN();
    expect(recording.markers.get('KNE')?.slice(0, 120)).toEqual(swing.slice(0, 120));
  });

  test('are told one by one; a marker that was never seen has none', () => {
    expect(gapsOf('A', hidden(hidden(swing, 3, 5), 9, 9))).toEqual([
      { marker: 'A', firstFrame: 3, lastFrame: 5 },
      { marker: 'A', firstFrame: 9, lastFrame: 9 },
    ]);
    expect(gapsOf('A', hidden(swing, 0, FRAMES - 1))).toEqual([]);
  });
});

test('a natural spline goes through its points and along a straight line', () => {
  const xs = [0, 1, 2, 5, 6];
  expect(naturalSpline(xs, [1, 4, 2, 3, 0], xs)).toEqual([1, 4, 2, 3, 0]);
  const line = naturalSpline(
    xs,
    xs.map((x) => 2 * x + 1),
    [0.5, 3, 5.5],
  );
  for (const [index, value] of [2, 7, 12].entries()) expect(line[index]).toBeCloseTo(value, 12);
});

describe('a rigid motion', () => {
  const points: readonly Vector[] = [
    [0, 0, 0],
    [100, 0, 0],
    [0, 150, 0],
    [30, 40, 80],
  ];

  test('is found whatever the turn and the way, from three points or more', () => {
    const angle = fc.double({ min: -3.1, max: 3.1, noNaN: true });
    fc.assert(
      fc.property(angle, angle, fc.integer({ min: 3, max: 4 }), (a, b, count) => {
        const move = ([x, y, z]: Vector): Vector => {
          const [x1, y1] = [x * Math.cos(a) - y * Math.sin(a), x * Math.sin(a) + y * Math.cos(a)];
          return [x1 + 500, y1 * Math.cos(b) - z * Math.sin(b) - 30, y1 * Math.sin(b) + z * Math.cos(b) + 7];
        };
        const known = points.slice(0, count);
        const found = rigidMotion(known, known.map(move));
        expect(length(subtract(found([20, -60, 45]), move([20, -60, 45])))).toBeLessThan(1e-6);
      }),
    );
  });
});

describeWith(hasSharedData(), 'gaps cut into a real walk', () => {
  const walk = hasSharedData() ? recordingOfTrial('PiG_Motion-FlatFoot-Full.c3d') : recordingOf({});
  const errors = (marker: string, frames: number): number[] => {
    const truth = walk.markers.get(marker) ?? new Float64Array();
    return Array.from({ length: 12 }, (_, index) => 40 + 20 * index).flatMap((first) => {
      const markers = new Map(walk.markers).set(marker, hidden(truth, first, first + frames - 1));
      const { recording } = fillGaps({ ...walk, markers }, { markers: [marker] });
      const found = recording.markers.get(marker) ?? new Float64Array();
      return Array.from({ length: frames }, (_, frame) =>
        length(subtract(at(found, first + frame), at(truth, first + frame))),
      );
    });
  };

  test.each([
    ['LASI', 10, 5, 'segment'],
    ['LASI', 40, 15, 'segment'],
    ['LKNE', 10, 12, 'spline'],
    ['LTOE', 10, 12, 'spline'],
  ] as const)('%s hidden for %i frames comes back within %i mm, by its %s', (marker, frames, mostMm, by) => {
    const found = errors(marker, frames);
    const middle = found.toSorted((a, b) => a - b)[Math.floor(found.length / 2)] ?? Number.NaN;
    process.stdout.write(
      `${marker}, ${frames} frames by ${by}: median ${middle.toFixed(2)} mm, worst ${Math.max(...found).toFixed(2)} mm\n`,
    );
    expect(Math.max(...found)).toBeLessThan(mostMm);
  });
});
