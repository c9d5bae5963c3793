import { readFileSync } from 'node:fs';
import { type C3dFile, readC3d } from '@rectus/c3d';
import {
  GaitError,
  gaitReport,
  type LabSettings,
  markerRadiusOfFiles,
  recordingOf,
  subjectOfFiles,
} from '@rectus/gait';
import { motionOfBest } from './motion-of-best.ts';
import type { FileOnDisk, MeasuredSession, SessionOnDisk } from './thread-task.ts';

/**
 * Reads a session's files and works out everything that its report shows.
 *
 * @throws C3dError or GaitError about the files
 */
export function measureSession(
  session: SessionOnDisk,
  progress: (done: number, of: number, doing: string) => void,
): MeasuredSession {
  const files = [session.standing, ...session.walking];
  const steps = files.length + 2;
  const contents = files.map((file, index) => {
    progress(index, steps, `Reading ${file.name}`);
    return read(file);
  });
  const subject = subjectOfFiles(contents, session.known);
  const lab = labOf(session, contents);
  const [standing, ...walks] = contents.map((content) => recordingOf(content));
  if (!standing) throw new GaitError('no-frames', 'There is no standing trial.');
  progress(files.length, steps, 'Working out joints, steps and forces');
  const trials = walks.map((recording, index) => ({ name: session.walking[index]?.name ?? '', recording }));
  const report = gaitReport({
    standing,
    trials,
    subject,
    lab,
    conditions: session.conditions,
    norms: session.norms,
    ...(session.previous ? { previous: session.previous } : {}),
  });
  if (report.strides.left.length + report.strides.right.length === 0)
    throw new GaitError(
      'not-walking',
      'No trial holds a whole stride, from one strike of a foot to the next of the same foot. Record a longer way, or look into the trials that were left out.',
    );
  progress(files.length + 1, steps, 'Preparing the walk in 3D');
  return { report, motion: motionOfBest({ standing, trials, subject, lab, report }), subject, lab };
}

function read({ path }: FileOnDisk): C3dFile {
  return readC3d(readFileSync(path));
}

function labOf({ lab, usualMarkerRadiusMm }: SessionOnDisk, contents: readonly C3dFile[]): LabSettings {
  const markerRadiusMm = lab.markerRadiusMm ?? markerRadiusOfFiles(contents) ?? usualMarkerRadiusMm;
  if (markerRadiusMm === null)
    throw new GaitError(
      'missing-measurement',
      'No file says how large the markers are. Give their radius, with the base, beside the measurements.',
    );
  return { markerRadiusMm, footFlat: lab.footFlat ?? true };
}
