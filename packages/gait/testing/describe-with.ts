import { describe, test } from 'vitest';

/** Tests that need data: a suite that is skipped would still be read, and fail where it opens a file. */
export function describeWith(isThere: boolean, name: string, body: () => void): void {
  if (isThere) describe(name, body);
  else describe.skip(name, () => test('needs ../shared/data', () => {}));
}
