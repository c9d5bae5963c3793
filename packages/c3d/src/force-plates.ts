import { findParameter, firstCount, numbersOf, type ParameterGroup, placeOf } from './parameters.ts';
import type { Warn } from './warnings.ts';

/**
 * How a plate's channels become forces (C3D user guide, "The FORCE_PLATFORM Group").
 * 1: Fx Fy Fz and the centre of pressure Px Py with the free moment Mz. 2: Fx Fy Fz Mx My Mz.
 * 3: eight piezoelectric sensors Fx12 Fx34 Fy14 Fy23 Fz1 Fz2 Fz3 Fz4. 4: as 2 after multiplying by a calibration.
 */
export type PlateType = 1 | 2 | 3 | 4;

/** A force plate as the file describes it; lengths are in the file's own unit. */
export interface ForcePlate {
  /** Its place among the plates of the file, counted from 0. */
  readonly index: number;
  readonly type: PlateType;
  /** The analog channels that carry it, counted from 0. */
  readonly channels: readonly number[];
  /** Twelve lab coordinates: x y z of the corners at plate axes (+x +y), (−x +y), (−x −y), (+x −y). */
  readonly corners: readonly number[];
  /**
   * From the sensors' origin to the middle of the surface in plate axes, whose z points down, so that the third number
   * is not positive. For type 3: half the distances a and b of the sensors, and the depth.
   */
  readonly origin: readonly [number, number, number];
  /** Type 4: 36 numbers by columns; load `i` is the sum over channels `j` of `calibration[i + 6 * j]` times channel `j`. */
  readonly calibration: readonly number[] | null;
  /** First and last frame, counted from 1, in which nobody stood on it; null if the file names none. */
  readonly unloadedFrames: readonly [number, number] | null;
}

const GROUP = 'FORCE_PLATFORM';
export const CHANNELS_OF_TYPE: Readonly<Record<PlateType, number>> = { 1: 6, 2: 6, 3: 8, 4: 6 };

/** The plates that the file describes well enough to be used; each one left out is a warning. */
export function readForcePlates(
  groups: readonly ParameterGroup[],
  channelCount: number,
  warn: Warn,
): ForcePlate[] {
  const types = numbersOf(groups, GROUP, 'TYPE');
  const used = firstCount(groups, GROUP, 'USED') ?? types.length;
  const count = Math.min(used, types.length);
  if (used > types.length)
    warn(
      'plate-left-out',
      `${used} plates are declared and ${types.length} described.`,
      placeOf(groups, GROUP, 'TYPE'),
    );
  const plates: ForcePlate[] = [];
  for (let index = 0; index < count; index += 1) {
    const plate = readPlate(groups, channelCount, index, types[index] as number, warn);
    if (plate !== null) plates.push(plate);
  }
  return plates;
}

function readPlate(
  groups: readonly ParameterGroup[],
  channelCount: number,
  index: number,
  type: number,
  warn: Warn,
): ForcePlate | null {
  const leaveOut = (parameter: string, why: string) => {
    warn('plate-left-out', `Plate ${index + 1} is left out: ${why}.`, placeOf(groups, GROUP, parameter));
    return null;
  };
  if (!isPlateType(type)) return leaveOut('TYPE', `type ${type} is not one of 1 to 4`);
  const channels = slice(groups, 'CHANNEL', index, channelStride(groups))
    .slice(0, CHANNELS_OF_TYPE[type])
    .map((one) => one - 1);
  if (channels.length < CHANNELS_OF_TYPE[type] || channels.some((one) => one < 0 || one >= channelCount)) {
    return leaveOut('CHANNEL', 'it lacks channels');
  }
  const corners = slice(groups, 'CORNERS', index, 12);
  if (corners.length < 12 || !corners.every(Number.isFinite))
    return leaveOut('CORNERS', 'its corners are missing');
  const calibration = type === 4 ? slice(groups, 'CAL_MATRIX', index, 36) : null;
  if (calibration !== null && (calibration.length < 36 || !calibration.every(Number.isFinite))) {
    return leaveOut('CAL_MATRIX', 'its calibration is missing');
  }
  const origin = readOrigin(groups, index, type, warn);
  return { index, type, channels, corners, origin, calibration, unloadedFrames: readUnloaded(groups) };
}

function isPlateType(type: number): type is PlateType {
  return type === 1 || type === 2 || type === 3 || type === 4;
}

function slice(
  groups: readonly ParameterGroup[],
  parameter: string,
  index: number,
  stride: number,
): number[] {
  return numbersOf(groups, GROUP, parameter).slice(index * stride, (index + 1) * stride);
}

/** CHANNEL has a row for each plate; where one plate has eight channels, all rows have eight places. */
function channelStride(groups: readonly ParameterGroup[]): number {
  return findParameter(groups, GROUP, 'CHANNEL')?.dimensions[0] ?? 6;
}

function readOrigin(groups: readonly ParameterGroup[], index: number, type: PlateType, warn: Warn) {
  const [x = 0, y = 0, z = 0] = slice(groups, 'ORIGIN', index, 3).map((value) =>
    Number.isFinite(value) ? value : 0,
  );
  if (!(z > 0)) return [x, y, z] as const;
  const message = `Plate ${index + 1} has its origin at ${z} below the sensors; the sign is turned.`;
  warn('plate-origin-sign', message, placeOf(groups, GROUP, 'ORIGIN'));
  // The first two numbers of type 3 are distances between sensors and have no direction.
  return type === 3 ? ([x, y, -z] as const) : ([0 - x, 0 - y, -z] as const);
}

function readUnloaded(groups: readonly ParameterGroup[]): readonly [number, number] | null {
  const [first = 0, last = 0] = numbersOf(groups, GROUP, 'ZERO');
  return last > 0 && last >= first ? [Math.max(1, first), last] : null;
}
