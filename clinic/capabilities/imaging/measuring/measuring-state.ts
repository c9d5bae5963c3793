import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { Exam } from '../core/exam.ts';
import type { Probe } from '../core/probe.ts';
import { type Analysis, readAnalyses } from './analysis.ts';
import { isClosed } from './closed.ts';
import { type KeyFrame, readKeyFrames } from './key-frames.ts';
import { type MeasuredValue, readMeasured } from './measured-values.ts';
import { type Moment, readMoments } from './moments.ts';

/** An analysis without its curves, which are fetched one by one. */
export type AnalysisInBrief = Omit<Analysis, 'result' | 'attempts' | 'examId'>;

/** Everything that was marked in an examination's clips, as the viewer shows it. */
export interface MeasuringState {
  readonly analyses: readonly AnalysisInBrief[];
  readonly moments: readonly Moment[];
  readonly keyFrames: readonly KeyFrame[];
  readonly probe: Probe | null;
  readonly values: readonly MeasuredValue[];
  /** Signed, and no correction begun: nothing may be marked, moved or removed. */
  readonly closed: boolean;
}

export async function readMeasuringState(clinic: ClinicTransaction, exam: Exam): Promise<MeasuringState> {
  const analyses = await readAnalyses(clinic, exam.id);
  return {
    analyses: analyses.map(({ result: _, attempts: __, examId: ___, ...brief }) => brief),
    moments: await readMoments(clinic, exam.id),
    keyFrames: await readKeyFrames(clinic, exam.id),
    probe: exam.probe,
    values: await readMeasured(clinic, exam.id),
    closed: isClosed(exam),
  };
}
