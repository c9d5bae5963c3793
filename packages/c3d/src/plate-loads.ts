import { type C3dContent, channelAt } from './content.ts';
import { C3dError } from './errors.ts';
import type { ForcePlate } from './force-plates.ts';
import { nmmPerUnit } from './units.ts';

/** What a plate felt, at the analog rate; three components a sample along the axes of the lab. */
export interface PlateLoads {
  readonly rateHz: number;
  readonly samples: number;
  /** The force of the plate on the body. */
  readonly forceN: Float64Array;
  /** The moment about the middle of the surface. */
  readonly momentNmm: Float64Array;
  /** Where the force acts on the surface; NaN while the plate carries less than `leastForceN`. */
  readonly centreOfPressureMm: Float64Array;
  /** The moment about the plate's normal at the centre of pressure, along that normal; NaN likewise. */
  readonly freeMomentNmm: Float64Array;
}

export interface PlateLoadOptions {
  /** Take away the mean of the frames that the file names as unloaded (default: false). */
  readonly subtractUnloaded?: boolean;
  /** Least force along the plate's normal, in newtons, for a centre of pressure (default: 20). */
  readonly leastForceN?: number;
  /** Millimetres in the file's unit of length, for files that do not name it. */
  readonly mmPerUnit?: number;
}

type Vector = readonly [number, number, number];
/** Writes Fx Fy Fz (N) and Mx My Mz (Nmm) about the middle of the surface, in plate axes, for one sample. */
type ToLoads = (channels: readonly Float64Array[], sample: number, loads: Float64Array) => void;

const LEAST_FORCE_N = 20;

/**
 * Forces, moments and centre of pressure of one plate (C3D user guide, "The FORCE_PLATFORM Group"). Channels of force
 * are taken to be newtons; those of moment are converted by their unit, and taken to be newtons times the file's unit of
 * length where that is not known.
 * @throws C3dError `unknown-unit` if the file names no unit of length and no option does, `plate` if its corners have no area
 */
export function plateLoads(
  content: C3dContent,
  plate: ForcePlate,
  options: PlateLoadOptions = {},
): PlateLoads {
  const place = { group: 'FORCE_PLATFORM', parameter: 'CORNERS' };
  const mm = content.markers.mmPerUnit ?? options.mmPerUnit ?? null;
  if (mm === null) {
    const found = content.markers.unit;
    throw new C3dError({
      code: 'unknown-unit',
      expected: 'a unit of length',
      found,
      group: 'POINT',
      parameter: 'UNITS',
    });
  }
  const frame = plateFrame(plate, mm);
  if (frame === null) {
    throw new C3dError({
      code: 'plate',
      expected: 'corners of a rectangle',
      found: plate.corners.join(' '),
      ...place,
    });
  }
  const { samples, rateHz } = content.analog;
  const channels = plate.channels.map((index) => channelAt(content.analog, index));
  const unloaded = options.subtractUnloaded === true ? withoutBaseline(content, plate, channels) : channels;
  const toLoads = loadsOfType(content, plate, mm);
  const leastForceN = options.leastForceN ?? LEAST_FORCE_N;
  const result = {
    rateHz,
    samples,
    forceN: new Float64Array(3 * samples),
    momentNmm: new Float64Array(3 * samples),
    centreOfPressureMm: new Float64Array(3 * samples).fill(Number.NaN),
    freeMomentNmm: new Float64Array(samples).fill(Number.NaN),
  };
  const loads = new Float64Array(6);
  for (let sample = 0; sample < samples; sample += 1) {
    toLoads(unloaded, sample, loads);
    const [fx, fy, fz, mx, my, mz] = loads as unknown as readonly [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let axis = 0; axis < 3; axis += 1) {
      const [ux, uy, uz] = [frame.x[axis] as number, frame.y[axis] as number, frame.z[axis] as number];
      result.forceN[3 * sample + axis] = ux * fx + uy * fy + uz * fz;
      result.momentNmm[3 * sample + axis] = ux * mx + uy * my + uz * mz;
    }
    if (Math.abs(fz) < leastForceN) continue;
    const [px, py] = [-my / fz, mx / fz];
    for (let axis = 0; axis < 3; axis += 1) {
      const offset = (frame.x[axis] as number) * px + (frame.y[axis] as number) * py;
      result.centreOfPressureMm[3 * sample + axis] = (frame.middle[axis] as number) + offset;
    }
    result.freeMomentNmm[sample] = mz - (px * fy - py * fx);
  }
  return result;
}

/** The plate's axes and the middle of its surface in the lab, in millimetres; null if the corners span nothing. */
function plateFrame({ corners }: ForcePlate, mm: number) {
  const corner = (index: number): Vector => {
    const [x = 0, y = 0, z = 0] = corners.slice(3 * index, 3 * index + 3);
    return [x * mm, y * mm, z * mm];
  };
  const [c1, c2, c3, c4] = [corner(0), corner(1), corner(2), corner(3)];
  const x = unit(minus(c1, c2));
  const z = unit(cross(minus(c1, c2), minus(c1, c4)));
  if (x === null || z === null) return null;
  const middle = [0, 1, 2].map(
    (axis) => [c1, c2, c3, c4].reduce((sum, one) => sum + (one[axis] as number), 0) / 4,
  );
  return { x, y: cross(z, x), z, middle };
}

const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function unit(a: Vector): Vector | null {
  const length = Math.hypot(...a);
  return length > 0 ? [a[0] / length, a[1] / length, a[2] / length] : null;
}

function withoutBaseline(
  content: C3dContent,
  plate: ForcePlate,
  channels: readonly Float64Array[],
): Float64Array[] {
  const { samplesPerFrame, samples } = content.analog;
  const [first, last] = plate.unloadedFrames ?? [1, 0];
  const from = (first - 1) * samplesPerFrame;
  const to = Math.min(samples, last * samplesPerFrame);
  return channels.map((channel) => {
    if (to <= from) return channel;
    const baseline = channel.subarray(from, to).reduce((sum, value) => sum + value, 0) / (to - from);
    return channel.map((value) => value - baseline);
  });
}

function loadsOfType(content: C3dContent, plate: ForcePlate, mm: number): ToLoads {
  const factor = (index: number) =>
    nmmPerUnit(content.analog.units[plate.channels[index] as number] ?? '') ?? mm;
  const origin: Vector = [plate.origin[0] * mm, plate.origin[1] * mm, plate.origin[2] * mm];
  if (plate.type === 1) return loadsOfType1(mm, factor(5));
  if (plate.type === 3) return loadsOfType3(origin);
  const toNmm = [factor(3), factor(4), factor(5)] as const;
  return plate.type === 2
    ? loadsOfType2(origin, toNmm)
    : loadsOfType4(origin, toNmm, plate.calibration ?? []);
}

/** Channels 4 and 5 are the centre of pressure itself, in the file's unit of length. */
function loadsOfType1(mm: number, toNmm: number): ToLoads {
  return (channels, sample, loads) => {
    const at = (index: number) => (channels[index] as Float64Array)[sample] as number;
    const [fx, fy, fz, px, py] = [at(0), at(1), at(2), at(3) * mm, at(4) * mm];
    loads.set([fx, fy, fz, py * fz, -px * fz, at(5) * toNmm + px * fy - py * fx]);
  };
}

function loadsOfType2(origin: Vector, toNmm: Vector): ToLoads {
  return (channels, sample, loads) => {
    for (let index = 0; index < 6; index += 1)
      loads[index] = (channels[index] as Float64Array)[sample] as number;
    shiftToSurface(loads, origin, toNmm);
  };
}

function loadsOfType4(origin: Vector, toNmm: Vector, calibration: readonly number[]): ToLoads {
  return (channels, sample, loads) => {
    loads.fill(0);
    for (let column = 0; column < 6; column += 1) {
      const value = (channels[column] as Float64Array)[sample] as number;
      for (let row = 0; row < 6; row += 1) {
        loads[row] = (loads[row] as number) + (calibration[row + 6 * column] as number) * value;
      }
    }
    shiftToSurface(loads, origin, toNmm);
  };
}

/** From the moment about the sensors' origin to the one about the middle of the surface: M + F × origin. */
function shiftToSurface(loads: Float64Array, [ox, oy, oz]: Vector, toNmm: Vector): void {
  const [fx, fy, fz, mx, my, mz] = loads as unknown as readonly [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  loads[3] = mx * toNmm[0] + fy * oz - fz * oy;
  loads[4] = my * toNmm[1] + fz * ox - fx * oz;
  loads[5] = mz * toNmm[2] + fx * oy - fy * ox;
}

/** Four sensors at (±a, ±b) and a depth; a, b and the depth are the plate's origin (C3D user guide, "TYPE-3"). */
function loadsOfType3([a, b, depth]: Vector): ToLoads {
  return (channels, sample, loads) => {
    const at = (index: number) => (channels[index] as Float64Array)[sample] as number;
    const [fx12, fx34, fy14, fy23] = [at(0), at(1), at(2), at(3)];
    const [fz1, fz2, fz3, fz4] = [at(4), at(5), at(6), at(7)];
    const [fx, fy, fz] = [fx12 + fx34, fy14 + fy23, fz1 + fz2 + fz3 + fz4];
    const mx = b * (fz1 + fz2 - fz3 - fz4) + fy * depth;
    const my = a * (-fz1 + fz2 + fz3 - fz4) - fx * depth;
    loads.set([fx, fy, fz, mx, my, b * (fx34 - fx12) + a * (fy14 - fy23)]);
  };
}
