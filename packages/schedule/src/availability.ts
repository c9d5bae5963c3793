import type { Instant, Span } from './instant.ts';
import { busySpans, type OpenResource } from './resource.ts';
import type { Visit } from './service.ts';

const WORD_BITS = 32;

/** For each start of a list, one bit for each resource: whether it could take the visit. */
export interface Availability {
  /** `wordCount` numbers for each start; resource r is bit r % 32 of number floor(r / 32). */
  readonly words: Int32Array;
  readonly wordCount: number;
}

/**
 * Works out which resources could take a visit at which of the given starts (ascending). A resource can where the
 * visit lies inside its opening hours and the visit with its buffers touches nothing that it is busy with.
 */
export function availabilityAt(
  starts: Float64Array,
  resources: readonly OpenResource[],
  visit: Visit,
): Availability {
  const wordCount = Math.max(1, Math.ceil(resources.length / WORD_BITS));
  // One more start than there are, so that the last stretch has somewhere to end.
  const words = new Int32Array((starts.length + 1) * wordCount);
  resources.forEach((resource, index) => {
    markFree(starts, resource, visit, words, wordCount, index);
  });
  // So far a bit says that something changes at that start. Carrying them forward says how things are.
  for (let at = wordCount; at < words.length; at++)
    words[at] = (words[at] ?? 0) ^ (words[at - wordCount] ?? 0);
  return { words, wordCount };
}

/** Flips the resource's bit at the first start of each stretch in which it is free, and at the first one after it. */
function markFree(
  starts: Float64Array,
  resource: OpenResource,
  visit: Visit,
  words: Int32Array,
  wordCount: number,
  index: number,
): void {
  const bit = 1 << (index % WORD_BITS);
  const word = Math.floor(index / WORD_BITS);
  const busy = busySpans(resource);
  const cursor = { busy: firstBusyAfter(busy, (starts[0] ?? 0) - visit.beforeMs) };
  let at = 0;
  for (const span of resource.open) {
    eachFreeStretch(span, busy, cursor, visit, (first, last) => {
      at = firstIndexFrom(starts, first, at);
      words[at * wordCount + word] = (words[at * wordCount + word] ?? 0) ^ bit;
      at = firstIndexFrom(starts, last + 1, at);
      words[at * wordCount + word] = (words[at * wordCount + word] ?? 0) ^ bit;
    });
  }
}

/** Calls `found` with the first and last possible start of each stretch of free starts in one opening. */
function eachFreeStretch(
  open: Span,
  busy: readonly Span[],
  cursor: { busy: number },
  { durationMs, beforeMs, afterMs }: Visit,
  found: (first: Instant, last: Instant) => void,
): void {
  const lastStart = open.end - durationMs;
  let first = open.start;
  if (first > lastStart) return;
  let next = cursor.busy;
  for (let span = busy[next]; span !== undefined && span.end + beforeMs <= first; span = busy[++next]);
  // A later opening may still meet the span that this one stops at, so only what is over for good is passed by.
  cursor.busy = next;
  for (let span = busy[next]; span !== undefined; span = busy[++next]) {
    const lastBefore = span.start - durationMs - afterMs;
    if (lastBefore >= lastStart) break;
    if (lastBefore >= first) found(first, lastBefore);
    first = span.end + beforeMs;
  }
  if (first <= lastStart) found(first, lastStart);
}

/** The index of the first busy span that ends after the instant. */
function firstBusyAfter(busy: readonly Span[], instant: Instant): number {
  let low = 0;
  let high = busy.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((busy[middle]?.end ?? 0) > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The index of the first start that is not before the instant, searching from `low`. */
export function firstIndexFrom(starts: Float64Array, instant: Instant, low: number): number {
  let from = low;
  let to = starts.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((starts[middle] ?? 0) >= instant) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** Whether resource `index` could take the visit at start number `at`. */
export function isAvailable({ words, wordCount }: Availability, at: number, index: number): boolean {
  const word = words[at * wordCount + Math.floor(index / WORD_BITS)] ?? 0;
  return (word & (1 << (index % WORD_BITS))) !== 0;
}
