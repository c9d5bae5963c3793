export type UploadProblem = 'offset' | 'checksum' | 'gone' | 'name' | 'size' | 'too-many' | 'too-large';

/** A file that cannot be taken as it was sent, and from which byte the sender should go on. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
  readonly problem: UploadProblem;
  readonly received: number;

  constructor(problem: UploadProblem, message: string, received = 0) {
    super(message);
    this.problem = problem;
    this.received = received;
  }
}
