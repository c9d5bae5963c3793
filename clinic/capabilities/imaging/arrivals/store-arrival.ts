import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import {
  ahead,
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import { newId } from '../../../platform/database/new-id.ts';
import { type Exam, readExam } from '../core/exam.ts';
import { ImagingError } from '../core/imaging-error.ts';
import type { Arrival, TakenClip } from './arrival.ts';
import { type Match, matchArrival } from './match.ts';
import type { ReadFile, ReadRefused } from './read-arrival.ts';
import type { Refused } from './refusal.ts';
import { areDifferent, personOf, saysWords } from './same-person.ts';
import { type ClipOnDisk, storeFile } from './store-file.ts';
import { type Known, type KnownClip, whatIsKnown } from './what-is-known.ts';

export type Took = TakenClip | { readonly kind: 'refused'; readonly refused: ReadRefused };

/**
 * Writes the row of a file that lies under its final name, or finds that it is here already. One study is taken in by one
 * transaction at a time, so that the same clip from two doors comes once.
 *
 * @throws ImagingError where the examination that it was uploaded onto is not there
 */
export function storeArrival(
  context: ClinicContext,
  arrival: Arrival,
  stored: ClipOnDisk,
  file: ReadFile,
): Promise<Took> {
  return inClinic(context, async (clinic) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${clinic.clinicId}/${file.dicomStudyUid}`}, 0))`.execute(
      ahead(clinic).tx,
    );
    const known = await whatIsKnown(clinic, file);
    if (known.clip) return again(clinic, arrival, { stored, file, known: known.clip });
    const match = await whose(clinic, arrival, file, known);
    if (match.kind === 'refused') return refusedOf(file, match.refused);
    return insert(clinic, arrival, { stored, file, match });
  });
}

type Whose = Match & { readonly warning?: string | null };

/** Whom the clip belongs to: by a person's word where it was uploaded onto an examination, else by the worklist. */
async function whose(
  clinic: ClinicTransaction,
  arrival: Arrival,
  file: ReadFile,
  known: Known,
): Promise<Whose> {
  if (!arrival.examId) return matchArrival(file, known);
  const exam = await readExam(clinic, arrival.examId);
  if (!exam) throw new ImagingError('This examination is not known.');
  const ordered = known.exams.find(({ studyUid }) => studyUid === file.dicomStudyUid);
  if (ordered && ordered.id !== exam.id)
    return {
      kind: 'refused',
      refused: {
        code: 'other-exam',
        reason: 'The clip carries the Study UID of another examination. Nothing of it was filed here.',
      },
    };
  return { kind: 'matched', examId: exam.id, warning: strangerWarning(exam, file) };
}

/** Machines call people by numbers of their own: a person may confirm a clip all the same, and is told. */
function strangerWarning(exam: Exam, { says }: ReadFile): string | null {
  if (!areDifferent({ ...says, patientId: null }, personOf(exam.patient))) return null;
  return `The file says that it shows ${saysWords(says)}. Check that it belongs here.`;
}

interface Again {
  readonly stored: ClipOnDisk;
  readonly file: ReadFile;
  readonly known: KnownClip;
}

async function again(clinic: ClinicTransaction, arrival: Arrival, of: Again): Promise<Took> {
  const { stored, file, known } = of;
  if (known.dataSha256 !== stored.dataSha256 || known.transferSyntax !== file.transferSyntax)
    return refusedOf(file, {
      code: 'other-bytes',
      reason: 'A clip with this SOP Instance UID is here already, with other content. The first one stays.',
    });
  const { examId } = arrival;
  if (examId && known.examId && known.examId !== examId)
    return refusedOf(file, {
      code: 'other-exam',
      reason: 'This clip is part of another examination already. Take it out of that one first.',
    });
  const confirmed = examId !== undefined && known.examId === null;
  if (confirmed) await confirm(clinic, arrival, known.id);
  if (arrival.fileId) await storeFile(clinic, arrival, stored, null);
  return takenOf('again', known.id, file, { matched: confirmed || known.examId !== null, warning: null });
}

/** A clip that waited is uploaded onto an examination: a person has said whose it is. */
async function confirm(clinic: ClinicTransaction, { examId, by }: Arrival, id: string): Promise<void> {
  await clinic.tx
    .updateTable('imaging_instance')
    .set({
      study_id: examId ?? null,
      matched_at: sql<Date>`clock_timestamp()`,
      matched_by: by ?? null,
      waiting_reason: null,
      set_aside_at: null,
    })
    .where('clinic_id', '=', clinic.clinicId)
    .where('id', '=', id)
    .execute();
  await record(clinic, {
    action: 'clip.matched',
    subject: { kind: 'clip', id },
    detail: { study: examId ?? null },
  });
}

interface New {
  readonly stored: ClipOnDisk;
  readonly file: ReadFile;
  readonly match: Exclude<Whose, { readonly kind: 'refused' }>;
}

async function insert(clinic: ClinicTransaction, arrival: Arrival, of: New): Promise<Took> {
  const { stored, file, match } = of;
  const warning = match.warning ?? null;
  const matched = match.kind === 'matched';
  const id = newId();
  const sending = ahead(clinic);
  const fileId = await storeFile(sending, arrival, stored, null);
  await sending.tx
    .insertInto('imaging_instance')
    .values({
      clinic_id: clinic.clinicId,
      id,
      file_id: fileId,
      ...columnsOf(file),
      data_sha256: stored.dataSha256,
      warnings: jsonb([
        ...file.warnings,
        ...(warning ? [{ code: 'says-another-person', message: warning }] : []),
      ]),
      source: arrival.source,
      machine_id: arrival.machineId,
      study_id: matched ? match.examId : null,
      matched_at: matched ? sql<Date>`clock_timestamp()` : null,
      matched_by: matched ? (arrival.examId ? (arrival.by ?? null) : 'worklist') : null,
      waiting_reason: matched ? null : match.reason.slice(0, 500),
    })
    .execute();
  await record(sending, {
    action: 'clip.stored',
    subject: { kind: 'clip', id },
    detail: {
      source: arrival.source,
      machine: arrival.machineId,
      study: matched ? match.examId : null,
      matched: matched ? (arrival.examId ? 'person' : 'worklist') : 'waiting',
    },
  });
  return takenOf('stored', id, file, { matched, warning });
}

function columnsOf(file: ReadFile) {
  return {
    format: file.format,
    sop_uid: file.sopUid,
    sop_class: file.sopClass,
    series_uid: file.seriesUid,
    dicom_study_uid: file.dicomStudyUid,
    modality: file.modality,
    transfer_syntax: file.transferSyntax,
    width: file.width,
    height: file.height,
    frames: file.frameIndex.length,
    times: [...file.times],
    regions: jsonb(file.regions),
    says: jsonb(file.says),
    metadata: jsonb(file.metadata),
    frame_index: jsonb(file.frameIndex),
  };
}

/** A list is an array of PostgreSQL's to the driver unless it is told. */
function jsonb(value: unknown) {
  return sql<unknown>`${JSON.stringify(value)}::text::jsonb`;
}

function takenOf(
  kind: TakenClip['kind'],
  instanceId: string,
  file: ReadFile,
  rest: Pick<TakenClip, 'matched' | 'warning'>,
): TakenClip {
  const { sopUid, sopClass, dicomStudyUid: studyUid, seriesUid } = file;
  return { kind, instanceId, sopUid, sopClass, studyUid, seriesUid, ...rest };
}

function refusedOf(file: ReadFile, refused: Refused): Took {
  const { sopUid, sopClass, dicomStudyUid: studyUid } = file;
  return { kind: 'refused', refused: { ...refused, sopUid, sopClass, studyUid } };
}
