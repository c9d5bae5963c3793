import type { Scene } from '../scene.ts';

/** How the whole block moves from activation 0 to 1: an affine motion about the middle of the field. */
export interface BlockMotion {
  readonly lateralMm?: number;
  readonly axialMm?: number;
  /** Lengthening along the rows, as a share: 0.05 is 5 %. */
  readonly lateralStrain?: number;
  readonly axialStrain?: number;
  /** Sideways motion gained for each mm of depth. */
  readonly shear?: number;
  readonly rotationDeg?: number;
}

/** Even speckle without structure, in any affine motion: what trackers are compared on. */
export function blockScene(
  motion: BlockMotion = {},
  size: { readonly widthMm: number; readonly depthMm: number } = { widthMm: 48, depthMm: 38 },
): Scene {
  const {
    lateralMm = 0,
    axialMm = 0,
    lateralStrain = 0,
    axialStrain = 0,
    shear = 0,
    rotationDeg = 0,
  } = motion;
  const { widthMm, depthMm } = size;
  const middle = { lateral: widthMm / 2, axial: depthMm / 2 };
  const turn = (rotationDeg * Math.PI) / 180;
  const reachMm =
    Math.hypot(lateralMm, axialMm) +
    (Math.abs(lateralStrain) + Math.abs(turn)) * middle.lateral +
    (Math.abs(axialStrain) + Math.abs(shear) + Math.abs(turn)) * middle.axial;
  return {
    name: 'block',
    widthMm,
    depthMm,
    reachMm,
    echo: () => 1,
    lines: [],
    motionAt: (s) => {
      const [cos, sin] = [Math.cos(turn * s), Math.sin(turn * s)];
      return (lateral, axial, out) => {
        const u = (lateral - middle.lateral) * (1 + s * lateralStrain) + s * shear * (axial - middle.axial);
        const v = (axial - middle.axial) * (1 + s * axialStrain);
        out[0] = middle.lateral + cos * u - sin * v + s * lateralMm;
        out[1] = middle.axial + sin * u + cos * v + s * axialMm;
      };
    },
    isTissue: () => true,
    measuresAt: () => ({}),
    landmarks: { middle },
  };
}
