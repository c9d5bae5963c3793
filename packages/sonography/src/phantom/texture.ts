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

/** A curve looked up instead of worked out: values at every `step` from `from` to `to`, straight lines between. */
export function tabulated(curve: (x: number) => number, from: number, to: number, step: number) {
  const count = Math.ceil((to - from) / step);
  const table = Float64Array.from({ length: count + 2 }, (_, i) => curve(from + i * step));
  return (x: number): number => {
    const at = Math.min(count, Math.max(0, (x - from) / step));
    const i = Math.floor(at);
    const value = table[i] ?? 0;
    return value + (at - i) * ((table[i + 1] ?? 0) - value);
  };
}
