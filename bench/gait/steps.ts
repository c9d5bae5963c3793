import { numbersOf, textsOf } from '@rectus/c3d';
import {
  cutStrides,
  findEvents,
  SIDES,
  type SpatioTemporal,
  type Stride,
  spatioTemporal,
} from '@rectus/gait';
import type { VendorTrial } from './vendor-trials.ts';

/** The vendor's name of each of our values. */
const NAMES: Readonly<Record<string, keyof SpatioTemporal>> = {
  Cadence: 'cadencePerMin',
  'Walking Speed': 'speedMPerS',
  'Stride Time': 'strideTimeS',
  'Step Time': 'stepTimeS',
  'Opposite Foot Off': 'oppositeFootOffPercent',
  'Opposite Foot Contact': 'oppositeFootStrikePercent',
  'Foot Off': 'footOffPercent',
  'Single Support': 'singleSupportS',
  'Double Support': 'doubleSupportS',
  'Stride Length': 'strideLengthM',
  'Step Length': 'stepLengthM',
};

/** One value of a side as the file's own program has it, and as we have it for the stride that is nearest to it. */
export interface StepDifference {
  readonly trial: VendorTrial;
  readonly side: (typeof SIDES)[number];
  readonly name: string;
  readonly theirs: number;
  readonly ours: number;
}

/** Every value of ANALYSIS that we know too; the vendor tells one stride a side, and does not say which. */
export function compareSteps(trials: readonly VendorTrial[]): StepDifference[] {
  return trials.flatMap((trial) => {
    const { groups } = trial.file;
    const names = textsOf(groups, 'ANALYSIS', 'NAMES');
    const contexts = textsOf(groups, 'ANALYSIS', 'CONTEXTS');
    const values = numbersOf(groups, 'ANALYSIS', 'VALUES');
    const { chosen, contacts } = findEvents(trial.recording);
    const { strides } = cutStrides(chosen, contacts);
    return SIDES.flatMap((side) => {
      const theirs = new Map(
        names.flatMap((name, index): [string, number][] => {
          const value = values[index];
          return name in NAMES && contexts[index]?.toLowerCase() === side && value !== undefined
            ? [[name, value]]
            : [];
        }),
      );
      const whole = strides[side].filter(isWhole).map((stride) => spatioTemporal(trial.recording, stride));
      const ours = whole.toSorted((a, b) => apart(a, theirs) - apart(b, theirs))[0];
      if (!ours) return [];
      return [...theirs].flatMap(([name, value]): StepDifference[] => {
        const own = ours[NAMES[name] as keyof SpatioTemporal];
        return own === null ? [] : [{ trial, side, name, theirs: value, ours: own }];
      });
    });
  });
}

function isWhole({ oppositeFootOffS, footOffS }: Stride): boolean {
  return oppositeFootOffS !== null && footOffS !== null;
}

function apart(ours: SpatioTemporal, theirs: ReadonlyMap<string, number>): number {
  return Math.abs(ours.strideTimeS - (theirs.get('Stride Time') ?? 0));
}

/** The largest relative difference in percent. */
export function worstStepPercent(rows: readonly StepDifference[]): number | null {
  if (rows.length === 0) return null;
  return Math.max(...rows.map(({ ours, theirs }) => Math.abs(ours / theirs - 1) * 100));
}
