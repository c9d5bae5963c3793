/** What is wrong with what was given, for programs to act on. */
export type SonographyErrorCode =
  | 'not-this-format'
  | 'truncated'
  | 'unsupported'
  | 'corrupt'
  | 'missing-identity'
  | 'no-such-frame'
  | 'too-large'
  | 'not-measurable'
  | 'bad-argument';

/** The one error that reading, tracking and measuring throw for bad input. */
export class SonographyError extends Error {
  override readonly name = 'SonographyError';
  readonly code: SonographyErrorCode;

  constructor(code: SonographyErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
