import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { FormErrors } from '../../../platform/web/form.ts';
import { type ClipFacts, type Exam, readClips, readExam, readSignedContent } from '../../imaging/index.ts';
import { type CaseNumber, wordsOfCase } from './case-content.ts';
import {
  type CaseClip,
  type CaseRow,
  type CaseVersion,
  type Review,
  readCase,
  readCaseClips,
  readVersions,
  type Stage,
  stageOf,
} from './case-records.ts';
import { type FollowedMeasure, followedMeasures } from './clip-presets.ts';
import { type House, knownOf, numbersOf, strayNumbers } from './exam-of-case.ts';
import { findTells, type Tell } from './find-tells.ts';
import { obstaclesOf } from './review-case.ts';

/** A form that was posted and could not be used, or a press that was refused. */
export type Posted =
  | { readonly part: 'words' | 0 | 1; readonly form: FormErrors }
  | { readonly part: 'case'; readonly problem: string }
  | { readonly part: 'review'; readonly problem: string; readonly review: Review };

/** Everything that the desk's page of a case shows. */
export interface DeskCase {
  readonly row: CaseRow;
  readonly exam: Exam;
  /** The newest, which is the one that is worked on. */
  readonly version: CaseVersion;
  readonly stage: Stage;
  readonly clips: readonly CaseClip[];
  readonly stored: readonly ClipFacts[];
  readonly measures: readonly FollowedMeasure[];
  readonly numbers: readonly CaseNumber[];
  /** Whether the report was corrected since, so that a public number is no longer what it says. */
  readonly stray: boolean;
  readonly tells: readonly Tell[];
  readonly obstacles: readonly string[];
  readonly names: ReadonlyMap<string, string>;
}

/** Null where the clinic has no such case. */
export async function readDeskCase(
  clinic: ClinicTransaction,
  house: House,
  caseId: string,
): Promise<DeskCase | null> {
  const row = await readCase(clinic, caseId);
  const [version] = row ? await readVersions(clinic, caseId) : [];
  const exam = row && (await readExam(clinic, row.examId));
  if (!row || !version || !exam) return null;
  const signed = await readSignedContent(clinic, exam.id);
  const stage = stageOf(version);
  return {
    ...{ row, exam, version, stage },
    clips: await readCaseClips(clinic, caseId, version.version),
    stored: await readClips(clinic, exam.id),
    measures: await followedMeasures(clinic, exam.id),
    numbers: signed ? numbersOf(signed) : [],
    stray: signed !== null && strayNumbers(version.content.numbers, signed).length > 0,
    tells: findTells(wordsOfCase(version.content), await knownOf(clinic, exam, house)),
    obstacles: await obstaclesOf(clinic, house, row, version),
    names: await staffNames(clinic),
  };
}

async function staffNames({ tx, clinicId }: ClinicTransaction): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('membership')
    .select(['user_id', 'name'])
    .where('clinic_id', '=', clinicId)
    .execute();
  return new Map(rows.map(({ user_id, name }) => [user_id, name]));
}
