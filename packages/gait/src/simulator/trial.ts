import type { Vector } from '../geometry/vector.ts';
import type { Calibration } from '../model/calibration.ts';
import type { Joint } from '../model/kinematics.ts';
import type { LabSettings, Subject } from '../model/subject.ts';
import type { Path, Recording, VendorEvent } from '../recording.ts';
import type { Side, Sided } from '../side.ts';

/** Whom the simulator lets walk, and in which lab. */
export interface SimulatedPerson {
  readonly subject: Subject;
  readonly lab: LabSettings;
}

/** How a trial is recorded. */
export interface Capture {
  readonly rateHz: number;
  /** Samples of the plates for each frame. */
  readonly samplesPerFrame: number;
  /** How many steps are recorded, about. */
  readonly steps: number;
  /** How many steps in the middle of the trial fall on a plate of their own. */
  readonly plates: number;
  readonly firstSide: Side;
  /** The same seed makes the same trial. */
  readonly seed: number;
  /** Standard deviation of each marker's coordinates, in millimetres. */
  readonly markerNoiseMm: number;
  /** Standard deviation of each component of force, in newtons. */
  readonly forceNoiseN: number;
  /** How many times a marker is lost, and for how many frames at most. */
  readonly dropouts: { readonly count: number; readonly longestFrames: number };
  /** Whether the recording brings its events with it, as one that an operator has marked. */
  readonly marksEvents: boolean;
}

export const CLEAN_CAPTURE: Capture = {
  rateHz: 100,
  samplesPerFrame: 10,
  steps: 7,
  plates: 2,
  firstSide: 'left',
  seed: 1,
  markerNoiseMm: 0,
  forceNoiseN: 0,
  dropouts: { count: 0, longestFrames: 0 },
  marksEvents: false,
};

/** What a good lab records: small errors, and a marker hidden now and then. */
export const USUAL_CAPTURE: Capture = {
  ...CLEAN_CAPTURE,
  markerNoiseMm: 0.3,
  forceNoiseN: 1,
  dropouts: { count: 4, longestFrames: 8 },
};

/** A simulated adult; nobody in particular. */
export const SIMULATED_ADULT: SimulatedPerson = {
  subject: {
    massKg: 68,
    heightMm: 1700,
    legLengthMm: { left: 890, right: 890 },
    kneeWidthMm: { left: 102, right: 102 },
    ankleWidthMm: { left: 70, right: 70 },
    interAsisMm: 240,
    asisTrochanterMm: null,
  },
  lab: { markerRadiusMm: 7, footFlat: true },
};

/** What is known of a simulated trial, because it was put in. */
export interface Truth {
  /** Degrees, three of frame `f` at `3 f`, under the names and signs of the model. */
  readonly angles: Sided<Readonly<Record<Joint, Float64Array>>>;
  readonly jointCentres: Sided<Readonly<Record<'hip' | 'knee' | 'ankle', Path>>>;
  readonly calibration: Calibration;
  /** Every strike and off within the recording. */
  readonly events: readonly VendorEvent[];
  /** The foot that each plate carries. */
  readonly platedSides: readonly Side[];
  readonly centreOfMassMm: Path;
  /** What both feet together get from the floor, in newtons; also from where there is no plate. */
  readonly totalForceN: Path;
}

/** A trial that never happened. */
export interface SimulatedTrial {
  readonly person: SimulatedPerson;
  readonly samplesPerFrame: number;
  readonly recording: Recording;
  readonly truth: Truth;
}

/** A path from the places of one point, frame by frame. */
export function pathOf(places: readonly Vector[]): Path {
  return Float64Array.from(places.flat());
}
