import type { C3dContent } from './content.ts';
import type { ForcePlate } from './force-plates.ts';
import { nmmPerUnit } from './units.ts';
import type { Vector } from './vector.ts';

/** Fx Fy Fz in newtons and Mx My Mz in newton millimetres about the middle of the surface, in plate axes. */
export type Loads = readonly [number, number, number, number, number, number];

/** The loads at one sample of the plate's channels. */
export type ToLoads = (channels: readonly Float64Array[], sample: number) => Loads;

/**
 * How the channels of a plate become loads, by its type (C3D user guide, "The FORCE_PLATFORM Group"). Moments are
 * converted by the unit of their channel, and taken to be newtons times the file's unit of length where it is not known.
 */
export function loadsOfPlate(content: C3dContent, plate: ForcePlate, mmPerUnit: number): ToLoads {
  const factor = (place: number) =>
    nmmPerUnit(content.analog.units[plate.channels[place] as number] ?? '') ?? mmPerUnit;
  const [ox, oy, oz] = plate.origin;
  const origin: Vector = [ox * mmPerUnit, oy * mmPerUnit, oz * mmPerUnit];
  if (plate.type === 1) return loadsOfType1(mmPerUnit, factor(5));
  if (plate.type === 3) return loadsOfType3(origin);
  const toNmm: Vector = [factor(3), factor(4), factor(5)];
  if (plate.type === 2) return loadsOfType2(origin, toNmm);
  return loadsOfType4(origin, toNmm, plate.calibration ?? []);
}

const at = (channels: readonly Float64Array[], place: number, sample: number) =>
  (channels[place] as Float64Array)[sample] as number;

/** Channels 4 and 5 are the centre of pressure itself, in the file's unit of length. */
function loadsOfType1(mmPerUnit: number, toNmm: number): ToLoads {
  return (channels, sample) => {
    const value = (place: number) => at(channels, place, sample);
    const [fx, fy, fz, px, py] = [value(0), value(1), value(2), value(3) * mmPerUnit, value(4) * mmPerUnit];
    return [fx, fy, fz, py * fz, -px * fz, value(5) * toNmm + px * fy - py * fx];
  };
}

function loadsOfType2(origin: Vector, toNmm: Vector): ToLoads {
  return (channels, sample) => {
    const value = (place: number) => at(channels, place, sample);
    return aboutSurface([value(0), value(1), value(2), value(3), value(4), value(5)], origin, toNmm);
  };
}

/** Four sensors at (±a, ±b) and a depth; a, b and the depth are the plate's origin. */
function loadsOfType3([a, b, depth]: Vector): ToLoads {
  return (channels, sample) => {
    const value = (place: number) => at(channels, place, sample);
    const [fx12, fx34, fy14, fy23] = [value(0), value(1), value(2), value(3)];
    const [fz1, fz2, fz3, fz4] = [value(4), value(5), value(6), value(7)];
    const [fx, fy, fz] = [fx12 + fx34, fy14 + fy23, fz1 + fz2 + fz3 + fz4];
    const mx = b * (fz1 + fz2 - fz3 - fz4) + fy * depth;
    const my = a * (-fz1 + fz2 + fz3 - fz4) - fx * depth;
    return [fx, fy, fz, mx, my, b * (fx34 - fx12) + a * (fy14 - fy23)];
  };
}

/** Each load is the sum over the channels of a column of the calibration times the channel. */
function loadsOfType4(origin: Vector, toNmm: Vector, calibration: readonly number[]): ToLoads {
  return (channels, sample) => {
    const row = (load: number) => {
      let sum = 0;
      for (let place = 0; place < 6; place += 1) {
        sum += (calibration[load + 6 * place] as number) * at(channels, place, sample);
      }
      return sum;
    };
    return aboutSurface([row(0), row(1), row(2), row(3), row(4), row(5)], origin, toNmm);
  };
}

/** From the moment about the sensors' origin to the one about the middle of the surface: M + F × origin. */
function aboutSurface([fx, fy, fz, mx, my, mz]: Loads, [ox, oy, oz]: Vector, toNmm: Vector): Loads {
  return [
    fx,
    fy,
    fz,
    mx * toNmm[0] + fy * oz - fz * oy,
    my * toNmm[1] + fz * ox - fx * oz,
    mz * toNmm[2] + fx * oy - fy * ox,
  ];
}
