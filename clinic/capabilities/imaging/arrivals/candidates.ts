import { dateAt } from '@rectus/schedule';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { daySpan } from '../../../platform/web/wall-clock.ts';
import type { ClipFacts } from '../core/clip-facts.ts';
import { type ExamLine, lineOf, selectExamLines } from '../exams/list-exams.ts';
import { plainName } from './same-person.ts';
import type { WaitingStudy } from './waiting-clips.ts';

/** An examination that waiting clips may belong to, and what speaks for and against it. */
export interface Candidate {
  readonly exam: ExamLine;
  readonly agrees: readonly string[];
  readonly differs: readonly string[];
}

const DAY_MS = 86_400_000;
const MOST = 40;

/**
 * Examinations of the days around the clips, and of the numbers that they carry, with what of their facts agrees. A person
 * chooses: they are in the order of what speaks for them, and none is chosen beforehand.
 */
export async function candidatesFor(
  clinic: ClinicTransaction,
  study: WaitingStudy,
  timeZone: string,
): Promise<readonly Candidate[]> {
  const [first] = study.clips;
  if (!first) return [];
  const span = spanOf(first, timeZone);
  const number = /^US(\d{4,15})$/.exec(first.says.accession?.trim() ?? '')?.[1] ?? '-1';
  const rows = await selectExamLines(clinic)
    .where((eb) =>
      eb.or([
        eb('e.number', '=', number as never),
        eb.and([eb('s.taken_at', '>=', new Date(span.start)), eb('s.taken_at', '<', new Date(span.end))]),
      ]),
    )
    .orderBy('s.taken_at', 'desc')
    .limit(MOST)
    .execute();
  return rows
    .map((row) => judge(lineOf(row), first, timeZone))
    .toSorted((a, b) => weight(b) - weight(a) || b.exam.takenAt - a.exam.takenAt);
}

/** The day that the file names and the day on which it came, with the day before: machines send late. */
function spanOf({ says, receivedAt }: ClipFacts, timeZone: string): { start: number; end: number } {
  const said = says.studyDate && /^\d{8}$/.test(says.studyDate) ? says.studyDate : null;
  const came = daySpan(dateAt(receivedAt, timeZone), timeZone);
  const day = said
    ? Date.UTC(Number(said.slice(0, 4)), Number(said.slice(4, 6)) - 1, Number(said.slice(6)))
    : null;
  if (day === null || Number.isNaN(day)) return { start: came.start - DAY_MS, end: came.end };
  const named = daySpan(dateAt(day + DAY_MS / 2, timeZone), timeZone);
  return { start: Math.min(named.start, came.start - DAY_MS), end: Math.max(named.end, came.end) };
}

function judge(exam: ExamLine, { says }: ClipFacts, timeZone: string): Candidate {
  const [agrees, differs]: [string[], string[]] = [[], []];
  const say = (same: boolean | null, yes: string, no: string) => {
    if (same !== null) (same ? agrees : differs).push(same ? yes : no);
  };
  say(says.accession ? says.accession.trim() === exam.accession : null, 'number', 'number');
  say(says.patientId ? says.patientId.trim() === exam.patientId : null, 'patient id', 'patient id');
  say(says.name ? sorted(says.name) === sorted(exam.patientName) : null, 'name', 'name');
  say(
    says.birthDate && exam.birthDate ? says.birthDate === exam.birthDate.replaceAll('-', '') : null,
    'date of birth',
    'date of birth',
  );
  say(
    says.studyDate ? says.studyDate === dateAt(exam.takenAt, timeZone).replaceAll('-', '') : null,
    'day',
    'day',
  );
  return { exam, agrees, differs };
}

/** Machines write the family name first, records the given name. */
function sorted(name: string): string {
  return plainName(name).split(' ').sort().join(' ');
}

function weight({ agrees, differs }: Candidate): number {
  return agrees.length - differs.length;
}
