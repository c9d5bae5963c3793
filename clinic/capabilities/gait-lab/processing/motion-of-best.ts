import {
  calibrate,
  contactsOf,
  cutStrides,
  fillGaps,
  findEvents,
  type GaitReportData,
  kinematicsOf,
  kineticsOf,
  type LabSettings,
  type NamedRecording,
  type Recording,
  type Subject,
  screenStrides,
  stancesOf,
} from '@rectus/gait';
import { trialsToShow } from '../core/trials-to-show.ts';
import type { MotionData } from '../viewer/motion.ts';
import { motionOf } from '../viewer/motion-of.ts';

export interface MeasuredTrials {
  readonly standing: Recording;
  readonly trials: readonly NamedRecording[];
  readonly subject: Subject;
  readonly lab: LabSettings;
  readonly report: GaitReportData;
}

/** The walk that shows most; null where no trial has a stride. */
export function motionOfBest({ trials, report, ...of }: MeasuredTrials): MotionData | null {
  const [best] = trialsToShow(report);
  const trial = best === undefined ? undefined : trials[best];
  return trial ? motionOfTrial({ ...of, recording: trial.recording }) : null;
}

/** One trial as the viewer draws it. */
export function motionOfTrial(trial: {
  readonly standing: Recording;
  readonly recording: Recording;
  readonly subject: Subject;
  readonly lab: LabSettings;
}): MotionData {
  const { standing, subject, lab } = trial;
  const { recording } = fillGaps(trial.recording);
  const kinematics = kinematicsOf(recording, subject, lab, calibrate(standing, subject, lab));
  const { chosen, contacts } = findEvents(recording);
  const kinetics = contacts.some(({ whole }) => whole)
    ? kineticsOf(kinematics, subject, contactsOf(recording, stancesOf(chosen, contacts, recording)))
    : null;
  return motionOf({
    recording,
    kinematics,
    kinetics,
    strides: screenStrides(recording, cutStrides(chosen, contacts)),
  });
}
