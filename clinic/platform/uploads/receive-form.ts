import { createHash } from 'node:crypto';
import { type ClinicContext, inClinic } from '../database/in-clinic.ts';
import type { FileStore } from '../files/index.ts';
import { filesOfForm } from './files-of-form.ts';
import { announceFile, takePiece, type Upload } from './upload.ts';
import { UploadError, type UploadProblem } from './upload-error.ts';
import type { UploadKind } from './upload-kind.ts';

/** What became of a form's files: counts and kinds alone, since they travel in an address, where no name may stand. */
export interface ReceivedForm {
  readonly taken: number;
  readonly refused: number;
  /** Of files that were not taken at all, and of the form itself. */
  readonly problems: readonly (UploadProblem | 'damaged' | 'none')[];
}

/** Takes the files of a multipart form, one after the other, on the same way as those of a script. */
export async function receiveForm(
  context: ClinicContext,
  files: FileStore,
  kind: UploadKind,
  form: { readonly studyId: string; readonly contentType: string; readonly body: Buffer },
): Promise<ReceivedForm> {
  const sent = await filesOfForm(form);
  if (sent === null) return { taken: 0, refused: 0, problems: ['damaged'] };
  if (sent.length === 0) return { taken: 0, refused: 0, problems: ['none'] };
  const found = { taken: 0, refused: 0, problems: [] as UploadProblem[] };
  for (const file of sent) {
    try {
      const { status } = await receive(context, files, kind, { studyId: form.studyId, file });
      if (status === 'refused') found.refused += 1;
      else found.taken += 1;
    } catch (error) {
      if (!(error instanceof UploadError)) throw error;
      found.problems.push(error.problem);
    }
  }
  return found;
}

async function receive(
  context: ClinicContext,
  files: FileStore,
  kind: UploadKind,
  { studyId, file }: { readonly studyId: string; readonly file: File },
): Promise<Upload> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const announced = {
    name: file.name,
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
  const upload = await inClinic(context, (clinic) => announceFile(clinic, kind, studyId, announced));
  if (upload.status !== 'uploading') return upload;
  const rest = bytes.subarray(upload.received);
  return takePiece(context, files, kind, {
    studyId,
    fileId: upload.fileId,
    offset: upload.received,
    body: piecesOf(rest),
  });
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
