import { printTable, round } from '../lib/report.ts';
import { type AngleDifference, compareAngles, worstAngle } from './angles.ts';
import { compareChosen, compareMethods, type FileResult, type MethodResult } from './events.ts';
import { compareKinetics, type KineticDifference, missedAims, worstRms } from './moments.ts';
import { compareSteps, type StepDifference, worstStepPercent } from './steps.ts';
import { shortName, vendorTrials } from './vendor-trials.ts';

/**
 * Moments and powers like for like: with the segments' inertia that the vendor's program has. What changes with the
 * inertia of the literature, which reports use, stands beside them.
 */
export interface Agreements {
  readonly hipKneeMaxDeg: number;
  readonly otherAnglesMaxDeg: number;
  readonly sagittalMomentRmsNmPerKg: number;
  readonly sagittalMomentRmsLiteratureInertiaNmPerKg: number;
  readonly powerRmsWPerKg: number;
  readonly powerRmsLiteratureInertiaWPerKg: number;
  readonly spatioTemporalMaxPercent: number | null;
  readonly eventMedianMs: number;
}

/** Prints how well real walks agree with the values that they brought with them. */
export function printAgreement(): Agreements {
  const trials = vendorTrials();
  const angles = compareAngles(trials);
  const kinetics = compareKinetics(trials);
  const steps = compareSteps(trials);
  const chosen = compareChosen();
  printAngles(angles);
  printKinetics(kinetics);
  printSteps(steps);
  printEvents(compareMethods(), chosen);
  return {
    hipKneeMaxDeg: round(worstAngle(angles, ['hip', 'knee']), 6),
    otherAnglesMaxDeg: round(worstAngle(angles, ['ankle', 'pelvis', 'footProgress', 'thorax', 'spine']), 6),
    sagittalMomentRmsNmPerKg: round(worstRms(kinetics, 'sagittal', 'vendor'), 4),
    sagittalMomentRmsLiteratureInertiaNmPerKg: round(worstRms(kinetics, 'sagittal', 'literature'), 4),
    powerRmsWPerKg: round(worstRms(kinetics, 'power', 'vendor'), 4),
    powerRmsLiteratureInertiaWPerKg: round(worstRms(kinetics, 'power', 'literature'), 4),
    spatioTemporalMaxPercent: roundedOrNull(worstStepPercent(steps)),
    eventMedianMs: round(Math.max(...chosen.map(({ medianMs }) => medianMs)), 1),
  };
}

function roundedOrNull(value: number | null): number | null {
  return value === null ? null : round(value, 4);
}

function printAngles(rows: readonly AngleDifference[]): void {
  printTable(
    'Angles against the vendor, largest difference of any frame, side and component',
    rows.map(({ trial, joint, maxDeg, compared, missing }) => [
      `${shortName(trial.name)}, ${joint}`,
      `${maxDeg.toFixed(6)}°`,
      `${compared} values${missing > 0 ? `, ${missing} that we do not know` : ''}${trial.judged ? '' : '; apart: its stored calibration is another'}`,
    ]),
  );
}

function printKinetics(rows: readonly KineticDifference[]): void {
  const unit = { moment: 'Nm/kg', power: 'W/kg' } as const;
  for (const phase of ['stance', 'swing'] as const) {
    const when =
      phase === 'stance'
        ? 'while a foot stands alone on a plate: what is judged'
        : 'while the foot is in the air beside that: only inertia and weight, not judged';
    printTable(
      `Moments and powers against the vendor, ${when}. First with the inertia of the literature, which reports use`,
      rows
        .filter((row) => row.phase === phase)
        .map((row) => {
          const { trial, joint, quantity, by } = row;
          const { literature, vendor } = by;
          const of = unit[quantity === 'power' ? 'power' : 'moment'];
          const told = ({ rms, r }: typeof vendor) => `RMS ${rms.toFixed(4)} ${of}, r ${r.toFixed(4)}`;
          const missed = phase === 'stance' ? missedIn(row) : '';
          return [
            `${shortName(trial.name)}, ${joint} ${quantity}`,
            told(literature),
            `with the vendor's inertia ${told(vendor)}; n ${vendor.n}${missed}`,
          ];
        }),
    );
  }
}

function missedIn(row: KineticDifference): string {
  const told = (name: string, missed: readonly string[]) =>
    missed.length > 0 ? [`${name}: ${missed.join(', ')}`] : [];
  const all = [
    ...told('literature', missedAims(row, 'literature')),
    ...told('vendor', missedAims(row, 'vendor')),
  ];
  return all.length > 0 ? `. MISSED ${all.join('; ')}` : '';
}

function printSteps(rows: readonly StepDifference[]): void {
  printTable(
    'Steps and speed against ANALYSIS',
    rows.map(({ trial, side, name, theirs, ours }) => [
      `${shortName(trial.name)}, ${side}, ${name}`,
      ours.toFixed(4),
      `theirs ${theirs.toFixed(4)}, ${(100 * Math.abs(ours / theirs - 1)).toFixed(4)} % apart`,
    ]),
  );
}

function printEvents(methods: readonly MethodResult[], chosen: readonly FileResult[]): void {
  const told = ({ n, marked, worstMs }: FileResult | MethodResult) =>
    `n ${n} of ${marked} marked, worst ${worstMs.toFixed(0)} ms`;
  printTable(
    'Each method alone against marked events, median absolute error; bias fitted on the other walks',
    [
      ...methods.map(
        (one) => [`${one.method}, ${one.kind}`, `${one.medianMs.toFixed(1)} ms`, told(one)] as const,
      ),
    ],
  );
  printTable('What is chosen without the marks, median absolute error', [
    ...chosen.map((one) => [shortName(one.name), `${one.medianMs.toFixed(1)} ms`, told(one)] as const),
  ]);
}
