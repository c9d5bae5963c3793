import { createTransport as createSmtpTransport, type SendMailOptions } from 'nodemailer';
import { deliveryError } from './delivery-error.ts';
import { MailError } from './mail-error.ts';
import { plainAddress } from './plain-address.ts';

/** A person or a clinic with a mailbox. */
export interface Mailbox {
  readonly name: string;
  readonly email: string;
}

/** One mail to one person. */
export interface MailMessage {
  /** Becomes the Message-ID, so that a mail that is sent twice by a retry is seen as one. Letters, digits, hyphens. */
  readonly id?: string;
  readonly to: Mailbox;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** An invitation or its cancellation, as iCalendar text with the same METHOD. */
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly ics: string } | null;
}

/** Delivered: a mail server took the mail. Kept: no server is set, so the mail stays in the outbox. */
export type Delivery = { readonly delivered: true } | { readonly delivered: false; readonly kept: true };

export interface MailTransport {
  /** Hands one mail to the mail server. Throws {@link MailError}. */
  deliver(message: MailMessage): Promise<Delivery>;
}

export interface MailSettings {
  /** `smtp://` or `smtps://` with user, password and port as needed; null keeps every mail in the outbox. */
  readonly smtpUrl: string | null;
  readonly from: Mailbox;
  /** How long to wait for the server to connect, greet and answer, in ms. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 15_000;

/**
 * The way out for mail.
 *
 * Beyond this machine the connection must be encrypted: by `smtps://`, or by STARTTLS, which `?requireTLS=false` in the
 * address leaves to the server. Throws {@link MailError} where the settings cannot be used.
 */
export function createTransport(settings: MailSettings): MailTransport {
  const from = { name: oneLine(settings.from.name), address: plainAddress(settings.from.email) };
  const { smtpUrl, patienceMs = PATIENCE_MS } = settings;
  if (smtpUrl === null) {
    return {
      async deliver(message) {
        checked(message, from.address);
        return { delivered: false, kept: true };
      },
    };
  }
  const smtp = createSmtpTransport({
    url: smtpUrl,
    requireTLS: !isLoopback(smtpUrl),
    dnsTimeout: patienceMs,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async deliver(message) {
      const mail = { ...checked(message, from.address), from };
      try {
        // each wait has its limit; this one is for a server that answers, but never comes to an end
        await smtp.sendMail({ ...mail, signal: AbortSignal.timeout(4 * patienceMs) });
      } catch (error) {
        throw deliveryError(error);
      }
      return { delivered: true };
    },
  };
}

/** The mail in the form that goes out. Checked here because a name or subject may come from a public form. */
function checked(message: MailMessage, fromAddress: string): SendMailOptions {
  const { id, to, subject, text, html, calendar } = message;
  if (/\p{Cc}/u.test(subject)) {
    throw new MailError('content', 'The subject must be one line of text.', { retryable: false });
  }
  if (calendar && !calendar.ics.includes(`\r\nMETHOD:${calendar.method}\r\n`)) {
    throw new MailError('content', `Expected a calendar part with METHOD:${calendar.method}.`, {
      retryable: false,
    });
  }
  if (id !== undefined && !/^[A-Za-z0-9-]{1,100}$/.test(id)) {
    throw new MailError('content', 'Expected an id of letters, digits and hyphens.', { retryable: false });
  }
  return {
    to: { name: oneLine(to.name), address: plainAddress(to.email) },
    subject,
    text,
    html,
    ...(calendar
      ? { icalEvent: { method: calendar.method, content: calendar.ics, filename: 'invite.ics' } }
      : {}),
    ...(id === undefined ? {} : { messageId: `<${id}@${domainOf(fromAddress)}>` }),
    headers: { 'Auto-Submitted': 'auto-generated' },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** A name as it may stand in a header: one line, without control characters or halves of characters. */
function oneLine(name: string): string {
  return name
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

function isLoopback(smtpUrl: string): boolean {
  const url = URL.parse(smtpUrl);
  if (!url || !/^smtps?:$/.test(url.protocol)) {
    throw new MailError('settings', 'Expected a mail server as smtp:// or smtps://.', { retryable: false });
  }
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
}
