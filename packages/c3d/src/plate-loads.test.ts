import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { C3dContent } from './content.ts';
import type { ForcePlate, PlateType } from './force-plates.ts';
import { newContent } from './new-content.ts';
import { plateLoads } from './plate-loads.ts';

/** A plate of 500 × 600 mm with its middle at (1000, 2000, 0), x along the lab's x, z down. */
const CORNERS = [1250, 1700, 0, 750, 1700, 0, 750, 2300, 0, 1250, 2300, 0];
const ORIGIN: ForcePlate['origin'] = [1.5, -2, -40];
const SENSORS: ForcePlate['origin'] = [210, 250, -50];

interface Push {
  /** In plate axes, in newtons; z points down, so that a standing person is negative. */
  readonly force: readonly [number, number, number];
  /** In plate axes from the middle of the surface, in millimetres. */
  readonly at: readonly [number, number];
  readonly freeNmm: number;
}

/** The six loads that a plate's electronics would put out: moments about the sensors' origin. */
function loadsAtOrigin({ force: [fx, fy, fz], at: [px, py], freeNmm }: Push): number[] {
  const [rx, ry, rz] = [px + ORIGIN[0], py + ORIGIN[1], ORIGIN[2]];
  return [fx, fy, fz, ry * fz - rz * fy, rz * fx - rx * fz, rx * fy - ry * fx + freeNmm];
}

/** The eight forces of piezoelectric sensors that carry the push. */
function sensorForces({ force: [fx, fy, fz], at: [px, py], freeNmm }: Push): number[] {
  const [a, b, depth] = SENSORS;
  const mx = py * fz - fy * depth;
  const my = -px * fz + fx * depth;
  const mz = px * fy - py * fx + freeNmm;
  const [u, v] = [mx / b, my / a];
  const sideways = mz / (2 * b);
  return [
    fx / 2 - sideways,
    fx / 2 + sideways,
    fy / 2,
    fy / 2,
    (fz + u - v) / 4,
    (fz + u + v) / 4,
    (fz - u + v) / 4,
    (fz - u - v) / 4,
  ];
}

function standing(
  type: PlateType,
  samples: readonly number[],
  changes: Partial<ForcePlate> = {},
): [C3dContent, ForcePlate] {
  const units =
    type === 1 ? ['N', 'N', 'N', 'mm', 'mm', 'Nmm'] : ['N', 'N', 'N', 'Nmm', 'Nmm', 'Nmm', 'N', 'N'];
  const names = samples.map((_, index) => `c${index + 1}`);
  const analog = {
    labels: names,
    units: names.map((_, index) => (type === 3 ? 'N' : (units[index] ?? ''))),
    samplesPerFrame: 1,
    values: Float64Array.from(samples),
  };
  const markers = { labels: ['LASI'], values: new Float64Array(3) };
  const plate: ForcePlate = {
    index: 0,
    type,
    channels: names.map((_, index) => index),
    corners: CORNERS,
    origin: type === 3 ? SENSORS : ORIGIN,
    calibration: null,
    unloadedFrames: null,
    ...changes,
  };
  return [newContent({ rateHz: 100, frames: 1, markers, analog, forcePlates: [plate] }), plate];
}

function expectPush({ force, at, freeNmm }: Push, content: C3dContent, plate: ForcePlate): void {
  const loads = plateLoads(content, plate);
  // x of plate and lab agree; y and z are turned round, since the plate's z points down.
  expect(loads.forceN[0]).toBeCloseTo(force[0], 6);
  expect(loads.forceN[1]).toBeCloseTo(-force[1], 6);
  expect(loads.forceN[2]).toBeCloseTo(-force[2], 6);
  expect(loads.centreOfPressureMm[0]).toBeCloseTo(1000 + at[0], 4);
  expect(loads.centreOfPressureMm[1]).toBeCloseTo(2000 - at[1], 4);
  expect(loads.centreOfPressureMm[2]).toBeCloseTo(0, 4);
  expect(loads.freeMomentNmm[0]).toBeCloseTo(freeNmm, 2);
}

const push: fc.Arbitrary<Push> = fc.record({
  force: fc.tuple(
    fc.double({ min: -200, max: 200, noNaN: true }),
    fc.double({ min: -200, max: 200, noNaN: true }),
    fc.double({ min: -1500, max: -50, noNaN: true }),
  ),
  at: fc.tuple(
    fc.double({ min: -240, max: 240, noNaN: true }),
    fc.double({ min: -290, max: 290, noNaN: true }),
  ),
  freeNmm: fc.double({ min: -9000, max: 9000, noNaN: true }),
});

/** An invertible calibration and what it must be given so that the loads come out. */
function calibrated(loads: readonly number[]): { calibration: number[]; channels: number[] } {
  // Each load is its own channel times a factor, and the third also feels a tenth of the first.
  const factors = [2, 3, 4, 500, 600, 700];
  const calibration = new Array<number>(36).fill(0);
  factors.forEach((factor, index) => {
    calibration[index + 6 * index] = factor;
  });
  calibration[2 + 6 * 0] = 0.1;
  const channels = loads.map((load, index) => load / (factors[index] as number));
  channels[2] = ((loads[2] as number) - 0.1 * (channels[0] as number)) / 4;
  return { calibration, channels };
}

describe('the loads of a force plate', () => {
  it('are those of the push, for a plate that gives forces and the centre of pressure (type 1)', () => {
    fc.assert(
      fc.property(push, (one) => {
        expectPush(one, ...standing(1, [...one.force, ...one.at, one.freeNmm]));
      }),
    );
  });

  it('are those of the push, for a plate that gives six loads (type 2)', () => {
    fc.assert(fc.property(push, (one) => expectPush(one, ...standing(2, loadsAtOrigin(one)))));
  });

  it('are those of the push, for a plate of eight sensors (type 3)', () => {
    fc.assert(fc.property(push, (one) => expectPush(one, ...standing(3, sensorForces(one)))));
  });

  it('are those of the push, for a plate with a calibration by columns (type 4)', () => {
    fc.assert(
      fc.property(push, (one) => {
        const { calibration, channels } = calibrated(loadsAtOrigin(one));
        expectPush(one, ...standing(4, channels, { calibration }));
      }),
    );
  });

  it('have no centre of pressure while hardly anything is carried', () => {
    const [content, plate] = standing(2, loadsAtOrigin({ force: [0, 0, -19], at: [0, 0], freeNmm: 0 }));
    expect(plateLoads(content, plate).centreOfPressureMm[0]).toBeNaN();
    expect(plateLoads(content, plate, { leastForceN: 10 }).centreOfPressureMm[0]).toBeCloseTo(1000, 6);
  });

  it('can be taken without what the unloaded plate showed', () => {
    const [content, plate] = standing(2, [1, 2, 3, 4, 5, 6], { unloadedFrames: [1, 1] });
    const { forceN } = plateLoads(content, plate, { subtractUnloaded: true });
    expect(Math.max(...forceN.map(Math.abs))).toBe(0);
    expect(plateLoads(content, plate).forceN[0]).toBe(1);
  });

  it('are refused without a unit of length, unless one is given', () => {
    const [content, plate] = standing(2, loadsAtOrigin({ force: [0, 0, -500], at: [0, 0], freeNmm: 0 }));
    const nameless = { ...content, markers: { ...content.markers, unit: '', mmPerUnit: null } };
    expect(() => plateLoads(nameless, plate)).toThrow(/expected a unit of length/);
    expect(plateLoads(nameless, plate, { mmPerUnit: 1 }).forceN[2]).toBeCloseTo(500, 6);
  });

  it('are refused for corners without an area', () => {
    const [content, plate] = standing(2, loadsAtOrigin({ force: [0, 0, -500], at: [0, 0], freeNmm: 0 }), {
      corners: new Array<number>(12).fill(1),
    });
    expect(() => plateLoads(content, plate)).toThrow(/corners of a rectangle/);
  });
});
