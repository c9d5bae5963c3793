/** A span of seconds; `to` lies after `from`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where the clock stands after some time, and whether it came round to the beginning of its span. */
export interface Moment {
  readonly time: number;
  readonly wrapped: boolean;
}

/**
 * Lets seconds pass from a moment within a span that goes round. A moment outside begins at the span's beginning. Long
 * pauses may go round more than once.
 */
export function letPass(time: number, seconds: number, { from, to }: Span): Moment {
  if (time < from || time >= to) return { time: from, wrapped: true };
  const next = time + Math.max(0, seconds);
  if (next < to) return { time: next, wrapped: false };
  return { time: from + ((next - from) % (to - from)), wrapped: true };
}

/**
 * The span in which either of two clips moves, in the first one's seconds, when the other's time is behind it by `lag`.
 */
export function spanOfBoth(first: number, second: number | null, lag: number): Span {
  if (second === null) return { from: 0, to: first };
  return { from: Math.min(0, lag), to: Math.max(first, lag + second) };
}

/** The part of a span that lies in a clip; null where that is shorter than `shortest` seconds. */
export function clampSpan(span: Span, duration: number, shortest: number): Span | null {
  const [from, to] = [Math.max(0, span.from), Math.min(duration, span.to)];
  return to - from >= shortest ? { from, to } : null;
}
