/** A body of several parts that is not as it should be: it ended early, or is none at all. */
export class MultipartError extends Error {
  override readonly name = 'MultipartError';
  readonly problem: 'cut-off' | 'malformed';

  constructor(problem: MultipartError['problem'], message: string) {
    super(message);
    this.problem = problem;
  }
}
