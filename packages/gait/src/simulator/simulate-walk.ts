import { add, type Vector } from '../geometry/vector.ts';
import type { VendorEvent } from '../recording.ts';
import { bothSides } from '../side.ts';
import { type BodyShape, bodyShapeOf } from './body-shape.ts';
import { bodyPoints, type FootLoad, footLoads, SMOOTHING_REACH_S } from './floor-forces.ts';
import { imperfect } from './imperfect.ts';
import { markerPaths } from './marker-paths.ts';
import { type PlatePlace, plateUnder } from './plates.ts';
import { randomFrom } from './random.ts';
import { skeletonOf } from './skeleton.ts';
import { layOutSteps, type Step, type Steps } from './steps.ts';
import { type Capture, CLEAN_CAPTURE, type SimulatedPerson, type SimulatedTrial } from './trial.ts';
import { truthOf } from './truth.ts';
import { USUAL_WALK, type WalkPattern } from './walk-pattern.ts';
import { type Walker, walkerOf } from './walker.ts';

/** Steps before the first and after the last recorded frame, so that every swing is between two known steps. */
const BEFORE = 2.4;
const AFTER = 5;

/**
 * A person walking through the lab along x, in the middle of a longer walk: markers, plates and all that is true of them.
 *
 * @throws RangeError when the steps are longer than the legs allow
 */
export function simulateWalk(
  person: SimulatedPerson,
  walk: WalkPattern = USUAL_WALK,
  capture: Capture = CLEAN_CAPTURE,
): SimulatedTrial {
  const random = randomFrom(capture.seed);
  const shape = bodyShapeOf(person.subject, person.lab);
  const count = Math.ceil(BEFORE + capture.steps + AFTER);
  const laidOut = layOutSteps(walk, count, capture.firstSide, random);
  const plated = platedSteps(laidOut, capture);
  const steps = centredOn(laidOut, plated);
  const walker = walkerOf(walk, shape, steps);
  const { rateHz, samplesPerFrame } = capture;
  const startS = steps.timeAt(BEFORE);
  const frames = Math.floor((steps.timeAt(BEFORE + capture.steps) - startS) * rateHz);
  const placeAt = (timeS: number) => steps.placeAt(startS + timeS);
  const skeletons = Array.from({ length: frames }, (_, frame) => {
    const { pelvis, thorax, legs } = walker.at(placeAt(frame / rateHz));
    return skeletonOf(pelvis, thorax, legs, shape);
  });
  const floor = floorOf({ walker, steps, shape, placeAt, capture, frames, massKg: person.subject.massKg });
  const events = eventsOf(steps, startS, frames / rateHz);
  const places = platePlaces(
    plated.map(({ n }) => steps.all[n] as Step),
    walk,
    shape,
  );
  const analogHz = rateHz * samplesPerFrame;
  const noise = () => (capture.forceNoiseN > 0 ? capture.forceNoiseN * random.normal() : 0);
  const atFrames = <T>(samples: readonly T[]) => samples.filter((_, n) => n % samplesPerFrame === 0);
  return {
    person,
    samplesPerFrame,
    recording: {
      rateHz,
      frames,
      firstTimeS: 0,
      markers: imperfect(markerPaths(skeletons, shape), frames, capture, random),
      plates: places.map((place) => plateUnder(place, floor.loads, analogHz, noise)),
      events: capture.marksEvents ? events : [],
    },
    truth: truthOf(skeletons, shape, {
      events,
      platedSides: plated.map(({ side }) => side),
      centreOfMassMm: atFrames(floor.centresMm),
      totalForceN: atFrames(floor.loads.map(totalOf)),
    }),
  };
}

/** The steps in the middle of the recording that fall on plates. */
function platedSteps({ all }: Steps, { steps, plates }: Capture): Step[] {
  const first = Math.max(3, Math.round(BEFORE + (steps - plates) / 2));
  return all.slice(first, first + plates);
}

/** The same steps with those on the plates about the middle of the lab. */
function centredOn(steps: Steps, plated: readonly Step[]): Steps {
  const about = plated.length > 0 ? plated : steps.all;
  const middleX = about.reduce((sum, { x }) => sum + x / about.length, 0);
  return { ...steps, all: steps.all.map((step) => ({ ...step, x: step.x - middleX })) };
}

/** One plate after the other along the way, as far apart as the person's steps are on average. */
function platePlaces(plated: readonly Step[], walk: WalkPattern, shape: BodyShape): PlatePlace[] {
  const meanStep = (walk.stepLengthMm.left + walk.stepLengthMm.right) / 2;
  const { heelPoint, toeTip } = shape.foot.left;
  return plated.map((step, n) => {
    const x = (n - (plated.length - 1) / 2) * meanStep;
    const nearer = Math.abs(step.x - x) < 60 ? x : step.x;
    return {
      middle: [nearer + (heelPoint[0] + toeTip[0]) / 2, 0],
      long: Math.min(508, 0.78 * meanStep),
      wide: 464,
    };
  });
}

function eventsOf({ all, timeAt }: Steps, startS: number, lengthS: number): VendorEvent[] {
  return all
    .flatMap(({ side, n, off }): VendorEvent[] => [
      { side, kind: 'foot-strike', timeS: timeAt(n) - startS },
      { side, kind: 'foot-off', timeS: timeAt(off) - startS },
    ])
    .filter(({ timeS }) => timeS >= 0 && timeS <= lengthS)
    .toSorted((a, b) => a.timeS - b.timeS);
}

/** The centre of mass and the feet's loads at every sample of the plates. */
function floorOf({
  walker,
  steps,
  shape,
  placeAt,
  capture,
  frames,
  massKg,
}: {
  readonly walker: Walker;
  readonly steps: Steps;
  readonly shape: BodyShape;
  readonly placeAt: (timeS: number) => number;
  readonly capture: Capture;
  readonly frames: number;
  readonly massKg: number;
}): { readonly loads: FootLoad[][]; readonly centresMm: Vector[] } {
  const rateHz = capture.rateHz * capture.samplesPerFrame;
  const samples = frames * capture.samplesPerFrame;
  const reach = Math.round(SMOOTHING_REACH_S * rateHz);
  const hips = Array.from({ length: samples + 2 * reach }, (_, n) =>
    walker.hipsAt(placeAt((n - reach) / rateHz)),
  );
  const points = bodyPoints(hips, rateHz);
  const feet = bothSides((side) => shape.foot[side]);
  return {
    loads: points.map((point, n) => footLoads(placeAt(n / rateHz), point, massKg, steps, feet)),
    centresMm: points.map(({ positionMm }) => positionMm),
  };
}

function totalOf(loads: readonly FootLoad[]): Vector {
  return loads.reduce<Vector>((sum, { forceN }) => add(sum, forceN), [0, 0, 0]);
}
