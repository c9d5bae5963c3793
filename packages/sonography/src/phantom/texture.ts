import { hash32 } from './random.ts';

/** A smooth random surface of a plane: about −1 to 1, changing over a distance of about 1. */
export type Texture = (x: number, y: number) => number;

/** Value noise on a unit grid, smoothed by a quintic: continuous, the same for the same seed. */
export function textureOf(seed: number): Texture {
  const corner = (ix: number, iy: number) => hash32(hash32(seed, ix), iy) / 0x8000_0000 - 1;
  return (x, y) => {
    const ix = Math.floor(x);
    const iy = Math.floor(y);
    const fx = ease(x - ix);
    const fy = ease(y - iy);
    const top = corner(ix, iy) * (1 - fx) + corner(ix + 1, iy) * fx;
    const bottom = corner(ix, iy + 1) * (1 - fx) + corner(ix + 1, iy + 1) * fx;
    return top * (1 - fy) + bottom * fy;
  };
}

function ease(t: number): number {
  return t * t * t * (t * (6 * t - 15) + 10);
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function smoothStep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** The amplitude that lies so many decibels above 1. */
export function amplitudeOf(db: number): number {
  return 10 ** (db / 20);
}
