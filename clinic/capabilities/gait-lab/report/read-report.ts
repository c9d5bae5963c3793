import { dateAt } from '@rectus/schedule';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { readMotion, readResult, type StudyResult } from '../core/result.ts';
import { readSignedReports, readStudy, type SignedReport, type Study } from '../core/study.ts';
import type { MotionData } from '../viewer/motion.ts';
import { longDay } from './days.ts';
import { type EarlierSession, readEarlierSessions } from './earlier-sessions.ts';
import { type EarlierWalk, viewOfWalk } from './view-of-walk.ts';
import type { WalkView } from './walk-view.ts';

/** A report as it is shown: a signed version with the result that was signed, or a draft on the present result. */
export interface ShownReport {
  readonly study: Study;
  readonly versions: readonly SignedReport[];
  /** Null for a draft. */
  readonly signed: SignedReport | null;
  readonly result: StudyResult;
  readonly day: string;
  readonly walk: WalkView;
  readonly motion: MotionData | null;
  readonly earlier: readonly EarlierSession[];
}

export interface ReportWish {
  /** A signed version; null for what is at hand. */
  readonly version: number | null;
  /** Writes a correction of what is signed. */
  readonly correcting: boolean;
  /** The earlier session to compare with; null for the last before this one. */
  readonly comparedWith: string | null;
}

/** The report of a session, or null where there is none (yet) that fits the wish. */
export async function readReport(
  clinic: ClinicTransaction,
  of: Clinic,
  studyId: string,
  wish: ReportWish,
): Promise<ShownReport | null> {
  const study = await readStudy(clinic, studyId);
  if (!study) return null;
  const versions = await readSignedReports(clinic, studyId);
  const signed = signedFor(study, versions, wish);
  if (wish.version !== null && !signed) return null;
  const resultId = signed?.resultId ?? study.resultId;
  const result = resultId ? await readResult(clinic, resultId) : null;
  if (!result) return null;
  const earlier = await readEarlierSessions(clinic, study);
  const chosen = earlier.find((one) => one.studyId === wish.comparedWith) ?? earlier[0] ?? null;
  return {
    study,
    versions,
    signed,
    result,
    day: longDay(dateAt(study.takenAt, of.timeZone), of.locale),
    walk: viewOfWalk(result.report, chosen && (await earlierWalk(clinic, of, chosen))),
    motion: await readMotion(clinic, result.id),
    earlier,
  };
}

/** The version that a wish is for: the one that is asked for, or the last where nothing newer is being written. */
function signedFor(study: Study, versions: readonly SignedReport[], wish: ReportWish): SignedReport | null {
  if (wish.version !== null) return versions.find(({ version }) => version === wish.version) ?? null;
  const isWriting = wish.correcting || study.status !== 'signed' || study.draft !== null;
  return isWriting ? null : (versions[0] ?? null);
}

async function earlierWalk(
  clinic: ClinicTransaction,
  of: Clinic,
  session: EarlierSession,
): Promise<EarlierWalk | null> {
  const result = await readResult(clinic, session.resultId);
  return result && { report: result.report, day: longDay(dateAt(session.takenAt, of.timeZone), of.locale) };
}
