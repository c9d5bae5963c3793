import type { Kinetics } from '../kinetics/inverse-dynamics.ts';
import type { Kinematics } from '../model/kinematics.ts';
import { bothSides, type Side, type Sided } from '../side.ts';
import { curveOf, PROFILE_VARIABLES, VARIABLES, type Variable } from '../variables.ts';
import { type AverageCycle, averageCycle } from './average.ts';
import { betweenTimes, CYCLE_POINTS } from './normalise.ts';
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
    const cyclesOf = (variable: Variable) => trials.flatMap((trial) => trialCycles(trial, side, variable));
    const raw = new Map(VARIABLES.map((variable) => [variable.id, cyclesOf(variable)] as const));
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

function trialCycles(trial: WalkedTrial, side: Side, variable: Variable): Float64Array[] {
  const curve = curveOf(variable, side, trial.kinematics, trial.kinetics);
  return trial.strides.accepted[side].map((stride) => {
    if (!curve) return new Float64Array(CYCLE_POINTS).fill(Number.NaN);
    const cycle = betweenTimes(curve, trial.kinematics, stride.startS, stride.endS);
    return variable.source.kind === 'angle' ? cycle : carriedToTheEnd(cycle);
  });
}

/** How many of the last points may be carried on. */
const END_POINTS = 2;

/**
 * The force under a foot that lands beside the plates is unknown from its strike on, which is the last moment of the
 * cycle: a curve that is known up to there is carried on in a straight line.
 */
function carriedToTheEnd(cycle: Float64Array): Float64Array {
  const end = cycle.findLastIndex((value) => Number.isFinite(value)) + 1;
  if (end === cycle.length || end < cycle.length - END_POINTS) return cycle;
  const [before, last] = [cycle[end - 2] as number, cycle[end - 1] as number];
  return cycle.map((value, point) => (point < end ? value : last + (last - before) * (point - end + 1)));
}
