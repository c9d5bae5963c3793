import {
  calibrate,
  contactsOf,
  cutStrides,
  findEvents,
  type GaitReportData,
  gaitReport,
  kinematicsOf,
  kineticsOf,
  SIMULATED_ADULT,
  screenStrides,
  simulatedNorms,
  simulateStanding,
  simulateWalk,
  stancesOf,
  USUAL_CAPTURE,
  USUAL_WALK,
  type WalkPattern,
} from '@rectus/gait';
import type { MotionData } from '../viewer/motion.ts';
import { motionOf } from '../viewer/motion-of.ts';

/** A session of a simulated adult: three trials of a pattern, each with its own noise. */
export function simulatedReport(pattern: WalkPattern = USUAL_WALK, firstSeed = 1): GaitReportData {
  return gaitReport({
    standing: simulateStanding(SIMULATED_ADULT).recording,
    trials: [0, 1, 2].map((n) => ({
      name: `walk ${n + 1}`,
      recording: simulateWalk(SIMULATED_ADULT, pattern, { ...USUAL_CAPTURE, seed: firstSeed + n }).recording,
    })),
    ...SIMULATED_ADULT,
    conditions: { ageYears: 34, footwear: 'barefoot', walkingAid: null },
    norms: [simulatedNorms()],
  });
}

/** One trial of it, as the viewer draws it. */
export function simulatedMotion(pattern: WalkPattern = USUAL_WALK, seed = 1): MotionData {
  const { subject, lab } = SIMULATED_ADULT;
  const { recording } = simulateWalk(SIMULATED_ADULT, pattern, { ...USUAL_CAPTURE, seed });
  const calibration = calibrate(simulateStanding(SIMULATED_ADULT).recording, subject, lab);
  const kinematics = kinematicsOf(recording, subject, lab, calibration);
  const { chosen, contacts } = findEvents(recording);
  const stances = stancesOf(chosen, contacts, recording);
  const kinetics = kineticsOf(kinematics, subject, contactsOf(recording, stances));
  return motionOf({
    recording,
    kinematics,
    kinetics,
    strides: screenStrides(recording, cutStrides(chosen, contacts)),
  });
}
