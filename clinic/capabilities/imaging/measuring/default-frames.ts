import type { Phases } from '@rectus/sonography';
import type { Chosen } from './result.ts';

/**
 * Which frames stand for rest and contraction until a person moves them: the peak of the largest contraction, and of all frames
 * outside of contractions the one whose value is nearest to their median.
 */
export function defaultFrames(values: readonly (number | null)[], phases: Phases | null): Chosen {
  const [largest] = [...(phases?.contractions ?? [])].sort(
    (a, b) => Math.abs(b.peakValue - b.restValue) - Math.abs(a.peakValue - a.restValue),
  );
  if (!phases || !largest) return { rest: null, contraction: null, by: null };
  const resting = values.flatMap((value, frame) =>
    value !== null &&
    phases.contractions.every(({ onset, end }) => frame <= onset || (end !== null && frame >= end))
      ? [{ frame, value }]
      : [],
  );
  return { rest: nearestToMedian(resting) ?? largest.rest, contraction: largest.peak, by: null };
}

/** The frame whose value is nearest to the median, the first of several; null where there is none. */
export function nearestToMedian(
  seen: readonly { readonly frame: number; readonly value: number }[],
): number | null {
  const sorted = seen.map(({ value }) => value).sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  if (median === undefined) return null;
  const nearest = seen.reduce((best, one) =>
    Math.abs(one.value - median) < Math.abs(best.value - median) ? one : best,
  );
  return nearest.frame;
}
