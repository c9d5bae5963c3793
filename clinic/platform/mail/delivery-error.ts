import type { NodemailerError } from 'nodemailer';
import { MailError } from './mail-error.ts';

/**
 * What went wrong at the mail server, as a {@link MailError}.
 *
 * Only a final "no" to this recipient or this text is not worth a second try: anything else (a wrong password, a
 * server that knows no such sender) can be put right at the server or in the settings, and the mail must not be lost.
 */
export function deliveryError(error: unknown): MailError {
  const { code = 'no code', command = '', responseCode, permanent } = error as NodemailerError;
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2') {
    return new MailError('sign-in', `The mail server did not accept the sign-in (${responseCode ?? code}).`, {
      retryable: true,
    });
  }
  if (code === 'ETLS') {
    return new MailError('unreachable', 'The connection to the mail server cannot be encrypted.', {
      retryable: true,
    });
  }
  if (responseCode !== undefined) return answeredNo(responseCode, command, permanent === true);
  if (code === 'ETIMEDOUT' || code === 'EABORT') {
    return new MailError('timed-out', 'The mail server did not answer in time.', { retryable: true });
  }
  if (code === 'EENVELOPE' || code === 'EMESSAGE' || code === 'ESTREAM') {
    return new MailError('content', `The mail cannot be sent as it is (${code}).`, { retryable: false });
  }
  return new MailError('unreachable', `The mail server cannot be reached (${code}).`, { retryable: true });
}

/** The server's words are left out: they often repeat the recipient's address. */
function answeredNo(responseCode: number, command: string, permanent: boolean): MailError {
  const aboutThisMail = /^(RCPT|DATA)/i.test(command);
  if (permanent && aboutThisMail) {
    return new MailError('refused', `The mail server refused the mail (${responseCode}).`, {
      retryable: false,
    });
  }
  return new MailError('deferred', `The mail server does not take mail now (${responseCode}).`, {
    retryable: true,
  });
}
