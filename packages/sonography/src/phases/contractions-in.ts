/** One contraction; each place is a frame. */
export interface Contraction {
  /** The stillest frame of the second before it. */
  readonly rest: number;
  /** Last frame before a tenth of the way to the peak is passed. */
  readonly onset: number;
  readonly peak: number;
  /** Last frame at nine tenths of the peak or more: then it lets go; null where the clip ended first. */
  readonly release: number | null;
  /** First frame with a tenth of the way or less left; null where the clip ended first. */
  readonly end: number | null;
  /** Frames from onset to end that the tracker lost: they speak for nothing here. */
  readonly lostFrames: number;
  /** Smoothed values at rest and at the peak, in the signal's unit. */
  readonly restValue: number;
  readonly peakValue: number;
}

/** A signal made ready: smoothed, and as a share of the way from rest (0) to the clip's peak (1). */
export interface ReadySignal {
  readonly activation: Float64Array;
  readonly smooth: Float64Array;
  readonly seen: Uint8Array;
  readonly times: Float64Array;
}

export interface Hysteresis {
  readonly startShare: number;
  readonly endShare: number;
  readonly shortestSeconds: number;
}

const NEAR_REST = 0.1;
const NEAR_PEAK = 0.9;
const REST_SECONDS = 1;

/** Every contraction of the signal, in order. */
export function contractionsIn(ready: ReadySignal, hysteresis: Hysteresis): Contraction[] {
  return spansOf(ready, hysteresis)
    .map((span) => contractionOf(span, ready))
    .filter((one) => one !== null);
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly ended: boolean;
}

function spansOf({ activation, times }: ReadySignal, hysteresis: Hysteresis): Span[] {
  const spans: Span[] = [];
  let from = -1;
  activation.forEach((value, at) => {
    if (Number.isNaN(value)) return;
    if (from < 0 && value > hysteresis.startShare) from = at;
    if (from < 0 || value >= hysteresis.endShare) return;
    spans.push({ from, to: at, ended: true });
    from = -1;
  });
  if (from >= 0) spans.push({ from, to: activation.length - 1, ended: false });
  return spans.filter(
    (span) => (times[span.to] ?? 0) - (times[span.from] ?? 0) >= hysteresis.shortestSeconds,
  );
}

// Thresholds are shares of this contraction's own rise, not of the largest one's.
function contractionOf(span: Span, ready: ReadySignal): Contraction | null {
  const { activation, smooth, seen, times } = ready;
  const level = (at: number) => activation[at] ?? Number.NaN;
  let peak = span.from;
  for (let at = span.from; at <= span.to; at++)
    if (seen[at] === 1 && (seen[peak] !== 1 || level(at) > level(peak))) peak = at;
  if (seen[peak] !== 1) return null;
  const top = level(peak);
  let onset = span.from;
  while (onset > 0 && level(onset) > NEAR_REST * top) onset--;
  let end: number | null = span.ended ? span.to : null;
  while (end !== null && level(end) > NEAR_REST * top) end = end + 1 < activation.length ? end + 1 : null;
  let release = span.to;
  while (release > peak && !(level(release) >= NEAR_PEAK * top)) release--;
  const rest = restBefore(onset, ready);
  let lostFrames = 0;
  for (let at = onset; at <= (end ?? activation.length - 1); at++) if (seen[at] !== 1) lostFrames++;
  return {
    rest,
    onset,
    peak,
    release: release < times.length - 1 ? release : null,
    end,
    lostFrames,
    restValue: smooth[rest] ?? 0,
    peakValue: smooth[peak] ?? 0,
  };
}

function restBefore(onset: number, { activation, seen, times }: ReadySignal): number {
  let rest = onset;
  for (let at = onset; at >= 0 && (times[onset] ?? 0) - (times[at] ?? 0) <= REST_SECONDS; at--)
    if (
      seen[at] === 1 &&
      (seen[rest] !== 1 || Math.abs(activation[at] ?? 1) < Math.abs(activation[rest] ?? 1))
    )
      rest = at;
  return rest;
}
