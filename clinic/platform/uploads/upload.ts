import { sql } from 'kysely';
import { type ClinicContext, type ClinicTransaction, inClinic } from '../database/in-clinic.ts';
import type { FileStatus } from '../database/schema-of-studies.ts';
import { FileError, type FileStore } from '../files/index.ts';
import { plainName } from './files-of-form.ts';
import { UploadError } from './upload-error.ts';
import type { UploadKind } from './upload-kind.ts';

const MB = 1024 * 1024;

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
 * Announces a file of a study. A file of this name, size and hash that was begun before is gone on with, and one that is
 * here already need not be sent again.
 *
 * @throws UploadError `name`, `size`, `too-large` or `too-many`
 */
export async function announceFile(
  clinic: ClinicTransaction,
  kind: Pick<UploadKind, 'largest' | 'most' | 'mediaType' | 'tryRefusedAgain'>,
  studyId: string,
  announced: Announced,
): Promise<Upload> {
  const { tx, clinicId } = clinic;
  const name = plainName(announced.name);
  const { sizeBytes, sha256 } = announced;
  if (name === '') throw new UploadError('name', 'A file without a name cannot be taken.');
  if (sizeBytes < 1) throw new UploadError('size', `${name} is empty: it holds not one byte.`);
  if (sizeBytes > kind.largest)
    throw new UploadError('too-large', `${name} is larger than ${kind.largest / MB} MB.`);
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
    (one) =>
      sha256 !== null &&
      one.name === name &&
      one.sha256 === sha256 &&
      Number(one.size) === sizeBytes &&
      !(kind.tryRefusedAgain && one.status === 'refused'),
  );
  if (known)
    return {
      fileId: known.id,
      status: known.status,
      received: Number(known.received),
      refusedReason: known.refused_reason,
    };
  if (files.length >= kind.most)
    throw new UploadError('too-many', `At most ${kind.most} files are taken here.`);
  const { id } = await tx
    .insertInto('stored_file')
    .values({
      clinic_id: clinicId,
      name,
      media_type: kind.mediaType,
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

/** A file of a study as it is now, or null. */
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
 * Takes the next piece of a file. With the last one the file is checked against its hash and settled: looked into, and given
 * its final name; what cannot be used is kept and says why.
 *
 * @throws UploadError `offset` with the byte to go on from, `checksum` when the file must be sent anew, `gone`, `too-large`
 */
export async function takePiece(
  context: ClinicContext,
  files: FileStore,
  kind: Pick<UploadKind, 'settle'>,
  piece: Piece,
): Promise<Upload> {
  const { studyId, fileId, offset } = piece;
  const upload = await inClinic(context, (clinic) => readUpload(clinic, studyId, fileId));
  if (upload?.status === 'ready' || upload?.status === 'refused') return upload;
  if (upload?.status !== 'uploading') throw new UploadError('gone', 'This upload is not known any more.');
  if (upload.received !== offset)
    throw new UploadError('offset', `Byte ${upload.received} comes next.`, upload.received);
  const received = await write(context, files, piece, upload.sizeBytes);
  if (received < upload.sizeBytes) return { ...upload, received };
  return finish(context, files, kind, { ...upload, studyId, received });
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
  kind: Pick<UploadKind, 'settle'>,
  upload: Upload & Announced & { readonly studyId: string },
): Promise<Upload> {
  const { fileId, name, studyId } = upload;
  const sha256 = await files.hashOf(fileId);
  if (upload.sha256 !== null && upload.sha256 !== sha256) {
    await setReceived(context, fileId, 0);
    throw new UploadError('checksum', `${name} changed on its way here. It must be sent again.`, 0);
  }
  const settled = await kind.settle(context, files, { studyId, fileId, name, sha256 });
  return { fileId, received: upload.sizeBytes, ...settled };
}
