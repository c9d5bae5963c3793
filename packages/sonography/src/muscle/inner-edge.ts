import type { Band } from './bands.ts';
import type { Plane } from './plane.ts';
import { type Curve, robustCurve } from './robust-curve.ts';

/** Which side of the band the muscle lies on. */
export type Side = 'below' | 'above';

const LOOK_BACK_MM = 0.8;
const LOOK_ON_MM = 2.5;
const MUSCLE_FROM_MM = 1.8;
const MUSCLE_TO_MM = 3.5;
const ALONG_MM = 0.6;
const STEP_MM = 0.06;

/**
 * The edge of an aponeurosis towards the muscle, where thickness is measured to: in each column the place where the
 * luma has fallen half way from the band's peak to the muscle beside it; then a smooth curve through these places.
 */
export function innerEdge(calm: Plane, band: Band, side: Side, mmPerPixel: number): Curve | null {
  const xs: number[] = [];
  const ys: number[] = [];
  const border = Math.ceil(ALONG_MM / mmPerPixel);
  for (let x = border; x < calm.width - border; x++) {
    const away = edgeFrom(profileAt(calm, band, x, side, mmPerPixel));
    if (away === null) continue;
    xs.push(x);
    ys.push((band.y[x] ?? 0) + ((side === 'below' ? 1 : -1) * away) / mmPerPixel);
  }
  return robustCurve(xs, ys, 0.15 / mmPerPixel);
}

// Mean luma along the band at each distance from its middle, from LOOK_BACK_MM before it into the muscle.
function profileAt(calm: Plane, band: Band, x: number, side: Side, mmPerPixel: number): Float64Array {
  const along = Math.round(ALONG_MM / mmPerPixel);
  const sign = side === 'below' ? 1 : -1;
  const profile = new Float64Array(Math.round((LOOK_BACK_MM + MUSCLE_TO_MM) / STEP_MM) + 1);
  for (let i = 0; i < profile.length; i++) {
    const away = (sign * (i * STEP_MM - LOOK_BACK_MM)) / mmPerPixel;
    let sum = 0;
    for (let k = -along; k <= along; k++) sum += valueAt(calm, x + k, (band.y[x + k] ?? 0) + away);
    profile[i] = sum / (2 * along + 1);
  }
  return profile;
}

function valueAt({ width, height, values }: Plane, x: number, y: number): number {
  const within = Math.min(height - 1.001, Math.max(0, y));
  const top = Math.floor(within);
  const part = within - top;
  return (values[top * width + x] ?? 0) * (1 - part) + (values[(top + 1) * width + x] ?? 0) * part;
}

function edgeFrom(profile: Float64Array): number | null {
  const index = (away: number) => Math.round((away + LOOK_BACK_MM) / STEP_MM);
  let peak = 0;
  for (let i = 0; i <= index(LOOK_BACK_MM); i++) if ((profile[i] ?? 0) > (profile[peak] ?? 0)) peak = i;
  const beside = profile.subarray(index(MUSCLE_FROM_MM), index(MUSCLE_TO_MM) + 1);
  const floor = beside.reduce((sum, value) => sum + value, 0) / beside.length;
  const half = ((profile[peak] ?? 0) + floor) / 2;
  if ((profile[peak] ?? 0) - floor < 1) return null;
  for (let i = peak + 1; i <= index(LOOK_ON_MM); i++) {
    const now = profile[i] ?? 0;
    const before = profile[i - 1] ?? 0;
    if (now <= half) return (i - (half - now) / Math.max(1e-6, before - now)) * STEP_MM - LOOK_BACK_MM;
  }
  return null;
}
