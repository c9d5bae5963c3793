import { type Axes, axesFromZ, type Frame } from '../geometry/axes.ts';
import { cross, middle, perpendicular, scale, subtract, unit, type Vector } from '../geometry/vector.ts';
import { leftward, type Side } from '../side.ts';

/** The pelvis: origin between the front spines, y from right to left, x forwards in the plane of the four spines. */
export function pelvisFrame(lasi: Vector, rasi: Vector, sacrum: Vector): Frame {
  const origin = middle(lasi, rasi);
  const y = unit(subtract(lasi, rasi));
  const z = unit(cross(subtract(origin, sacrum), y));
  return { origin, x: cross(y, z), y, z };
}

/** A thigh or a shank: z from the lower joint to the upper, y to the subject's left through the marker at the lower. */
export function limbFrame(side: Side, upper: Vector, lower: Vector, lateralMarker: Vector): Frame {
  const z = unit(subtract(upper, lower));
  const outward = perpendicular(subtract(lateralMarker, lower), z);
  const y = scale(unit(outward), leftward(side));
  return { origin: lower, x: cross(y, z), y, z };
}

/** The foot before its calibration: z from the toe marker to the ankle, turned with the shank. */
export function uncorrectedFoot(ankle: Vector, toe: Vector, shank: Axes): Axes {
  return axesFromZ(subtract(ankle, toe), shank.y);
}

/**
 * The thorax: z upwards between the middles of its lower and upper markers, x forwards from the back to the chest.
 * Source: Gutierrez EM, Bartonek Å, Haglund-Åkerlind Y, Saraste H. Gait Posture 2003;18:37–46.
 */
export function thoraxFrame(clav: Vector, c7: Vector, strn: Vector, t10: Vector, radiusMm: number): Frame {
  const z = unit(subtract(middle(clav, c7), middle(strn, t10)));
  const forward = subtract(middle(clav, strn), middle(c7, t10));
  const y = unit(cross(z, forward));
  const x = cross(y, z);
  return { origin: subtract(clav, scale(x, radiusMm)), x, y, z };
}
