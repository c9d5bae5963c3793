import { type Axes, into } from '../geometry/axes.ts';
import type { Vector } from '../geometry/vector.ts';
import { leftward, type Side } from '../side.ts';
import type { Turn } from './turn.ts';

const RADIANS = Math.PI / 180;

/** Thigh and shank of one leg, and the angles that its muscles choose; the rest follows from where hip and ankle are. */
export interface LegChoice {
  readonly side: Side;
  readonly thighMm: number;
  readonly shankMm: number;
  readonly kneeVarusDeg: number;
  readonly kneeRotationDeg: number;
  readonly hipRotationDeg: number;
}

/** From hip to ankle, in millimetres, for a knee flexed by so much. */
export function legLengthMm(leg: LegChoice, kneeFlexionDeg: number): number {
  const between = Math.cos(kneeFlexionDeg * RADIANS) * Math.cos(leg.kneeVarusDeg * RADIANS);
  return Math.sqrt(leg.thighMm ** 2 + leg.shankMm ** 2 + 2 * leg.thighMm * leg.shankMm * between);
}

/** The knee's flexion that makes a leg so long. @throws RangeError when the leg is not long enough */
export function kneeFlexionFor(leg: LegChoice, lengthMm: number): number {
  const between = (lengthMm ** 2 - leg.thighMm ** 2 - leg.shankMm ** 2) / (2 * leg.thighMm * leg.shankMm);
  const cosine = between / Math.cos(leg.kneeVarusDeg * RADIANS);
  if (!(Math.abs(cosine) <= 1))
    throw new RangeError(
      `A ${leg.side} leg of this length cannot reach ${lengthMm.toFixed(1)} mm: shorten the steps.`,
    );
  return Math.acos(cosine) / RADIANS;
}

/** How a knee is turned by its flexion and the leg's own choice. */
export function kneeTurn(leg: LegChoice, flexionDeg: number): Turn {
  const s = leftward(leg.side);
  return { y: flexionDeg, x: -s * leg.kneeVarusDeg, z: -s * leg.kneeRotationDeg };
}

/**
 * How the hip must be turned so that the ankle is where it is.
 *
 * @param toAnkle from hip to ankle in the lab; as long as the knee's flexion makes the leg
 */
export function hipTurn(leg: LegChoice, pelvis: Axes, toAnkle: Vector, kneeFlexionDeg: number): Turn {
  const knee = kneeTurn(leg, kneeFlexionDeg);
  const [cy, sy] = [Math.cos(knee.y * RADIANS), Math.sin(knee.y * RADIANS)];
  const [cx, sx] = [Math.cos(knee.x * RADIANS), Math.sin(knee.x * RADIANS)];
  // The ankle as the thigh sees it from the hip, then turned by the hip's rotation about the thigh.
  const [px, py, pz] = [-leg.shankMm * sy * cx, leg.shankMm * sx, -leg.thighMm - leg.shankMm * cy * cx];
  const z = -leftward(leg.side) * leg.hipRotationDeg;
  const [cz, sz] = [Math.cos(z * RADIANS), Math.sin(z * RADIANS)];
  const [qx, qy] = [cz * px - sz * py, sz * px + cz * py];
  const [vx, vy, vz] = into(pelvis, toAnkle);
  const x = Math.asin(vy / Math.hypot(qy, pz)) - Math.atan2(qy, -pz);
  const down = qy * Math.sin(x) + pz * Math.cos(x);
  const y = Math.atan2(vx, vz) - Math.atan2(qx, down);
  return { y: wrapped(y / RADIANS), x: x / RADIANS, z };
}

function wrapped(degrees: number): number {
  return degrees - 360 * Math.round(degrees / 360);
}
