import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { FileError } from './file-error.ts';

/** A file of a clinic, known by the hash of its bytes. */
export interface FileName {
  readonly clinicId: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** A file on disk as a sweep sees it. */
export interface FoundFile {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly changedAt: number;
}

/** Where uploaded files lie. Drafts are files on their way: they have names of their own and are in no back-up. */
export interface FileStore {
  /**
   * Writes `body` into a draft from `offset` on and returns the draft's length once that is on the disk. Whatever stood
   * beyond `offset` was never acknowledged and is written over.
   * @throws FileError `offset` where the draft is shorter, `too-large` beyond `limit`, `disk-full`
   */
  append(draft: string, offset: number, body: AsyncIterable<Uint8Array>, limit: number): Promise<number>;
  /** The hash of a draft's bytes, hexadecimal. */
  hashOf(draft: string): Promise<string>;
  /** Gives a draft its final name. Two files with the same bytes are one. */
  keep(draft: string, name: FileName): Promise<void>;
  /** The path of a draft, for a thread that reads it. */
  draftPath(draft: string): string;
  pathOf(name: FileName): string;
  read(name: FileName): Promise<Buffer>;
  /** The bytes from `start` up to and including `end`, or all. */
  stream(name: FileName, range?: { readonly start: number; readonly end: number }): Readable;
  remove(name: FileName): Promise<void>;
  removeDraft(draft: string): Promise<void>;
  /** Every file of a clinic, and every draft of all of them. */
  list(clinicId: string): Promise<readonly FoundFile[]>;
  listDrafts(): Promise<readonly FoundFile[]>;
}

/** The back-up leaves out names that begin with a dot. */
const DRAFTS = '.drafts';
const PLAIN_ID = /^[0-9a-f-]{36}$/;
const HASH = /^[0-9a-f]{64}$/;

/** Files in a folder of this machine: temporary name, fsync, rename. The folder is made when the first one comes. */
export function openFiles(folder: string): FileStore {
  const draftPath = (draft: string) => join(folder, DRAFTS, checked(draft, PLAIN_ID));
  const pathOf = ({ clinicId, sha256 }: FileName) => {
    const hash = checked(sha256, HASH);
    return join(folder, checked(clinicId, PLAIN_ID), hash.slice(0, 2), hash);
  };
  return {
    draftPath,
    pathOf,
    append: (draft, offset, body, limit) => append(draftPath(draft), offset, body, limit),
    hashOf: (draft) => hashOf(draftPath(draft)),
    async keep(draft, name) {
      const target = pathOf(name);
      const move = () => rename(draftPath(draft), target);
      await inFolder(dirname(target), move).catch(explain);
      await syncFolder(dirname(target));
    },
    read: (name) => readFile(pathOf(name)).catch(explain),
    stream: (name, range) => createReadStream(pathOf(name), range),
    remove: (name) => rm(pathOf(name), { force: true }),
    removeDraft: (draft) => rm(draftPath(draft), { force: true }),
    list: (clinicId) => filesBelow(join(folder, checked(clinicId, PLAIN_ID))),
    listDrafts: () => filesBelow(join(folder, DRAFTS)),
  };
}

/** A name that is none of ours must never become a path. */
function checked(name: string, pattern: RegExp): string {
  if (!pattern.test(name)) throw new RangeError(`Not a name of a stored file: ${name.slice(0, 80)}`);
  return name;
}

async function append(
  path: string,
  offset: number,
  body: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<number> {
  const start = () => open(path, offset === 0 ? 'w' : 'r+', 0o600);
  const file = await inFolder(dirname(path), start).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new FileError('offset', 'Nothing of this file is here yet.', 0);
    return explain(error);
  });
  try {
    // From the beginning it was opened empty.
    if (offset > 0) {
      const { size } = await file.stat();
      if (size < offset) throw new FileError('offset', `Only ${size} bytes are here.`, size);
      await file.truncate(offset);
    }
    let at = offset;
    for await (const chunk of body) {
      if (at + chunk.length > limit)
        throw new FileError('too-large', 'More bytes came than were announced.', offset);
      await writeWhole(file, chunk, at);
      at += chunk.length;
    }
    await file.sync();
    return at;
  } catch (error) {
    return explain(error);
  } finally {
    await file.close();
  }
}

/** A system may write less than it was given, such as where the disk is nearly full. */
async function writeWhole(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}

/** Does something in a folder, which is made where it is missing: nearly always it is there. */
async function inFolder<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return work();
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function filesBelow(folder: string): Promise<readonly FoundFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const found: FoundFile[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const facts = await stat(join(entry.parentPath, entry.name)).catch(() => null);
    if (facts) found.push({ name: entry.name, changedAt: facts.mtimeMs });
  }
  return found;
}

/** A rename is safe once its folder is on disk too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  // Windows cannot flush a folder.
  await folder.sync().catch(() => {});
  await folder.close();
}

function explain(error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    throw new FileError('disk-full', 'The clinic’s disk is full.', 0, error);
  if (code === 'ENOENT') throw new FileError('missing', 'The file is not on the disk.', 0, error);
  throw error;
}
