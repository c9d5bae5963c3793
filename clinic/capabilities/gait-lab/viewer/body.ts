import { Group, type Mesh, Vector3 } from 'three';
import { type Bone, createBone, createJoint } from './bones.ts';
import {
  forceAt,
  LEG_BONES,
  LEG_POINTS,
  legPoint,
  type MotionData,
  type Point3,
  pointAt,
  SPINE,
  TRUNK_BONES,
} from './motion.ts';
import type { Palette } from './palette.ts';

const SIDES = ['left', 'right'] as const;
/** An arrow of a whole body weight is so long. */
const WEIGHT_MM = 700;

/** The body and the forces under its feet, which can be put at any frame. */
export interface Body {
  readonly shape: Group;
  /** The tips of the two arrows, each with the force that it stands for. */
  readonly forces: readonly ForceArrow[];
  show(frame: number): void;
}

export interface ForceArrow {
  readonly tip: Vector3;
  /** In per cent of body weight; null while there is no arrow. */
  readonly percent: () => number | null;
}

interface Rod {
  readonly bone: Bone;
  readonly from: string;
  readonly to: string;
}

export function createBody(motion: MotionData, palette: Palette): Body {
  const shape = new Group();
  const rods = rodsOf(palette);
  const joints = jointsOf(palette);
  const head = createHead(palette);
  const arrows = SIDES.map((side) => ({ side, arrow: createArrow(palette) }));
  shape.add(...rods.map(({ bone }) => bone.shape), ...joints.map(({ mesh }) => mesh));
  shape.add(head.mesh, ...arrows.map(({ arrow }) => arrow.shape));
  const places = new Map(motion.points.map((name) => [name, new Vector3()]));
  return {
    shape,
    forces: arrows.map(({ arrow }) => arrow),
    show(frame) {
      const seen = new Map<string, Vector3>();
      for (const [name, place] of places) {
        const point = pointAt(motion, name, frame);
        if (point) seen.set(name, toScene(point, place));
      }
      for (const { bone, from, to } of rods) bone.place(seen.get(from) ?? null, seen.get(to) ?? null);
      for (const { name, mesh } of joints) {
        const place = seen.get(name);
        mesh.visible = place !== undefined;
        if (place) mesh.position.copy(place);
      }
      head.place(seen);
      for (const { side, arrow } of arrows) arrow.show(forceAt(motion, side, frame));
    },
  };
}

function rodsOf(palette: Palette): Rod[] {
  const legs = SIDES.flatMap((side) =>
    LEG_BONES.map(([from, to]) => ({
      bone: createBone(palette[side], from === 'hip' || from === 'knee' ? 17 : 11, side === 'right'),
      from: legPoint(side, from),
      to: legPoint(side, to),
    })),
  );
  const trunk = TRUNK_BONES.map(([from, to]) => ({ bone: createBone(palette.bone, 9), from, to }));
  const girdle = SIDES.flatMap((side) =>
    ['ASI', 'PSI'].map((place) => ({
      bone: createBone(palette.bone, 7),
      from: `${side === 'left' ? 'L' : 'R'}${place}`,
      to: legPoint(side, 'hip'),
    })),
  );
  const hips = {
    bone: createBone(palette.bone, 9),
    from: legPoint('left', 'hip'),
    to: legPoint('right', 'hip'),
  };
  const spine = SPINE.slice(1).map((to, index) => ({
    bone: createBone(palette.bone, 15, true),
    from: SPINE[index] ?? '',
    to,
  }));
  return [...legs, ...trunk, ...girdle, hips, ...spine];
}

function jointsOf(palette: Palette): { readonly name: string; readonly mesh: Mesh }[] {
  const legs = SIDES.flatMap((side) =>
    LEG_POINTS.map((point) => ({
      name: legPoint(side, point),
      mesh: createJoint(palette[side], point === 'toe' || point === 'heel' ? 14 : 28, side === 'right'),
    })),
  );
  const trunk = ['CLAV', 'C7', 'STRN', 'T10', 'LASI', 'RASI', 'LPSI', 'RPSI'].map((name) => ({
    name,
    mesh: createJoint(palette.bone, 13),
  }));
  return [...legs, ...trunk];
}

/** Only the trunk's markers say where the head is about; it is drawn so that people see which way is up. */
const HEAD_MM = { above: 190, radius: 92 } as const;

function createHead(palette: Palette) {
  const mesh = createJoint(palette.bone, HEAD_MM.radius);
  const up = new Vector3();
  return {
    mesh,
    place(seen: ReadonlyMap<string, Vector3>): void {
      const [clav, c7, strn, t10] = ['CLAV', 'C7', 'STRN', 'T10'].map((name) => seen.get(name));
      mesh.visible = Boolean(clav && c7 && strn && t10);
      if (!clav || !c7 || !strn || !t10) return;
      up.addVectors(clav, c7).sub(strn).sub(t10).normalize();
      mesh.position.addVectors(clav, c7).multiplyScalar(0.5).addScaledVector(up, HEAD_MM.above);
    },
  };
}

function createArrow(palette: Palette) {
  const shape = new Group();
  const shaft = createBone(palette.accent, 9);
  const tip = createJoint(palette.accent, 20);
  shape.add(shaft.shape, tip);
  const [start, end] = [new Vector3(), new Vector3()];
  let percent: number | null = null;
  return {
    shape,
    tip: end,
    percent: () => percent,
    show(force: { readonly from: Point3; readonly percentOfWeight: Point3 } | null): void {
      shape.visible = force !== null;
      percent = force && Math.hypot(...force.percentOfWeight);
      if (!force) return;
      toScene(force.from, start);
      toScene(force.percentOfWeight, end)
        .multiplyScalar(WEIGHT_MM / 100)
        .add(start);
      shaft.place(start, end);
      tip.position.copy(end);
    },
  };
}

/** The picture's y is up: x stays along the way, the subject's left comes out of the picture's depth. */
export function toScene([x, y, z]: Point3, into: Vector3): Vector3 {
  return into.set(x, z, -y);
}
