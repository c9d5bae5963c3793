import { readFileSync } from 'node:fs';
import {
  type Calibration,
  calibrate,
  fillGaps,
  GaitError,
  type LabSettings,
  type MarkerSet,
  markerRadiusOfFiles,
  measuredByMarkers,
  parseMarkerSet,
  type Recording,
  recordingOf,
  type SegmentTable,
  type Subject,
  subjectOfFiles,
} from '@rectus/gait';
import { say, UsageError } from '../lib/console.ts';
import { type NamedFile, readTrial } from './files.ts';
import { knownMeasurements, numberOf, type SubjectFlags, segmentsOf } from './flags.ts';

/** Everything that a trial is analysed with. */
export interface Session {
  readonly subject: Subject;
  readonly lab: LabSettings;
  readonly standing: Recording;
  readonly calibration: Calibration;
  readonly segments: SegmentTable;
  readonly trials: readonly { readonly name: string; readonly recording: Recording }[];
}

const DEFAULT_RADIUS_MM = 7;

/** Reads standing trial and walks, fills short gaps and says so. @throws C3dError, GaitError or UsageError */
export function openSession(paths: readonly string[], flags: SubjectFlags): Session {
  if (typeof flags.static !== 'string') throw new UsageError('Name the standing trial with --static FILE.');
  const standingFile = readTrial(flags.static);
  const files = paths.map((path) => readTrial(path));
  const all = [standingFile, ...files].map(({ file }) => file);
  const segments = segmentsOf(flags);
  const set = markerSetOf(flags.markers);
  const stored = markerRadiusOfFiles(all);
  const markerRadiusMm = numberOf('marker-radius', flags['marker-radius']) ?? stored ?? DEFAULT_RADIUS_MM;
  if (flags['marker-radius'] === undefined && stored === null)
    say(
      `No file tells the size of the markers: ${DEFAULT_RADIUS_MM} mm from centre to skin are taken (--marker-radius).`,
    );
  const lab = { markerRadiusMm, footFlat: flags['no-foot-flat'] !== true };
  const standing = filled(standingFile, set);
  const subject = subjectOf(all, flags, standing, lab);
  return {
    subject,
    lab,
    standing,
    calibration: calibrate(standing, subject, lab),
    segments,
    trials: files.map((file) => ({ name: file.name, recording: filled(file, set) })),
  };
}

/** The set that --markers describes; undefined where the labels shall tell. @throws GaitError `marker-set` */
export function markerSetOf(path: string | boolean | undefined): MarkerSet | undefined {
  if (typeof path !== 'string') return undefined;
  try {
    return parseMarkerSet(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof GaitError) error.message = `${path}: ${error.message}`;
    throw error;
  }
}

/** Measurements by flag, by file, and where neither has them by the markers of the standing trial, which is said. */
function subjectOf(
  files: readonly NamedFile['file'][],
  flags: SubjectFlags,
  standing: Recording,
  lab: LabSettings,
): Subject {
  const byMarkers = measuredByMarkers(standing, lab);
  const subject = subjectOfFiles(files, knownMeasurements(flags), byMarkers);
  for (const [name, value] of Object.entries(byMarkers)) {
    if (subject[name as keyof typeof byMarkers] !== value) continue;
    const { left, right } = value;
    say(`${name} is taken from the markers: left ${left.toFixed(0)}, right ${right.toFixed(0)}.`);
  }
  return subject;
}

function filled({ name, file }: NamedFile, set: MarkerSet | undefined): Recording {
  for (const { code, message } of file.warnings) say(`${name}: ${code}: ${message}`);
  const { recording, filled: gaps, open } = fillGaps(recordingOf(file, set));
  const { markerSet, atOrigin = [] } = recording;
  if (markerSet && markerSet.set.id !== 'conventional')
    say(`${name}: markers as in “${markerSet.set.name}”.`);
  if (atOrigin.length > 0)
    say(`${name}: ${atOrigin.length} markers at 0, 0, 0 count as not seen: ${atOrigin.join(' ')}.`);
  if (gaps.length > 0) say(`${name}: ${gaps.length} short gaps of markers filled.`);
  if (open.length > 0) say(`${name}: ${open.length} gaps of markers left open.`);
  return recording;
}
