import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { formValues } from '../../../platform/web/form.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { openSignedId } from '../../../platform/web/signed-id.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { type AppointmentDetails, readAppointment } from '../core/appointment.ts';
import { bookingOf } from '../core/booking.ts';
import { readCatalogue } from '../core/catalogue.ts';
import { cancelAppointment, isLate, moveAppointment } from '../core/change.ts';
import { takeHold } from '../core/hold.ts';
import { calendarOf } from '../core/mails.ts';
import type { Till } from '../core/till.ts';
import type { Wish } from '../core/wish.ts';
import {
  type ManagedView,
  type ManageNews,
  ManagePage,
  MoveConfirmPage,
  MoveTimePage,
} from '../pages/manage-page.tsx';
import { forgetHold, holdIdOf, holdOf, rememberHold, secretOf, viewerZoneOf } from './session.ts';
import { goneOf, readStart, timesFor } from './times.ts';
import { sendStep, timeViewFor, VIEWER_ZONE } from './view.ts';

const LIMIT = { rateLimit: { max: 60, timeWindow: 60_000 } };
const CHANGE_LIMIT = { rateLimit: { max: 20, timeWindow: 60_000 } };
const NEWS: Readonly<Record<string, ManageNews>> = { new: 'booked', moved: 'moved', cancelled: 'cancelled' };

interface SignedParams {
  signed: string;
}

/** Where somebody sees, moves or cancels an appointment with the link alone. GET shows, only POST acts. */
export async function manageRoutes(app: FastifyInstance, platform: Platform, till: Till): Promise<void> {
  app.get<{ Params: SignedParams }>('/manage/:signed', { config: LIMIT }, async (request, reply) => {
    const view = await managed(request, request.params.signed);
    await inClinic(request.context, (clinic) =>
      record(clinic, {
        action: 'appointment.viewed',
        subject: { kind: 'appointment', id: view.appointment.id },
      }),
    );
    const news =
      Object.keys(formValues(request.query))
        .map((name) => NEWS[name])
        .find(Boolean) ?? null;
    return send(request, reply, view, news);
  });

  app.get<{ Params: SignedParams }>(
    '/manage/:signed/appointment.ics',
    { config: LIMIT },
    async (request, reply) => {
      const { appointment } = await managed(request, request.params.signed);
      const method = appointment.status === 'cancelled' ? 'CANCEL' : 'REQUEST';
      return reply
        .type('text/calendar; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-disposition', 'attachment; filename="appointment.ics"')
        .send(calendarOf(bookingOf(platform, request), appointment, method));
    },
  );

  app.get<{ Params: SignedParams }>('/manage/:signed/time', { config: LIMIT }, async (request, reply) => {
    const view = await managed(request, request.params.signed);
    if (view.state !== 'coming') return reply.redirect(view.link, 303);
    return sendTimes(request, reply, view, { gone: null, status: 200 });
  });

  app.post<{ Params: SignedParams }>(
    '/manage/:signed/hold',
    { config: CHANGE_LIMIT },
    async (request, reply) => {
      const view = await managed(request, request.params.signed);
      if (view.state !== 'coming') return reply.redirect(view.link, 303);
      const values = formValues(request.body);
      const start = readStart(values.choose ?? values.start);
      const who = whoOf(values.who);
      if (start === null) return reply.redirect(`${view.link}/time?who=${who}`, 303);
      const wish = wishFor(view, who);
      const input = {
        wish,
        start,
        viewerZone: viewerZoneOf(request),
        replaces: holdIdOf(platform, request, 'move'),
        movesAppointmentId: view.appointment.id,
      };
      const taken = await takeHold(request.context, request.clinic, input, platform.clock.now());
      if (!taken.ok) return sendTimes(request, reply, view, { gone: goneOf(taken, wish), status: 409 });
      rememberHold(platform, reply, taken.hold.id, 'move');
      return reply.redirect(`${view.link}/move?who=${who}`, 303);
    },
  );

  app.get<{ Params: SignedParams }>('/manage/:signed/move', { config: LIMIT }, async (request, reply) => {
    const view = await managed(request, request.params.signed);
    const hold = await holdOf(platform, request, 'move');
    const who = whoOf(formValues(request.query).who);
    if (view.state !== 'coming' || hold?.movesAppointmentId !== view.appointment.id) {
      return reply.redirect(view.state === 'coming' ? `${view.link}/time?who=${who}` : view.link, 303);
    }
    const catalogue = await readCatalogue(request.context, request.clinic.catalogueVersion);
    const person = (hold.clinicianId && catalogue.resource(hold.clinicianId)) || null;
    const body = <MoveConfirmPage view={view} start={hold.start} end={hold.end} person={person} who={who} />;
    return sendStep(platform, request, reply, { title: 'Move the appointment' }, body);
  });

  app.post<{ Params: SignedParams }>(
    '/manage/:signed/move',
    { config: CHANGE_LIMIT },
    async (request, reply) => {
      const view = await managed(request, request.params.signed);
      const values = formValues(request.body);
      const start = readStart(values.start);
      if (start === null) return reply.redirect(`${view.link}/time`, 303);
      const wish = wishFor(view, whoOf(values.who));
      const result = await moveAppointment(bookingOf(platform, request), {
        appointmentId: view.appointment.id,
        start,
        clinicianId: wish.clinicianId,
        by: 'patient',
        ...(/^\d{1,9}$/.test(values.sequence ?? '') ? { expectedSequence: Number(values.sequence) } : {}),
      });
      // A second click arrives after the first has moved it: the wish is fulfilled all the same.
      if (result.ok || (view.appointment.start === start && view.state !== 'cancelled')) {
        forgetHold(platform, reply, 'move');
        return reply.redirect(`${view.link}?moved=1`, 303);
      }
      if ('nearest' in result)
        return sendTimes(request, reply, view, { gone: goneOf(result, wish), status: 409 });
      return send(request, reply, await managed(request, request.params.signed), 'not_moved', 409);
    },
  );

  app.post<{ Params: SignedParams }>(
    '/manage/:signed/cancel',
    { config: CHANGE_LIMIT },
    async (request, reply) => {
      const view = await managed(request, request.params.signed);
      const input = { appointmentId: view.appointment.id, by: 'patient' } as const;
      const result = await cancelAppointment(bookingOf(platform, request), input);
      if (result.ok || view.state === 'cancelled') return reply.redirect(`${view.link}?cancelled=1`, 303);
      return send(request, reply, view, 'not_cancelled', 409);
    },
  );

  async function managed(request: FastifyRequest, signed: string): Promise<ManagedView> {
    const id = openSignedId(secretOf(platform), 'manage', signed);
    const appointment = id && (await readAppointment(request.context, request.clinic, id));
    if (!appointment) throw notFound('appointment');
    const catalogue = await readCatalogue(request.context, request.clinic.catalogueVersion);
    const people = appointment.resourceIds.map((resource) => catalogue.resource(resource));
    return {
      clinic: request.clinic,
      appointment,
      person: people.find((one) => one?.person) ?? null,
      settled: await till.settled(bookingOf(platform, request), appointment.id),
      time: timeViewFor(request, appointment.siteId, appointment.viewerZone),
      link: `/manage/${signed}`,
      state: stateOf(appointment, platform.clock.now(), request.clinic.changeNoticeMin),
    };
  }

  function send(
    request: FastifyRequest,
    reply: FastifyReply,
    view: ManagedView,
    news: ManageNews | null,
    status = 200,
  ) {
    const body = <ManagePage view={view} news={news} />;
    return sendStep(platform, request, reply, { title: 'Your appointment', status }, body);
  }

  async function sendTimes(
    request: FastifyRequest,
    reply: FastifyReply,
    view: ManagedView,
    { gone, status }: { gone: Parameters<typeof MoveTimePage>[0]['gone']; status: number },
  ) {
    const values = formValues(request.method === 'POST' ? request.body : request.query);
    const who = whoOf(values.who);
    const wish = wishFor(view, who);
    const times = await timesFor(bookingOf(platform, request), wish, view.time, formValues(request.query));
    const body = <MoveTimePage view={view} times={times} who={who} gone={gone} />;
    return sendStep(
      platform,
      request,
      reply,
      { title: 'Choose a new time', status, islands: status === 200 ? [VIEWER_ZONE] : [] },
      body,
    );
  }
}

function stateOf(
  appointment: AppointmentDetails,
  now: number,
  changeNoticeMin: number,
): ManagedView['state'] {
  if (appointment.status === 'cancelled') return 'cancelled';
  if (appointment.end <= now || appointment.status === 'done' || appointment.status === 'no_show')
    return 'past';
  return appointment.status !== 'booked' || isLate(appointment.start, now, changeNoticeMin)
    ? 'late'
    : 'coming';
}

function whoOf(text: string | undefined): 'same' | 'any' {
  return text === 'any' ? 'any' : 'same';
}

function wishFor({ appointment, person }: ManagedView, who: 'same' | 'any'): Wish {
  return {
    service: appointment.service,
    siteId: appointment.siteId,
    clinicianId: who === 'same' ? (person?.id ?? null) : null,
  };
}
