import { GaitError } from '../gait-error.ts';
import { axesFromZ, cardanYXZ } from '../geometry/axes.ts';
import { length, subtract, type Vector } from '../geometry/vector.ts';
import type { MarkerSet } from '../marker-sets/marker-set.ts';
import { at, type Path, type Recording } from '../recording.ts';
import { bothSides, leftward, type Side, type Sided } from '../side.ts';
import { type BodyFrame, bodyAt, jointsOf, type Markers, requireMarkers } from './body.ts';
import { type CarriedMarkers, carriedFrom } from './carry.ts';
import type { LabSettings, Subject } from './subject.ts';

/** What the standing trial tells of the person for every walking trial. */
export interface Calibration {
  readonly interAsisMm: number;
  /** How the foot lies against the line from its toe marker to the ankle, in radians. */
  readonly plantarFlexion: Sided<number>;
  readonly rotationOffset: Sided<number>;
  /** Where the centres of knees and ankles came from; the walks must have them from there too (default: wands). */
  readonly joints?: MarkerSet['joints'];
  /** Markers of knees and ankles that clusters carry into walks in which they were taken off. */
  readonly carried?: readonly CarriedMarkers[];
}

/**
 * Calibrates the feet, and the pelvis where its width was not measured, from a standing trial: the mean over all of
 * its frames in which the markers are seen.
 *
 * @throws GaitError `missing-marker`, or `no-frames` when no frame has all of them
 */
export function calibrate(standing: Recording, subject: Subject, lab: LabSettings): Calibration {
  const markers = requireMarkers(standing, { heels: true });
  const joints = jointsOf(standing);
  const interAsisMm = subject.interAsisMm ?? meanDistance(markers.LASI, markers.RASI, standing.frames);
  const sums = bothSides(() => ({ flexion: 0, rotation: 0, n: 0 }));
  for (let frame = 0; frame < standing.frames; frame++) {
    const body = bodyAt(markers, frame, subject, lab, interAsisMm, joints);
    for (const side of ['left', 'right'] as const) {
      const offsets = footOffsets(body, markers, frame, side, lab);
      if (!offsets) continue;
      sums[side].flexion += offsets.flexion;
      sums[side].rotation += offsets.rotation;
      sums[side].n++;
    }
  }
  if (sums.left.n === 0 || sums.right.n === 0)
    throw new GaitError('no-frames', 'In no frame of the standing trial are all markers of a leg seen.');
  return {
    interAsisMm,
    plantarFlexion: bothSides((side) => sums[side].flexion / sums[side].n),
    rotationOffset: bothSides((side) => sums[side].rotation / sums[side].n),
    joints,
    carried: carriedFrom(standing),
  };
}

/** The foot along its sole, from heel to toe, against the foot as the ankle and the toe marker show it. */
function footOffsets(body: BodyFrame, markers: Markers, frame: number, side: Side, lab: LabSettings) {
  const { shank, foot } = body.legs[side];
  const prefix = side === 'left' ? 'L' : 'R';
  const heel = at(markers[`${prefix}HEE`] as Path, frame);
  const toe = at(markers[`${prefix}TOE`], frame);
  const level: Vector = lab.footFlat ? [heel[0], heel[1], toe[2]] : heel;
  const sole = axesFromZ(subtract(level, toe), shank.y);
  const { y, x } = cardanYXZ(foot, sole);
  return Number.isFinite(y) && Number.isFinite(x) ? { flexion: -y, rotation: -leftward(side) * x } : null;
}

function meanDistance(a: Path, b: Path, frames: number): number {
  let [sum, n] = [0, 0];
  for (let frame = 0; frame < frames; frame++) {
    const distance = length(subtract(at(a, frame), at(b, frame)));
    if (!Number.isFinite(distance)) continue;
    sum += distance;
    n++;
  }
  if (n === 0)
    throw new GaitError('no-frames', 'In no frame of the standing trial are both front spines seen.');
  return sum / n;
}
