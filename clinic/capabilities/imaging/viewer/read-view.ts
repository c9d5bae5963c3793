import { dateAt } from '@rectus/schedule';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { shortDate } from '../../../platform/web/wall-clock.ts';
import { type ClipFacts, readClips } from '../core/clip-facts.ts';
import { type Exam, readExam } from '../core/exam.ts';
import type { ViewerClip, ViewerExam } from './client/contracts.ts';
import { viewOfClip } from './view-of-clip.ts';

/** An examination with everything that can be shown of it, and beside it. */
export interface View {
  readonly exam: Exam;
  readonly shown: ViewerExam;
  /** Other examinations of the same person that have clips, the latest first. */
  readonly others: readonly OtherExam[];
}

/** Another examination of the same person. */
export interface OtherExam {
  readonly id: string;
  readonly title: string;
  readonly day: string;
  /** Whether the same structure was looked at, whichever side. */
  readonly isSameStructure: boolean;
  readonly clips: readonly ViewerClip[];
}

/** How many other examinations are offered beside one. */
const MOST_OTHERS = 12;

interface Place {
  readonly timeZone: string;
  readonly locale: string;
}

/** What the viewer shows of an examination; null where the clinic has none of this id. */
export async function readView(
  clinic: ClinicTransaction,
  examId: string,
  place: Place,
): Promise<View | null> {
  const exam = await readExam(clinic, examId);
  if (!exam) return null;
  const own = await viewsOf(clinic, exam, place);
  const others: OtherExam[] = [];
  for (const id of await otherExams(clinic, exam)) {
    const other = await readExam(clinic, id);
    if (!other) continue;
    const clips = await viewsOf(clinic, other, place);
    if (clips.length === 0) continue;
    const isSameStructure = exam.anatomy !== '' && sameWords(other.anatomy, exam.anatomy);
    others.push({ id, title: titleOf(other), day: dayOf(other, place), isSameStructure, clips });
  }
  const { anatomy, side, suspicion, probe } = exam;
  return {
    exam,
    others,
    shown: {
      ...{ id: exam.id, title: titleOf(exam), anatomy, side, suspicion, probe },
      signed: exam.status === 'signed',
      clips: [...own, ...others.flatMap(({ clips }) => clips)],
    },
  };
}

/** Side and structure in words, such as "Right rectus femoris". */
export function titleOf({ side, anatomy }: Pick<Exam, 'side' | 'anatomy'>): string {
  const words = [side, anatomy].filter(Boolean).join(' ').toLowerCase();
  return words ? `${words.charAt(0).toUpperCase()}${words.slice(1)}` : 'Ultrasound';
}

function sameWords(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function dayOf({ takenAt }: Exam, { timeZone, locale }: Place): string {
  return shortDate(dateAt(takenAt, timeZone), locale, true);
}

async function viewsOf(clinic: ClinicTransaction, exam: Exam, place: Place): Promise<readonly ViewerClip[]> {
  const clips = await readClips(clinic, exam.id);
  const colours = await photometricOf(clinic, clips);
  const of = { id: exam.id, side: exam.side, takenAt: exam.takenAt, day: dayOf(exam, place) };
  return clips.map((clip, at) => viewOfClip(clip, of, at + 1, colours.get(clip.id) ?? null));
}

/** How the colours of clips are stored, from their elements (0028,0004). */
async function photometricOf(
  { tx, clinicId }: ClinicTransaction,
  clips: readonly ClipFacts[],
): Promise<ReadonlyMap<string, string | null>> {
  if (clips.length === 0) return new Map();
  const rows = await tx
    .selectFrom('imaging_instance')
    .select([
      'id',
      (eb) =>
        eb
          .ref('metadata', '->')
          .key('00280004' as never)
          .key('Value' as never)
          .as('value'),
    ])
    .where('clinic_id', '=', clinicId)
    .where(
      'id',
      'in',
      clips.map(({ id }) => id),
    )
    .execute();
  return new Map(rows.map(({ id, value }) => [id, firstText(value)]));
}

function firstText(value: unknown): string | null {
  const first: unknown = Array.isArray(value) ? value[0] : null;
  return typeof first === 'string' ? first : null;
}

async function otherExams({ tx, clinicId }: ClinicTransaction, exam: Exam): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('study')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('patient_id', '=', exam.patient.id)
    .where('kind', '=', 'ultrasound')
    .where('id', '!=', exam.id)
    .orderBy('taken_at', 'desc')
    .limit(MOST_OTHERS)
    .execute();
  return rows.map(({ id }) => id);
}
