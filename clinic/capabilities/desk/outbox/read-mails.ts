import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';

export const MAIL_STATUSES = ['queued', 'sent', 'kept', 'failed', 'withdrawn'] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

/** A mail in the outbox. Instants in epoch milliseconds. */
export interface MailSummary {
  readonly id: string;
  readonly toName: string;
  readonly toEmail: string;
  readonly subject: string;
  readonly status: MailStatus;
  readonly sendAt: number;
  readonly lastError: string | null;
}

export interface MailDetails extends MailSummary {
  /** Null for a confidential mail: its link is as good as a password. */
  readonly text: string | null;
  readonly calendar: string | null;
  readonly calendarMethod: 'REQUEST' | 'CANCEL' | null;
  readonly appointmentId: string | null;
  readonly attempts: number;
}

const MOST = 200;

/** The latest mails, all or those of one status. */
export async function readMails(
  context: ClinicContext,
  status: MailStatus | null,
): Promise<readonly MailSummary[]> {
  const rows = await inClinic(context, ({ tx, clinicId }) => {
    const mails = tx
      .selectFrom('mail')
      .select(['id', 'to_name', 'to_email', 'subject', 'status', 'send_at', 'last_error'])
      .where('clinic_id', '=', clinicId)
      .orderBy('created_at', 'desc')
      .limit(MOST);
    return (status ? mails.where('status', '=', status) : mails).execute();
  });
  return rows.map((row) => ({
    id: row.id,
    toName: row.to_name,
    toEmail: row.to_email,
    subject: row.subject,
    status: row.status,
    sendAt: row.send_at.getTime(),
    lastError: row.last_error,
  }));
}

/** One mail; its text is left out where it is confidential. Looking is an event of its own. */
export async function readMail(context: ClinicContext, id: string): Promise<MailDetails | null> {
  return inClinic(context, async (clinic) => {
    const row = await clinic.tx
      .selectFrom('mail')
      .selectAll()
      .where('clinic_id', '=', clinic.clinicId)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) return null;
    await record(clinic, { action: 'mail.viewed', subject: { kind: 'mail', id } });
    return {
      id: row.id,
      toName: row.to_name,
      toEmail: row.to_email,
      subject: row.subject,
      status: row.status,
      sendAt: row.send_at.getTime(),
      lastError: row.last_error,
      text: row.confidential ? null : row.body_text,
      calendar: row.confidential ? null : row.calendar_ics,
      calendarMethod: row.calendar_method,
      appointmentId: row.appointment_id,
      attempts: row.attempts,
    };
  });
}

/** Queues a failed mail once more. False where it has not failed. */
export async function resendMail(context: ClinicContext, id: string): Promise<boolean> {
  return inClinic(context, async (clinic) => {
    const queued = await clinic.tx
      .updateTable('mail')
      .set({ status: 'queued', attempts: 0, last_error: null, done_at: null, send_at: sql<Date>`now()` })
      .where('clinic_id', '=', clinic.clinicId)
      .where('id', '=', id)
      .where('status', '=', 'failed')
      .executeTakeFirst();
    if (queued.numUpdatedRows === 0n) return false;
    await record(clinic, { action: 'mail.resent', subject: { kind: 'mail', id } });
    return true;
  });
}
