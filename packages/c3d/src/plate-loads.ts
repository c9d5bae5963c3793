import { type C3dContent, channelAt } from './content.ts';
import { C3dError } from './errors.ts';
import type { ForcePlate } from './force-plates.ts';
import { type Loads, loadsOfPlate } from './plate-channels.ts';
import { cross, minus, unit, type Vector } from './vector.ts';

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

const LEAST_FORCE_N = 20;

/**
 * Forces, moments and centre of pressure of one plate. Channels of force are taken to be newtons; those of moment are
 * converted by their unit.
 * @throws C3dError `unknown-unit` if the file names no unit of length and no option does, `plate` if its corners have no
 * area
 */
export function plateLoads(
  content: C3dContent,
  plate: ForcePlate,
  options: PlateLoadOptions = {},
): PlateLoads {
  const mmPerUnit = lengthUnit(content, options);
  const axes = plateAxes(plate, mmPerUnit);
  const { samples, rateHz } = content.analog;
  const channels = plate.channels.map((index) => channelAt(content.analog, index));
  const used = options.subtractUnloaded === true ? withoutBaseline(content, plate, channels) : channels;
  const toLoads = loadsOfPlate(content, plate, mmPerUnit);
  const result = {
    rateHz,
    samples,
    forceN: new Float64Array(3 * samples),
    momentNmm: new Float64Array(3 * samples),
    centreOfPressureMm: new Float64Array(3 * samples).fill(Number.NaN),
    freeMomentNmm: new Float64Array(samples).fill(Number.NaN),
  };
  for (let sample = 0; sample < samples; sample += 1) {
    putSample(result, sample, toLoads(used, sample), axes, options.leastForceN ?? LEAST_FORCE_N);
  }
  return result;
}

/** Turns the loads of one sample into the lab and finds where the force acts. */
function putSample(
  result: PlateLoads,
  sample: number,
  [fx, fy, fz, mx, my, mz]: Loads,
  { x, y, z, middle }: PlateAxes,
  leastForceN: number,
): void {
  for (const axis of [0, 1, 2] as const) {
    result.forceN[3 * sample + axis] = x[axis] * fx + y[axis] * fy + z[axis] * fz;
    result.momentNmm[3 * sample + axis] = x[axis] * mx + y[axis] * my + z[axis] * mz;
  }
  if (!(Math.abs(fz) >= leastForceN)) return;
  const [px, py] = [-my / fz, mx / fz];
  for (const axis of [0, 1, 2] as const) {
    result.centreOfPressureMm[3 * sample + axis] = middle[axis] + x[axis] * px + y[axis] * py;
  }
  result.freeMomentNmm[sample] = mz - (px * fy - py * fx);
}

function lengthUnit({ markers }: C3dContent, options: PlateLoadOptions): number {
  const mmPerUnit = markers.mmPerUnit ?? options.mmPerUnit;
  if (mmPerUnit !== undefined) return mmPerUnit;
  const place = { group: 'POINT', parameter: 'UNITS' };
  throw new C3dError({ code: 'unknown-unit', expected: 'a unit of length', found: markers.unit, ...place });
}

/** The plate's axes and the middle of its surface in the lab, in millimetres. */
interface PlateAxes {
  readonly x: Vector;
  readonly y: Vector;
  readonly z: Vector;
  readonly middle: Vector;
}

function plateAxes({ corners }: ForcePlate, mmPerUnit: number): PlateAxes {
  const corner = (index: number): Vector => {
    const [x = 0, y = 0, z = 0] = corners.slice(3 * index, 3 * index + 3);
    return [x * mmPerUnit, y * mmPerUnit, z * mmPerUnit];
  };
  const all = [corner(0), corner(1), corner(2), corner(3)] as const;
  const x = unit(minus(all[0], all[1]));
  const z = unit(cross(minus(all[0], all[1]), minus(all[0], all[3])));
  if (x === null || z === null) {
    const place = { group: 'FORCE_PLATFORM', parameter: 'CORNERS' };
    throw new C3dError({
      code: 'plate',
      expected: 'corners of a rectangle',
      found: corners.join(' '),
      ...place,
    });
  }
  const mean = (axis: 0 | 1 | 2) => all.reduce((sum, one) => sum + one[axis], 0) / 4;
  return { x, y: cross(z, x), z, middle: [mean(0), mean(1), mean(2)] };
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
