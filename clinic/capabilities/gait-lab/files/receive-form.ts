import { createHash } from 'node:crypto';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import type { FileStore } from '../../../platform/files/index.ts';
import { announceFile, takePiece, type Upload } from './upload.ts';
import { UploadError } from './upload-error.ts';

/**
 * Takes the files of a multipart form, one after the other, on the same way as those of a script. Returns a line for each
 * that was not simply taken, and one for all that were.
 */
export async function receiveForm(
  context: ClinicContext,
  files: FileStore,
  form: { readonly studyId: string; readonly contentType: string; readonly body: Buffer },
): Promise<readonly string[]> {
  const lines: string[] = [];
  let taken = 0;
  for (const file of await filesIn(form)) {
    try {
      const { status, refusedReason } = await receive(context, files, form.studyId, file);
      if (status === 'refused') lines.push(`${file.name} cannot be used: ${refusedReason}`);
      else taken += 1;
    } catch (error) {
      if (!(error instanceof UploadError)) throw error;
      lines.push(error.message);
    }
  }
  if (taken > 0) lines.unshift(taken === 1 ? 'One file was taken.' : `${taken} files were taken.`);
  return lines.length > 0 ? lines.slice(0, 20) : ['No file was picked.'];
}

async function filesIn({
  contentType,
  body,
}: {
  readonly contentType: string;
  readonly body: Buffer;
}): Promise<readonly File[]> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => null);
  if (!form) throw new UploadError('size', 'The form arrived damaged.');
  // A form without a picked file sends one without a name.
  return form.getAll('files').filter((one): one is File => typeof one !== 'string' && one.name !== '');
}

async function receive(
  context: ClinicContext,
  files: FileStore,
  studyId: string,
  file: File,
): Promise<Upload> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const announced = {
    name: file.name,
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
  const upload = await inClinic(context, (clinic) => announceFile(clinic, studyId, announced));
  if (upload.status !== 'uploading') return upload;
  const rest = bytes.subarray(upload.received);
  return takePiece(context, files, {
    studyId,
    fileId: upload.fileId,
    offset: upload.received,
    body: piecesOf(rest),
  });
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
