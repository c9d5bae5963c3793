import { sql } from 'kysely';
import { type ClinicContext, inClinic } from '../database/in-clinic.ts';
import { MailError } from './mail-error.ts';
import type { MailMessage, MailTransport } from './transport.ts';

const ATTEMPTS = 8;

/**
 * Delivers the clinic's mails that are due, one transaction each. A mail that the server will never take is marked
 * as failed; one that it may take later waits longer each time, and fails after a day. Without a mail server,
 * mails are kept for the staff to read. Returns how many left the queue.
 */
export async function deliverQueued(context: ClinicContext, transport: MailTransport): Promise<number> {
  let done = 0;
  while (await deliverNext(context, transport)) done += 1;
  return done;
}

async function deliverNext(context: ClinicContext, transport: MailTransport): Promise<boolean> {
  return inClinic(context, async ({ tx, clinicId }) => {
    const mail = await tx
      .selectFrom('mail')
      .selectAll()
      .where('clinic_id', '=', clinicId)
      .where('status', '=', 'queued')
      .where('send_at', '<=', sql<Date>`now()`)
      .orderBy('send_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (!mail) return false;
    const message: MailMessage = {
      id: mail.id,
      to: { name: mail.to_name, email: mail.to_email },
      subject: mail.subject,
      text: mail.body_text,
      html: mail.body_html,
      calendar:
        mail.calendar_method && mail.calendar_ics
          ? { method: mail.calendar_method, ics: mail.calendar_ics }
          : null,
    };
    const outcome = await outcomeOf(transport, message, mail.attempts + 1);
    await tx
      .updateTable('mail')
      .set(outcome)
      .where('clinic_id', '=', clinicId)
      .where('id', '=', mail.id)
      .execute();
    return true;
  });
}

async function outcomeOf(transport: MailTransport, message: MailMessage, attempt: number) {
  try {
    const { delivered } = await transport.deliver(message);
    return {
      status: delivered ? ('sent' as const) : ('kept' as const),
      attempts: attempt,
      last_error: null,
      done_at: new Date(),
    };
  } catch (error) {
    const final = error instanceof MailError ? !error.retryable : false;
    const last_error = error instanceof Error ? error.message : 'The mail could not be sent.';
    if (final || attempt >= ATTEMPTS)
      return { status: 'failed' as const, attempts: attempt, last_error, done_at: new Date() };
    // 1, 2, 4 … minutes: a busy or greylisting server is given time.
    return { send_at: new Date(Date.now() + 60_000 * 2 ** (attempt - 1)), attempts: attempt, last_error };
  }
}
