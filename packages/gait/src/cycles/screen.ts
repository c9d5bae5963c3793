import type { GaitEvent } from '../events/event.ts';
import { walkingPaths } from '../events/foot-paths.ts';
import { at, type Path, type Recording } from '../recording.ts';
import { SIDES, type Side, type Sided } from '../side.ts';
import { median } from '../signal/statistics.ts';
import { type CutStrides, percentOf, type Stride } from './stride.ts';

export type ExclusionReason = 'partial' | 'events' | 'duration' | 'turning' | 'not-steady';

/** A stride that is not counted, and why; it is shown all the same. */
export interface ExcludedStride {
  readonly side: Side;
  readonly startS: number;
  /** Null for a stride that the recording does not hold to its end. */
  readonly endS: number | null;
  readonly reason: ExclusionReason;
  /** In words, for the report. */
  readonly why: string;
}

export interface ScreenedStrides {
  readonly accepted: Sided<readonly Stride[]>;
  readonly excluded: readonly ExcludedStride[];
}

/** Shorter is no stride and longer is a pause, in seconds; a slow patient's stride takes about 2.5 s. */
const DURATION_S = [0.5, 4] as const;
/** Against the median of the trial: a strike was missed or the person stopped. */
const LONGEST_OF_MEDIAN = 1.6;
/** The pelvis may have turned by so much from a strike to the next of the same foot, in degrees. */
const MOST_TURN_DEG = 20;
/** Setting off and stopping: a stride slower than this part of the trial's median speed. */
const LEAST_OF_MEDIAN_SPEED = 0.6;
/** Foot off lies between these per cents of the cycle in any walk; outside of them an event is wrong. */
const FOOT_OFF_PERCENT = [40, 90] as const;

/** Sorts out strides that are not steady straight walking between two strikes, each with its reason. */
export function screenStrides(recording: Recording, { strides, unfinished }: CutStrides): ScreenedStrides {
  const all = SIDES.flatMap((side) => strides[side]);
  const { pelvis } = walkingPaths(recording);
  const typical = {
    durationS: median(all.map(({ startS, endS }) => endS - startS)),
    pelvis,
    speed: median(all.map((stride) => speedOf(pelvis, recording, stride)).filter(Number.isFinite)),
  };
  const excluded: ExcludedStride[] = unfinished.map((event) => unfinishedStride(event));
  const accept = (stride: Stride): boolean => {
    const fault = faultOf(recording, stride, typical);
    if (!fault) return true;
    const { side, startS, endS } = stride;
    excluded.push({ side, startS, endS, ...fault });
    return false;
  };
  const accepted = { left: strides.left.filter(accept), right: strides.right.filter(accept) };
  return { accepted, excluded: excluded.toSorted((a, b) => a.startS - b.startS) };
}

function unfinishedStride({ side, timeS }: GaitEvent): ExcludedStride {
  return {
    side,
    startS: timeS,
    endS: null,
    reason: 'partial',
    why: 'the recording ends before the foot strikes again',
  };
}

interface Typical {
  readonly durationS: number;
  readonly speed: number;
  readonly pelvis: Path;
}

function faultOf(
  recording: Recording,
  stride: Stride,
  typical: Typical,
): Pick<ExcludedStride, 'reason' | 'why'> | null {
  const durationS = stride.endS - stride.startS;
  const shown = `${durationS.toFixed(2)} s`;
  if (durationS < DURATION_S[0] || durationS > DURATION_S[1])
    return { reason: 'duration', why: `it takes ${shown}, which no stride does` };
  if (durationS > LONGEST_OF_MEDIAN * typical.durationS)
    return {
      reason: 'duration',
      why: `it takes ${shown} where the others take ${typical.durationS.toFixed(2)} s`,
    };
  const lastFrame = recording.firstTimeS + (recording.frames - 1) / recording.rateHz;
  if (stride.startS < recording.firstTimeS - 1e-6 || stride.endS > lastFrame + 1e-6)
    return { reason: 'partial', why: 'the recording holds a part of it only' };
  const off = percentOf(stride, stride.footOffS);
  if (off === null) return { reason: 'events', why: 'no foot off was found in it' };
  if (off < FOOT_OFF_PERCENT[0] || off > FOOT_OFF_PERCENT[1])
    return { reason: 'events', why: `the foot leaves at ${off.toFixed(0)} % of it, which cannot be` };
  const turnDeg = Math.abs(turnOfPelvis(recording, stride));
  if (turnDeg > MOST_TURN_DEG)
    return { reason: 'turning', why: `the pelvis turns by ${turnDeg.toFixed(0)}° during it` };
  const speed = speedOf(typical.pelvis, recording, stride);
  if (speed < LEAST_OF_MEDIAN_SPEED * typical.speed)
    return { reason: 'not-steady', why: 'it is much slower than the others: setting off or stopping' };
  return null;
}

/** How far the line between the front spines turns from strike to strike, in degrees; 0 where they are not seen. */
function turnOfPelvis(recording: Recording, { startS, endS }: Stride): number {
  const [left, right] = [recording.markers.get('LASI'), recording.markers.get('RASI')];
  if (!left || !right) return 0;
  const heading = (timeS: number): number => {
    const frame = frameOf(recording, timeS);
    const [l, r] = [at(left, frame), at(right, frame)];
    return Math.atan2(l[1] - r[1], l[0] - r[0]);
  };
  const turn = heading(endS) - heading(startS);
  const wrapped = Math.atan2(Math.sin(turn), Math.cos(turn));
  return Number.isFinite(wrapped) ? (wrapped * 180) / Math.PI : 0;
}

/** Millimetres a second along the floor from strike to strike; NaN where the pelvis is not seen. */
function speedOf(path: Path, recording: Recording, { startS, endS }: Stride): number {
  const [a, b] = [at(path, frameOf(recording, startS)), at(path, frameOf(recording, endS))];
  return Math.hypot(b[0] - a[0], b[1] - a[1]) / (endS - startS);
}

function frameOf({ firstTimeS, rateHz }: Recording, timeS: number): number {
  return Math.round((timeS - firstTimeS) * rateHz);
}
