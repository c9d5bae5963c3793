/** How far two sessions of the same person may differ without any change in the walk. */
export interface MeasurementError {
  /** In degrees, at any moment of the cycle. */
  readonly betweenSessionsDeg: number;
  /** Studies found more than this, without an upper limit to go by: a difference cannot be told from error. */
  readonly orMore: boolean;
}

/**
 * The errors between sessions that most studies stayed below. Lowest in pelvic obliquity and rotation and in hip adduction
 * (2° counts as acceptable); below 5° elsewhere; more than 5° in the rotations of hip and knee. The review does not cover
 * the trunk, nor the rotation of the foot on the shank.
 * Source: McGinley JL, Baker R, Wolfe R, Morris ME. Gait Posture 2009;29:360–9.
 */
const MCGINLEY_2009: Readonly<Record<string, MeasurementError>> = {
  'pelvis.tilt': { betweenSessionsDeg: 5, orMore: false },
  'pelvis.obliquity': { betweenSessionsDeg: 2, orMore: false },
  'pelvis.rotation': { betweenSessionsDeg: 2, orMore: false },
  'hip.flexion': { betweenSessionsDeg: 5, orMore: false },
  'hip.adduction': { betweenSessionsDeg: 2, orMore: false },
  'hip.rotation': { betweenSessionsDeg: 5, orMore: true },
  'knee.flexion': { betweenSessionsDeg: 5, orMore: false },
  'knee.adduction': { betweenSessionsDeg: 5, orMore: false },
  'knee.rotation': { betweenSessionsDeg: 5, orMore: true },
  'ankle.dorsiflexion': { betweenSessionsDeg: 5, orMore: false },
  'foot.progression': { betweenSessionsDeg: 5, orMore: false },
};

export const MEASUREMENT_ERROR_SOURCE =
  'McGinley JL, Baker R, Wolfe R, Morris ME. The reliability of three-dimensional kinematic gait measurements: a systematic review. Gait Posture 2009;29(3):360-9';

/**
 * The measurement error of a curve, or null where nothing is published that we could go by.
 *
 * @param own what a laboratory found in its own repeated sessions, by the id of the variable; it goes before the review
 */
export function measurementErrorOf(
  variable: string,
  own: Readonly<Record<string, MeasurementError>> = {},
): MeasurementError | null {
  return own[variable] ?? MCGINLEY_2009[variable] ?? null;
}

/**
 * The error between sessions from a laboratory's own standard error of measurement: the smallest difference that is real
 * in 95 of 100 cases, 1.96 · √2 · SEM.
 * Source: Weir JP. J Strength Cond Res 2005;19:231–40.
 */
export function errorFromSem(semDeg: number): MeasurementError {
  return { betweenSessionsDeg: 1.96 * Math.SQRT2 * semDeg, orMore: false };
}
