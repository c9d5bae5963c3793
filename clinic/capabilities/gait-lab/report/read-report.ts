import { dateAt } from '@rectus/schedule';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { shortMoment } from '../../../platform/web/wall-clock.ts';
import {
  type EarlierResult,
  readComparedWith,
  readMadeFrom,
  readMotion,
  readResult,
  type StudyResult,
} from '../core/result.ts';
import { readSignedReports, readStudy, type SignedReport, type Study } from '../core/study.ts';
import { trialsToShow } from '../core/trials-to-show.ts';
import type { MotionData } from '../viewer/motion.ts';
import type { TrialToShow } from '../viewer/walk-viewer.tsx';
import type { ComparisonView } from './compare-view.ts';
import { longDay } from './days.ts';
import {
  chosenSessions,
  type EarlierSession,
  readEarlierSessions,
  withLastTime,
} from './earlier-sessions.ts';
import { type MethodLine, methodLines } from './method-lines.ts';
import { type SessionToCompare, viewOfComparison } from './view-of-comparison.ts';
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
  /** Beside last time: of a signed version, what it was compared with when it was signed. */
  readonly walk: WalkView;
  readonly motion: MotionData | null;
  /** The session before, as `walk` is compared with it. */
  readonly earlier: EarlierWalk | null;
  /** How it came about, for whoever audits it. */
  readonly method: readonly MethodLine[];
  /** The trials that the viewer can play, the one of `motion` first. */
  readonly trials: readonly TrialToShow[];
  /** The sessions that can be laid beside this one, the latest first. */
  readonly offered: readonly OfferedSession[];
  /** Beside the sessions that were chosen; null where nobody asked for it. */
  readonly comparison: ComparisonView | null;
}

export interface OfferedSession extends EarlierSession {
  readonly day: string;
  readonly isChosen: boolean;
  /** What the report itself is compared with. */
  readonly isLastTime: boolean;
}

export interface ReportWish {
  /** A signed version; null for what is at hand. */
  readonly version: number | null;
  /** Writes a correction of what is signed. */
  readonly correcting: boolean;
  /** Lays sessions side by side: those of these studies, or where it is null those that a report begins with. */
  readonly comparison: { readonly with: readonly string[] | null } | null;
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
  const sessions = await readEarlierSessions(clinic, study);
  const plainDayOf = (instant: number) => longDay(dateAt(instant, of.timeZone), of.locale);
  const dayOf = namesOfDays(plainDayOf, [study, ...sessions], of);
  const day = plainDayOf(study.takenAt);
  const lastTime = await readLastTime(clinic, study, signed, sessions);
  const last = lastTime && sessionOf(lastTime);
  const earlier = lastTime && { report: lastTime.result.report, day: dayOf(lastTime.takenAt) };
  const made = await readMadeFrom(clinic, result.id);
  const offered = signed ? withLastTime(sessions, last) : sessions;
  const chosen = chosenSessions(
    offered,
    wish.comparison?.with ?? null,
    signed ? (last ? [last] : []) : offered,
  );
  return {
    ...{ study, versions, signed, result, day },
    walk: viewOfWalk(result.report, earlier),
    earlier,
    motion: await readMotion(clinic, result.id),
    trials: made ? trialsOf(result) : [],
    method: methodLines(result, made, shortMoment(result.createdAt, of.timeZone, of.locale)),
    offered: offered.map((one) => ({
      ...one,
      day: dayOf(one.takenAt),
      isChosen: chosen.includes(one),
      isLastTime: one.resultId === last?.resultId,
    })),
    comparison:
      wish.comparison &&
      viewOfComparison(
        { report: result.report, day: dayOf(study.takenAt), at: study.takenAt },
        await readWalks(clinic, chosen, dayOf),
      ),
  };
}

/** The version that a wish is for: the one that is asked for, or the last where nothing newer is being written. */
function signedFor(study: Study, versions: readonly SignedReport[], wish: ReportWish): SignedReport | null {
  if (wish.version !== null) return versions.find(({ version }) => version === wish.version) ?? null;
  const isWriting = wish.correcting || study.status !== 'signed' || study.draft !== null;
  return isWriting ? null : (versions[0] ?? null);
}

/** Days as they are written, with the time of day where several sessions were walked on one. */
function namesOfDays(
  dayOf: (instant: number) => string,
  sessions: readonly { readonly takenAt: number }[],
  { timeZone, locale }: Clinic,
): (instant: number) => string {
  const days = sessions.map(({ takenAt }) => dayOf(takenAt));
  const time = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit' });
  return (instant) => {
    const day = dayOf(instant);
    return days.filter((one) => one === day).length > 1 ? `${day}, ${time.format(instant)}` : day;
  };
}

/** Trials of which the files are known; simulated results have none. */
function trialsOf({ report }: StudyResult): readonly TrialToShow[] {
  return trialsToShow(report).map((place) => ({ place, name: report.trials[place]?.name ?? '' }));
}

/** What "since last time" means: for a draft the session before this one, for a signed version what it was then. */
async function readLastTime(
  clinic: ClinicTransaction,
  study: Study,
  signed: SignedReport | null,
  [before]: readonly EarlierSession[],
): Promise<EarlierResult | null> {
  if (signed) return readComparedWith(clinic, study, signed);
  const result = before ? await readResult(clinic, before.resultId) : null;
  return result && before ? { result, takenAt: before.takenAt } : null;
}

function sessionOf({ result, takenAt }: EarlierResult): EarlierSession {
  return { studyId: result.studyId, resultId: result.id, takenAt };
}

async function readWalks(
  clinic: ClinicTransaction,
  sessions: readonly EarlierSession[],
  dayOf: (instant: number) => string,
): Promise<readonly SessionToCompare[]> {
  const walks: SessionToCompare[] = [];
  for (const { resultId, takenAt } of sessions) {
    const result = await readResult(clinic, resultId);
    if (result) walks.push({ report: result.report, day: dayOf(takenAt), at: takenAt });
  }
  return walks;
}
