import type { Feature } from './feature.ts';
import type { KeyFrame } from './key-frames.ts';

/** How strongly the identity is preferred, px²: a few neighbours a window away outweigh it. */
const CALM = 400;
/** A window that deforms more than this is not one that was followed rightly. */
const MOST_DEFORMATION = 0.5;

/**
 * The 2 × 2 matrix from an offset around the feature now to the offset in the key frame, by least squares over its
 * neighbours; the identity where that is not credible.
 */
export function localWarp(feature: Feature, key: KeyFrame, into: Float64Array): void {
  const { id, place, links } = feature;
  let [nxx, nxy, nyy] = [CALM, 0, CALM];
  let [kxx, kxy, kyx, kyy] = [CALM, 0, 0, CALM];
  for (const { other, nearness, together } of links) {
    if (other.lost || key.seen[other.id] !== 1) continue;
    const weight = nearness * together;
    const nx = other.place.x - place.x;
    const ny = other.place.y - place.y;
    const kx = (key.x[other.id] as number) - (key.x[id] as number);
    const ky = (key.y[other.id] as number) - (key.y[id] as number);
    nxx += weight * nx * nx;
    nxy += weight * nx * ny;
    nyy += weight * ny * ny;
    kxx += weight * kx * nx;
    kxy += weight * kx * ny;
    kyx += weight * ky * nx;
    kyy += weight * ky * ny;
  }
  const det = nxx * nyy - nxy * nxy;
  const xx = (kxx * nyy - kxy * nxy) / det;
  const xy = (kxy * nxx - kxx * nxy) / det;
  const yx = (kyx * nyy - kyy * nxy) / det;
  const yy = (kyy * nxx - kyx * nxy) / det;
  const deformation = Math.max(Math.abs(xx - 1), Math.abs(xy), Math.abs(yx), Math.abs(yy - 1));
  if (deformation < MOST_DEFORMATION) into.set([xx, xy, yx, yy]);
  else into.set([1, 0, 0, 1]);
}
