import { describe, expect, test } from 'vitest';
import { describeWith } from '../testing/describe-with.ts';
import { hasNormTables, normPackage } from '../testing/norms.ts';
import { hasSharedData, PIG_TRIALS, readTrial, subjectOf, vendorCurve } from '../testing/shared-data.ts';
import {
  type AverageCycle,
  bandOf,
  betweenTimes,
  bothSides,
  type Calibration,
  calibrate,
  collectCycles,
  compareSessions,
  contactsOf,
  cutStrides,
  dimensionlessSpeed,
  fillGaps,
  findEvents,
  type GdiBasis,
  gaitDeviationIndex,
  kinematicsOf,
  kineticsOf,
  type LabSettings,
  matchNorms,
  profileOfCycles,
  type Recording,
  recordingOf,
  referenceWalkOf,
  SIDES,
  type Subject,
  screenStrides,
  spatioTemporal,
  stancesOf,
  summariseSpatioTemporal,
  VARIABLES,
  type WalkedTrial,
} from './index.ts';
import {
  SIMULATED_ADULT,
  simulateStanding,
  simulateWalk,
  USUAL_CAPTURE,
  USUAL_WALK,
  withStiffKnee,
} from './simulator/index.ts';

/** From a recording to its strides and curves. */
function walked(
  name: string,
  given: Recording,
  subject: Subject,
  lab: LabSettings,
  calibration: Calibration,
): WalkedTrial & { readonly recording: Recording } {
  const { recording } = fillGaps(given);
  const kinematics = kinematicsOf(recording, subject, lab, calibration);
  const { chosen, contacts } = findEvents(recording);
  const stances = stancesOf(chosen, contacts, recording);
  const kinetics = kineticsOf(kinematics, subject, contactsOf(recording, stances));
  const strides = screenStrides(recording, cutStrides(chosen, contacts));
  return { name, kinematics, kinetics, strides, recording };
}

function simulatedSession(pattern: typeof USUAL_WALK, firstSeed: number) {
  const { subject, lab } = SIMULATED_ADULT;
  const calibration = calibrate(simulateStanding(SIMULATED_ADULT).recording, subject, lab);
  const trials = [0, 1, 2].map((number) => {
    const { recording } = simulateWalk(SIMULATED_ADULT, pattern, {
      ...USUAL_CAPTURE,
      seed: firstSeed + number,
    });
    return walked(`walk ${number + 1}`, recording, subject, lab, calibration);
  });
  return { trials, cycles: collectCycles(trials) };
}

describe('a session of simulated walks', () => {
  const before = simulatedSession(withStiffKnee('left'), 1);
  const after = simulatedSession(USUAL_WALK, 11);

  test('has several strides of each side, angles of all and forces of those on plates', () => {
    for (const side of SIDES) {
      const { strides, curves } = before.cycles[side];
      expect(strides.length).toBeGreaterThanOrEqual(5);
      expect(curves.get('knee.flexion')?.average?.n).toBeGreaterThanOrEqual(5);
      expect(curves.get('knee.extension-moment')?.average?.n).toBeGreaterThanOrEqual(1);
      expect(curves.get('ground-reaction.upwards')?.average?.mean[30]).toBeGreaterThan(0.5);
    }
  });

  test('walks as fast as was put in, and as evenly', () => {
    const { speedMPerS } = summariseSpatioTemporal(
      bothSides((side) =>
        after.trials.flatMap(({ strides, recording }) =>
          strides.accepted[side].map((stride) => spatioTemporal(recording, stride)),
        ),
      ),
    );
    const put = (USUAL_WALK.cadencePerMin / 60) * 0.64;
    for (const side of SIDES) expect(Math.abs((speedMPerS[side]?.mean ?? 0) - put)).toBeLessThan(0.03);
    expect(Math.abs(speedMPerS.symmetryIndexPercent ?? Number.NaN)).toBeLessThan(2);
  });

  test("can become one of a clinic's norms, with a curve for every variable and a unit for every value", () => {
    const steps = bothSides((side) =>
      after.trials.flatMap(({ strides, recording }) =>
        strides.accepted[side].map((stride) => spatioTemporal(recording, stride)),
      ),
    );
    const walk = referenceWalkOf(after.cycles, steps, { ageYears: 40, legLengthMm: 890 });
    expect(VARIABLES.filter(({ id }) => walk.curves.get(id)?.length !== 2)).toEqual([]);
    expect(Object.entries(walk.values).filter(([, { unit }]) => unit === '')).toEqual([]);
    expect(walk.values).toMatchObject({
      speedMPerS: { unit: 'm/s' },
      cadencePerMin: { unit: '/min' },
      stepLengthM: { unit: 'm' },
      strideTimeS: { unit: 's' },
      stancePercent: { unit: '%' },
    });
    expect(walk.dimensionlessSpeed).toBeCloseTo(1.19 / Math.sqrt(9.81 * 0.89), 1);
  });

  test('shows the knee that bends again, on its side, towards and in swing', () => {
    const changes = compareSessions(before.cycles, after.cycles);
    const knee = (side: string) =>
      changes.find((one) => one.variable === 'knee.flexion' && one.side === side);
    expect(knee('left')?.verdict).toBe('beyond-error');
    for (const { fromPercent, difference } of knee('left')?.spans ?? []) {
      expect(fromPercent).toBeGreaterThan(40);
      expect(difference).toBeGreaterThan(5);
    }
    expect(knee('right')?.verdict).toBe('within-error');
  });

  test('repeated without a change shows none beyond error', () => {
    const again = simulatedSession(withStiffKnee('left'), 21);
    const angles = compareSessions(before.cycles, again.cycles).filter(
      ({ verdict }) => verdict === 'beyond-error',
    );
    expect(angles.map(({ variable, side }) => `${side} ${variable}`)).toEqual([]);
  });
});

for (const trial of PIG_TRIALS) describeWith(hasSharedData(), trial[0], () => wholePathOf(trial));

function wholePathOf([name, standingName, markerRadiusMm]: (typeof PIG_TRIALS)[number]): void {
  const trial = readTrial(name);
  const standing = readTrial(standingName);
  const subject = subjectOf(trial, standing);
  const lab = { markerRadiusMm, footFlat: true };
  const walk = walked(name, recordingOf(trial), subject, lab, calibrate(recordingOf(standing), subject, lab));
  const cycles = collectCycles([walk]);

  test('has its strides cut where the vendor marked them, none of them turning', () => {
    for (const side of SIDES) expect(walk.strides.accepted[side].length).toBeGreaterThanOrEqual(1);
    expect(new Set(walk.strides.excluded.map(({ reason }) => reason))).toEqual(new Set(['partial']));
  });

  test.each([
    ['knee.flexion', 'KneeAngles', 0],
    ['hip.adduction', 'HipAngles', 1],
    ['pelvis.tilt', 'PelvisAngles', 0],
  ] as const)(
    'has %s over the cycle as the vendor has it, to a hundredth of a degree',
    (variable, label, axis) => {
      for (const side of SIDES) {
        const vendor = vendorCurve(trial, `${side === 'left' ? 'L' : 'R'}${label}`);
        const curve =
          vendor && Float64Array.from({ length: vendor.length / 3 }, (_, f) => vendor[3 * f + axis] ?? 0);
        for (const [index, { stride }] of cycles[side].strides.entries()) {
          const theirs = curve && betweenTimes(curve, walk.kinematics, stride.startS, stride.endS);
          const ours = cycles[side].curves.get(variable)?.cycles[index];
          for (const [point, value] of (ours ?? []).entries())
            expect(Math.abs(value - (theirs?.[point] ?? Number.NaN))).toBeLessThan(0.01);
        }
      }
    },
  );

  test.skipIf(!hasNormTables())('is scored, and judged by children only with the word that it is', () => {
    const basis = normPackage('gdi-gps-2008').gdi as GdiBasis;
    for (const side of SIDES) {
      const profile = profileOfCycles(cycles[side].curves);
      const gdi = profile ? gaitDeviationIndex(profile, basis) : Number.NaN;
      process.stdout.write(`${name} ${side}: GDI ${gdi.toFixed(1)}\n`);
      expect(gdi).toBeGreaterThan(50);
      expect(gdi).toBeLessThan(110);
    }
    const first = walk.strides.accepted.left[0];
    const speed = first ? spatioTemporal(walk.recording, first).speedMPerS : null;
    const { caveats } = matchNorms(normPackage('schwartz-2008'), {
      ageYears: 40,
      footwear: 'barefoot',
      walkingAid: false,
      dimensionlessSpeed: speed && dimensionlessSpeed(speed, subject.legLengthMm.left),
    });
    expect(caveats.map(({ code }) => code)).toContain('children');
  });

  test.skipIf(!hasNormTables())(
    'has forces, moments and powers that turn the same way as the published ones',
    () => {
      const { sets } = normPackage('schwartz-2008');
      const published = Object.entries(sets.find(({ id }) => id === 'free')?.curves ?? {});
      for (const [id, norm] of published.filter(([, { unit }]) => unit !== 'deg'))
        for (const side of SIDES) {
          const average = cycles[side].curves.get(id)?.average;
          if (average)
            expect(correlation(average.mean, bandOf(norm).mean), `${side} ${id}`).toBeGreaterThan(0.3);
        }
    },
  );

  test('has vertical force of about the body weight in mid-stance', () => {
    const averages = SIDES.map((side) => cycles[side].curves.get('ground-reaction.upwards')?.average).filter(
      (average): average is AverageCycle => Boolean(average),
    );
    expect(averages.length).toBeGreaterThan(0);
    for (const { mean } of averages) expect(Math.max(...mean)).toBeGreaterThan(0.9);
  });
}

function correlation(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [a, b].map(
    (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  );
  let [ab, aa, bb] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    const [x, y] = [value - (meanA as number), (b[index] as number) - (meanB as number)];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}
