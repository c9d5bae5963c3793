import { record } from '../../../platform/audit/record.ts';
import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import type { PreferredTime, SafetyAnswers } from '../../../platform/database/schema.ts';
import { requestReceived } from '../../../platform/mail/index.ts';
import { openSafetyTask } from '../core/book.ts';
import type { Booking } from '../core/booking.ts';
import { searchName } from '../core/patient.ts';
import { preferredLine } from './preferred-times.ts';

export interface RequestInput {
  readonly mode: 'telehealth' | 'site';
  readonly siteId: string | null;
  readonly serviceId?: string | null;
  readonly person: {
    readonly givenName: string;
    readonly familyName: string;
    readonly birthDate: string | null;
    readonly email: string;
    readonly phone: string | null;
  };
  readonly preferred: readonly PreferredTime[];
  readonly reason: string;
  readonly viewerZone?: string | null;
  /** Only what the person chose to send; a flagged answer opens a task. */
  readonly safety?: SafetyAnswers | null;
  /** The same key saves the same request, however often it is sent. */
  readonly idempotencyKey: string;
}

/** Saves a request with its mail, its audit event and, for answers that were sent, its task: all or nothing. */
export async function saveRequest(
  booking: Booking,
  input: RequestInput,
): Promise<{ readonly requestId: string; readonly repeated: boolean }> {
  return inClinic(booking.context, async (tx) => {
    const id = await insertRequest(tx, input);
    if (!id) return { requestId: await savedBefore(tx, input.idempotencyKey), repeated: true };
    await queueMail(tx, booking, input, id);
    if (input.safety) await openSafetyTask(tx, input.safety, { requestId: id });
    await record(tx, {
      action: 'request.received',
      subject: { kind: 'request', id },
      detail: { mode: input.mode, answersSent: Boolean(input.safety) },
    });
    return { requestId: id, repeated: false };
  });
}

async function insertRequest(
  { tx, clinicId }: ClinicTransaction,
  input: RequestInput,
): Promise<string | null> {
  const { person } = input;
  const row = await tx
    .insertInto('request')
    .values({
      clinic_id: clinicId,
      mode: input.mode,
      site_id: input.siteId,
      service_id: input.serviceId ?? null,
      given_name: person.givenName,
      family_name: person.familyName,
      search_name: searchName(person.givenName, person.familyName),
      birth_date: person.birthDate,
      email: person.email.toLowerCase(),
      phone: person.phone,
      reason: input.reason,
      preferred: input.preferred,
      viewer_zone: input.viewerZone ?? null,
      safety: input.safety ?? null,
      idempotency_key: input.idempotencyKey,
    })
    .onConflict((conflict) => conflict.columns(['clinic_id', 'idempotency_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

async function savedBefore({ tx, clinicId }: ClinicTransaction, key: string): Promise<string> {
  const row = await tx
    .selectFrom('request')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('idempotency_key', '=', key)
    .executeTakeFirstOrThrow();
  return row.id;
}

async function queueMail(
  { tx, clinicId }: ClinicTransaction,
  { clinic, platform }: Booking,
  { person, preferred }: RequestInput,
  requestId: string,
): Promise<void> {
  const mail = requestReceived({
    clinicName: clinic.name,
    clinicPhone: clinic.phone,
    demo: clinic.demo,
    givenName: person.givenName,
    preferredLines: preferred.map((time) => preferredLine(time, clinic.locale)),
  });
  await tx
    .insertInto('mail')
    .values({
      clinic_id: clinicId,
      kind: 'request_received',
      to_name: `${person.givenName} ${person.familyName}`,
      to_email: person.email,
      subject: mail.subject,
      body_text: mail.text,
      body_html: mail.html,
      request_id: requestId,
      send_at: new Date(platform.clock.now()),
    })
    .execute();
}
