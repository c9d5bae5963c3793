import {
  type Calibration,
  calibrate,
  fillGaps,
  type LabSettings,
  markerRadiusOfFiles,
  type Recording,
  recordingOf,
  type Subject,
  subjectOfFiles,
} from '@rectus/gait';
import { say, UsageError } from './console.ts';
import { type NamedFile, readTrial } from './files.ts';
import { knownMeasurements, numberOf, type SubjectFlags } from './flags.ts';

/** Everything that a trial is analysed with. */
export interface Session {
  readonly subject: Subject;
  readonly lab: LabSettings;
  readonly standing: Recording;
  readonly calibration: Calibration;
  readonly trials: readonly { readonly name: string; readonly recording: Recording }[];
}

const DEFAULT_RADIUS_MM = 7;

/** Reads standing trial and walks, fills short gaps and says so. @throws C3dError, GaitError or UsageError */
export function openSession(paths: readonly string[], flags: SubjectFlags): Session {
  if (typeof flags.static !== 'string') throw new UsageError('Name the standing trial with --static FILE.');
  const standingFile = readTrial(flags.static);
  const files = paths.map((path) => readTrial(path));
  const all = [standingFile, ...files].map(({ file }) => file);
  const subject = subjectOfFiles(all, knownMeasurements(flags));
  const stored = markerRadiusOfFiles(all);
  const markerRadiusMm = numberOf('marker-radius', flags['marker-radius']) ?? stored ?? DEFAULT_RADIUS_MM;
  if (flags['marker-radius'] === undefined && stored === null)
    say(
      `No file tells the size of the markers: ${DEFAULT_RADIUS_MM} mm from centre to skin are taken (--marker-radius).`,
    );
  const lab = { markerRadiusMm, footFlat: flags['no-foot-flat'] !== true };
  const standing = filled(standingFile);
  return {
    subject,
    lab,
    standing,
    calibration: calibrate(standing, subject, lab),
    trials: files.map((file) => ({ name: file.name, recording: filled(file) })),
  };
}

function filled({ name, file }: NamedFile): Recording {
  for (const { code, message } of file.warnings) say(`${name}: ${code}: ${message}`);
  const { recording, filled: gaps, open } = fillGaps(recordingOf(file));
  if (gaps.length > 0) say(`${name}: ${gaps.length} short gaps of markers filled.`);
  if (open.length > 0) say(`${name}: ${open.length} gaps of markers left open.`);
  return recording;
}
