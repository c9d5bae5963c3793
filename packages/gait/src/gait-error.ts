/** A trial that cannot be worked with, and why. */
export class GaitError extends Error {
  override readonly name = 'GaitError';
  readonly code:
    | 'no-unit'
    | 'missing-marker'
    | 'missing-measurement'
    | 'no-frames'
    | 'not-walking'
    | 'marker-set';

  constructor(code: GaitError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
