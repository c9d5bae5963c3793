import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { readAnalyses } from './analysis.ts';

/** Which frames of a clip stand for rest and contraction by one measure; both null where it has none of them. */
export interface StandingFrames {
  readonly clip: string;
  readonly rest: number | null;
  readonly contraction: number | null;
}

/** The chosen frames of every measure of an examination that is ready, oldest first. */
export async function readStandingFrames(
  clinic: ClinicTransaction,
  examId: string,
): Promise<readonly StandingFrames[]> {
  const analyses = await readAnalyses(clinic, examId);
  return analyses.flatMap(({ status, instanceId, chosen }) =>
    status === 'ready' && chosen
      ? [{ clip: instanceId, rest: chosen.rest, contraction: chosen.contraction }]
      : [],
  );
}
