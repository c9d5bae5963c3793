import { SonographyError } from '../sonography-error.ts';

/** Why nothing is measured, for programs to act on. */
export type RefusalReason =
  /** The region gives no length per pixel, or one that cannot be trusted. */
  | 'no-scale'
  /** The places lie in different regions, or in none. */
  | 'different-regions'
  | 'outside'
  /** Tracking lost a place in this frame. */
  | 'lost'
  /** The lines or places make no such measure: parallel, crossing, one on the other. */
  | 'degenerate';

/** A measure that was refused rather than given wrong. */
export class MeasureRefused extends SonographyError {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super('not-measurable', message);
    this.reason = reason;
  }
}
