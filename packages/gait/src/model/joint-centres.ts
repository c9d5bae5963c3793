import type { Frame } from '../geometry/axes.ts';
import { outOf } from '../geometry/axes.ts';
import { add, cross, dot, length, scale, subtract, unit, type Vector } from '../geometry/vector.ts';
import { leftward, type Side } from '../side.ts';
import type { LabSettings, Subject } from './subject.ts';

const THETA = 0.5;
const BETA = 0.314;

/** Where the hip's centre lies in the pelvis, in millimetres along its axes. */
export type HipOffset = Vector;

/** From the front spine to the trochanter, where nobody measured it: 0.1288 × leg − 48.56 mm. */
export function asisTrochanterMm(subject: Subject, side: Side): number {
  return subject.asisTrochanterMm?.[side] ?? 0.1288 * subject.legLengthMm[side] - 48.56;
}

/**
 * The hip's centre in the pelvis.
 * Source: Davis RB, Õunpuu S, Tyburski D, Gage JR. Hum Mov Sci 1991;10:575–87, with C = 0.115 × leg − 15.3 mm.
 */
export function hipOffset(subject: Subject, lab: LabSettings, interAsisMm: number, side: Side): HipOffset {
  const legMm = (subject.legLengthMm.left + subject.legLengthMm.right) / 2;
  const c = 0.115 * legMm - 15.3;
  const depth = asisTrochanterMm(subject, side) + lab.markerRadiusMm;
  return [
    c * Math.cos(THETA) * Math.sin(BETA) - depth * Math.cos(BETA),
    leftward(side) * (interAsisMm / 2 - c * Math.sin(THETA)),
    -c * Math.cos(THETA) * Math.cos(BETA) - depth * Math.sin(BETA),
  ];
}

export function hipCentre(pelvis: Frame, offset: HipOffset): Vector {
  return add(pelvis.origin, outOf(pelvis, offset));
}

/**
 * The centre of a joint from the joint above (`proximal`), the marker on its outer side and the one on the segment
 * between: as far from the marker as half the joint's width and the marker's radius, at a right angle to the line to
 * the joint above, in the plane of the three, on the inner side of the marker.
 *
 * @param radiusMm half the joint's width and the marker's radius
 */
export function chordCentre(
  proximal: Vector,
  marker: Vector,
  wand: Vector,
  radiusMm: number,
  medial: Vector,
): Vector {
  const toProximal = subtract(proximal, marker);
  const distance = length(toProximal);
  const u = scale(toProximal, 1 / distance);
  const cosine = radiusMm / distance;
  const normal = unit(cross(subtract(wand, marker), toProximal));
  const across = cross(normal, u);
  const sign = dot(across, medial) >= 0 ? 1 : -1;
  const sine = Math.sqrt(Math.max(0, 1 - cosine * cosine));
  return add(marker, add(scale(u, radiusMm * cosine), scale(across, sign * radiusMm * sine)));
}
