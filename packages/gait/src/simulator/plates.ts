import type { Vector } from '../geometry/vector.ts';
import type { Plate } from '../recording.ts';
import type { FootLoad } from './floor-forces.ts';

/** A plate let into the floor, along the axes of the lab. Lengths in millimetres. */
export interface PlatePlace {
  readonly middle: readonly [x: number, y: number];
  readonly long: number;
  readonly wide: number;
}

/** Corners in the order of the C3D file for a plate whose x is that of the lab and whose z points down. */
export function cornersOf({ middle: [x, y], long, wide }: PlatePlace): number[] {
  const [a, b] = [long / 2, wide / 2];
  return [x + a, y - b, 0, x - a, y - b, 0, x - a, y + b, 0, x + a, y + b, 0];
}

const LEAST_FORCE_N = 20;

/** What a plate feels of the loads that fall on it, sample by sample. */
export function plateUnder(
  place: PlatePlace,
  loads: readonly (readonly FootLoad[])[],
  rateHz: number,
  noiseN: () => number,
): Plate {
  const samples = loads.length;
  const nan = () => new Float64Array(samples).fill(Number.NaN);
  const [forceN, momentNmm] = [new Float64Array(3 * samples), new Float64Array(3 * samples)];
  const [centreOfPressureMm, freeMomentNmm] = [new Float64Array(3 * samples).fill(Number.NaN), nan()];
  for (const [sample, feet] of loads.entries()) {
    const own = feet.find(({ centreOfPressureMm: centre }) => isOn(place, centre));
    const exact = own?.forceN ?? ([0, 0, 0] as const);
    const [fx, fy, fz] = [exact[0] + noiseN(), exact[1] + noiseN(), exact[2] + noiseN()];
    const [x, y] = own
      ? [own.centreOfPressureMm[0] - place.middle[0], own.centreOfPressureMm[1] - place.middle[1]]
      : [0, 0];
    forceN.set([fx, fy, fz], 3 * sample);
    momentNmm.set([y * fz, -x * fz, x * fy - y * fx], 3 * sample);
    if (Math.abs(fz) < LEAST_FORCE_N) continue;
    centreOfPressureMm.set([place.middle[0] + x, place.middle[1] + y, 0], 3 * sample);
    freeMomentNmm[sample] = 0;
  }
  return {
    rateHz,
    samples,
    forceN,
    momentNmm,
    centreOfPressureMm,
    freeMomentNmm,
    cornersMm: cornersOf(place),
  };
}

export function isOn({ middle, long, wide }: PlatePlace, [x, y]: Vector): boolean {
  return Math.abs(x - middle[0]) <= long / 2 && Math.abs(y - middle[1]) <= wide / 2;
}
