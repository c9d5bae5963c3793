import { dateAt } from '@rectus/schedule';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type DeskPart, showParts, type VisitShown } from '../../../platform/web/desk-part.ts';
import { formValues } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound, UserError } from '../../../platform/web/user-error.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import {
  type AppointmentDetails,
  bookingOf,
  cancelAppointment,
  readAppointment,
  readCatalogue,
  setStatus,
} from '../../booking/index.ts';
import { dayHref } from '../board/day-page.tsx';
import { AppointmentPage, type AppointmentPageProps, type MailLine } from './appointment-page.tsx';
import { moveByForm } from './move.ts';
import { afterCancelling, mayCharge, readPanel } from './visit-money.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const STATUSES = ['booked', 'arrived', 'in_room', 'done', 'no_show'] as const;

interface Id {
  readonly Params: { readonly id: string };
}

/** One visit: look, move, check in, note a no-show, cancel. */
export function appointmentRoutes(
  app: FastifyInstance,
  platform: Platform,
  parts: readonly DeskPart<VisitShown>[],
): void {
  const staff = { preHandler: requireStaff() };

  app.get<Id>('/desk/appointments/:id', staff, async (request, reply) => {
    const appointment = await findAppointment(request, request.params.id);
    await inClinic(request.context, (clinic) =>
      record(clinic, { action: 'appointment.viewed', subject: { kind: 'appointment', id: appointment.id } }),
    );
    return sendAppointment({ platform, parts }, request, reply, appointment);
  });

  app.post<Id>('/desk/appointments/:id/status', staff, async (request, reply) => {
    const appointment = await findAppointment(request, request.params.id);
    const status = STATUSES.find((one) => one === formValues(request.body).status);
    if (!status) throw new UserError(422, 'Nothing was chosen', 'Please choose what happened.');
    const done = await setStatus(bookingOf(platform, request), appointment.id, status);
    if (!done)
      throw new UserError(409, 'This visit is cancelled', 'A cancelled visit cannot be changed any more.');
    return reply.redirect(await hrefOfDay(request, appointment), 303);
  });

  app.post<Id>('/desk/appointments/:id/move', staff, async (request, reply) => {
    const appointment = await findAppointment(request, request.params.id);
    const values = formValues(request.body);
    const outcome = await moveByForm(bookingOf(platform, request), appointment, values);
    if (wantsJson(request)) {
      return reply
        .status(outcome.ok ? 200 : 409)
        .header('cache-control', 'no-store')
        .send(outcome);
    }
    if (outcome.ok) {
      return reply.redirect(await hrefOfDay(request, { ...appointment, start: outcome.start }), 303);
    }
    const refused = { ...outcome, values, askReason: outcome.reason === 'closed' };
    return sendAppointment({ platform, parts }, request, reply.status(409), appointment, refused);
  });

  app.post<Id>('/desk/appointments/:id/cancel', staff, async (request, reply) => {
    const appointment = await findAppointment(request, request.params.id);
    const values = formValues(request.body);
    const reason = (values.reason ?? '').trim().slice(0, 200);
    const cancelled = await cancelAppointment(bookingOf(platform, request), {
      appointmentId: appointment.id,
      by: 'clinic',
      ...(reason ? { reason } : {}),
    });
    if (cancelled.ok) {
      const next = await afterCancelling(platform, request, appointment.id, values.money === 'refund');
      return reply.redirect(next ?? (await hrefOfDay(request, appointment)), 303);
    }
    const back = { href: `/desk/appointments/${appointment.id}`, label: 'Back to the visit' };
    throw new UserError(409, 'This visit cannot be cancelled', 'It is done, or cancelled already.', back);
  });
}

/** Whether a script asked, which shows the outcome itself. */
export function wantsJson(request: FastifyRequest): boolean {
  return request.headers.accept?.includes('application/json') ?? false;
}

async function findAppointment(request: FastifyRequest, id: string): Promise<AppointmentDetails> {
  const found = UUID.test(id) ? await readAppointment(request.context, request.clinic, id) : null;
  if (!found) throw notFound('visit');
  return found;
}

/** The day on which the visit stands; one by video stands in the day of the site where its clinician works. */
async function hrefOfDay(
  { clinic, context }: FastifyRequest,
  of: Pick<AppointmentDetails, 'siteId' | 'start' | 'resourceIds'>,
): Promise<string> {
  const catalogue = await readCatalogue(context, clinic.catalogueVersion);
  const homes = [of.siteId, ...of.resourceIds.map((id) => catalogue.resource(id)?.siteId)];
  const site = clinic.sites.find((one) => homes.includes(one.id)) ?? clinic.sites[0];
  return site ? dayHref(site.slug, dateAt(of.start, site.timeZone)) : '/desk';
}

async function sendAppointment(
  { platform, parts }: { readonly platform: Platform; readonly parts: readonly DeskPart<VisitShown>[] },
  request: FastifyRequest,
  reply: FastifyReply,
  appointment: AppointmentDetails,
  refused?: NonNullable<AppointmentPageProps['refused']>,
) {
  const { clinic, context } = request;
  const page = (
    <AppointmentPage
      clinic={clinic}
      catalogue={await readCatalogue(context, clinic.catalogueVersion)}
      appointment={appointment}
      mails={await readMails(request, appointment.id)}
      backHref={await hrefOfDay(request, appointment)}
      panel={await readPanel(request, appointment, platform.clock.now())}
      mayCharge={mayCharge(request)}
      parts={
        await inClinic(context, (tx) => showParts(parts, tx, request, { appointmentId: appointment.id }))
      }
      {...(refused ? { refused } : {})}
    />
  );
  const title = {
    title: `${appointment.patient.givenName} ${appointment.patient.familyName}`,
    current: 'day',
  } as const;
  return sendPage(reply, await deskPage(platform, request, title, page), { status: reply.statusCode });
}

async function readMails(request: FastifyRequest, appointmentId: string): Promise<readonly MailLine[]> {
  const rows = await inClinic(request.context, ({ tx, clinicId }) =>
    tx
      .selectFrom('mail')
      .select(['id', 'subject', 'status', 'send_at'])
      .where('clinic_id', '=', clinicId)
      .where('appointment_id', '=', appointmentId)
      .orderBy('send_at')
      .limit(50)
      .execute(),
  );
  return rows.map((row) => ({
    id: row.id,
    subject: row.subject,
    status: row.status,
    at: row.send_at.getTime(),
  }));
}
