import type { Kinetics } from '../kinetics/inverse-dynamics.ts';
import type { Kinematics } from '../model/kinematics.ts';
import { bothSides, type Side, type Sided } from '../side.ts';
import { curveOf, PROFILE_VARIABLES, VARIABLES, variableOf } from '../variables.ts';
import { type AverageCycle, averageCycle } from './average.ts';
import { betweenTimes } from './normalise.ts';
import { mostTypical, type StrideDistance, strideDistances } from './outliers.ts';
import type { ScreenedStrides } from './screen.ts';
import type { Stride } from './stride.ts';

/** A walk with its strides, ready to be laid over others. */
export interface WalkedTrial {
  readonly name: string;
  readonly kinematics: Kinematics;
  /** Null where no plate was hit wholly. */
  readonly kinetics: Kinetics | null;
  readonly strides: ScreenedStrides;
}

/** A stride among those of all trials. */
export interface CollectedStride extends StrideDistance {
  readonly trial: string;
  readonly stride: Stride;
}

/** One curve of one side over the cycle. */
export interface CurveCycles {
  readonly variable: string;
  /** 101 values for each stride, in the order of the strides; NaN where it is not known. */
  readonly cycles: readonly Float64Array[];
  /** Of the strides without gaps that are no outliers; null where there are none. */
  readonly average: AverageCycle | null;
}

/** All cycles of one side. */
export interface SideCycles {
  readonly strides: readonly CollectedStride[];
  /** The stride that is most like the others, as its place among them; null where there is none. */
  readonly typical: number | null;
  /** By the id of the variable; without those that no trial has. */
  readonly curves: ReadonlyMap<string, CurveCycles>;
}

/** Lays the accepted strides of all trials over each other, for every variable and side. */
export function collectCycles(trials: readonly WalkedTrial[]): Sided<SideCycles> {
  return bothSides((side) => {
    const all = trials.flatMap((trial) => trial.strides.accepted[side].map((stride) => ({ trial, stride })));
    const cyclesOf = (id: string) => all.map(({ trial, stride }) => cycleOf(trial, side, stride, id));
    const raw = new Map(VARIABLES.map(({ id }) => [id, cyclesOf(id)] as const));
    const distances = strideDistances(
      all.map((_, index) => PROFILE_VARIABLES.map((id) => raw.get(id)?.[index] as Float64Array)),
    );
    const typical = mostTypical(distances);
    const kept = (cycles: readonly Float64Array[]) => cycles.filter((_, index) => !distances[index]?.outlier);
    const curves = new Map(
      [...raw]
        .filter(([, cycles]) => cycles.some((cycle) => cycle.some(Number.isFinite)))
        .map(([id, cycles]) => [id, { variable: id, cycles, average: averageCycle(kept(cycles)) }]),
    );
    return {
      strides: all.map(({ trial, stride }, index) => ({
        trial: trial.name,
        stride,
        ...(distances[index] as StrideDistance),
      })),
      typical: typical < 0 ? null : typical,
      curves,
    };
  });
}

function cycleOf(trial: WalkedTrial, side: Side, stride: Stride, id: string): Float64Array {
  const variable = variableOf(id);
  const curve = variable && curveOf(variable, side, trial.kinematics, trial.kinetics);
  if (!curve) return new Float64Array(101).fill(Number.NaN);
  return betweenTimes(curve, trial.kinematics, stride.startS, stride.endS);
}
