import type { ProfileBar } from '../walk-view.ts';

/** The upright axis: from zero in even steps, with room for the greatest. */
export function profileScale(bars: readonly ProfileBar[]): {
  readonly top: number;
  readonly ticks: readonly number[];
} {
  const most = Math.max(8, ...bars.flatMap(({ left, right, reference }) => [left, right, reference ?? 0]));
  const step = most > 16 ? 8 : 4;
  const steps = Math.ceil(most / step);
  return { top: step * steps, ticks: Array.from({ length: steps + 1 }, (_, n) => step * n) };
}
