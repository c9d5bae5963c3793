import {
  CLEAN_CAPTURE,
  type Recording,
  SIMULATED_ADULT,
  simulateStanding,
  simulateWalk,
  USUAL_WALK,
  walkingDirection,
} from '@rectus/gait';
import { describe, expect, test } from 'vitest';
import { motOf, trcOf } from './opensim.ts';

const { recording } = simulateWalk(SIMULATED_ADULT, USUAL_WALK, { ...CLEAN_CAPTURE, steps: 4 });

/** The same walk in a lab whose axes are turned about the vertical. */
function turned(degrees: number): Recording {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const turn = (values: Float64Array) =>
    values.map((value, n) => {
      const [x, y] = [values[n - (n % 3)] as number, values[n - (n % 3) + 1] as number];
      return n % 3 === 0 ? c * x - s * y : n % 3 === 1 ? s * x + c * y : value;
    });
  return {
    ...recording,
    markers: new Map([...recording.markers].map(([name, path]) => [name, turn(path)])),
    plates: recording.plates.map((plate) => ({
      ...plate,
      forceN: turn(plate.forceN),
      momentNmm: turn(plate.momentNmm),
      centreOfPressureMm: turn(plate.centreOfPressureMm),
    })),
  };
}

/** The numbers of the rows after the line that `head` picks. */
function rowsAfter(text: string, isHead: (line: string) => boolean): number[][] {
  const lines = text.trimEnd().split('\n');
  return lines.slice(lines.findIndex(isHead) + 1).map((line) => line.split('\t').map(Number));
}

describe.each([0, 90, 180, -90, 35])('files for OpenSim of a walk at %d° to the lab’s x', (degrees) => {
  const lab = turned(degrees);
  const walked = walkingDirection(lab);
  const [dx, dy] = walked.direction;
  const back = (x: number, y: number, z: number) => [x * dx + z * dy, x * dy - z * dx, y];

  test('have the walk along x, and give the lab’s markers back when they are turned back', () => {
    const text = trcOf(lab, 'walk', walked);
    const labels = text.split('\n')[3]?.split('\t').slice(2).filter(Boolean) ?? [];
    const rows = rowsAfter(text, (line) => line.startsWith('\t\tX1')).slice(1);
    const lasi = 2 + 3 * labels.indexOf('LASI');
    const [first, last] = [rows[0] ?? [], rows.at(-1) ?? []];
    expect((last[lasi] ?? 0) - (first[lasi] ?? 0)).toBeGreaterThan(1000);
    for (const [frame, row] of rows.entries())
      for (const [n, label] of labels.entries()) {
        const [x, y, z] = row.slice(2 + 3 * n, 5 + 3 * n) as [number, number, number];
        const there = lab.markers.get(label)?.subarray(3 * frame, 3 * frame + 3) ?? [];
        for (const [axis, value] of back(x, y, z).entries())
          expect(Math.abs(value - (there[axis] ?? Number.NaN))).toBeLessThan(2e-4);
      }
  });

  test('have the forces in the same axes, in newtons, at centres of pressure in metres', () => {
    const text = motOf(lab, 'walk', walked);
    expect(text).toContain('Units are S.I. units');
    const rows = rowsAfter(text, (line) => line.startsWith('time\t'));
    const { forceN, centreOfPressureMm } = lab.plates[0] as (typeof lab.plates)[number];
    for (const [sample, row] of rows.entries()) {
      const [vx = 0, vy = 0, vz = 0, px = 0, py = 0, pz = 0] = row.slice(1);
      if (!Number.isFinite(centreOfPressureMm[3 * sample])) continue;
      for (const [axis, value] of back(vx, vy, vz).entries())
        expect(Math.abs(value - (forceN[3 * sample + axis] ?? Number.NaN))).toBeLessThan(1e-5);
      for (const [axis, value] of back(px, py, pz).entries())
        expect(Math.abs(1000 * value - (centreOfPressureMm[3 * sample + axis] ?? Number.NaN))).toBeLessThan(
          1e-2,
        );
    }
  });
});

test('a walk that is a little askew keeps the lab’s axes, and who stands is told by the pelvis', () => {
  expect(walkingDirection(turned(87)).direction).toEqual([0, 1, 0]);
  expect(walkingDirection(turned(35)).direction[0]).toBeCloseTo(Math.cos((35 * Math.PI) / 180), 2);
  const standing = walkingDirection(simulateStanding(SIMULATED_ADULT).recording);
  expect(standing).toEqual({ direction: [1, 0, 0], from: 'where the pelvis faces' });
});
