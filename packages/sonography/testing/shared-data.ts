import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';

/** A bundled program lies elsewhere and is told where the project is. */
const ROOT = process.env.RECTUS_ROOT ?? join(import.meta.dirname, '..', '..', '..');

/** Real clips and images, where they are present: see the README of the data. */
export const ULTRASOUND_DATA = join(
  process.env.RECTUS_SHARED_DATA ?? join(ROOT, '..', 'shared', 'data'),
  'ultrasound',
);

/** Whether they are there; says so loudly where they are not. */
export function hasUltrasoundData(): boolean {
  const there = existsSync(ULTRASOUND_DATA);
  if (!there) process.stderr.write('skipped: no ../shared/data\n');
  return there;
}

/** The bytes of one of them, by its path below the folder. */
export function ultrasoundFile(...path: readonly string[]): Uint8Array {
  return new Uint8Array(readFileSync(join(ULTRASOUND_DATA, ...path)));
}

/** Tests that need data: a suite that is skipped would still be read, and fail where it opens a file. */
export function describeWith(isThere: boolean, name: string, body: () => void): void {
  if (isThere) describe(name, body);
  else describe.skip(name, () => test('needs ../shared/data', () => {}));
}
