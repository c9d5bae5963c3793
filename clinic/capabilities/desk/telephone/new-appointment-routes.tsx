import { dateAt } from '@rectus/schedule';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { renderToString } from 'preact-render-to-string';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import type { Site } from '../../../platform/web/clinics.ts';
import { type FormValues, formValues } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { timeInput } from '../../../platform/web/wall-clock.ts';
import { deskPage, requireStaff } from '../../accounts/index.ts';
import { bookingOf, readCatalogue } from '../../booking/index.ts';
import {
  type Duplicate,
  findPeople,
  likelyDuplicates,
  type PersonFound,
  readPerson,
} from '../../records/index.ts';
import { dayHref } from '../board/day-page.tsx';
import { dateOr, siteOf } from '../board/read-board.ts';
import { readRequest } from '../requests/read-requests.ts';
import { NewAppointmentForm, type NewAppointmentProps } from './new-appointment-form.tsx';
import { servicesAt, suggestedService, takeAppointment } from './take-appointment.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Set by the day's script, which shows the form in a dialog. */
const FRAGMENT = 'x-fragment';

/** Taking an appointment on the telephone. */
export function newAppointmentRoutes(app: FastifyInstance, platform: Platform): void {
  const staff = { preHandler: requireStaff() };

  app.get<{ Querystring: Record<string, unknown> }>('/desk/new', staff, async (request, reply) => {
    const start = await firstValues(platform, request, request.query);
    return sendForm(platform, request, reply, start);
  });

  app.post('/desk/new', staff, async (request, reply) => {
    const values = formValues(request.body);
    const site = siteOf(request.clinic, values.site);
    if (!site) throw notFound('site');
    const found = await peopleFor(platform, request, values);
    if (values.step === 'find') return sendForm(platform, request, reply, { site, values, found });
    const catalogue = await readCatalogue(request.context, request.clinic.catalogueVersion);
    const taken = await takeAppointment(bookingOf(platform, request), catalogue, site, values);
    switch (taken.kind) {
      case 'booked':
        return request.headers[FRAGMENT]
          ? reply.header('cache-control', 'no-store').send({ ok: true, appointmentId: taken.appointmentId })
          : reply.redirect(dayHref(site.slug, dateAt(taken.start, site.timeZone)), 303);
      case 'wrong':
        return sendForm(platform, request, reply.status(422), { site, values, found, errors: taken.errors });
      case 'known':
        return sendForm(platform, request, reply.status(409), {
          site,
          values,
          found,
          duplicates: taken.duplicates,
        });
      case 'refused':
        return sendForm(platform, request, reply.status(409), { site, values, found, refused: taken });
    }
  });
}

interface Shown {
  readonly site: Site;
  readonly values: FormValues;
  readonly found?: readonly PersonFound[];
  readonly errors?: Readonly<Record<string, string>>;
  readonly duplicates?: readonly Duplicate[];
  readonly refused?: NewAppointmentProps['refused'];
}

/** What the form begins with: the slot that was chosen, and the person or request that it was opened for. */
async function firstValues(
  platform: Platform,
  request: FastifyRequest,
  query: Readonly<Record<string, unknown>>,
): Promise<Shown> {
  const { clinic, context } = request;
  const text = (name: string) =>
    typeof query[name] === 'string' ? (query[name] as string).slice(0, 100) : '';
  const site = siteOf(clinic, query.site);
  if (!site) throw notFound('site');
  const now = platform.clock.now();
  const soon = Math.ceil(now / 900_000) * 900_000;
  const base = {
    site: site.slug,
    key: crypto.randomUUID(),
    date: dateOr(query.date, dateAt(now, site.timeZone)),
    time: /^\d\d:\d\d$/.test(text('time')) ? text('time') : timeInput(soon, site.timeZone),
    resource: UUID.test(text('resource')) ? text('resource') : '',
    service: text('service'),
  };
  if (UUID.test(text('requestId'))) return forRequest(request, site, base, text('requestId'));
  const patientId = text('patientId');
  if (!UUID.test(patientId)) return { site, values: base };
  const person = await inClinic(context, (tx) => readPerson(tx, patientId));
  if (!person) throw notFound('person');
  return { site, values: { ...base, patientId }, found: [{ ...person, nextVisit: null }] };
}

async function forRequest(request: FastifyRequest, site: Site, base: FormValues, id: string): Promise<Shown> {
  const wanted = await readRequest(request.context, id);
  if (!wanted) throw notFound('request');
  const person = {
    givenName: wanted.givenName,
    familyName: wanted.familyName,
    birthDate: wanted.birthDate,
    email: wanted.email,
    phone: wanted.phone,
  };
  const duplicates = await inClinic(request.context, (tx) => likelyDuplicates(tx, person, null));
  const place = request.clinic.sites.find((one) => one.id === wanted.siteId) ?? site;
  const values = {
    ...base,
    site: place.slug,
    date: wanted.preferred[0]?.date ?? base.date ?? '',
    service: wanted.serviceId ?? '',
    requestId: id,
    patientId: 'new',
    givenName: person.givenName,
    familyName: person.familyName,
    birthDate: person.birthDate ?? '',
    email: person.email,
    phone: person.phone ?? '',
  };
  return { site: place, values, duplicates };
}

/** Whoever the search field finds, and the person who was chosen before. */
async function peopleFor(
  platform: Platform,
  request: FastifyRequest,
  values: FormValues,
): Promise<readonly PersonFound[]> {
  const { context, clinic } = request;
  const found = await findPeople(context, clinic, values.q ?? '', platform.clock.now(), 6);
  const { patientId = '' } = values;
  if (!UUID.test(patientId) || found.some((one) => one.id === patientId)) return found;
  const chosen = await inClinic(context, (tx) => readPerson(tx, patientId));
  return chosen ? [{ ...chosen, nextVisit: null }, ...found] : found;
}

async function sendForm(platform: Platform, request: FastifyRequest, reply: FastifyReply, shown: Shown) {
  const catalogue = await readCatalogue(request.context, request.clinic.catalogueVersion);
  const services = servicesAt(catalogue, shown.site);
  const known = services.some((service) => service.id === shown.values.service);
  const service = known
    ? shown.values.service
    : suggestedService(catalogue, services, shown.values.resource)?.id;
  const form = (
    <NewAppointmentForm
      clinic={request.clinic}
      site={shown.site}
      catalogue={catalogue}
      services={services}
      values={{ ...shown.values, service: service ?? '' }}
      errors={shown.errors ?? {}}
      found={shown.found ?? []}
      duplicates={shown.duplicates ?? []}
      refused={shown.refused ?? null}
    />
  );
  const status = { status: reply.statusCode };
  if (request.headers[FRAGMENT]) return sendPage(reply, renderToString(form), status);
  const page = (
    <>
      <h1>New appointment at {shown.site.name}</h1>
      <div class="card narrow-card">{form}</div>
    </>
  );
  const options = {
    title: 'New appointment',
    current: 'day',
    islands: ['capabilities/desk/islands/people-suggest'],
  } as const;
  return sendPage(reply, await deskPage(platform, request, options, page), status);
}
