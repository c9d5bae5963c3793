import {
  SIMULATED_ADULT,
  simulateStanding,
  simulateWalk,
  USUAL_CAPTURE,
  USUAL_WALK,
  type WalkPattern,
} from '@rectus/gait';
import { analyseWalk, type WalkToAnalyse } from '../walk/analyse-walk.ts';
import type { WalkReport } from '../walk/walk-report.ts';

/** A session of a simulated adult: three trials of a pattern, each with its own noise. */
export function simulatedSession(pattern: WalkPattern = USUAL_WALK, firstSeed = 1): WalkReport {
  return analyseWalk(simulatedRecordings(pattern, firstSeed));
}

export function simulatedRecordings(pattern: WalkPattern, firstSeed: number): WalkToAnalyse {
  return {
    standing: simulateStanding(SIMULATED_ADULT).recording,
    trials: [0, 1, 2].map((n) => ({
      name: `walk ${n + 1}`,
      recording: simulateWalk(SIMULATED_ADULT, pattern, { ...USUAL_CAPTURE, seed: firstSeed + n }).recording,
    })),
    ...SIMULATED_ADULT,
    person: { ageYears: 34, footwear: 'barefoot', walkingAid: '' },
    norms: [],
  };
}
