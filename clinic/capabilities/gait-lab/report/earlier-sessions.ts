import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';

/** A session of the same person before this one, which has a result. */
export interface EarlierSession {
  readonly studyId: string;
  readonly resultId: string;
  /** Epoch milliseconds. */
  readonly takenAt: number;
}

/** With the present one, four sessions can be compared. */
export const MOST_EARLIER = 3;
/** So many can be chosen from. */
const MOST_OFFERED = 12;

/** The sessions before this one, the latest first. */
export async function readEarlierSessions(
  { tx, clinicId }: ClinicTransaction,
  study: { readonly id: string; readonly patient: { readonly id: string }; readonly takenAt: number },
): Promise<readonly EarlierSession[]> {
  const rows = await tx
    .selectFrom('study')
    .select(['id', 'result_id', 'taken_at'])
    .where('clinic_id', '=', clinicId)
    .where('kind', '=', 'gait')
    .where('patient_id', '=', study.patient.id)
    .where('id', '!=', study.id)
    .where('taken_at', '<', new Date(study.takenAt))
    .where('status', 'in', ['ready', 'signed'])
    .orderBy('taken_at', 'desc')
    .limit(MOST_OFFERED)
    .execute();
  return rows.flatMap((row) =>
    row.result_id ? [{ studyId: row.id, resultId: row.result_id, takenAt: row.taken_at.getTime() }] : [],
  );
}

/**
 * The sessions to choose from beside a signed version: the result that it was compared with stands in for its session,
 * whatever was made of that session since.
 */
export function withLastTime(
  sessions: readonly EarlierSession[],
  lastTime: EarlierSession | null,
): readonly EarlierSession[] {
  if (!lastTime) return sessions;
  const others = sessions.filter(({ studyId }) => studyId !== lastTime.studyId);
  return [...others, lastTime].toSorted((a, b) => b.takenAt - a.takenAt);
}

/** Those that somebody chose, at most three; null is nobody's choice, and takes what a report begins with. */
export function chosenSessions(
  offered: readonly EarlierSession[],
  chosen: readonly string[] | null,
  first: readonly EarlierSession[],
): readonly EarlierSession[] {
  const wanted = chosen === null ? first : offered.filter(({ studyId }) => chosen.includes(studyId));
  return wanted.slice(0, MOST_EARLIER);
}
