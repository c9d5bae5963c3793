import { type NormFile, normsFromFiles } from '@rectus/gait';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import { filesOfForm, plainName } from '../../../platform/uploads/index.ts';
import { StudyError } from '../core/study-error.ts';
import { type Installation, installNorms } from './norm-store.ts';

/** What became of picked files: the sets that came of them, and file by file why others did not. */
export interface ReceivedNorms {
  readonly installed: readonly Installation[];
  readonly faults: readonly { readonly file: string; readonly message: string }[];
  /** Files beside them that hold no norms. */
  readonly unused: readonly string[];
}

/** Installs whatever norms a form brings. A file that cannot be used costs nothing but itself. */
export async function receiveNorms(
  context: ClinicContext,
  form: { readonly contentType: string; readonly body: Buffer },
): Promise<ReceivedNorms | 'damaged' | 'none'> {
  const picked = await filesOfForm(form);
  if (picked === null) return 'damaged';
  if (picked.length === 0) return 'none';
  const read: NormFile[] = [];
  const faults: { file: string; message: string }[] = [];
  for (const file of picked) {
    const name = plainName(file.name);
    const text = await textOf(file);
    if (text === null) faults.push({ file: name, message: 'This is no text: norms come as JSON or TSV.' });
    else read.push({ name, text });
  }
  const found = normsFromFiles(read);
  const installed: Installation[] = [];
  for (const { norms, files } of found.packages) {
    try {
      installed.push(await inClinic(context, (clinic) => installNorms(clinic, norms)));
    } catch (error) {
      if (!(error instanceof StudyError)) throw error;
      faults.push(...files.map((file) => ({ file, message: error.message })));
    }
  }
  return { installed, faults: [...faults, ...found.faults], unused: found.unused };
}

/** Null for bytes that are no UTF-8. */
async function textOf(file: File): Promise<string | null> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return null;
  }
}
