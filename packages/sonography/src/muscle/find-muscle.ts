import type { LumaFrame } from '../clip.ts';
import type { Scale } from '../scale.ts';
import { SonographyError } from '../sonography-error.ts';
import { findBands } from './bands.ts';
import { directionOf, type SureDirection, votesIn } from './fascicle-direction.ts';
import { type Box, findImageArea } from './image-area.ts';
import { type LineField, lineField } from './line-energy.ts';
import { linesOf } from './lines-of.ts';
import type { MuscleFound, MuscleNotFound } from './muscle-lines.ts';
import { type MusclePair, musclePair, rowsBetween, slopeDeg } from './muscle-pair.ts';
import { bandPass, blur, evenOut } from './plane.ts';
import { type WorkingPlane, workingPlane } from './working-plane.ts';

/** What is known of the picture beforehand. */
export interface FindMuscleOptions {
  /** mm per pixel; where it is not known, the picture is taken to be as wide as a common linear probe. */
  readonly scale?: Pick<Scale, 'lateral' | 'axial'>;
  /** Where the picture lies, such as a DICOM region; found from the picture itself where it is not given. */
  readonly area?: Box;
}

/** One pixel of the working plane. Fascicles are 0.3 mm and more; finer sampling costs time and finds no more. */
const WORKING_MM = 0.15;
const PROBE_WIDTH_MM = 50;
const LEAST_SIDE_MM = 8;

const BAND_ANGLES = range(-24, 24, 3);
const BAND_WIDTH_MM = 0.5;
const BAND_SURROUND = 2;
const BAND_LENGTH_MM = 14;
const BAND_COUNT = 7;
const BAND_STANDS = 0.25;

const FIBRE_ANGLES = range(-64, 64, 2);
const FIBRE_WIDTH_MM = 0.2;
const FIBRE_SURROUND = 1.6;
const FIBRE_LENGTH_MM = 8;
// Speckle alone reaches 0.08, muscle 0.3 and more.
const LEAST_EXCESS = 0.14;

/**
 * Finds the two aponeuroses of a muscle in a still and the direction of the fascicles between them, as lines that a
 * person can adjust. Looks only at the picture: no training, nothing set for one machine or muscle.
 * @throws SonographyError bad-argument for a scale that is not above nought
 */
export function findMuscle(frame: LumaFrame, options: FindMuscleOptions = {}): MuscleFound | MuscleNotFound {
  const area = options.area ?? findImageArea(frame);
  if (!area) return notFound('no-picture', 'No ultrasound picture was found in the frame.', null);
  const working = sampled(frame, area, options.scale);
  const { plane } = working;
  if (Math.min(plane.width, plane.height) * WORKING_MM < LEAST_SIDE_MM)
    return notFound('no-picture', 'The ultrasound picture is too small to hold a muscle.', area);
  const fibres = fibresOf(working);
  const calm = blur(plane, 0.15 / WORKING_MM);
  const pair = musclePair(calm, bandsOf(working), fibres, WORKING_MM);
  if (!pair)
    return notFound(
      'no-aponeuroses',
      'No two bright bands with muscle between them cross the picture.',
      area,
    );
  const direction = directionIn(pair, fibres, plane.width);
  const lines = linesOf(working, pair, direction, fibres, WORKING_MM);
  if (!direction || direction.excess < LEAST_EXCESS)
    return {
      ...notFound('no-fascicles', 'No direction of fibres stands out between the aponeuroses.', area),
      aponeuroses: { superficial: lines.lines.superficial, deep: lines.lines.deep },
    };
  return { found: true, ...lines, confidence: confidenceOf(pair, direction), area };
}

function sampled(frame: LumaFrame, area: Box, scale: FindMuscleOptions['scale']): WorkingPlane {
  const assumed = PROBE_WIDTH_MM / (area.right - area.left + 1);
  const { lateral, axial } = scale ?? { lateral: assumed, axial: assumed };
  if (!(lateral > 0 && axial > 0 && Number.isFinite(lateral) && Number.isFinite(axial)))
    throw new SonographyError('bad-argument', `A scale of ${lateral} by ${axial} mm per pixel is not one.`);
  return workingPlane(frame, area, WORKING_MM / lateral, WORKING_MM / axial);
}

function bandsOf({ plane }: WorkingPlane) {
  const even = evenOut(plane, 6 / WORKING_MM, 6);
  const { strength } = lineField(
    bandPass(even, BAND_WIDTH_MM / WORKING_MM, BAND_SURROUND),
    BAND_ANGLES,
    BAND_LENGTH_MM / WORKING_MM,
  );
  return findBands(strength, BAND_COUNT, 2 / WORKING_MM, BAND_STANDS);
}

function fibresOf({ plane }: WorkingPlane): LineField {
  const even = evenOut(plane, 2.5 / WORKING_MM, 4);
  return lineField(
    bandPass(even, FIBRE_WIDTH_MM / WORKING_MM, FIBRE_SURROUND),
    FIBRE_ANGLES,
    FIBRE_LENGTH_MM / WORKING_MM,
  );
}

// The thirds of the picture are asked apart too, each as loud as it is striped: where they disagree, the one answer is
// less sure.
function directionIn(pair: MusclePair, fibres: LineField, width: number): SureDirection | null {
  const rows = rowsBetween(pair.upper, pair.lower, WORKING_MM);
  const slope = slopeDeg(pair.upper);
  const whole = directionOf(votesIn(fibres, rows, 0, width - 1), fibres.anglesDeg, slope);
  if (!whole) return null;
  const parts = [0, 1, 2]
    .map((third) => votesIn(fibres, rows, (width * third) / 3, (width * (third + 1)) / 3 - 1))
    .map((votes) => ({
      direction: directionOf(votes, fibres.anglesDeg, slope),
      all: votes.reduce((a, b) => a + b, 0),
    }));
  let square = 0;
  let weights = 0;
  for (const { direction, all } of parts) {
    const weight = (direction?.excess ?? 0) * all;
    square += weight * ((direction?.angleDeg ?? 0) - whole.angleDeg) ** 2;
    weights += weight;
  }
  const between = Math.sqrt(square / Math.max(1e-9, weights) / 3);
  return { ...whole, standardErrorDeg: Math.hypot(OBSERVER_DEG, between) };
}

/** Observers of the same picture differ by 1.4 to 2.8 degrees: no program is surer of what they would draw. */
const OBSERVER_DEG = 1.4;

function confidenceOf(pair: MusclePair, direction: SureDirection): number {
  const bands = Math.min(1, pair.clarity / 0.45);
  const stripes = Math.min(1, direction.excess / 0.3);
  const agreed = Math.min(1, 4 / direction.standardErrorDeg);
  return Math.cbrt(bands * stripes * agreed);
}

function notFound(reason: MuscleNotFound['reason'], message: string, area: Box | null): MuscleNotFound {
  return { found: false, reason, message, aponeuroses: null, area };
}

function range(first: number, last: number, step: number): number[] {
  return Array.from({ length: Math.round((last - first) / step) + 1 }, (_, at) => first + at * step);
}
