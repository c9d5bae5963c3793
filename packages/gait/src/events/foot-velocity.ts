import type { Recording } from '../recording.ts';
import { SIDES, type Side } from '../side.ts';
import { peaksOf, rangeOf, valleysOf } from '../signal/peaks.ts';
import type { EventKind, GaitEvent } from './event.ts';
import { component, halfway, smoothPath, walkingPaths } from './foot-paths.ts';
import { KINEMATIC_BIAS } from './kinematic-bias.ts';

/** The cut-off and the share of the heel's height below which a strike can lie: O'Connor 2007, section 2. */
const CUTOFF_HZ = 7;
const LOW_HEEL = 0.35;
/** A peak of the velocity counts when it stands out by this part of the curve's whole range. */
const LEAST_PART = 0.12;

/** The foot rises a second time late in the swing, more slowly: a foot off is at least this part of the fastest rise. */
const FAST_PART = 0.6;

/**
 * Foot strikes where the middle of heel and toe goes down fastest while the heel is low, and foot offs where it goes up
 * fastest; corrected by the bias of the method.
 * Source: O'Connor CM, Thorpe SK, O'Malley MJ, Vaughan CL. Gait Posture 2007;25:469–74.
 *
 * @throws GaitError `missing-marker`
 */
export function footVelocityEvents(recording: Recording, { bias = KINEMATIC_BIAS } = {}): GaitEvent[] {
  const { rateHz, firstTimeS } = recording;
  const { heel, toe } = walkingPaths(recording);
  return SIDES.flatMap((side) => {
    const middle = smoothPath(halfway(heel[side], toe[side]), rateHz, CUTOFF_HZ);
    const velocity = slope(component(middle, 2), rateHz);
    const heights = component(smoothPath(heel[side], rateHz, CUTOFF_HZ), 2);
    const low = lowest(heights) + LOW_HEEL * rangeOf(heights);
    const least = LEAST_PART * rangeOf(velocity);
    const event = (kind: EventKind, frame: number): GaitEvent => {
      return velocityEvent(side, kind, firstTimeS + frame / rateHz - bias['foot-velocity'][kind]);
    };
    const strikes = valleysOf(velocity, least).filter(
      ({ frame, value }) => value < 0 && (heights[Math.round(frame)] as number) < low,
    );
    const peaks = peaksOf(velocity, least);
    const fastest = Math.max(...peaks.map(({ value }) => value));
    const offs = peaks.filter(({ value }) => value > FAST_PART * fastest);
    return [
      ...strikes.map(({ frame }) => event('foot-strike', frame)),
      ...offs.map(({ frame }) => event('foot-off', frame)),
    ];
  });
}

function velocityEvent(side: Side, kind: EventKind, timeS: number): GaitEvent {
  const why =
    kind === 'foot-strike' ? 'the foot goes down fastest while the heel is low' : 'the foot goes up fastest';
  return { side, kind, timeS, source: 'foot-velocity', confidence: 'low', why, plate: null, usable: true };
}

/** By central differences; NaN at the ends. */
function slope(values: Float64Array, rateHz: number): Float64Array {
  return values.map((_, frame) =>
    frame === 0 || frame === values.length - 1
      ? Number.NaN
      : (((values[frame + 1] as number) - (values[frame - 1] as number)) * rateHz) / 2,
  );
}

function lowest(values: Float64Array): number {
  return values.reduce(
    (least, value) => (Number.isFinite(value) ? Math.min(least, value) : least),
    Number.POSITIVE_INFINITY,
  );
}
