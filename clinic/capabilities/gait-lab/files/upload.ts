import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import type { FileStatus } from '../../../platform/database/schema-of-studies.ts';
import { FileError, type FileStore } from '../../../platform/files/index.ts';
import { queueRun } from '../core/queue-run.ts';
import { inspectInThread } from '../processing/run-thread.ts';
import type { Inspected } from '../processing/thread-task.ts';
import { plainName } from './files-of-form.ts';
import { LARGEST_FILE, MOST_FILES } from './limits.ts';
import { UploadError } from './upload-error.ts';

const MB = 1024 * 1024;
/** An upload without a byte for this long is not waited for. */
const STALLED = sql`interval '30 seconds'`;
const MEDIA_TYPE = 'model/c3d';

export interface Announced {
  readonly name: string;
  readonly sizeBytes: number;
  /** Hexadecimal; null where the sender could not compute it. */
  readonly sha256: string | null;
}

export interface Upload {
  readonly fileId: string;
  readonly status: FileStatus;
  readonly received: number;
  readonly refusedReason: string | null;
}

/**
 * Announces a file of a session. A file of this name, size and hash that was begun before is gone on with, and one that is
 * here already need not be sent again.
 *
 * @throws UploadError `name`, `size`, `too-large` or `too-many`
 */
export async function announceFile(
  clinic: ClinicTransaction,
  studyId: string,
  announced: Announced,
): Promise<Upload> {
  const { tx, clinicId } = clinic;
  const name = plainName(announced.name);
  const { sizeBytes, sha256 } = announced;
  if (name === '') throw new UploadError('name', 'A file without a name cannot be taken.');
  if (sizeBytes < 1) throw new UploadError('size', `${name} is empty: it holds not one byte.`);
  if (sizeBytes > LARGEST_FILE)
    throw new UploadError('too-large', `${name} is larger than ${LARGEST_FILE / MB} MB.`);
  await tx.selectFrom('study').select('id').where('id', '=', studyId).forUpdate().execute();
  const files = await tx
    .selectFrom('study_file as sf')
    .innerJoin('stored_file as f', (join) =>
      join.onRef('f.clinic_id', '=', 'sf.clinic_id').onRef('f.id', '=', 'sf.file_id'),
    )
    .select(['f.id', 'f.name', 'f.size', 'f.sha256', 'f.status', 'f.received', 'f.refused_reason'])
    .where('sf.clinic_id', '=', clinicId)
    .where('sf.study_id', '=', studyId)
    .where('f.status', '!=', 'deleted')
    .execute();
  const known = files.find(
    (one) => sha256 !== null && one.name === name && one.sha256 === sha256 && Number(one.size) === sizeBytes,
  );
  if (known)
    return {
      fileId: known.id,
      status: known.status,
      received: Number(known.received),
      refusedReason: known.refused_reason,
    };
  if (files.length >= MOST_FILES)
    throw new UploadError('too-many', `A session holds at most ${MOST_FILES} files.`);
  const { id } = await tx
    .insertInto('stored_file')
    .values({
      clinic_id: clinicId,
      name,
      media_type: MEDIA_TYPE,
      size: sizeBytes,
      sha256,
      refused_reason: null,
      created_by: clinic.actor.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('study_file')
    .values({
      clinic_id: clinicId,
      study_id: studyId,
      file_id: id,
      role: 'other',
      reason: null,
      decided_by: null,
    })
    .execute();
  return { fileId: id, status: 'uploading', received: 0, refusedReason: null };
}

/** A file of a session as it is now, or null. */
export async function readUpload(
  { tx, clinicId }: ClinicTransaction,
  studyId: string,
  fileId: string,
): Promise<(Upload & Announced) | null> {
  const row = await tx
    .selectFrom('study_file as sf')
    .innerJoin('stored_file as f', (join) =>
      join.onRef('f.clinic_id', '=', 'sf.clinic_id').onRef('f.id', '=', 'sf.file_id'),
    )
    .select(['f.id', 'f.name', 'f.size', 'f.sha256', 'f.status', 'f.received', 'f.refused_reason'])
    .where('sf.clinic_id', '=', clinicId)
    .where('sf.study_id', '=', studyId)
    .where('f.id', '=', fileId)
    .executeTakeFirst();
  return (
    (row && {
      fileId: row.id,
      name: row.name,
      sizeBytes: Number(row.size),
      sha256: row.sha256,
      status: row.status,
      received: Number(row.received),
      refusedReason: row.refused_reason,
    }) ??
    null
  );
}

/** One piece of a file: where it begins and its bytes. */
export interface Piece {
  readonly studyId: string;
  readonly fileId: string;
  readonly offset: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Takes the next piece of a file. With the last one the file is checked against its hash, looked into, and given its final
 * name; what cannot be used is kept and says why.
 *
 * @throws UploadError `offset` with the byte to go on from, `checksum` when the file must be sent anew, `gone`, `too-large`
 */
export async function takePiece(context: ClinicContext, files: FileStore, piece: Piece): Promise<Upload> {
  const { studyId, fileId, offset } = piece;
  const upload = await inClinic(context, (clinic) => readUpload(clinic, studyId, fileId));
  if (upload?.status === 'ready' || upload?.status === 'refused') return upload;
  if (upload?.status !== 'uploading') throw new UploadError('gone', 'This upload is not known any more.');
  if (upload.received !== offset)
    throw new UploadError('offset', `Byte ${upload.received} comes next.`, upload.received);
  const received = await write(context, files, piece, upload.sizeBytes);
  if (received < upload.sizeBytes) return { ...upload, received };
  return finish(context, files, studyId, { ...upload, received });
}

async function write(
  context: ClinicContext,
  files: FileStore,
  { fileId, offset, body }: Piece,
  sizeBytes: number,
): Promise<number> {
  try {
    const received = await files.append(fileId, offset, body, sizeBytes);
    await setReceived(context, fileId, received);
    return received;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.problem === 'offset') {
      await setReceived(context, fileId, error.bytes);
      throw new UploadError('offset', `Byte ${error.bytes} comes next.`, error.bytes);
    }
    if (error.problem === 'too-large') throw new UploadError('too-large', error.message, offset);
    throw error;
  }
}

async function setReceived(context: ClinicContext, fileId: string, received: number): Promise<void> {
  await inClinic(context, ({ tx, clinicId }) =>
    tx
      .updateTable('stored_file')
      .set({ received, changed_at: sql<Date>`clock_timestamp()` })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', fileId)
      .where('status', '=', 'uploading')
      .execute(),
  );
}

async function finish(
  context: ClinicContext,
  files: FileStore,
  studyId: string,
  upload: Upload & Announced,
): Promise<Upload> {
  const { fileId, name } = upload;
  const sha256 = await files.hashOf(fileId);
  if (upload.sha256 !== null && upload.sha256 !== sha256) {
    await setReceived(context, fileId, 0);
    throw new UploadError('checksum', `${name} changed on its way here. It must be sent again.`, 0);
  }
  const found = await inspectInThread({ name, path: files.draftPath(fileId) });
  await files.keep(fileId, { clinicId: context.clinicId, sha256 });
  await inClinic(context, (clinic) => settle(clinic, { studyId, fileId, sha256, found }));
  return {
    fileId,
    status: found.ok ? 'ready' : 'refused',
    received: upload.sizeBytes,
    refusedReason: found.ok ? null : found.reason,
  };
}

/** The file is on the disk under its name: now its row says so. */
async function settle(
  clinic: ClinicTransaction,
  of: {
    readonly studyId: string;
    readonly fileId: string;
    readonly sha256: string;
    readonly found: Inspected;
  },
): Promise<void> {
  const { tx, clinicId } = clinic;
  const { studyId, fileId, sha256, found } = of;
  await tx
    .updateTable('stored_file')
    .set({
      status: found.ok ? 'ready' : 'refused',
      sha256,
      refused_reason: found.ok ? null : found.reason.slice(0, 500),
      changed_at: sql<Date>`clock_timestamp()`,
    })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', fileId)
    .execute();
  await record(clinic, {
    action: found.ok ? 'file.stored' : 'file.refused',
    subject: { kind: 'file', id: fileId },
    detail: { study: studyId, sha256 },
  });
  if (found.ok)
    await tx
      .updateTable('study_file')
      .set({ role: found.role, facts: found.facts })
      .where('clinic_id', '=', clinicId)
      .where('study_id', '=', studyId)
      .where('file_id', '=', fileId)
      .execute();
  // A refused file changes nothing, but the others may have waited for it.
  if (!found.ok && !(await isDraft(clinic, studyId))) return;
  if (!(await moreIsComing(clinic, studyId))) await queueRun(clinic, studyId);
}

async function isDraft({ tx, clinicId }: ClinicTransaction, studyId: string): Promise<boolean> {
  const study = await tx
    .selectFrom('study')
    .select('status')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', studyId)
    .executeTakeFirst();
  return study?.status === 'draft';
}

/** Whether other files of the session are on their way: the last of them has it processed, once for all. */
async function moreIsComing({ tx, clinicId }: ClinicTransaction, studyId: string): Promise<boolean> {
  const other = await tx
    .selectFrom('study_file as sf')
    .innerJoin('stored_file as f', (join) =>
      join.onRef('f.clinic_id', '=', 'sf.clinic_id').onRef('f.id', '=', 'sf.file_id'),
    )
    .select('f.id')
    .where('sf.clinic_id', '=', clinicId)
    .where('sf.study_id', '=', studyId)
    .where('f.status', '=', 'uploading')
    .where('f.changed_at', '>', sql<Date>`clock_timestamp() - ${STALLED}`)
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}
