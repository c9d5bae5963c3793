import {
  bothSides,
  calibrate,
  collectCycles,
  contactsOf,
  cutStrides,
  dimensionlessSpeed,
  type Footwear,
  fillGaps,
  findEvents,
  GaitError,
  kinematicsOf,
  kineticsOf,
  type LabSettings,
  type NormPackage,
  type Recording,
  SIDES,
  type SideCycles,
  type Sided,
  type Subject,
  screenStrides,
  spatioTemporal,
  stancesOf,
  summariseSpatioTemporal,
  VARIABLES,
  type WalkedTrial,
} from '@rectus/gait';
import { motionOf } from '../viewer/motion-of.ts';
import { normsFor } from './norms-for.ts';
import { scoresOf } from './scores-of.ts';
import type { StoredCurve, StoredSteps, WalkReport } from './walk-report.ts';

/** What a session is made of. */
export interface WalkToAnalyse {
  readonly standing: Recording;
  readonly trials: readonly { readonly name: string; readonly recording: Recording }[];
  readonly subject: Subject;
  readonly lab: LabSettings;
  readonly person: {
    readonly ageYears: number | null;
    readonly footwear: Footwear;
    /** As it was told, for comparing sessions; empty for none. */
    readonly walkingAid: string;
  };
  /** Installed norm packages, the preferred first; without any of people, bands of the simulator are shown as such. */
  readonly norms: readonly NormPackage[];
}

interface Walked extends WalkedTrial {
  readonly recording: Recording;
  readonly remarks: readonly string[];
}

/**
 * Everything that the report of a session is made of, from its recordings: angles, events, strides, moments, steps and
 * times, scores, norms, and the motion for the viewer.
 *
 * @throws GaitError where a trial cannot be worked with, or no trial holds a whole stride
 */
export function analyseWalk(session: WalkToAnalyse): WalkReport {
  const { subject, lab, person } = session;
  const calibration = calibrate(fillGaps(session.standing).recording, subject, lab);
  const trials = session.trials.map((trial) => walked(trial, subject, lab, calibration));
  const cycles = collectCycles(trials);
  const shown = bestShown(trials);
  if (!shown)
    throw new GaitError(
      'no-frames',
      'In no trial was there a whole stride, from a foot strike to the next of that foot.',
    );
  const steps = stepsOf(trials);
  const speedMPerS = meanSpeed(steps);
  const leg = (subject.legLengthMm.left + subject.legLengthMm.right) / 2;
  return {
    trials: trials.map(({ name, strides }) => ({
      name,
      strides: bothSides((side) => strides.accepted[side].length),
    })),
    conditions: { footwear: person.footwear, walkingAid: person.walkingAid || 'none', speedMPerS },
    footOffPercent: bothSides((side) => steps.footOffPercent[side]?.mean ?? null),
    curves: curvesOf(cycles),
    steps,
    norms: normsFor(session.norms, {
      ageYears: person.ageYears,
      footwear: person.footwear,
      walkingAid: person.walkingAid !== '',
      dimensionlessSpeed: speedMPerS === null ? null : dimensionlessSpeed(speedMPerS, leg),
    }),
    scores: scoresOf(cycles, session.norms),
    remarks: [...trials.flatMap(({ remarks }) => remarks), ...outlierRemarks(cycles)],
    motion: motionOf(shown),
  };
}

function walked(
  { name, recording: given }: WalkToAnalyse['trials'][number],
  subject: Subject,
  lab: LabSettings,
  calibration: ReturnType<typeof calibrate>,
): Walked {
  const { recording, filled, open } = fillGaps(given);
  const kinematics = kinematicsOf(recording, subject, lab, calibration);
  const { chosen, contacts } = findEvents(recording);
  const stances = stancesOf(chosen, contacts, recording);
  const hasForces = stances.some(({ plate }) => plate !== null);
  const kinetics = hasForces ? kineticsOf(kinematics, subject, contactsOf(recording, stances)) : null;
  const strides = screenStrides(recording, cutStrides(chosen, contacts));
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  const left = strides.excluded.filter(({ reason }) => reason !== 'partial');
  const remarks = [
    ...(filled.length > 0 ? [`${name}: ${count(filled.length, 'short gap')} of markers filled.`] : []),
    ...(open.length > 0 ? [`${name}: ${count(open.length, 'longer gap')} of markers left open.`] : []),
    ...left.map(({ side, why }) => `${name}: a ${side} stride is not counted. ${why}`),
  ];
  return { name, kinematics, kinetics, strides, recording, remarks };
}

/** The trial with the most whole strides; among equals one with forces. */
function bestShown(trials: readonly Walked[]): Walked | null {
  const worth = ({ strides, kinetics }: Walked): number =>
    strides.accepted.left.length + strides.accepted.right.length + (kinetics ? 0.5 : 0);
  const best = trials.toSorted((a, b) => worth(b) - worth(a))[0];
  return best && worth(best) >= 1 ? best : null;
}

function stepsOf(trials: readonly Walked[]): StoredSteps {
  const summary = summariseSpatioTemporal(
    bothSides((side) =>
      trials.flatMap(({ strides, recording }) =>
        strides.accepted[side].map((stride) => spatioTemporal(recording, stride)),
      ),
    ),
  );
  const entries = Object.entries(summary).map(([name, sided]) => [
    name,
    {
      ...bothSides((side) => {
        const value = sided[side];
        return value && { ...value, sd: Number.isFinite(value.sd) ? value.sd : null };
      }),
      symmetryIndexPercent: sided.symmetryIndexPercent,
    },
  ]);
  return Object.fromEntries(entries) as StoredSteps;
}

function meanSpeed({ speedMPerS }: StoredSteps): number | null {
  const known = SIDES.flatMap((side) => speedMPerS[side]?.mean ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function curvesOf(cycles: Sided<SideCycles>): Record<string, Sided<StoredCurve | null>> {
  const stored = (side: 'left' | 'right', id: string): StoredCurve | null => {
    const average = cycles[side].curves.get(id)?.average;
    if (!average) return null;
    return { n: average.n, mean: rounded(average.mean), sd: average.n < 2 ? null : rounded(average.sd) };
  };
  return Object.fromEntries(
    VARIABLES.map(({ id }) => [id, bothSides((side) => stored(side, id))] as const).filter(
      ([, sided]) => sided.left || sided.right,
    ),
  );
}

/** Far finer than any error, and short to keep. */
function rounded(values: Float64Array): number[] {
  return Array.from(values, (value) => Math.round(value * 10_000) / 10_000);
}

function outlierRemarks(cycles: Sided<SideCycles>): string[] {
  return SIDES.flatMap((side) => {
    const outliers = cycles[side].strides.filter(({ outlier }) => outlier).length;
    return outliers === 0
      ? []
      : [
          `${outliers} ${side} ${outliers === 1 ? 'stride is' : 'strides are'} unlike the others and left out of the mean.`,
        ];
  });
}
