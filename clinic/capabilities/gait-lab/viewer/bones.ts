import {
  BoxGeometry,
  type BufferGeometry,
  type Color,
  CylinderGeometry,
  Group,
  Mesh,
  MeshLambertMaterial,
  SphereGeometry,
  Vector3,
} from 'three';

const UP = new Vector3(0, 1, 0);
const ROUND = new CylinderGeometry(1, 1, 1, 12);
const BALL = new SphereGeometry(1, 16, 12);
const CUBE = new BoxGeometry(1.7, 1.7, 1.7);
/** A banded bone is made of this many pieces, with gaps as long as half a piece. */
const BANDS = 5;
const GAP = 0.5;

/** Something between two points that can be placed anew in each frame. */
export interface Bone {
  readonly shape: Group;
  /** Hides it where one of both is not known. */
  place(from: Vector3 | null, to: Vector3 | null): void;
}

/** A rod of a radius in millimetres: whole, or banded so that it differs without colour. */
export function createBone(color: Color, radiusMm: number, banded = false): Bone {
  const shape = new Group();
  const material = new MeshLambertMaterial({ color });
  const pieces = banded ? BANDS : 1;
  const piece = 1 / (pieces + (pieces - 1) * GAP);
  for (let n = 0; n < pieces; n++) {
    const mesh = new Mesh(ROUND, material);
    mesh.scale.set(radiusMm, piece, radiusMm);
    mesh.position.y = piece * (n * (1 + GAP) + 0.5);
    shape.add(mesh);
  }
  const way = new Vector3();
  return {
    shape,
    place(from, to) {
      shape.visible = from !== null && to !== null;
      if (!from || !to) return;
      way.subVectors(to, from);
      const length = way.length();
      shape.position.copy(from);
      shape.scale.set(1, length, 1);
      shape.quaternion.setFromUnitVectors(UP, way.divideScalar(Math.max(length, 1e-6)));
    },
  };
}

/** A ball for the left and the middle, a cube for the right. */
export function createJoint(color: Color, radiusMm: number, cube = false): Mesh {
  const geometry: BufferGeometry = cube ? CUBE : BALL;
  const mesh = new Mesh(geometry, new MeshLambertMaterial({ color }));
  mesh.scale.setScalar(radiusMm);
  return mesh;
}
