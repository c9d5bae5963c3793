import type { Sided } from '../side.ts';
import { rootMeanSquare } from '../signal/statistics.ts';
import { PROFILE_VARIABLES, type ProfileVariable } from '../variables.ts';
import type { GaitProfile } from './profile.ts';

/** The gait variable score of each of the nine curves, in degrees. */
export type GaitVariableScores = Readonly<Record<ProfileVariable, number>>;

/** The movement analysis profile: every score of both sides, and what they add up to. In degrees. */
export interface MovementAnalysisProfile {
  readonly gvs: Sided<GaitVariableScores>;
  readonly gps: Sided<number>;
  /** Of nine scores of the left and six of the right: the pelvis is counted once. */
  readonly gpsOverall: number;
}

/**
 * How far each curve is from the mean of the controls over the cycle (root mean square), and the gait profile score.
 * Source: Baker R, McGinley JL, Schwartz MH et al. Gait Posture 2009;30:265–9.
 */
export function movementAnalysisProfile(
  subject: Sided<GaitProfile>,
  controls: GaitProfile,
): MovementAnalysisProfile {
  const left = gaitVariableScores(subject.left, controls);
  const right = gaitVariableScores(subject.right, controls);
  const ofLegs = PROFILE_VARIABLES.filter((variable) => !variable.startsWith('pelvis.'));
  return {
    gvs: { left, right },
    gps: { left: gaitProfileScore(left), right: gaitProfileScore(right) },
    gpsOverall: rootMeanSquare([
      ...PROFILE_VARIABLES.map((variable) => left[variable]),
      ...ofLegs.map((variable) => right[variable]),
    ]),
  };
}

/** The root mean square difference of each curve from that of the controls, in degrees. */
export function gaitVariableScores(subject: GaitProfile, controls: GaitProfile): GaitVariableScores {
  const entries = PROFILE_VARIABLES.map((variable): [ProfileVariable, number] => {
    const control = controls[variable];
    return [
      variable,
      rootMeanSquare(subject[variable].map((value, point) => value - (control[point] as number))),
    ];
  });
  return Object.fromEntries(entries) as Record<ProfileVariable, number>;
}

/** The root mean square of the nine scores of a side, in degrees. */
export function gaitProfileScore(scores: GaitVariableScores): number {
  return rootMeanSquare(PROFILE_VARIABLES.map((variable) => scores[variable]));
}
