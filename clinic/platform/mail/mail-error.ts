/** Why a mail did not go. The first three lie in the mail or the settings, the others at the mail server. */
export type MailFailure =
  | 'address'
  | 'content'
  | 'settings'
  | 'sign-in'
  | 'refused'
  | 'deferred'
  | 'timed-out'
  | 'unreachable';

/**
 * A mail that did not go.
 *
 * `retryable` tells whether the same mail may go later, as it is. The message holds no address and no text of the
 * mail, so it can be logged and kept.
 */
export class MailError extends Error {
  override readonly name = 'MailError';
  readonly failure: MailFailure;
  readonly retryable: boolean;

  constructor(failure: MailFailure, message: string, { retryable }: { readonly retryable: boolean }) {
    super(message);
    this.failure = failure;
    this.retryable = retryable;
  }
}
