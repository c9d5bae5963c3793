/**
 * By how much each kinematic method is late, in seconds (negative: early); it is taken away from what the method finds.
 *
 * The median difference from the events marked by their own program or operator in four Plug-in Gait trials of three
 * people (20 strikes and 18 foot offs at comfortable speed). Fitted on three trials and judged on the fourth, the median
 * absolute error in milliseconds is: heel braking 6; Zeni, strikes 14 and foot offs 6; foot velocity, strikes 18 and foot
 * offs 8. The test beside this file fits them again in this way and prints every error.
 */
export const KINEMATIC_BIAS_S = {
  'heel-braking': { 'foot-strike': -0.03 },
  zeni: { 'foot-strike': -0.059, 'foot-off': -0.004 },
  'foot-velocity': { 'foot-strike': -0.01, 'foot-off': -0.017 },
} as const;
