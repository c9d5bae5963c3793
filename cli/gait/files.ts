import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { C3dError, type C3dFile, readC3d } from '@rectus/c3d';

/** A C3D file and what to call it. */
export interface NamedFile {
  readonly name: string;
  readonly file: C3dFile;
}

/** Reads a C3D file. @throws C3dError with the file's name in front */
export function readTrial(path: string): NamedFile {
  const bytes = readFileSync(path);
  try {
    return { name: basename(path), file: readC3d(bytes) };
  } catch (error) {
    if (error instanceof C3dError) error.message = `${path}: ${error.message}`;
    throw error;
  }
}
