import type { Vector } from '../geometry/vector.ts';
import { hipOffset } from '../model/joint-centres.ts';
import type { LabSettings, Subject } from '../model/subject.ts';
import { bothSides, leftward, type Side, type Sided } from '../side.ts';

/** A foot, told from the floor below its ankle while it stands flat: x forwards, y to the left, z upwards, in mm. */
export interface FootShape {
  readonly ankle: Vector;
  readonly heelMarker: Vector;
  readonly toeMarker: Vector;
  /** Where it meets the floor while the toes are up. */
  readonly heelPoint: Vector;
  /** Where it meets the floor while the heel is up. */
  readonly ballPoint: Vector;
  readonly toeTip: Vector;
}

/** Lengths of the simulated body in millimetres. */
export interface BodyShape {
  readonly interAsisMm: number;
  /** In the pelvis. */
  readonly hip: Sided<Vector>;
  readonly thighMm: Sided<number>;
  readonly shankMm: Sided<number>;
  readonly kneeMarkerMm: Sided<number>;
  readonly ankleMarkerMm: Sided<number>;
  readonly foot: Sided<FootShape>;
  /** Markers of the pelvis and, against its own origin, of the thorax. */
  readonly pelvisMarkers: Readonly<Record<string, Vector>>;
  readonly thoraxMarkers: Readonly<Record<string, Vector>>;
  /** Where the thorax turns on the pelvis, in the pelvis; and its origin above that. */
  readonly lumbarJoint: Vector;
  readonly thoraxHeightMm: number;
}

const DEFAULT_INTER_ASIS_MM = 240;
const ANKLE_HEIGHT_MM = 78;

/** The body of a person: what was measured as it was measured, the rest in usual proportions of the leg. */
export function bodyShapeOf(subject: Subject, lab: LabSettings): BodyShape {
  const interAsisMm = subject.interAsisMm ?? DEFAULT_INTER_ASIS_MM;
  const hip = bothSides((side) => hipOffset(subject, lab, interAsisMm, side));
  // The leg is measured from the front spine to the ankle, so the hip's depth below the spine is not thigh or shank.
  const limbs = bothSides((side) => subject.legLengthMm[side] + hip[side][2]);
  return {
    interAsisMm,
    hip,
    thighMm: bothSides((side) => 0.5 * limbs[side]),
    shankMm: bothSides((side) => 0.5 * limbs[side]),
    kneeMarkerMm: bothSides((side) => subject.kneeWidthMm[side] / 2 + lab.markerRadiusMm),
    ankleMarkerMm: bothSides((side) => subject.ankleWidthMm[side] / 2 + lab.markerRadiusMm),
    foot: bothSides((side) => footShape(side, subject.legLengthMm[side])),
    pelvisMarkers: {
      LASI: [0, interAsisMm / 2, 0],
      RASI: [0, -interAsisMm / 2, 0],
      LPSI: [-0.65 * interAsisMm, 0.19 * interAsisMm, 0],
      RPSI: [-0.65 * interAsisMm, -0.19 * interAsisMm, 0],
    },
    // The middle of the upper two lies straight above the middle of the lower two: the thorax's long axis.
    thoraxMarkers: {
      CLAV: [lab.markerRadiusMm, 0, 0],
      C7: [-150 + lab.markerRadiusMm, 0, 55],
      STRN: [15 + lab.markerRadiusMm, 0, -170],
      T10: [-165 + lab.markerRadiusMm, 0, -180],
    },
    lumbarJoint: [-0.35 * interAsisMm, 0, 30],
    thoraxHeightMm: 0.42 * subject.legLengthMm.left,
  };
}

/** The heel's marker stands a little to the inner side and as high as the toes', so that a flat foot is told as flat. */
function footShape(side: Side, legMm: number): FootShape {
  const size = legMm / 900;
  const inner = -leftward(side) * 4 * size;
  return {
    ankle: [0, 0, ANKLE_HEIGHT_MM * size],
    heelMarker: [-62 * size, inner, 46 * size],
    toeMarker: [122 * size, 0, 46 * size],
    heelPoint: [-48 * size, 0, 0],
    ballPoint: [132 * size, 0, 0],
    toeTip: [188 * size, 0, 0],
  };
}

/** The foot's calibration as the standing trial must show it, in radians: from the shape alone. */
export function footOffsetsOf({ ankle, heelMarker, toeMarker }: FootShape, side: Side) {
  const across = heelMarker[1] - toeMarker[1];
  return {
    plantarFlexion: Math.atan2(ankle[2] - toeMarker[2], toeMarker[0] - ankle[0]),
    rotationOffset: leftward(side) * Math.asin(across / Math.hypot(toeMarker[0] - heelMarker[0], across)),
  };
}
