import type { Plate, Recording } from '../recording.ts';
import { SIDES, type Side } from '../side.ts';
import { type FootOnPlate, footOnPlate } from './foot-on-plate.ts';

/** A plate carries a foot above this vertical force, in newtons. */
export const CONTACT_N = 20;
/** A shorter loading is a touch or noise, in seconds. */
const LEAST_CONTACT_S = 0.1;
/** Near the threshold the signal of a plate flickers: shorter breaks and loadings are part of that, in seconds. */
const FLICKER_S = 0.02;
/** Two loadings that are nearer than this are one step that lost the plate for a moment, in seconds. */
const SPLIT_S = 0.15;

/** One loading of one plate and what can be made of it. */
export interface PlateContact {
  readonly plate: number;
  readonly startS: number;
  readonly endS: number;
  readonly peakN: number;
  /** The foot that stood on it; null if none can be named. */
  readonly side: Side | null;
  /** Whether the moment of loading is that of the foot's strike. */
  readonly strikeWhole: boolean;
  /** Whether the moment of unloading is that of the foot's leaving. */
  readonly offWhole: boolean;
  /** Whether forces and moments are those of one whole stance of one foot. */
  readonly whole: boolean;
  /** What is wrong with it, in words; empty if nothing is. */
  readonly faults: readonly string[];
}

/** Every loading of every plate above 20 N, with the foot that caused it and whether it is a whole stance. */
export function plateContacts(recording: Recording): PlateContact[] {
  return recording.plates.flatMap((plate, index) => {
    const spans = withoutFlicker(loadings(plate), FLICKER_S * plate.rateHz);
    return spans
      .filter(({ from, to }) => (to - from) / plate.rateHz >= LEAST_CONTACT_S)
      .map((span) => contactOf(recording, plate, index, span, spans));
  });
}

/** First sample above the threshold and first one below it again; fractions by a straight line between samples. */
interface Loading {
  readonly from: number;
  readonly to: number;
  readonly cutAtStart: boolean;
  readonly cutAtEnd: boolean;
}

function loadings({ forceN, samples }: Plate): Loading[] {
  const vertical = (sample: number): number => forceN[3 * sample + 2] ?? Number.NaN;
  const crossing = (sample: number): number => {
    const [before, after] = [vertical(sample - 1), vertical(sample)];
    return sample - 1 + (CONTACT_N - before) / (after - before);
  };
  const spans: Loading[] = [];
  let start = -1;
  for (let sample = 0; sample <= samples; sample++) {
    const loaded = sample < samples && vertical(sample) > CONTACT_N;
    if (loaded && start < 0) start = sample;
    if (loaded || start < 0) continue;
    const [cutAtStart, cutAtEnd] = [start === 0, sample === samples];
    spans.push({
      from: cutAtStart ? 0 : crossing(start),
      to: cutAtEnd ? samples : crossing(sample),
      cutAtStart,
      cutAtEnd,
    });
    start = -1;
  }
  return spans;
}

/** Loadings across breaks shorter than `samples` as one, and without those that are shorter themselves. */
function withoutFlicker(spans: readonly Loading[], samples: number): Loading[] {
  const joined: Loading[] = [];
  for (const span of spans) {
    const before = joined.at(-1);
    if (before && span.from - before.to < samples)
      joined[joined.length - 1] = { ...before, to: span.to, cutAtEnd: span.cutAtEnd };
    else joined.push(span);
  }
  return joined.filter(({ from, to }) => to - from >= samples);
}

function contactOf(
  recording: Recording,
  plate: Plate,
  index: number,
  span: Loading,
  all: readonly Loading[],
): PlateContact {
  const time = (sample: number): number => recording.firstTimeS + sample / plate.rateHz;
  const [startS, endS] = [time(span.from), time(span.to)];
  const feet = SIDES.map((side) => footOnPlate(recording, plate, side, startS, endS));
  const on = feet.filter((foot) => foot.stands);
  const foot = on.length === 1 ? (on[0] as FootOnPlate) : null;
  const near = (gap: number): boolean => gap > 0 && gap < SPLIT_S * plate.rateHz;
  const splitBefore = all.some((other) => near(span.from - other.to));
  const splitAfter = all.some((other) => near(other.from - span.to));
  const strikeFaults = [
    ...(span.cutAtStart ? ['the recording begins while the plate is loaded'] : []),
    ...(splitBefore ? ['the plate was loaded just before'] : []),
    ...(foot && !foot.heelOn ? ['the heel stands beside the plate'] : []),
  ];
  const offFaults = [
    ...(span.cutAtEnd ? ['the recording ends while the plate is loaded'] : []),
    ...(splitAfter ? ['the plate is loaded again at once'] : []),
    ...(foot && !foot.toesOn ? ['the toes stand beside the plate'] : []),
  ];
  const footFaults = on.length > 1 ? ['both feet stand on the plate'] : foot ? [] : ['no foot stands on it'];
  const [strikeWhole, offWhole] = [
    foot !== null && strikeFaults.length === 0,
    foot !== null && offFaults.length === 0,
  ];
  return {
    plate: index,
    startS,
    endS,
    peakN: peak(plate, span),
    side: foot?.side ?? null,
    strikeWhole,
    offWhole,
    whole: strikeWhole && offWhole,
    faults: [...footFaults, ...strikeFaults, ...offFaults],
  };
}

function peak({ forceN }: Plate, { from, to }: Loading): number {
  let greatest = 0;
  for (let sample = Math.ceil(from); sample < to; sample++)
    greatest = Math.max(greatest, forceN[3 * sample + 2] ?? 0);
  return greatest;
}
