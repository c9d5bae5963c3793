import type { WalkedTrial } from '../cycles/cycles.ts';
import { screenStrides } from '../cycles/screen.ts';
import { cutStrides } from '../cycles/stride.ts';
import { findEvents } from '../events/find.ts';
import { GaitError } from '../gait-error.ts';
import { fillGaps } from '../gaps/fill.ts';
import type { SegmentTable } from '../kinetics/body-segments.ts';
import type { Calibration } from '../model/calibration.ts';
import { kinematicsOf } from '../model/kinematics.ts';
import type { LabSettings, Subject } from '../model/subject.ts';
import type { Recording } from '../recording.ts';
import type { ReportTrial } from './shape.ts';
import { kineticsCutoffHz, trialKinetics } from './trial-kinetics.ts';

/** A walk as it was recorded. */
export interface NamedRecording {
  readonly name: string;
  readonly recording: Recording;
}

/** What one walk gives the report; `walked` is null where it could not be used, and `about` says why. */
export interface AnalysedTrial {
  readonly about: ReportTrial;
  readonly walked: WalkedTrial | null;
  /** Without short gaps. */
  readonly recording: Recording;
}

/** Gaps, angles, events, strides and, where a plate carried a whole step, moments of one walk. */
export function analyseTrial(
  { name, recording: recorded }: NamedRecording,
  subject: Subject,
  lab: LabSettings,
  calibration: Calibration,
  vendorEvents: boolean,
  segments?: SegmentTable,
): AnalysedTrial {
  const { recording, filled, open } = fillGaps(recorded);
  const about: ReportTrial = {
    name,
    rateHz: recording.rateHz,
    frames: recording.frames,
    failure: null,
    events: [],
    contacts: [],
    excludedStrides: [],
    filledGaps: filled,
    openGaps: open,
    kineticsCutoffHz: null,
  };
  try {
    const kinematics = kinematicsOf(recording, subject, lab, calibration);
    const events = findEvents(recording, { vendor: vendorEvents });
    const { chosen, contacts } = events;
    const strides = screenStrides(recording, cutStrides(chosen, contacts));
    const cutoffHz = kineticsCutoffHz(recording);
    const kinetics = trialKinetics(recording, subject, lab, calibration, events, cutoffHz, segments);
    return {
      about: {
        ...about,
        events: chosen,
        contacts,
        excludedStrides: strides.excluded,
        kineticsCutoffHz: kinetics && cutoffHz,
      },
      walked: { name, kinematics, kinetics, strides },
      recording,
    };
  } catch (error) {
    if (!(error instanceof GaitError)) throw error;
    return { about: { ...about, failure: error.message }, walked: null, recording };
  }
}
