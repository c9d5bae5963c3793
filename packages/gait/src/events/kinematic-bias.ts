import type { EventKind } from './event.ts';

export type KinematicMethod = 'heel-braking' | 'zeni' | 'foot-velocity';

/** By how much each kinematic method is late, in seconds (negative: early); taken away from what the method finds. */
export type KinematicBias = Readonly<Record<KinematicMethod, Readonly<Record<EventKind, number>>>>;

const NONE = { 'foot-strike': 0, 'foot-off': 0 };
export const NO_BIAS: KinematicBias = { 'heel-braking': NONE, zeni: NONE, 'foot-velocity': NONE };

/**
 * The median difference from the events marked by their own program or operator in four Plug-in Gait trials of three
 * people (20 strikes and 18 foot offs at comfortable speed), by `fitKinematicBias`. Fitted on three trials and judged on
 * the fourth, the median absolute error in milliseconds is: heel braking 6; Zeni, strikes 14 and foot offs 6; foot
 * velocity, strikes 18 and foot offs 8. The test of real trials fits them again in this way and prints every error.
 */
export const KINEMATIC_BIAS: KinematicBias = {
  'heel-braking': { 'foot-strike': -0.03, 'foot-off': 0 },
  zeni: { 'foot-strike': -0.059, 'foot-off': -0.004 },
  'foot-velocity': { 'foot-strike': -0.01, 'foot-off': -0.017 },
};
