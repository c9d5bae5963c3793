import { SonographyError } from '../sonography-error.ts';
import { type Contraction, contractionsIn } from './contractions-in.ts';
import { smoothSignal } from './smooth-signal.ts';

/** A scalar followed through a clip, such as a gap or a thickness. */
export interface TrackedSignal {
  /** Seconds, never falling; one for each frame. */
  readonly times: Float64Array;
  /** NaN where the tracker lost it. */
  readonly values: Float64Array;
  /** Of each value, in its unit; NaN where lost. */
  readonly standardErrors: Float64Array;
}

export interface FindPhasesOptions {
  /** Seconds that are averaged before anything is looked for (default 0.15). */
  readonly windowSeconds?: number;
  /** A rise above this share of the whole range begins a contraction (default 0.25)… */
  readonly startShare?: number;
  /** …and a fall below this share ends it (default 0.15): between both, noise starts and ends nothing. */
  readonly endShare?: number;
  /** What is shorter is not a contraction (default 0.2 s). */
  readonly shortestSeconds?: number;
}

/** Mean and sample standard deviation over contractions. */
export interface PhaseAverage {
  readonly mean: number;
  /** Null for one contraction alone. */
  readonly standardDeviation: number | null;
  readonly count: number;
}

export interface Phases {
  readonly contractions: readonly Contraction[];
  /** Whether the signal grows (a gap) or shrinks (a distance) in contraction. */
  readonly direction: 'grows' | 'shrinks';
  readonly average: {
    readonly rest: PhaseAverage;
    readonly peak: PhaseAverage;
    readonly change: PhaseAverage;
  } | null;
  readonly lostFrames: number;
  readonly windowSeconds: number;
  /** Why none was found; null where some were. */
  readonly reason: 'too-short' | 'mostly-lost' | 'no-change-above-noise' | null;
}

const WINDOW_SECONDS = 0.15;
const START_SHARE = 0.25;
const END_SHARE = 0.15;
const SHORTEST_SECONDS = 0.2;
const LEAST_SEEN = 0.5;
const LEAST_FRAMES = 5;
// The change must stand this many standard errors out of the noise of a smoothed value.
const ABOVE_NOISE = 5;

/**
 * Rest, onset, peak and release of each contraction in a tracked signal, and their averages.
 * Lost frames are left out and counted. Thresholds with hysteresis on the smoothed signal, so that noise of the
 * tracker's own size neither starts nor ends a contraction.
 * @throws SonographyError bad-argument where the three arrays differ in length or the options make no sense
 */
export function findPhases(signal: TrackedSignal, options: FindPhasesOptions = {}): Phases {
  const settings = settingsOf(signal, options);
  const { times, values } = signal;
  const seen = Uint8Array.from(values, (value, at) => (isSeen(value, signal.standardErrors[at]) ? 1 : 0));
  const lostFrames = seen.length - seen.reduce((sum, one) => sum + one, 0);
  const none = (reason: Phases['reason']): Phases => ({
    contractions: [],
    direction: 'grows',
    average: null,
    lostFrames,
    windowSeconds: settings.windowSeconds,
    reason,
  });
  if (values.length - lostFrames < LEAST_FRAMES) return none(lostFrames > 0 ? 'mostly-lost' : 'too-short');
  if (values.length - lostFrames < LEAST_SEEN * values.length) return none('mostly-lost');
  const smooth = smoothSignal(times, values, weightsOf(signal, seen), settings.windowSeconds);
  const level = restLevel(smooth, seen);
  const noise = noiseOf(signal, smooth, seen, settings.windowSeconds);
  if (Math.abs(level.peak - level.rest) < ABOVE_NOISE * noise) return none('no-change-above-noise');
  const activation = smooth.map((value) => (value - level.rest) / (level.peak - level.rest));
  const contractions = contractionsIn({ activation, smooth, seen, times }, settings);
  if (contractions.length === 0) return none('no-change-above-noise');
  return {
    contractions,
    direction: level.peak > level.rest ? 'grows' : 'shrinks',
    average: averagesOf(contractions),
    lostFrames,
    windowSeconds: settings.windowSeconds,
    reason: null,
  };
}

type Settings = Required<FindPhasesOptions>;

function settingsOf({ times, values, standardErrors }: TrackedSignal, options: FindPhasesOptions): Settings {
  if (times.length !== values.length || standardErrors.length !== values.length)
    throw new SonographyError(
      'bad-argument',
      'Times, values and standard errors must be as many as each other.',
    );
  const settings = {
    windowSeconds: options.windowSeconds ?? WINDOW_SECONDS,
    startShare: options.startShare ?? START_SHARE,
    endShare: options.endShare ?? END_SHARE,
    shortestSeconds: options.shortestSeconds ?? SHORTEST_SECONDS,
  };
  const sensible =
    settings.windowSeconds >= 0 &&
    settings.endShare > 0 &&
    settings.startShare >= settings.endShare &&
    settings.startShare < 1;
  if (!sensible)
    throw new SonographyError(
      'bad-argument',
      'Shares must lie between 0 and 1, the end not above the start.',
    );
  return settings;
}

function isSeen(value: number, standardError: number | undefined): boolean {
  return Number.isFinite(value) && standardError !== undefined && Number.isFinite(standardError);
}

function weightsOf({ standardErrors }: TrackedSignal, seen: Uint8Array): Float64Array {
  const usual = medianOf(Array.from(standardErrors).filter((_, at) => seen[at] === 1));
  return Float64Array.from(standardErrors, (error, at) =>
    seen[at] === 1 ? 1 / Math.max(error, 0.5 * usual, 1e-9) ** 2 : 0,
  );
}

// Rest is where the signal is most of the quiet time; the peak is the far end. Which end is rest: the one that the
// clip begins near, unless it begins in the middle of a movement, when it is the end with more frames.
function restLevel(smooth: Float64Array, seen: Uint8Array): { rest: number; peak: number } {
  const sorted = Array.from(smooth)
    .filter((value, at) => seen[at] === 1 && Number.isFinite(value))
    .sort((a, b) => a - b);
  const low = quantile(sorted, 0.03);
  const high = quantile(sorted, 0.97);
  const range = high - low;
  const nearLow = sorted.filter((value) => value < low + 0.2 * range);
  const nearHigh = sorted.filter((value) => value > high - 0.2 * range);
  const start = smooth.find((value, at) => seen[at] === 1 && Number.isFinite(value)) ?? low;
  const startsLow = start < low + 0.35 * range;
  const startsHigh = start > high - 0.35 * range;
  const isLowRest = startsLow ? true : startsHigh ? false : nearLow.length >= nearHigh.length;
  return isLowRest ? { rest: medianOf(nearLow), peak: high } : { rest: medianOf(nearHigh), peak: low };
}

// The larger of what the tracker says and what the values show about their smoothed selves.
function noiseOf(
  { times, values, standardErrors }: TrackedSignal,
  smooth: Float64Array,
  seen: Uint8Array,
  windowSeconds: number,
): number {
  const off: number[] = [];
  const said: number[] = [];
  values.forEach((value, at) => {
    if (seen[at] !== 1) return;
    off.push(Math.abs(value - (smooth[at] ?? value)));
    said.push(standardErrors[at] ?? 0);
  });
  const each = Math.max(1.4826 * medianOf(off), medianOf(said));
  const seconds = (times.at(-1) ?? 0) - (times[0] ?? 0);
  // A raised cosine averages about half of the frames that it spans.
  const averaged = seconds > 0 ? (0.5 * windowSeconds * values.length) / seconds : 1;
  return each / Math.sqrt(Math.max(1, averaged));
}

function averagesOf(contractions: readonly Contraction[]): Phases['average'] {
  return {
    rest: averageOf(contractions.map((one) => one.restValue)),
    peak: averageOf(contractions.map((one) => one.peakValue)),
    change: averageOf(contractions.map((one) => one.peakValue - one.restValue)),
  };
}

function averageOf(values: readonly number[]): PhaseAverage {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardDeviation: count > 1 ? Math.sqrt(square / (count - 1)) : null, count };
}

function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? 0;
  return low + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] ?? low) - low);
}

function medianOf(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}
