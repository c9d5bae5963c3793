import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { BackupError } from './backup-error.ts';
import { backupFormat, type Manifest, type Part, parseManifest } from './manifest.ts';
import { readTar, type TarEntry, TarError } from './tar.ts';

const manifestPath = 'manifest.json';
const anotherCopy = 'Use another copy of the back-up; nothing was changed.';

/** Hands each entry of the file to `visit`, in order, and names what is wrong with a damaged one. */
export async function readBackup(file: string, visit: (entry: TarEntry) => Promise<void>): Promise<void> {
  try {
    await pipeline(createReadStream(file), createGunzip(), async (bytes: AsyncIterable<Buffer>) => {
      for await (const entry of readTar(bytes)) await visit(entry);
    });
  } catch (error) {
    throw explainReading(file, error);
  }
}

/**
 * Reads the whole file once and checks every part against the manifest.
 * @throws BackupError that says whether it is missing, cut off, altered, of a newer format or no back-up at all
 */
export async function verifyBackup(file: string): Promise<Manifest> {
  const found = new Map<string, Part>();
  const text: Buffer[] = [];
  await readBackup(file, async (entry) => {
    const hash = createHash('sha256');
    for await (const chunk of entry.body) {
      hash.update(chunk);
      if (entry.path === manifestPath) text.push(chunk);
    }
    if (found.has(entry.path)) throw damaged(file, `${entry.path} is in it twice`);
    found.set(entry.path, { path: entry.path, bytes: entry.bytes, sha256: hash.digest('hex') });
  });
  const manifest = readManifest(file, Buffer.concat(text).toString('utf8'));
  found.delete(manifestPath);
  for (const part of [...manifest.tables.flatMap((table) => table.parts), ...manifest.files]) {
    const held = found.get(part.path);
    if (held === undefined) throw damaged(file, `${part.path} is missing from it`);
    if (held.bytes !== part.bytes || held.sha256 !== part.sha256)
      throw damaged(file, `${part.path} was altered`);
    found.delete(part.path);
  }
  const [extra] = found.keys();
  if (extra !== undefined) throw damaged(file, `${extra} was added to it`);
  for (const { path } of manifest.files) assertSafePath(file, path);
  return manifest;
}

function readManifest(file: string, text: string): Manifest {
  if (text === '') throw damaged(file, 'its list of contents is missing, so it was cut off');
  const manifest = parseManifest(text);
  if (manifest === undefined) throw damaged(file, 'its list of contents cannot be read');
  if (manifest.format > backupFormat) {
    throw new BackupError(
      'newer-format',
      `${file} was made by a newer Rectus (format ${manifest.format}; this one reads ${backupFormat}).`,
      'Restore it with that version or a later one.',
    );
  }
  return manifest;
}

/** A path in the file must stay below the folder that it is restored to. */
function assertSafePath(file: string, path: string): void {
  const names = path.split('/');
  const leaves = names.some((name) => name === '' || name === '.' || name === '..' || /[\\\0:]/.test(name));
  if (names[0] !== 'files' || names.length < 2 || leaves)
    throw damaged(file, `it holds the unsafe path ${path}`);
}

function damaged(file: string, why: string): BackupError {
  return new BackupError('damaged', `The back-up ${file} is damaged: ${why}.`, anotherCopy);
}

function explainReading(file: string, error: unknown): unknown {
  if (error instanceof TarError) return damaged(file, error.message);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT')
    return new BackupError('no-file', `There is no file ${file}.`, 'Check the path.', error);
  if (code === 'Z_BUF_ERROR') return damaged(file, 'it ends too early (cut off while copying?)');
  if (code === 'Z_DATA_ERROR') {
    const isForeign = /incorrect header/.test((error as Error).message);
    if (isForeign)
      return new BackupError('not-a-backup', `${file} is not a back-up of Rectus.`, 'Check the path.', error);
    return damaged(file, 'its bytes were altered');
  }
  return error;
}
