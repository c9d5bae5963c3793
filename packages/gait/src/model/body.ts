import { GaitError } from '../gait-error.ts';
import type { Axes, Frame } from '../geometry/axes.ts';
import { middle, scale, type Vector } from '../geometry/vector.ts';
import {
  labelsOf,
  legMarkersOf,
  type MarkerSet,
  type ModelMarker,
  prefixOf,
} from '../marker-sets/marker-set.ts';
import { at, type Path, type Recording } from '../recording.ts';
import { bothSides, leftward, type Side, type Sided } from '../side.ts';
import { chordCentre, hipCentre, hipOffset } from './joint-centres.ts';
import { limbFrame, pelvisFrame, thoraxFrame, uncorrectedFoot } from './segments.ts';
import type { LabSettings, Subject } from './subject.ts';

type LegMarker = `${'L' | 'R'}${'KNE' | 'ANK' | 'TOE'}`;

/**
 * The paths that the lower body needs; the heels only for the calibration. Either the wands are there or the inner markers
 * of knee and ankle, as the marker set has it.
 */
export type Markers = Readonly<Record<'LASI' | 'RASI' | LegMarker, Path>> &
  Readonly<Partial<Record<ModelMarker, Path>>>;

/** One leg in one frame. Positions in millimetres in the lab. */
export interface LegFrame {
  readonly hip: Vector;
  readonly knee: Vector;
  readonly ankle: Vector;
  readonly toe: Vector;
  readonly thigh: Frame;
  readonly shank: Frame;
  /** Not yet calibrated. */
  readonly foot: Axes;
}

/** The body in one frame; NaN where a marker was not seen. */
export interface BodyFrame {
  readonly pelvis: Frame;
  readonly legs: Sided<LegFrame>;
  readonly thorax: Frame | null;
}

/** Where the centres of knees and ankles come from in a recording. */
export function jointsOf({ markerSet }: Recording): MarkerSet['joints'] {
  return markerSet?.set.joints ?? 'wands';
}

/** The paths that the model needs. @throws GaitError `missing-marker` naming all that are missing */
export function requireMarkers(
  recording: Recording,
  { heels = false }: { readonly heels?: boolean } = {},
): Markers {
  const { markers, markerSet } = recording;
  const { left, right } = legMarkersOf({ joints: jointsOf(recording) });
  const needed: readonly ModelMarker[] = [
    'LASI',
    'RASI',
    ...left,
    ...right,
    ...(heels ? (['LHEE', 'RHEE'] as const) : []),
  ];
  const missing = needed.filter((name) => !markers.has(name)).map((name) => inTheFile(name, markerSet?.set));
  if (!markers.has('SACR') && !(markers.has('LPSI') && markers.has('RPSI')))
    missing.push('SACR or LPSI and RPSI');
  if (missing.length > 0) throw missingMarkers(missing, markerSet);
  return Object.fromEntries(markers) as unknown as Markers;
}

function missingMarkers(missing: readonly string[], match: Recording['markerSet']): GaitError {
  const lack = `The trial has no ${missing.join(', no ')}`;
  if (!match || match.missing.length === 0) return new GaitError('missing-marker', `${lack}.`);
  return new GaitError(
    'missing-marker',
    `${lack}, which the marker set “${match.set.name}” needs, the nearest of those that are known. Markers that are there under other names can be described (MARKERS.md).`,
  );
}

/** A marker as the set's files label it. */
function inTheFile(marker: ModelMarker, set: MarkerSet | undefined): string {
  const label = set && labelsOf(set, marker)[0];
  return label === undefined || label === marker ? marker : `${label} (${marker})`;
}

/** Segments and joint centres of one frame. */
export function bodyAt(
  markers: Markers,
  frame: number,
  subject: Subject,
  lab: LabSettings,
  interAsisMm: number,
  joints: MarkerSet['joints'] = 'wands',
): BodyFrame {
  const [lasi, rasi] = [at(markers.LASI, frame), at(markers.RASI, frame)];
  const sacrum =
    markers.LPSI && markers.RPSI
      ? middle(at(markers.LPSI, frame), at(markers.RPSI, frame))
      : at(markers.SACR as Path, frame);
  const pelvis = pelvisFrame(lasi, rasi, sacrum);
  const legs = bothSides((side) => legAt(side, markers, frame, pelvis, subject, lab, interAsisMm, joints));
  return { pelvis, legs, thorax: thoraxAt(markers, frame, lab) };
}

function legAt(
  side: Side,
  markers: Markers,
  frame: number,
  pelvis: Frame,
  subject: Subject,
  lab: LabSettings,
  interAsisMm: number,
  joints: MarkerSet['joints'],
): LegFrame {
  const prefix = prefixOf(side);
  const marker = (name: `${'L' | 'R'}${string}` & ModelMarker): Vector => at(markers[name] as Path, frame);
  const [lateralKnee, lateralAnkle] = [marker(`${prefix}KNE`), marker(`${prefix}ANK`)];
  const toe = marker(`${prefix}TOE`);
  const hip = hipCentre(pelvis, hipOffset(subject, lab, interAsisMm, side));
  const byWand = (above: Vector, lateral: Vector, wand: Vector, widthMm: number, leftwards: Vector): Vector =>
    chordCentre(above, lateral, wand, widthMm / 2 + lab.markerRadiusMm, scale(leftwards, -leftward(side)));
  const knee =
    joints === 'medial'
      ? middle(lateralKnee, marker(`${prefix}KNM`))
      : byWand(hip, lateralKnee, marker(`${prefix}THI`), subject.kneeWidthMm[side], pelvis.y);
  const thigh = limbFrame(side, hip, knee, lateralKnee);
  const ankle =
    joints === 'medial'
      ? middle(lateralAnkle, marker(`${prefix}MED`))
      : byWand(knee, lateralAnkle, marker(`${prefix}TIB`), subject.ankleWidthMm[side], thigh.y);
  const shank = limbFrame(side, knee, ankle, lateralAnkle);
  return { hip, knee, ankle, toe, thigh, shank, foot: uncorrectedFoot(ankle, toe, shank) };
}

function thoraxAt(markers: Markers, frame: number, lab: LabSettings): Frame | null {
  const { CLAV, C7, STRN, T10 } = markers;
  if (!CLAV || !C7 || !STRN || !T10) return null;
  return thoraxFrame(at(CLAV, frame), at(C7, frame), at(STRN, frame), at(T10, frame), lab.markerRadiusMm);
}
