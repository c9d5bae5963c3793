import type { Span } from './instant.ts';

// `normalise` makes any list of spans sorted, disjoint and free of empty ones. The other functions take lists which
// already are, and return such lists, in linear time.

function isNormal(spans: readonly Span[]): boolean {
  let end = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    if (span.start <= end || span.end <= span.start) return false;
    end = span.end;
  }
  return true;
}

function mergeSorted(sorted: Iterable<Span>): Span[] {
  const merged: Span[] = [];
  let current: Span | null = null;
  for (const span of sorted) {
    if (span.end <= span.start) continue;
    if (current !== null && span.start <= current.end) {
      if (span.end > current.end) current = { start: current.start, end: span.end };
    } else {
      if (current !== null) merged.push(current);
      current = span;
    }
  }
  if (current !== null) merged.push(current);
  return merged;
}

/** Sorts spans, joins those that overlap or touch, and leaves out the empty ones. */
export function normalise(spans: readonly Span[]): readonly Span[] {
  if (isNormal(spans)) return spans;
  return mergeSorted([...spans].sort((a, b) => a.start - b.start));
}

/** What lies in `a`, in `b` or in both. */
export function union(a: readonly Span[], b: readonly Span[]): Span[] {
  return mergeSorted(inOrder(a, b));
}

function* inOrder(a: readonly Span[], b: readonly Span[]): Generator<Span> {
  let j = 0;
  for (const span of a) {
    for (let other = b[j]; other !== undefined && other.start < span.start; other = b[++j]) yield other;
    yield span;
  }
  for (let other = b[j]; other !== undefined; other = b[++j]) yield other;
}

/** What lies in both. */
export function intersect(a: readonly Span[], b: readonly Span[]): Span[] {
  const common: Span[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const x = a[i];
    const y = b[j];
    if (x === undefined || y === undefined) return common;
    const start = Math.max(x.start, y.start);
    const end = Math.min(x.end, y.end);
    if (start < end) common.push({ start, end });
    if (x.end < y.end) i++;
    else j++;
  }
}

/** What lies in `from` and not in `taken`. */
export function subtract(from: readonly Span[], taken: readonly Span[]): Span[] {
  const left: Span[] = [];
  let first = 0;
  for (const span of from) {
    let start = span.start;
    for (let cut = taken[first]; cut !== undefined && cut.end <= start; cut = taken[++first]);
    let next = first;
    for (let cut = taken[next]; cut !== undefined && cut.start < span.end; cut = taken[++next]) {
      if (cut.start > start) left.push({ start, end: cut.start });
      start = Math.max(start, cut.end);
    }
    if (start < span.end) left.push({ start, end: span.end });
  }
  return left;
}
