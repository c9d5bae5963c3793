/** Speed of sound in soft tissue, mm/µs, as every machine assumes it. */
const SOUND_MM_PER_US = 1.54;
/** Full width at half maximum of a Gaussian, in deviations. */
const FWHM = 2 * Math.sqrt(2 * Math.log(2));
/** Narrower than this a Gaussian is not sampled well by pixels. */
const LEAST_SIGMA_PX = 0.9;

/** How the probe and the machine make an image. */
export interface Imaging {
  /** Centre frequency in MHz: sets the carrier under the envelope (default 10). */
  readonly frequencyMHz: number;
  /** Length of the pulse in depth, mm at half maximum (default 0.30). */
  readonly axialResolutionMm: number;
  /** Width of the beam at the focus, mm at half maximum (default 0.45). */
  readonly lateralResolutionMm: number;
  /** Depth of the focus in mm (default 18). */
  readonly focusMm: number;
  /** The beam is √2 as wide this far above and below the focus, mm (default 18). */
  readonly focalZoneMm: number;
  /** The pulse grows this much longer, as a share, for each cm of depth (default 0.05). */
  readonly pulseGrowthPerCm: number;
  /** Loss that the machine's gain does not make good, dB for each cm of depth (default 2). */
  readonly attenuationDbPerCm: number;
  /** Decibels from black to white (default 60). */
  readonly dynamicRangeDb: number;
  /** Grey value of the reference tissue at the middle depth, 0 to 255 (default 58). */
  readonly referenceGrey: number;
  /** Independent looks averaged by intensity, as in spatial compounding (default 1: Rayleigh speckle). */
  readonly looks: number;
}

export const USUAL_IMAGING: Imaging = {
  frequencyMHz: 10,
  axialResolutionMm: 0.3,
  lateralResolutionMm: 0.45,
  focusMm: 18,
  focalZoneMm: 18,
  pulseGrowthPerCm: 0.05,
  attenuationDbPerCm: 2,
  dynamicRangeDb: 60,
  referenceGrey: 58,
  looks: 1,
};

/** Cycles of the echo's phase for each mm of depth (there and back). */
export function carrierPerMm(imaging: Imaging): number {
  return (2 * imaging.frequencyMHz) / SOUND_MM_PER_US;
}

/** Half-widths of the point-spread function at a depth, px (deviations of the amplitude). */
export function pointSpread(
  imaging: Imaging,
  depthMm: number,
  mmPerPx: { readonly lateral: number; readonly axial: number },
): { readonly lateral: number; readonly axial: number } {
  const away = (depthMm - imaging.focusMm) / imaging.focalZoneMm;
  const lateralMm = (imaging.lateralResolutionMm / FWHM) * Math.hypot(1, away);
  const axialMm = (imaging.axialResolutionMm / FWHM) * (1 + (imaging.pulseGrowthPerCm * depthMm) / 10);
  return {
    lateral: Math.max(LEAST_SIGMA_PX, lateralMm / mmPerPx.lateral),
    axial: Math.max(LEAST_SIGMA_PX, axialMm / mmPerPx.axial),
  };
}

/** Reach of a sampled Gaussian, in deviations. */
const KERNEL_REACH = 3.2;
/** Variance of the quadratic B-spline with which echoes are laid on the grid, px². */
const SPLINE_VARIANCE = 0.25;

/**
 * One half of a symmetric kernel (its middle first) that, after the spline, makes a Gaussian of deviation `sigma`
 * and energy 1: so speckle has the same power at every depth, whatever its grain.
 */
export function halfKernel(sigma: number): Float32Array {
  const narrow = Math.sqrt(sigma * sigma - SPLINE_VARIANCE);
  const half = Float32Array.from({ length: Math.ceil(KERNEL_REACH * narrow) + 1 }, (_, i) =>
    Math.exp((-i * i) / (2 * narrow * narrow)),
  );
  const sum = 2 * half.reduce((a, b) => a + b, 0) - (half[0] ?? 0);
  const wanted = Math.SQRT2 * Math.PI ** 0.25 * Math.sqrt(sigma);
  return half.map((one) => (one * wanted) / sum);
}

/** Sum of squares of the whole kernel. */
export function kernelEnergy(half: Float32Array): number {
  return 2 * half.reduce((sum, one) => sum + one * one, 0) - (half[0] ?? 0) ** 2;
}
