import type { FoundEvents } from '../events/find.ts';
import { smoothPath } from '../events/foot-paths.ts';
import { stancesOf } from '../events/stances.ts';
import { type SegmentTable, WINTER } from '../kinetics/body-segments.ts';
import { contactsOf } from '../kinetics/floor-contacts.ts';
import { type Kinetics, kineticsOf } from '../kinetics/inverse-dynamics.ts';
import type { Calibration } from '../model/calibration.ts';
import { kinematicsOf } from '../model/kinematics.ts';
import type { LabSettings, Subject } from '../model/subject.ts';
import type { Path, Recording } from '../recording.ts';
import { median, rootMeanSquare } from '../signal/statistics.ts';

/**
 * Marker paths lose what is faster than this before they are differentiated twice, in hertz: walking has next to nothing
 * above 6 Hz (Winter DA, Sidwall HG, Hobson DA. J Biomech 1974;7:157–9), so that 10 Hz spares the strike of the heel.
 */
const KINETICS_CUTOFF_HZ = 10;
/** What is faster than this in a marker's path is noise, in hertz. */
const NOISE_HZ = 20;
/** Paths with less noise than this were smoothed by the program that recorded them, in millimetres (RMS). */
const SMOOTH_MM = 0.1;

const LEG_MARKERS = ['THI', 'KNE', 'TIB', 'ANK', 'TOE'].flatMap((name) => [`L${name}`, `R${name}`]);

/** The cut-off that a recording's paths need before moments are computed; null for paths that are smooth already. */
export function kineticsCutoffHz({ markers, rateHz }: Recording): number | null {
  const noise = LEG_MARKERS.flatMap((name) => {
    const path = markers.get(name);
    const rms = path ? noiseOf(path, rateHz) : Number.NaN;
    return Number.isFinite(rms) ? [rms] : [];
  });
  return noise.length > 0 && median(noise) > SMOOTH_MM ? KINETICS_CUTOFF_HZ : null;
}

function noiseOf(path: Path, rateHz: number): number {
  const smooth = smoothPath(path, rateHz, NOISE_HZ);
  return rootMeanSquare(path.map((value, n) => value - (smooth[n] as number)).filter(Number.isFinite));
}

/**
 * Moments and powers of a trial from its events and its plates; null where no plate carried one whole step alone.
 *
 * @param cutoffHz of the marker paths; null to take them as they are
 * @param segments what the segments weigh and how their mass lies
 */
export function trialKinetics(
  recording: Recording,
  subject: Subject,
  lab: LabSettings,
  calibration: Calibration,
  { chosen, contacts }: Pick<FoundEvents, 'chosen' | 'contacts'>,
  cutoffHz: number | null = kineticsCutoffHz(recording),
  segments: SegmentTable = WINTER,
): Kinetics | null {
  if (!contacts.some(({ whole }) => whole)) return null;
  const markers = new Map(
    [...recording.markers].map(([name, path]) => [
      name,
      cutoffHz === null ? path : smoothPath(path, recording.rateHz, cutoffHz),
    ]),
  );
  const kinematics = kinematicsOf({ ...recording, markers }, subject, lab, calibration);
  return kineticsOf(
    kinematics,
    subject,
    contactsOf(recording, stancesOf(chosen, contacts, recording)),
    segments,
  );
}
