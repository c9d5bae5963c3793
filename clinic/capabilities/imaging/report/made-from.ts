import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { ClipFacts } from '../core/clip-facts.ts';
import { type Analysis, readAnalysis } from '../measuring/analysis.ts';
import type { SignedContent } from './signed-content.ts';

/** A measure as it was on the day of signing, whatever is chosen, followed or scaled anew afterwards. */
export type SignedAnalysis = Pick<
  Analysis,
  'id' | 'instanceId' | 'tool' | 'marks' | 'result' | 'chosen' | 'method' | 'methodVersion'
>;

/** What a signed version was made from: the clips by their hashes, and every measure that it counts or draws. */
export interface MadeFrom {
  readonly clips: readonly (Pick<ClipFacts, 'sopUid' | 'sha256' | 'setScale'> & {
    readonly instanceId: string;
  })[];
  readonly analyses: readonly SignedAnalysis[];
}

/** Reads what a report that is being signed stands on, to be kept with it. */
export async function madeFrom(
  clinic: ClinicTransaction,
  { keyFrames, measurements }: Pick<SignedContent, 'keyFrames' | 'measurements'>,
  clips: readonly ClipFacts[],
): Promise<MadeFrom> {
  const ids = new Set([
    ...measurements.flatMap((one) => one.analysisIds),
    ...keyFrames.flatMap(({ analysisId }) => analysisId ?? []),
  ]);
  const analyses: SignedAnalysis[] = [];
  for (const id of ids) {
    const found = await readAnalysis(clinic, id);
    if (found) analyses.push(signedAnalysis(found));
  }
  return {
    clips: clips.map(({ id, sopUid, sha256, setScale }) => ({ instanceId: id, sopUid, sha256, setScale })),
    analyses,
  };
}

function signedAnalysis(analysis: Analysis): SignedAnalysis {
  const { id, instanceId, tool, marks, result, chosen, method, methodVersion } = analysis;
  return { id, instanceId, tool, marks, result, chosen, method, methodVersion };
}

/** What a version was made from, as it was kept; null where there is no such version. */
export async function readMadeFrom(
  { tx, clinicId }: ClinicTransaction,
  examId: string,
  version: number,
): Promise<MadeFrom | null> {
  const row = await tx
    .selectFrom('study_report as v')
    .innerJoin('study_result as r', (join) =>
      join.onRef('r.clinic_id', '=', 'v.clinic_id').onRef('r.id', '=', 'v.result_id'),
    )
    .select('r.made_from')
    .where('v.clinic_id', '=', clinicId)
    .where('v.study_id', '=', examId)
    .where('v.version', '=', version)
    .executeTakeFirst();
  return row ? (row.made_from as MadeFrom) : null;
}
