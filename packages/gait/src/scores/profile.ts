import type { CurveCycles } from '../cycles/cycles.ts';
import { series } from '../signal/series.ts';
import { PROFILE_VARIABLES, type ProfileVariable } from '../variables.ts';

/** The cycle is sampled at 0, 2, …, 100 % by both scores. */
export const PROFILE_POINTS = 51;

/** Nine curves of one side, 51 values each, in degrees. */
export type GaitProfile = Readonly<Record<ProfileVariable, Float64Array>>;

/** A score that cannot be computed, and why. */
export class ScoreError extends Error {
  override readonly name = 'ScoreError';
  readonly code: 'missing-curve' | 'wrong-length' | 'not-finite';
  readonly variable: string;

  constructor(code: ScoreError['code'], variable: string, message: string) {
    super(message);
    this.code = code;
    this.variable = variable;
  }
}

/**
 * The nine curves that GDI and GPS are computed from, out of curves with 51 or 101 points.
 *
 * @throws ScoreError naming the curve that is missing, has another length or a gap
 */
export function gaitProfile(curves: Readonly<Record<string, ArrayLike<number> | undefined>>): GaitProfile {
  const entries = PROFILE_VARIABLES.map((variable): [ProfileVariable, Float64Array] => {
    const curve = curves[variable];
    if (!curve) throw new ScoreError('missing-curve', variable, `The curve ${variable} is missing.`);
    return [variable, sampled(variable, curve)];
  });
  return Object.fromEntries(entries) as unknown as GaitProfile;
}

/** The profile of one side's average cycles; null where one of the nine curves has none. */
export function profileOfCycles(curves: ReadonlyMap<string, CurveCycles>): GaitProfile | null {
  const means = PROFILE_VARIABLES.map((id) => [id, curves.get(id)?.average?.mean] as const);
  return means.every(([, mean]) => mean) ? gaitProfile(Object.fromEntries(means)) : null;
}

function sampled(variable: string, curve: ArrayLike<number>): Float64Array {
  const step = curve.length === PROFILE_POINTS ? 1 : curve.length === 2 * PROFILE_POINTS - 1 ? 2 : 0;
  if (step === 0) {
    const message = `The curve ${variable} has ${curve.length} points; 51 or 101 are expected.`;
    throw new ScoreError('wrong-length', variable, message);
  }
  const values = series(PROFILE_POINTS, (point) => curve[step * point] as number);
  if (!values.every(Number.isFinite))
    throw new ScoreError('not-finite', variable, `The curve ${variable} has a gap.`);
  return values;
}
