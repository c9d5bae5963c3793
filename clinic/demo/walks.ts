import {
  SIMULATED_ADULT,
  type SimulatedPerson,
  USUAL_WALK,
  type WalkPattern,
  withStiffKnee,
} from '@rectus/gait';

/** How the people of the demo's gait sessions are built and how they walk. Nobody was measured: all of it is simulated. */

/** The mother of the first story. */
export const MOTHER_BODY: SimulatedPerson = {
  subject: {
    massKg: 66,
    heightMm: 1660,
    legLengthMm: { left: 865, right: 865 },
    kneeWidthMm: { left: 100, right: 100 },
    ankleWidthMm: { left: 68, right: 68 },
    interAsisMm: 240,
    asisTrochanterMm: null,
  },
  lab: SIMULATED_ADULT.lab,
};

/** Seven weeks after the birth: slow, with short steps of the left foot, and a trunk that is held forward and to the left. */
export const GUARDED_WALK: WalkPattern = {
  ...USUAL_WALK,
  cadencePerMin: 98,
  stepLengthMm: { left: 500, right: 560 },
  stepWidthMm: 135,
  stancePercent: { left: 64, right: 62.5 },
  timeAsymmetry: -0.03,
  swingKneeDeg: { left: 55, right: 58 },
  pushOff: { left: 0.85, right: 0.9 },
  trunkLeanDeg: { forward: 7, left: 4 },
};

/** Six weeks later: longer, even steps, and nearly upright. */
export const FREER_WALK: WalkPattern = {
  ...USUAL_WALK,
  cadencePerMin: 110,
  stepLengthMm: { left: 610, right: 615 },
  stepWidthMm: 115,
  stancePercent: { left: 61.5, right: 61.5 },
  swingKneeDeg: { left: 59, right: 60 },
  trunkLeanDeg: { forward: 2, left: 1 },
};

/** Somebody taller whose left knee hardly bends in swing. */
export const TALLER_BODY: SimulatedPerson = {
  subject: {
    massKg: 82,
    heightMm: 1820,
    legLengthMm: { left: 960, right: 960 },
    kneeWidthMm: { left: 110, right: 110 },
    ankleWidthMm: { left: 76, right: 76 },
    interAsisMm: 255,
    asisTrochanterMm: null,
  },
  lab: SIMULATED_ADULT.lab,
};
export const STIFF_WALK: WalkPattern = withStiffKnee('left');
