import { C3dError, type Place } from './errors.ts';

/** Keeps account of the memory that reading one file takes. */
export interface Budget {
  /** Counts bytes before they are allocated. @throws C3dError `too-large` when the limit would be passed */
  readonly claim: (bytes: number, what: string, place?: Place) => void;
  /** The bytes counted so far. */
  readonly used: () => number;
}

const MEBIBYTE = 1024 * 1024;

/**
 * The most memory in bytes that reading a file of this true size may take, whatever its header declares. A frame of
 * integers grows fourfold when it becomes 64-bit numbers with residuals, so that ten times leaves room for the rest.
 */
export function allocationLimit(fileBytes: number): number {
  return 10 * fileBytes + MEBIBYTE;
}

/** An account with the limit that the file's true size gives. */
export function openBudget(fileBytes: number): Budget {
  const limit = allocationLimit(fileBytes);
  let used = 0;
  return {
    used: () => used,
    claim: (bytes, what, place = {}) => {
      used += bytes;
      if (used <= limit) return;
      const expected = `at most ${limit} bytes of memory for a file of ${fileBytes} bytes`;
      throw new C3dError({ code: 'too-large', expected, found: `${used} bytes with ${what}`, ...place });
    },
  };
}
