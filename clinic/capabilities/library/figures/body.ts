import {
  type Girth,
  outline,
  type Point,
  placed,
  point,
  reach,
  smoothPath,
  tube,
} from '../../../platform/web/figures/geometry.ts';

/**
 * How a body stands, seen from its right side and facing right. Angles in degrees from the upright, forward
 * positive; the thigh counts backward from the knee (90 is sitting); arms count forward from hanging down.
 */
export interface Pose {
  readonly shinDeg: number;
  readonly thighDeg: number;
  readonly trunkDeg: number;
  /** How far the back rounds forward, in drawing units at its middle; 0 is a long back. */
  readonly round?: number;
  readonly upperArmDeg: number;
  readonly forearmDeg: number;
  readonly headDeg?: number;
}

/** Positions of the joints, the whole drawing follows from them. */
export interface Joints {
  readonly ankle: Point;
  readonly knee: Point;
  readonly hip: Point;
  readonly waist: Point;
  readonly chest: Point;
  readonly shoulder: Point;
  readonly neck: Point;
  readonly elbow: Point;
  readonly wrist: Point;
  readonly headDeg: number;
}

/** Segment lengths in drawing units, for an adult about 345 units tall. */
const LENGTH = { shin: 81, thigh: 80.8, trunk: 119, upperArm: 60, forearm: 49.5 };

/** Puts a pose on the floor at an ankle and finds every joint. */
export function jointsOf(pose: Pose, ankle: Point): Joints {
  const knee = reach(ankle, LENGTH.shin, pose.shinDeg);
  const hip = reach(knee, LENGTH.thigh, -pose.thighDeg);
  const along = (share: number) => {
    const straight = reach(hip, LENGTH.trunk * share, pose.trunkDeg);
    const bulge = (pose.round ?? 0) * 4 * share * (1 - share);
    return reach(straight, bulge, pose.trunkDeg - 90);
  };
  const shoulder = along(0.87);
  const elbow = reach(shoulder, LENGTH.upperArm, 180 - pose.upperArmDeg);
  return {
    ankle,
    knee,
    hip,
    waist: along(0.27),
    chest: along(0.6),
    shoulder,
    neck: along(1),
    elbow,
    wrist: reach(elbow, LENGTH.forearm, 180 - pose.forearmDeg),
    headDeg: pose.headDeg ?? pose.trunkDeg * 0.33,
  };
}

/** Outlines of a body, ready for `<path d>`; `arm` is drawn last, over what the body carries. */
export interface Outlines {
  readonly parts: readonly string[];
  readonly hair: string;
  readonly bun: Point;
  readonly arm: readonly string[];
}

/** Draws the body that belongs to a set of joints. */
export function outlinesOf(joints: Joints): Outlines {
  const { ankle, knee, hip, waist, chest, shoulder, neck, elbow, wrist, headDeg } = joints;
  const calf = mid(knee, ankle, 0.3);
  const skull = point(neck.x, neck.y);
  return {
    parts: [
      smoothPath(placed(FOOT, ankle, 0), true),
      tube([girth(ankle, 7.8, 7.6), girth(calf, 14.5, 11), girth(knee, 13.5, 14)]),
      tube([girth(knee, 14, 14), girth(mid(knee, hip, 0.45), 18, 18), girth(hip, 22, 21)]),
      tube([
        girth(hip, 27, 22),
        girth(waist, 18.5, 20.5),
        girth(chest, 21.5, 24),
        girth(mid(chest, shoulder, 0.8), 20.5, 21),
        girth(mid(shoulder, neck, 0.3), 14, 13),
      ]),
      tube([girth(shoulder, 13, 13), girth(neck, 9.6, 9.8), girth(reach(neck, 16, headDeg), 10, 10)]),
      smoothPath(placed(HEAD, skull, headDeg), true),
    ],
    hair: smoothPath(placed(HAIR, skull, headDeg), true),
    bun: placed([point(-16.7, -40)], skull, headDeg)[0] ?? skull,
    arm: [
      tube([girth(shoulder, 12, 12), girth(mid(shoulder, elbow, 0.5), 10, 9.6), girth(elbow, 8.6, 8.6)]),
      tube([girth(elbow, 8.6, 8.6), girth(mid(elbow, wrist, 0.4), 8.6, 8), girth(wrist, 5.8, 5.6)]),
      tube([girth(wrist, 5.6, 5.6), girth(onward(elbow, wrist, 17), 5, 5)]),
    ],
  };
}

/** Centre and head of a carried child, lying at 0° and upright at 90°. */
export interface Child {
  readonly body: string;
  readonly centre: Point;
  readonly head: Point;
}

/** A child in the hands: `offset` leads from the wrist to its middle. */
export function childAt(wrist: Point, offset: Point, tiltDeg: number): Child {
  const centre = point(wrist.x + offset.x, wrist.y + offset.y);
  const up = 90 - tiltDeg;
  const [seat, breast] = [reach(centre, -14, up), reach(centre, 13, up)];
  return {
    body: tube([girth(seat, 15.5, 15), girth(centre, 15.5, 16.5), girth(breast, 12.5, 12.5)]),
    centre,
    head: reach(centre, 39, up),
  };
}

const girth = (at: Point, back: number, front: number): Girth => ({ at, back, front });

function mid(a: Point, b: Point, share: number): Point {
  return point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share);
}

function onward(from: Point, through: Point, length: number): Point {
  const span = Math.hypot(through.x - from.x, through.y - from.y) || 1;
  return mid(from, through, 1 + length / span);
}

/* Outlines in the body's own units, clockwise so that overlapping parts of one path add up: the foot about its
   ankle, head and hair about the top of the neck. */
const FOOT = outline(
  '0 -4, 8 -4, 16.5 0.1, 31.2 5.7, 39.3 11.5, 38 13.7, 28.8 14.5, 15.7 14.4, -5.7 14.2, ' +
    '-13 13.6, -15.8 11, -15 7, -12 3.8, -7 -3',
);
const HEAD = outline(
  '0 -46.7, 11 -45.7, 16.6 -42.7, 19.6 -37.4, 21 -32.2, 20.9 -25.1, 22.3 -20.6, 19.4 -17.6, ' +
    '18.3 -13.6, 17 -9.6, 14.3 -6.3, 10.7 -4.5, 6.2 -6.1, -1.1 -10.4, -7.8 -15.4, -11.4 -21.2, ' +
    '-13.4 -27.9, -12.8 -34.7, -10.2 -40.8, -5 -44.5',
);
const HAIR = outline(
  '17.7 -40.2, 15.1 -45.8, 10.7 -48.6, 3.8 -50.1, -3 -49, -9.8 -45.3, -14.1 -39.6, ' +
    '-15.9 -31.9, -15.4 -24.6, -12.7 -17.8, -9.4 -15.6, -5.5 -18, -2.7 -22.3, -0.9 -28.5, ' +
    '2.2 -32.4, 6.7 -33.8, 13.8 -37.7',
);
