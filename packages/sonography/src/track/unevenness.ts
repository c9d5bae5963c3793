import type { Feature } from './feature.ts';

/** Slopes are held a little, px². */
const CALM = 100;
/** Departures within their own variance by this factor are chance. */
const CHANCE = 1.5;
/**
 * Which part of its neighbours' departure a place itself may be wrong by, as variances: a window beside layers that
 * slide sees both. Checked against the phantom's truth in the benchmark (error over told error beside aponeuroses).
 */
const SHARE = 0.2;

/** Muscle deforms by so much in one piece; where neighbours shear more, layers slide within a window's half, px. */
const EVEN_SHEAR = 0.12;
const HALF_WINDOW = 15;
const STEEP_SHARE = 0.12;

/**
 * What a place may be wrong by because tissue around it does not move as one, px² of x and y together: the mean square
 * departure of near neighbours from an affine motion around it since the first frame, whether they part or shear. With
 * the cube of nearness those count that stand within a window's half and a little, 24 px.
 */
export function unevennessAround({ place, homeX, homeY, inward, links }: Feature): number {
  // A mark on an edge hears one side alone.
  if (inward !== null) return 0;
  const movedX = place.x - homeX;
  const movedY = place.y - homeY;
  let [sxx, sxy, syy] = [CALM, 0, CALM];
  let [xx, xy, yx, yy] = [0, 0, 0, 0];
  for (const { other, nearness } of links) {
    if (other.lost) continue;
    const hx = other.homeX - homeX;
    const hy = other.homeY - homeY;
    const w = nearness * nearness * nearness;
    const dx = other.place.x - other.homeX - movedX;
    const dy = other.place.y - other.homeY - movedY;
    sxx += w * hx * hx;
    sxy += w * hx * hy;
    syy += w * hy * hy;
    xx += w * dx * hx;
    xy += w * dx * hy;
    yx += w * dy * hx;
    yy += w * dy * hy;
  }
  const det = sxx * syy - sxy * sxy;
  let sum = 0;
  let all = 0;
  for (const { other, nearness } of links) {
    if (other.lost) continue;
    const hx = other.homeX - homeX;
    const hy = other.homeY - homeY;
    const w = nearness * nearness * nearness;
    const dx = other.place.x - other.homeX - movedX;
    const dy = other.place.y - other.homeY - movedY;
    const rx = dx - ((xx * syy - xy * sxy) * hx + (xy * sxx - xx * sxy) * hy) / det;
    const ry = dy - ((yx * syy - yy * sxy) * hx + (yy * sxx - yx * sxy) * hy) / det;
    const chance = place.varianceX + place.varianceY + other.place.varianceX + other.place.varianceY;
    sum += w * Math.max(0, rx * rx + ry * ry - CHANCE * chance);
    all += w;
  }
  const shear = Math.hypot(
    xx * syy - xy * sxy,
    xy * sxx - xx * sxy,
    yx * syy - yy * sxy,
    yy * sxx - yx * sxy,
  );
  const steep = HALF_WINDOW * Math.max(0, shear / det - EVEN_SHEAR);
  return (all > 0 ? (SHARE * sum) / all : 0) + STEEP_SHARE * steep * steep;
}
