import type { Axes, Frame } from '../geometry/axes.ts';
import { middle, scale, type Vector } from '../geometry/vector.ts';
import { at, GaitError, type Path, type Recording } from '../recording.ts';
import { bothSides, leftward, type Side, type Sided } from '../side.ts';
import { chordCentre, hipCentre, hipOffset } from './joint-centres.ts';
import { limbFrame, pelvisFrame, thoraxFrame, uncorrectedFoot } from './segments.ts';
import type { LabSettings, Subject } from './subject.ts';

const LEG_MARKERS = ['THI', 'KNE', 'TIB', 'ANK', 'TOE'] as const;
const PREFIX = { left: 'L', right: 'R' } as const;

type LegMarker = `${'L' | 'R'}${(typeof LEG_MARKERS)[number]}`;

/** The paths that the lower body needs; the heels only for the calibration. */
export type Markers = Readonly<Record<'LASI' | 'RASI' | LegMarker, Path>> &
  Readonly<
    Partial<Record<'LPSI' | 'RPSI' | 'SACR' | 'LHEE' | 'RHEE' | 'CLAV' | 'C7' | 'STRN' | 'T10', Path>>
  >;

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

/** The paths that the model needs. @throws GaitError `missing-marker` naming all that are missing */
export function requireMarkers(
  recording: Recording,
  { heels = false }: { readonly heels?: boolean } = {},
): Markers {
  const needed = ['LASI', 'RASI', ...bothPrefixes(LEG_MARKERS), ...(heels ? ['LHEE', 'RHEE'] : [])];
  const missing = needed.filter((name) => !recording.markers.has(name));
  const { markers } = recording;
  if (!markers.has('SACR') && !(markers.has('LPSI') && markers.has('RPSI')))
    missing.push('SACR or LPSI and RPSI');
  if (missing.length > 0) throw new GaitError('missing-marker', `The trial has no ${missing.join(', no ')}.`);
  return Object.fromEntries(markers) as unknown as Markers;
}

function bothPrefixes(names: readonly string[]): string[] {
  return names.flatMap((name) => [`L${name}`, `R${name}`]);
}

/** Segments and joint centres of one frame. */
export function bodyAt(
  markers: Markers,
  frame: number,
  subject: Subject,
  lab: LabSettings,
  interAsisMm: number,
): BodyFrame {
  const [lasi, rasi] = [at(markers.LASI, frame), at(markers.RASI, frame)];
  const sacrum =
    markers.LPSI && markers.RPSI
      ? middle(at(markers.LPSI, frame), at(markers.RPSI, frame))
      : at(markers.SACR as Path, frame);
  const pelvis = pelvisFrame(lasi, rasi, sacrum);
  const legs = bothSides((side) => legAt(side, markers, frame, pelvis, subject, lab, interAsisMm));
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
): LegFrame {
  const marker = (name: (typeof LEG_MARKERS)[number]): Vector => at(markers[`${PREFIX[side]}${name}`], frame);
  const medial = scale(pelvis.y, -leftward(side));
  const hip = hipCentre(pelvis, hipOffset(subject, lab, interAsisMm, side));
  const kneeRadius = subject.kneeWidthMm[side] / 2 + lab.markerRadiusMm;
  const knee = chordCentre(hip, marker('KNE'), marker('THI'), kneeRadius, medial);
  const thigh = limbFrame(side, hip, knee, marker('KNE'));
  const ankleRadius = subject.ankleWidthMm[side] / 2 + lab.markerRadiusMm;
  const inner = scale(thigh.y, -leftward(side));
  const ankle = chordCentre(knee, marker('ANK'), marker('TIB'), ankleRadius, inner);
  const shank = limbFrame(side, knee, ankle, marker('ANK'));
  return {
    hip,
    knee,
    ankle,
    toe: marker('TOE'),
    thigh,
    shank,
    foot: uncorrectedFoot(ankle, marker('TOE'), shank),
  };
}

function thoraxAt(markers: Markers, frame: number, lab: LabSettings): Frame | null {
  const { CLAV, C7, STRN, T10 } = markers;
  if (!CLAV || !C7 || !STRN || !T10) return null;
  return thoraxFrame(at(CLAV, frame), at(C7, frame), at(STRN, frame), at(T10, frame), lab.markerRadiusMm);
}
