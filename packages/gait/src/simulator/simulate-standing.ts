import { type Frame, LAB, outOf } from '../geometry/axes.ts';
import { subtract, type Vector } from '../geometry/vector.ts';
import { bothSides, SIDES } from '../side.ts';
import { type BodyShape, bodyShapeOf } from './body-shape.ts';
import { footAxes } from './foot-motion.ts';
import { imperfect } from './imperfect.ts';
import { kneeFlexionFor, type LegChoice, legLengthMm } from './leg-angles.ts';
import { markerPaths } from './marker-paths.ts';
import { randomFrom } from './random.ts';
import { type Skeleton, skeletonOf } from './skeleton.ts';
import { type Capture, CLEAN_CAPTURE, type SimulatedPerson, type SimulatedTrial } from './trial.ts';
import { truthOf } from './truth.ts';
import { turnedBy } from './turn.ts';

const STANDING_TILT_DEG = 10;
const STANDING_KNEE_DEG = 3;

/** One second of quiet standing on flat feet: the trial that the model is calibrated from. */
export function simulateStanding(person: SimulatedPerson, capture: Capture = CLEAN_CAPTURE): SimulatedTrial {
  const shape = bodyShapeOf(person.subject, person.lab);
  const frames = Math.round(capture.rateHz);
  const skeletons = Array.from({ length: frames }, () => standingSkeleton(shape));
  const random = randomFrom(capture.seed);
  return {
    person,
    samplesPerFrame: capture.samplesPerFrame,
    recording: {
      rateHz: capture.rateHz,
      frames,
      firstTimeS: 0,
      markers: imperfect(markerPaths(skeletons, shape), frames, capture, random),
      plates: [],
      events: [],
    },
    truth: truthOf(skeletons, shape),
  };
}

function standingSkeleton(shape: BodyShape): Skeleton {
  const axes = turnedBy(LAB, { y: STANDING_TILT_DEG, x: 0, z: 0 });
  const choices = bothSides(
    (side): LegChoice => ({
      side,
      thighMm: shape.thighMm[side],
      shankMm: shape.shankMm[side],
      kneeVarusDeg: 0,
      kneeRotationDeg: 0,
      hipRotationDeg: 0,
    }),
  );
  const heights = SIDES.map(
    (side) =>
      legLengthMm(choices[side], STANDING_KNEE_DEG) +
      shape.foot[side].ankle[2] -
      outOf(axes, shape.hip[side])[2],
  );
  const pelvis: Frame = { ...axes, origin: [0, 0, Math.min(...heights)] };
  const legs = bothSides((side) => {
    const [x, y, z] = outOf(axes, shape.hip[side]);
    const hip: Vector = [x, y, pelvis.origin[2] + z];
    const ankle: Vector = [x, y, shape.foot[side].ankle[2]];
    const kneeFlexionDeg = kneeFlexionFor(choices[side], subtract(hip, ankle)[2]);
    return { choice: choices[side], hip, foot: { ankle, axes: footAxes(0, 0) }, kneeFlexionDeg };
  });
  return skeletonOf(pelvis, turnedBy(LAB, { y: 2, x: 0, z: 0 }), legs, shape);
}
