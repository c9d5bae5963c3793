import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import { requestDeclined } from '../../../platform/mail/index.ts';
import { type Booking, book, bookUrl, type Refusal } from '../../booking/index.ts';
import type { OpenRequest } from './read-requests.ts';
import type { Suggestion } from './suggest-times.ts';

/**
 * Books the offered time for whoever asked; the mail with the invitation is the answer. The request is its own
 * idempotency key: two desks that offer at the same moment make one appointment.
 */
export async function bookRequest(
  booking: Booking,
  request: OpenRequest,
  offer: Pick<Suggestion, 'wish' | 'start'>,
): Promise<{ readonly ok: true; readonly appointmentId: string } | Refusal> {
  return book(booking, {
    ...offer,
    person: {
      givenName: request.givenName,
      familyName: request.familyName,
      birthDate: request.birthDate,
      email: request.email,
      phone: request.phone,
    },
    idempotencyKey: `request-${request.id}`,
    source: 'request',
    requestId: request.id,
    viewerZone: request.viewerZone,
  });
}

/** Says no to a request, with a mail. False where somebody has answered it meanwhile. */
export async function declineRequest(
  booking: Booking,
  request: OpenRequest,
  answer: string,
): Promise<boolean> {
  const { context, clinic } = booking;
  return inClinic(context, async (tx) => {
    const declined = await tx.tx
      .updateTable('request')
      .set({
        status: 'declined',
        answer: answer || null,
        answered_by: tx.actor.id,
        answered_at: sql<Date>`now()`,
      })
      .where('clinic_id', '=', tx.clinicId)
      .where('id', '=', request.id)
      .where('status', '=', 'open')
      .executeTakeFirst();
    if (declined.numUpdatedRows === 0n) return false;
    const mail = requestDeclined({
      clinicName: clinic.name,
      clinicPhone: clinic.phone,
      demo: clinic.demo,
      givenName: request.givenName,
      answer,
      bookUrl: bookUrl(booking),
    });
    await tx.tx
      .insertInto('mail')
      .values({
        clinic_id: tx.clinicId,
        kind: 'request_declined',
        to_name: `${request.givenName} ${request.familyName}`,
        to_email: request.email,
        subject: mail.subject,
        body_text: mail.text,
        body_html: mail.html,
        request_id: request.id,
      })
      .execute();
    await record(tx, { action: 'request.declined', subject: { kind: 'request', id: request.id } });
    return true;
  });
}

/**
 * Closes a task with what came of it. False where there is no such open task. An urgent referral is none of them: it is
 * closed by its answer alone.
 */
export async function finishTask(context: ClinicContext, taskId: string, outcome: string): Promise<boolean> {
  return inClinic(context, async (tx) => {
    const done = await tx.tx
      .updateTable('task')
      .set({ done_at: sql<Date>`now()`, done_by: tx.actor.id, outcome })
      .where('clinic_id', '=', tx.clinicId)
      .where('id', '=', taskId)
      .where('kind', '=', 'safety_answer')
      .where('done_at', 'is', null)
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) return false;
    await record(tx, { action: 'task.done', subject: { kind: 'task', id: taskId } });
    return true;
  });
}
