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
import type { MotionData } from '../viewer/motion.ts';
import { motionOf } from '../viewer/motion-of.ts';

export interface MeasuredTrials {
  readonly standing: Recording;
  readonly trials: readonly NamedRecording[];
  readonly subject: Subject;
  readonly lab: LabSettings;
  readonly report: GaitReportData;
}

/** The walk that shows most: the one with the most strides of which a plate tells the forces, then the most strides. */
export function motionOfBest({ standing, trials, subject, lab, report }: MeasuredTrials): MotionData | null {
  const strides = [...report.strides.left, ...report.strides.right];
  const worth = ({ name }: NamedRecording): number => {
    const own = strides.filter(({ trial, outlier }) => trial === name && !outlier);
    return own.length + 100 * own.filter(({ plate }) => plate !== null).length;
  };
  const best = trials.toSorted((a, b) => worth(b) - worth(a)).at(0);
  if (!best || worth(best) === 0) return null;
  const { recording } = fillGaps(best.recording);
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
