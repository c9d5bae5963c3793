import { MOST_HALF } from './kernels.ts';
import type { Window } from './match-windows.ts';

/** What the variance of a match is multiplied with so that it agrees with the phantom's truth: see the test. */
const CALIBRATION = 2.4;
/** Rounding, interpolation and deformation inside the window: no match is better, px². */
const FLOOR = 0.01 ** 2;
const PIXELS = (2 * MOST_HALF + 1) ** 2;
/** Less resemblance than this says nothing about the place. */
const LEAST_CORRELATION = 0.05;

/**
 * Variance of a found place in px², along x and y. A window of n pixels whose speckle has the grain of a Gaussian with
 * the lengths lx, ly (lx² = variance / gxx) holds n / (π/2·lx·ly) independent grains; what does not correlate is noise
 * of the same grain. So Cov = (π/2)·lx·ly / n · variance · (1/ρ² − 1) · G⁻¹, the form of Walker and Trahey's bound
 * (IEEE Trans UFFC 1995;42:301) with the measured correlation in place of signal-to-noise ratio and bandwidth.
 */
export function matchVariance(window: Window): { x: number; y: number } {
  const { gxx, gxy, gyy, variance } = window;
  const rho = Math.min(0.9999, Math.max(LEAST_CORRELATION, window.correlation));
  const damping = 1e-3 * (gxx + gyy);
  const det = (gxx + damping) * (gyy + damping) - gxy * gxy;
  if (!(det > 0) || !(variance > 0)) return { x: Number.POSITIVE_INFINITY, y: Number.POSITIVE_INFINITY };
  const grain = Math.min(PIXELS / 4, ((Math.PI / 2) * variance) / Math.sqrt(det));
  const noise = ((CALIBRATION * grain) / PIXELS) * variance * (1 / (rho * rho) - 1);
  return { x: FLOOR + (noise * (gyy + damping)) / det, y: FLOOR + (noise * (gxx + damping)) / det };
}
