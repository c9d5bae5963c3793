import { length, subtract, type Vector } from '../geometry/vector.ts';
import type { FootShape } from './body-shape.ts';
import { type PlacedFoot, pointOfFoot, SWINGING_PITCH_DEG, standingPitchDeg } from './foot-motion.ts';
import { bridge, type Curve, ease, hump, type Jet, jetOf, minus } from './smooth.ts';
import type { Step } from './steps.ts';
import type { Footfall } from './walk-pattern.ts';
import { USUAL_KNEE_DEG } from './walk-pattern.ts';

/** A foot in the air between two steps, by place: the leg's direction in radians, the rest in degrees. */
export interface Swing {
  readonly from: number;
  readonly to: number;
  readonly along: Curve;
  readonly aside: Curve;
  readonly kneeFlexion: Curve;
  readonly pitch: Curve;
  readonly yaw: Curve;
}

const STILL: Jet = { value: 0, slope: 0, bend: 0 };
/** A swinging foot gets ready to land in this last part of the swing. */
const LANDS_IN = 0.5;

export function swingBetween(
  from: Step,
  to: Step,
  footfall: Footfall,
  standing: (step: Step, place: number) => StandingLeg,
): Swing {
  const toAnkle = ({ foot, hip }: StandingLeg) => subtract(foot.ankle, hip);
  const along = (leg: StandingLeg) => Math.atan2(toAnkle(leg)[0], -toAnkle(leg)[2]);
  const aside = (leg: StandingLeg) => Math.asin(toAnkle(leg)[1] / length(toAnkle(leg)));
  const halfway = from.off + 0.5 * (to.n - from.off);
  const late = to.n - LANDS_IN * (to.n - from.off);
  // A landing foot is stopped by the floor: its speed joins, its acceleration need not.
  const landingJet = (own: (step: Step) => Curve): Jet => ({ ...jetOf(own(to), to.n, 1), bend: 0 });
  /** As `less` in the middle of the swing; led over from what stood and to what will stand. */
  const between = (own: (step: Step) => Curve, less: Curve): Curve => {
    const start = minus(jetOf(own(from), from.off, -1), jetOf(less, from.off, -1));
    const end = minus(landingJet(own), jetOf(less, to.n, 1));
    const leaving = bridge(from.off, start, halfway, STILL);
    const landing = bridge(late, STILL, to.n, end);
    return (place) => less(place) + (place < halfway ? leaving(place) : place < late ? 0 : landing(place));
  };
  const read =
    (what: (leg: StandingLeg) => number) =>
    (step: Step): Curve =>
    (place) =>
      what(standing(step, place));
  const pitch =
    (step: Step): Curve =>
    (place) =>
      standingPitchDeg(place - step.n, footfall);
  const through = (own: (step: Step) => Curve): Curve =>
    bridge(from.off, jetOf(own(from), from.off, -1), to.n, landingJet(own));
  const kneeFlexion = between(
    read((leg) => leg.kneeFlexionDeg),
    (place) => USUAL_KNEE_DEG((place - from.n) / 2),
  );
  return {
    from: from.off,
    to: to.n,
    along: through(read(along)),
    aside: through(read(aside)),
    kneeFlexion: withPeak(kneeFlexion, from.off, to.n, from.swingKneeDeg),
    pitch: between(pitch, (place) => SWINGING_PITCH_DEG((place - from.n) / 2)),
    yaw: bridge(from.off, { ...STILL, value: from.yawDeg }, to.n, { ...STILL, value: to.yawDeg }),
  };
}

/** A curve with a hump added that makes its highest point `peak`, and leaves both ends as they join. */
function withPeak(curve: Curve, from: number, to: number, peak: number): Curve {
  const raised =
    (by: number): Curve =>
    (at) =>
      curve(at) + by * hump((at - from) / (to - from));
  const highest = (of: Curve) => {
    let most = Number.NEGATIVE_INFINITY;
    for (let n = 0; n <= 100; n++) most = Math.max(most, of(from + (n / 100) * (to - from)));
    return most;
  };
  let [low, high] = [-25, 60];
  for (let round = 0; round < 40; round++) {
    const half = (low + high) / 2;
    if (highest(raised(half)) < peak) low = half;
    else high = half;
  }
  return raised((low + high) / 2);
}

/**
 * The forefoot passes the floor at about this height: 12.9 mm in young adults, who vary by 4 mm. Source: Winter DA. Phys
 * Ther 1992;72:45–53, who found too that the heel lands without vertical speed and at 0.87 m/s along the floor.
 */
const TOE_CLEARANCE_MM = 13;
/** The heel comes down from this height over the last part of the swing. */
const HEEL_CLEARANCE_MM = 14;
const HEEL_COMES_DOWN = 0.35;
/** By how much a swing is changed at most, in degrees. */
const MOST_REACH_DEG = 14;
const MOST_LIFT_DEG = 25;

/** The swing with the toes held higher and the leg reaching forwards sooner, by as little as keeps the foot off the floor. */
export function clearOfTheFloor(
  swing: Swing,
  footOf: (swing: Swing, place: number) => PlacedFoot,
  shape: FootShape,
): Swing {
  const lowest = (one: Swing, points: readonly Vector[], from: number, to: number, less: Curve): number => {
    let least = Number.POSITIVE_INFINITY;
    for (let n = 0; n <= 24; n++) {
      const s = from + (n / 24) * (to - from);
      const foot = footOf(one, swing.from + s * (swing.to - swing.from));
      for (const point of points) least = Math.min(least, pointOfFoot(foot, shape, point)[2] - less(s));
    }
    return least;
  };
  const share = (place: number) => (place - swing.from) / (swing.to - swing.from);
  const lifting = (deg: number): Swing => ({
    ...swing,
    pitch: (place) => swing.pitch(place) - deg * hump(share(place)),
  });
  const toes = [shape.ballPoint, shape.toeTip];
  const lifted = lifting(
    leastThat((deg) => lowest(lifting(deg), toes, 0.2, 0.8, () => TOE_CLEARANCE_MM) >= 0, MOST_LIFT_DEG),
  );
  const reaching = (deg: number): Swing => ({
    ...lifted,
    along: (place) => lifted.along(place) + ((deg * Math.PI) / 180) * hump((share(place) - 0.3) / 0.7),
  });
  const heelHeight: Curve = (s) => HEEL_CLEARANCE_MM * ease((1 - s) / HEEL_COMES_DOWN);
  return reaching(
    leastThat((deg) => lowest(reaching(deg), [shape.heelPoint], 0.5, 0.96, heelHeight) >= 0, MOST_REACH_DEG),
  );
}

/** The least number from 0 to `most` that is enough, or `most` where none is. */
function leastThat(isEnough: (value: number) => boolean, most: number): number {
  if (isEnough(0)) return 0;
  let [low, high] = [0, most];
  for (let round = 0; round < 24; round++) {
    const half = (low + high) / 2;
    if (isEnough(half)) high = half;
    else low = half;
  }
  return high;
}

/** What a swing must know of a leg on the floor. */
export interface StandingLeg {
  readonly hip: Vector;
  readonly foot: PlacedFoot;
  readonly kneeFlexionDeg: number;
}
