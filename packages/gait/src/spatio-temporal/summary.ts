import type { Sided } from '../side.ts';
import { mean, sampleSd } from '../signal/statistics.ts';
import { SPATIO_TEMPORAL_NAMES, type SpatioTemporal, type SpatioTemporalName } from './parameters.ts';

/** A value over several strides. */
export interface MeanAndSd {
  readonly n: number;
  readonly mean: number;
  /** From stride to stride (n − 1); NaN of a single one. */
  readonly sd: number;
}

/** A value of both sides and how alike they are. */
export interface SidedSummary {
  readonly left: MeanAndSd | null;
  readonly right: MeanAndSd | null;
  /** In per cent; null where a side is missing. See `symmetryIndex`. */
  readonly symmetryIndexPercent: number | null;
}

/** Means, spread and symmetry of all values over the strides of both sides. */
export function summariseSpatioTemporal(
  strides: Sided<readonly SpatioTemporal[]>,
): Readonly<Record<SpatioTemporalName, SidedSummary>> {
  const entries = SPATIO_TEMPORAL_NAMES.map((name): [SpatioTemporalName, SidedSummary] => {
    const [left, right] = [meanAndSd(strides.left, name), meanAndSd(strides.right, name)];
    return [
      name,
      { left, right, symmetryIndexPercent: left && right && symmetryIndex(left.mean, right.mean) },
    ];
  });
  return Object.fromEntries(entries) as Record<SpatioTemporalName, SidedSummary>;
}

/**
 * 100 (left − right) / ((left + right) / 2): 0 for perfect symmetry, positive where the left is greater.
 * Source: Robinson RO, Herzog W, Nigg BM. J Manipulative Physiol Ther 1987;10:172–6.
 */
export function symmetryIndex(left: number, right: number): number | null {
  const index = (100 * (left - right)) / ((left + right) / 2);
  return Number.isFinite(index) ? index : null;
}

const GRAVITY_M_PER_S2 = 9.81;

/**
 * Walking speed that can be compared between people of different height: v / √(g · leg length).
 * Source: Hof AL. Gait Posture 1996;4:222–3.
 */
export function dimensionlessSpeed(speedMPerS: number, legLengthMm: number): number {
  return speedMPerS / Math.sqrt((GRAVITY_M_PER_S2 * legLengthMm) / 1000);
}

function meanAndSd(strides: readonly SpatioTemporal[], name: SpatioTemporalName): MeanAndSd | null {
  const values = strides.map((stride) => stride[name]).filter((value) => value !== null);
  return values.length === 0 ? null : { n: values.length, mean: mean(values), sd: sampleSd(values) };
}
