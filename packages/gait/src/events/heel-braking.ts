import type { Recording } from '../recording.ts';
import { SIDES } from '../side.ts';
import type { GaitEvent } from './event.ts';
import { component, smoothPath, walkingPaths } from './foot-paths.ts';
import { KINEMATIC_BIAS } from './kinematic-bias.ts';
import { extremeFrames } from './zeni.ts';

const CUTOFF_HZ = 10;
/** Where the floor is looked for, from the moment in which the heel is farthest in front of the pelvis. */
const WINDOW_S = [-0.05, 0.2] as const;

/**
 * Foot strikes where the heel's way down is braked most suddenly (the greatest vertical jerk), near each strike that
 * Zeni's method finds; corrected by the bias of the method.
 *
 * The idea is that of Hreljac A, Marshall RN (J Biomech 2000;33:783–6), who took the greatest vertical acceleration of the
 * heel; the jerk comes earlier and lay nearer to the force plates in the trials that this was tried on. It is ours, was
 * tried on few people, and is therefore only used where Zeni's method agrees with it (see `chooseEvents`).
 *
 * @throws GaitError `missing-marker` or `not-walking`
 */
export function heelBrakingEvents(
  recording: Recording,
  { bias = KINEMATIC_BIAS, extremes = extremeFrames(recording) } = {},
): GaitEvent[] {
  const { rateHz, firstTimeS } = recording;
  const { heel } = walkingPaths(recording);
  return SIDES.flatMap((side) => {
    const jerk = thirdDifference(component(smoothPath(heel[side], rateHz, CUTOFF_HZ), 2));
    return extremes[side]['foot-strike'].flatMap((near): GaitEvent[] => {
      const frame = greatest(jerk, near + WINDOW_S[0] * rateHz, near + WINDOW_S[1] * rateHz);
      if (frame === null) return [];
      return [
        {
          side,
          kind: 'foot-strike',
          timeS: firstTimeS + frame / rateHz - bias['heel-braking']['foot-strike'],
          source: 'heel-braking',
          confidence: 'medium',
          why: 'the way of the heel to the floor is braked most suddenly',
          plate: null,
          usable: true,
        },
      ];
    });
  });
}

/** Proportional to the third derivative, by central differences; NaN in the two frames at each end. */
function thirdDifference(values: Float64Array): Float64Array {
  const value = (frame: number): number => values[frame] ?? Number.NaN;
  return values.map(
    (_, frame) => value(frame + 2) - 2 * value(frame + 1) + 2 * value(frame - 1) - value(frame - 2),
  );
}

/** The highest point between two frames, refined by a parabola; null where it lies on the border or is unknown. */
function greatest(values: Float64Array, from: number, to: number): number | null {
  const [first, last] = [Math.max(1, Math.ceil(from)), Math.min(values.length - 2, Math.floor(to))];
  let best = -1;
  for (let frame = first; frame <= last; frame++) {
    const value = values[frame] as number;
    if (Number.isFinite(value) && (best < 0 || value > (values[best] as number))) best = frame;
  }
  if (best <= first || best >= last) return null;
  const [before, here, after] = [values[best - 1], values[best], values[best + 1]] as [
    number,
    number,
    number,
  ];
  const shift = (before - after) / (2 * (before - 2 * here + after));
  return Number.isFinite(shift) ? best + shift : null;
}
