import type { C3dFile } from '@rectus/c3d';
import {
  calibrate,
  type Kinematics,
  kinematicsOf,
  type Recording,
  recordingOf,
  type Subject,
} from '@rectus/gait';
import { PIG_TRIALS, readTrial, subjectOf } from '../../packages/gait/testing/shared-data.ts';

/** A real walk that carries the values of the program that recorded it, and ours beside them. */
export interface VendorTrial {
  readonly name: string;
  readonly file: C3dFile;
  readonly recording: Recording;
  readonly subject: Subject;
  readonly kinematics: Kinematics;
  /** False where the file stores another calibration than the one that its values were made with: shown, not judged. */
  readonly judged: boolean;
}

/** Its stored distance between the front pelvis markers is not the one that its own values were computed with. */
const OTHER_CALIBRATION = 'PiG_Motion-FlatFoot-One.c3d';

/** The walks of ../shared/data with vendor values, each with the standing trial of the same session. */
export function vendorTrials(): VendorTrial[] {
  return PIG_TRIALS.map(([name, standingName, markerRadiusMm]) => {
    const [file, standing] = [readTrial(name), readTrial(standingName)];
    const subject = subjectOf(file, standing);
    const lab = { markerRadiusMm, footFlat: true };
    const recording = recordingOf(file);
    const calibration = calibrate(recordingOf(standing), subject, lab);
    const kinematics = kinematicsOf(recording, subject, lab, calibration);
    return { name, file, recording, subject, kinematics, judged: name !== OTHER_CALIBRATION };
  });
}

/** A name that fits a table. */
export function shortName(name: string): string {
  return name.replace(/^PiG_/, '').replace(/\.c3d$/, '');
}
