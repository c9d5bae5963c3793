import { betweenTimes } from '../cycles/normalise.ts';
import { buildNormPackage, type ReferenceWalk } from '../norms/build.ts';
import type { NormPackage } from '../norms/package.ts';
import { SIDES, type Side } from '../side.ts';
import { dimensionlessSpeed } from '../spatio-temporal/summary.ts';
import { VARIABLES } from '../variables.ts';
import { randomFrom } from './random.ts';
import { simulateWalk } from './simulate-walk.ts';
import { CLEAN_CAPTURE, SIMULATED_ADULT, type SimulatedTrial } from './trial.ts';
import { speedOf, USUAL_WALK, type WalkPattern } from './walk-pattern.ts';

/**
 * Bands for a program without norms, so that a report can be seen whole: simulated walks that differ a little. They are
 * no norms of people, and every report that uses them says so.
 */
export function simulatedNorms(people = 12, seed = 2026): NormPackage {
  const random = randomFrom(seed);
  return buildNormPackage(
    {
      id: 'simulated',
      name: 'Simulated walks',
      population: 'simulated walks, not people',
      footwear: 'unknown',
      simulated: true,
      licence: { name: 'Apache-2.0', note: 'Made by this program.' },
      citation: 'The walking simulator of this program',
      origin: `${people} walks of the simulator`,
    },
    Array.from({ length: people }, (_, n) => referenceWalk(differing(random.normal), n, seed)),
  );
}

function differing(normal: () => number): WalkPattern {
  const step = USUAL_WALK.stepLengthMm.left * (1 + 0.03 * normal());
  const knee = 60 + 3 * normal();
  const push = Math.min(1.1, Math.max(0.85, 1 + 0.06 * normal()));
  return {
    ...USUAL_WALK,
    cadencePerMin: USUAL_WALK.cadencePerMin * (1 + 0.05 * normal()),
    stepLengthMm: { left: step, right: step },
    stepWidthMm: USUAL_WALK.stepWidthMm + 15 * normal(),
    swingKneeDeg: { left: knee, right: knee },
    pushOff: { left: push, right: push },
  };
}

function referenceWalk(walk: WalkPattern, n: number, seed: number): ReferenceWalk {
  const trial = simulateWalk(SIMULATED_ADULT, walk, {
    ...CLEAN_CAPTURE,
    samplesPerFrame: 1,
    plates: 0,
    steps: 4,
    seed: seed + n,
  });
  const angles = VARIABLES.flatMap(({ id, source }) =>
    source.kind === 'angle' ? [{ id, joint: source.joint, component: source.component }] : [],
  );
  const curves = angles.map(({ id, joint, component }) => {
    const sides = SIDES.flatMap((side) => {
      const values = trial.truth.angles[side][joint].filter((_, n) => n % 3 === component);
      const stride = firstStride(trial, side);
      return stride ? [betweenTimes(values, trial.recording, ...stride)] : [];
    });
    return [id, sides] as const;
  });
  const speed = speedOf(walk);
  return {
    // Nobody has an age here: all adults, so that no report warns of age as well.
    ageYears: 18 + 6 * n,
    dimensionlessSpeed: dimensionlessSpeed(speed, SIMULATED_ADULT.subject.legLengthMm.left),
    curves: new Map(curves),
    values: {
      speedMPerS: { unit: 'm/s', value: speed },
      cadencePerMin: { unit: '/min', value: walk.cadencePerMin },
      stepLengthM: { unit: 'm', value: walk.stepLengthMm.left / 1000 },
    },
  };
}

function firstStride({ truth }: SimulatedTrial, side: Side): readonly [startS: number, endS: number] | null {
  const [start, end] = truth.events.filter((one) => one.side === side && one.kind === 'foot-strike');
  return start && end ? [start.timeS, end.timeS] : null;
}
