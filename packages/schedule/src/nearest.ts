import { checkCount, checkInstant, type Instant } from './instant.ts';
import type { Start } from './search.ts';

/**
 * Those of the starts (ascending) that lie nearest to a wanted instant, at most `count`, in order of time. Of two
 * equally near, the earlier one. Throws InvalidInstantError, InvalidCountError.
 */
export function nearestStarts(starts: readonly Start[], wanted: Instant, count: number): Start[] {
  checkInstant(wanted, 'wanted');
  checkCount(count);
  let after = starts.findIndex(({ start }) => start >= wanted);
  if (after === -1) after = starts.length;
  let before = after;
  const distance = (index: number) => Math.abs((starts[index]?.start ?? Number.POSITIVE_INFINITY) - wanted);
  while (after - before < Math.min(count, starts.length)) {
    if (distance(before - 1) <= distance(after) && before > 0) before--;
    else after++;
  }
  return starts.slice(before, after);
}
