import { invitation } from '@rectus/icalendar';
import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import {
  type AppointmentMail,
  appointmentBooked,
  appointmentCancelled,
  appointmentMoved,
  appointmentReminder,
  type WrittenMail,
} from '../../../platform/mail/index.ts';
import { clinicOrigin } from '../../../platform/web/clinic-origin.ts';
import { signId } from '../../../platform/web/signed-id.ts';
import type { Booking } from './booking.ts';
import type { Catalogue, Service } from './catalogue.ts';
import { whenLines } from './times.ts';
import { placeZone } from './wish.ts';

/** What the mails about an appointment need to know of it. */
export interface MailedAppointment {
  readonly id: string;
  readonly service: Service;
  readonly siteId: string | null;
  readonly start: number;
  readonly end: number;
  readonly sequence: number;
  readonly viewerZone: string | null;
  readonly resourceIds: readonly string[];
  readonly patient: {
    readonly givenName: string;
    readonly familyName: string;
    readonly email: string | null;
  };
}

/** Where somebody manages the appointment without an account. */
export function manageUrl({ platform, clinic }: Booking, appointmentId: string): string {
  return `${clinicOrigin(platform.config.publicUrl, clinic.hosts)}/manage/${signId(platform.config.secret ?? '', 'manage', appointmentId)}`;
}

/** Where this clinic's visits are booked. */
export function bookUrl({ platform, clinic }: Booking): string {
  return `${clinicOrigin(platform.config.publicUrl, clinic.hosts)}/book`;
}

/** The one UID that an appointment has in every calendar, however often it moves. */
export function calendarUid(appointmentId: string): string {
  return `${appointmentId}@rectus`;
}

/** Queues the confirmation with its invitation, and the reminder for its time. */
export async function mailBooked(
  clinic: ClinicTransaction,
  booking: Booking,
  catalogue: Catalogue,
  of: MailedAppointment,
): Promise<void> {
  const facts = factsOf(booking, catalogue, of);
  await queue(clinic, booking, of, [
    { kind: 'appointment_booked', mail: appointmentBooked(facts), calendar: 'REQUEST' },
    ...reminder(booking, of, facts),
  ]);
}

/** Queues the news of the new time; the reminder for the old one is withdrawn. */
export async function mailMoved(
  clinic: ClinicTransaction,
  booking: Booking,
  catalogue: Catalogue,
  of: MailedAppointment,
  before: { readonly start: number; readonly end: number; readonly siteId: string | null },
): Promise<void> {
  await withdrawReminders(clinic, of.id);
  const facts = factsOf(booking, catalogue, of);
  const zones = { viewer: of.viewerZone, place: placeZone(booking.clinic, before.siteId) };
  const previousWhenLines = whenLines(before, zones, booking.clinic.locale);
  await queue(clinic, booking, of, [
    {
      kind: 'appointment_moved',
      mail: appointmentMoved({ ...facts, previousWhenLines }),
      calendar: 'REQUEST',
    },
    ...reminder(booking, of, facts),
  ]);
}

/** Queues the cancellation, which takes the visit out of the patient's calendar. */
export async function mailCancelled(
  clinic: ClinicTransaction,
  booking: Booking,
  catalogue: Catalogue,
  of: MailedAppointment,
): Promise<void> {
  await withdrawReminders(clinic, of.id);
  const facts = { ...factsOf(booking, catalogue, of), bookUrl: bookUrl(booking) };
  await queue(clinic, booking, of, [
    { kind: 'appointment_cancelled', mail: appointmentCancelled(facts), calendar: 'CANCEL' },
  ]);
}

/** The invitation of an appointment as it stands, for mails and for the download beside them. */
export function calendarOf(booking: Booking, of: MailedAppointment, method: 'REQUEST' | 'CANCEL'): string {
  const { clinic, platform } = booking;
  const place = placeName(booking, of);
  return invitation({
    ...(method === 'CANCEL' ? { method, status: 'CANCELLED' } : { method, status: 'CONFIRMED' }),
    uid: calendarUid(of.id),
    sequence: of.sequence,
    start: of.start,
    end: of.end,
    timeZone: placeZone(clinic, of.siteId),
    summary: `Appointment at ${clinic.name}`,
    description: method === 'CANCEL' ? '' : `Move or cancel: ${manageUrl(booking, of.id)}`,
    location: place,
    organizer: { name: clinic.name, email: clinic.email ?? platform.config.mailFrom },
    attendee: {
      name: `${of.patient.givenName} ${of.patient.familyName}`,
      email: of.patient.email ?? platform.config.mailFrom,
    },
    stampedAt: platform.clock.now(),
  });
}

/** Where the visit takes place, in words. */
export function placeName({ clinic }: Booking, of: { readonly siteId: string | null }): string {
  const site = clinic.sites.find((one) => one.id === of.siteId);
  return site ? [site.name, site.address].filter(Boolean).join(', ') : 'By video';
}

function factsOf(booking: Booking, catalogue: Catalogue, of: MailedAppointment): AppointmentMail {
  const { clinic } = booking;
  const zones = { viewer: of.viewerZone, place: placeZone(clinic, of.siteId) };
  const person = of.resourceIds.map((id) => catalogue.resource(id)).find((resource) => resource?.person);
  return {
    clinicName: clinic.name,
    clinicPhone: clinic.phone,
    demo: clinic.demo,
    givenName: of.patient.givenName,
    whenLines: whenLines(of, zones, clinic.locale),
    place: placeName(booking, of),
    withWhom: person ? [person.name, person.title].filter(Boolean).join(', ') : null,
    manageUrl: manageUrl(booking, of.id),
    policyText: policyText(clinic.changeNoticeMin),
  };
}

/** The clinic's rule about moving and cancelling, in words. */
export function policyText(changeNoticeMin: number): string {
  if (changeNoticeMin === 0) return 'Free to move or cancel until it starts.';
  const hours = changeNoticeMin / 60;
  const span = Number.isInteger(hours)
    ? `${hours} ${hours === 1 ? 'hour' : 'hours'}`
    : `${changeNoticeMin} minutes`;
  return `Free to move or cancel until ${span} before.`;
}

interface Queued {
  readonly kind: string;
  readonly mail: WrittenMail;
  readonly calendar?: 'REQUEST' | 'CANCEL';
  readonly sendAt?: number;
}

function reminder(
  { clinic, platform }: Booking,
  of: MailedAppointment,
  facts: AppointmentMail,
): readonly Queued[] {
  const sendAt = of.start - clinic.reminderLeadMin * 60_000;
  // Somebody who books for tomorrow needs no reminder an hour later.
  if (clinic.reminderLeadMin === 0 || sendAt < platform.clock.now() + 3_600_000) return [];
  return [{ kind: 'appointment_reminder', mail: appointmentReminder(facts), sendAt }];
}

async function withdrawReminders({ tx, clinicId }: ClinicTransaction, appointmentId: string): Promise<void> {
  await tx
    .updateTable('mail')
    .set({ status: 'withdrawn', done_at: sql<Date>`now()` })
    .where('clinic_id', '=', clinicId)
    .where('appointment_id', '=', appointmentId)
    .where('kind', '=', 'appointment_reminder')
    .where('status', '=', 'queued')
    .execute();
}

async function queue(
  { tx, clinicId }: ClinicTransaction,
  booking: Booking,
  of: MailedAppointment,
  mails: readonly Queued[],
): Promise<void> {
  const email = of.patient.email;
  if (!email || mails.length === 0) return;
  await tx
    .insertInto('mail')
    .values(
      mails.map(({ kind, mail, calendar, sendAt }) => ({
        clinic_id: clinicId,
        kind,
        to_name: `${of.patient.givenName} ${of.patient.familyName}`,
        to_email: email,
        subject: mail.subject,
        body_text: mail.text,
        body_html: mail.html,
        calendar_method: calendar ?? null,
        calendar_ics: calendar ? calendarOf(booking, of, calendar) : null,
        appointment_id: of.id,
        send_at: new Date(sendAt ?? booking.platform.clock.now()),
      })),
    )
    .execute();
}
