export type FileProblem = 'offset' | 'too-large' | 'disk-full' | 'missing';

/** A file that could not be written or read, and up to where it is here. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly problem: FileProblem;
  /** Bytes of the draft that are here. */
  readonly bytes: number;

  constructor(problem: FileProblem, message: string, bytes: number, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.problem = problem;
    this.bytes = bytes;
  }
}
