import { invitation } from '@rectus/icalendar';
import { policyText, whenLines } from '../capabilities/booking/index.ts';
import type { ClinicTransaction } from '../platform/database/in-clinic.ts';
import { appointmentBooked, requestReceived } from '../platform/mail/index.ts';
import { signId } from '../platform/web/signed-id.ts';
import type { AppointmentPlan, Diary } from './diary.ts';
import type { ClinicPlan } from './plan.ts';
import type { RequestPlan } from './story.ts';
import { insertAll } from './write-clinic.ts';

const LOCALE = 'en-GB';
const CHANGE_NOTICE_MIN = 1440;
const CONFIRMATIONS = 3;

/** Where the demo's links lead, and what seals them. */
export interface DemoLinks {
  readonly publicUrl: string;
  readonly secret: string;
}

/** Puts what was last written to patients into the outbox: a few confirmations, and a receipt for each request. */
export async function writeMails(
  clinic: ClinicTransaction,
  plan: ClinicPlan,
  diary: Diary,
  requests: readonly RequestPlan[],
  links: DemoLinks,
): Promise<void> {
  const latest = diary.appointments
    .filter(({ status, patient }) => status === 'booked' && patient.email !== null)
    .toSorted((a, b) => b.createdAt - a.createdAt)
    .slice(0, CONFIRMATIONS);
  await insertAll(clinic, 'mail', [
    ...latest.map((appointment) => confirmation(plan, appointment, links)),
    ...requests.map((request) => receipt(plan, request)),
  ]);
}

function confirmation(plan: ClinicPlan, appointment: AppointmentPlan, links: DemoLinks) {
  const { id, patient, start, end, createdAt } = appointment;
  const site = plan.sites.find((one) => one.id === appointment.siteId);
  const timeZone = site?.timeZone ?? plan.timeZone;
  const person = plan.resources.find((one) => one.person && appointment.resourceIds.includes(one.id));
  const place = site ? `${site.name}, ${site.address}` : 'By video';
  const manageUrl = `${links.publicUrl}/manage/${signId(links.secret, 'manage', id)}`;
  const mail = appointmentBooked({
    clinicName: plan.name,
    clinicPhone: plan.phone,
    demo: true,
    givenName: patient.givenName,
    whenLines: whenLines({ start, end }, { viewer: null, place: timeZone }, LOCALE),
    place,
    withWhom: person ? `${person.name}, ${person.title}` : null,
    manageUrl,
    policyText: policyText(CHANGE_NOTICE_MIN),
  });
  const to = { name: `${patient.givenName} ${patient.familyName}`, email: patient.email ?? '' };
  const calendar = invitation({
    method: 'REQUEST',
    status: 'CONFIRMED',
    uid: `${id}@rectus`,
    sequence: 0,
    start,
    end,
    timeZone,
    summary: `Appointment at ${plan.name}`,
    description: `Move or cancel: ${manageUrl}`,
    location: place,
    organizer: { name: plan.name, email: plan.email },
    attendee: to,
    stampedAt: createdAt,
  });
  return {
    kind: 'appointment_booked',
    to_name: to.name,
    to_email: to.email,
    subject: mail.subject,
    body_text: mail.text,
    body_html: mail.html,
    calendar_method: 'REQUEST' as const,
    calendar_ics: calendar,
    appointment_id: id,
    request_id: null,
    ...keptAt(createdAt),
  };
}

function receipt(plan: ClinicPlan, request: RequestPlan) {
  const mail = requestReceived({
    clinicName: plan.name,
    clinicPhone: plan.phone,
    demo: true,
    givenName: request.givenName,
    preferredLines: request.preferred.map(({ date, part }) => {
      const day = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'full', timeZone: 'UTC' }).format(
        Date.parse(date),
      );
      return part === 'any' ? day : `${day}, ${part}`;
    }),
  });
  return {
    kind: 'request_received',
    to_name: `${request.givenName} ${request.familyName}`,
    to_email: request.email,
    subject: mail.subject,
    body_text: mail.text,
    body_html: mail.html,
    calendar_method: null,
    calendar_ics: null,
    appointment_id: null,
    request_id: request.id,
    ...keptAt(request.createdAt),
  };
}

/** Demo mail is never sent: it stays in the outbox from the start. */
function keptAt(instant: number) {
  const at = new Date(instant);
  return { status: 'kept' as const, send_at: at, done_at: at, created_at: at };
}
