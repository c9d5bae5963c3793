import { PROFILE_VARIABLES } from '../variables.ts';
import { type GaitProfile, PROFILE_POINTS } from './profile.ts';

/** What the index measures with: it belongs to a norm package. */
export interface GdiBasis {
  /** How many control strides it was made from. */
  readonly controls: number;
  /** Fifteen features, each 459 numbers: nine curves in the order of the profile, 51 points each. */
  readonly features: readonly (readonly number[])[];
  /** The mean of the controls in each feature. */
  readonly controlMean: readonly number[];
  /** Mean and standard deviation (n − 1) of the natural logarithm of the controls' distances from their mean. */
  readonly meanLn: number;
  readonly sdLn: number;
}

/**
 * The gait deviation index of one side: 100 is the mean of the controls, each 10 below one standard deviation farther.
 * Source: Schwartz MH, Rozumalski A. Gait Posture 2008;28:351–7.
 */
export function gaitDeviationIndex(profile: GaitProfile, basis: GdiBasis): number {
  const squares = basis.features.map((feature, index) => {
    const score = dotProfile(profile, feature);
    return (score - (basis.controlMean[index] as number)) ** 2;
  });
  const raw = Math.log(Math.sqrt(squares.reduce((total, square) => total + square, 0)));
  return 100 - (10 * (raw - basis.meanLn)) / basis.sdLn;
}

function dotProfile(profile: GaitProfile, feature: readonly number[]): number {
  let total = 0;
  for (const [place, variable] of PROFILE_VARIABLES.entries())
    for (const [point, value] of profile[variable].entries())
      total += value * (feature[place * PROFILE_POINTS + point] as number);
  return total;
}
