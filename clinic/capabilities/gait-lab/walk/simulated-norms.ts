import {
  bothSides,
  buildNormPackage,
  calibrate,
  collectCycles,
  contactsOf,
  cutStrides,
  dimensionlessSpeed,
  findEvents,
  kinematicsOf,
  kineticsOf,
  type NormPackage,
  type ReferenceWalk,
  randomFrom,
  SIDES,
  SIMULATED_ADULT,
  screenStrides,
  simulateStanding,
  simulateWalk,
  speedOf,
  stancesOf,
  USUAL_CAPTURE,
  USUAL_WALK,
  VARIABLES,
  type WalkPattern,
} from '@rectus/gait';

const WALKERS = 8;
const SEED = 7;

let made: NormPackage | null = null;

/** Bands of simulated walkers, for a clinic that has no norms yet: they show how a report looks, and judge nobody. */
export function simulatedNorms(): NormPackage {
  made ??= buildNormPackage(
    {
      id: 'simulated-walkers',
      name: 'Simulated walkers',
      population: `${WALKERS} simulated walks, no people`,
      footwear: 'barefoot',
      simulated: true,
      licence: { name: 'Apache-2.0', note: 'Made by this program.' },
      citation: 'None: made by the walking simulator of Rectus.',
      origin: 'the walking simulator',
    },
    Array.from({ length: WALKERS }, (_, n) => referenceWalk(SEED + n)),
  );
  return made;
}

function referenceWalk(seed: number): ReferenceWalk {
  const { subject, lab } = SIMULATED_ADULT;
  const pattern = variedWalk(seed);
  const { recording } = simulateWalk(SIMULATED_ADULT, pattern, {
    ...USUAL_CAPTURE,
    dropouts: { count: 0, longestFrames: 0 },
    seed,
  });
  const kinematics = kinematicsOf(
    recording,
    subject,
    lab,
    calibrate(simulateStanding(SIMULATED_ADULT).recording, subject, lab),
  );
  const { chosen, contacts } = findEvents(recording);
  const kinetics = kineticsOf(
    kinematics,
    subject,
    contactsOf(recording, stancesOf(chosen, contacts, recording)),
  );
  const strides = screenStrides(recording, cutStrides(chosen, contacts));
  const cycles = collectCycles([{ name: `walk ${seed}`, kinematics, kinetics, strides }]);
  return {
    ageYears: 35,
    dimensionlessSpeed: dimensionlessSpeed(speedOf(pattern), subject.legLengthMm.left),
    curves: new Map(
      VARIABLES.map(({ id }) => [
        id,
        SIDES.flatMap((side) => cycles[side].curves.get(id)?.average?.mean ?? []),
      ]),
    ),
    values: {},
  };
}

/** Walkers differ in what walkers differ in. */
function variedWalk(seed: number): WalkPattern {
  const random = randomFrom(seed);
  const about = (value: number, sd: number): number => value + sd * random.normal();
  const knee = about(USUAL_WALK.swingKneeDeg.left, 4);
  const step = about(USUAL_WALK.stepLengthMm.left, 25);
  return {
    ...USUAL_WALK,
    cadencePerMin: about(USUAL_WALK.cadencePerMin, 4),
    stepLengthMm: bothSides(() => step),
    toeOutDeg: bothSides(() => about(USUAL_WALK.toeOutDeg.left, 3)),
    swingKneeDeg: bothSides(() => knee),
    trunkLeanDeg: { forward: about(0, 2), left: about(0, 0.8) },
  };
}
