import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { C3dError, readC3d } from '@rectus/c3d';
import { SHARED_DATA } from '../../packages/gait/testing/shared-data.ts';
import { largeFile } from './made-files.ts';
import { timesOf } from './timing.ts';

const MIB = 1024 * 1024;

/** How fast one file is read, from the disk's cache to typed content. MB are millions of bytes. */
export interface ReadSpeed {
  readonly name: string;
  readonly bytes: number;
  readonly form: string;
  readonly isRealPc: boolean;
  readonly isMade: boolean;
  /** The best of several readings. */
  readonly mbPerS: number;
  /** The same bytes read and added up as 32-bit numbers: no reader of this runtime can be faster. */
  readonly ceilingMbPerS: number;
}

export interface ReadingOrder {
  /** Sizes of files made by the writer, in MiB. */
  readonly sizesMiB: readonly number[];
  readonly repeats: number;
}

const FORMS = [
  { processor: 'pc', storage: 'integer' },
  { processor: 'dec', storage: 'real' },
  { processor: 'dec', storage: 'integer' },
  { processor: 'sgi', storage: 'real' },
  { processor: 'sgi', storage: 'integer' },
] as const;

/** Files of the writer of several sizes and all forms in a folder of their own; the caller removes it. */
export async function makeFiles({ sizesMiB }: ReadingOrder): Promise<{ folder: string; paths: string[] }> {
  const folder = join(tmpdir(), `rectus-bench-gait-${process.pid}`);
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  const write = async (name: string, bytes: Uint8Array) => {
    paths.push(join(folder, name));
    await writeFile(join(folder, name), bytes);
  };
  for (const size of sizesMiB) await write(`simulated ${size} MiB.c3d`, largeFile(size * MIB));
  const size = sizesMiB[0] ?? 1;
  for (const form of FORMS)
    await write(`simulated ${size} MiB ${form.processor} ${form.storage}.c3d`, largeFile(size * MIB, form));
  return { folder, paths };
}

export function removeFiles(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}

/** Every real file that reads, and the made ones: small files often, large ones less often; the best of all times. */
export function measureReading(made: readonly string[], { repeats }: ReadingOrder): ReadSpeed[] {
  const real = realFiles();
  // What runs once in a process runs in the interpreter: a few readings first.
  for (const path of [...real, ...made.slice(0, 1)].slice(0, 12)) for (let n = 0; n < 5; n++) tryRead(path);
  return [...made, ...real].flatMap((path) => speedOf(path, made.includes(path), repeats) ?? []);
}

function realFiles(): string[] {
  const folder = join(SHARED_DATA, 'gait');
  return ['pig', 'formats', 'forceplates', 'opensim', 'lifting'].flatMap((part) => {
    try {
      const names = readdirSync(join(folder, part)).filter((name) => name.endsWith('.c3d'));
      return names.sort().map((name) => join(folder, part, name));
    } catch {
      return [];
    }
  });
}

function tryRead(path: string): ReturnType<typeof readC3d> | null {
  try {
    return readC3d(readFileSync(path));
  } catch (error) {
    if (error instanceof C3dError) return null;
    throw error;
  }
}

function speedOf(path: string, isMade: boolean, repeats: number): ReadSpeed | null {
  const content = tryRead(path);
  if (!content) return null;
  const bytes = readFileSync(path).length;
  const times = Math.max(Math.ceil(repeats / 4), Math.min(repeats, Math.round((repeats * 4 * MIB) / bytes)));
  const mbPerS = (work: () => unknown) => bytes / 1000 / timesOf(times, work).bestMs;
  const { processor, storage } = content;
  return {
    name: basename(path),
    bytes,
    form: `${processor} ${storage}`,
    isRealPc: processor === 'pc' && storage === 'real',
    isMade,
    mbPerS: mbPerS(() => readC3d(readFileSync(path))),
    ceilingMbPerS: mbPerS(() => sumOf(readFileSync(path))),
  };
}

function sumOf(bytes: Buffer): number {
  const whole = bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(bytes);
  const numbers = new Float32Array(whole.buffer, whole.byteOffset, Math.floor(whole.length / 4));
  let sum = 0;
  for (let index = 0; index < numbers.length; index++) sum += numbers[index] as number;
  return sum;
}
