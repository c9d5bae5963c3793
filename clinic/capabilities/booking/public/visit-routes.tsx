import { isTimeZone } from '@rectus/schedule';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { formValues } from '../../../platform/web/form.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { bookingOf } from '../core/booking.ts';
import { type Catalogue, readCatalogue, type Service } from '../core/catalogue.ts';
import { keepDraft, takeHold } from '../core/hold.ts';
import type { Till } from '../core/till.ts';
import { cliniciansFor } from '../core/wish.ts';
import { TimePage } from '../pages/time-page.tsx';
import { personSlugs, sitesOf, type Visit, visitQuery, wishOf } from '../pages/visit.ts';
import { ServicesPage, WherePage } from '../pages/visit-page.tsx';
import { ZonePage } from '../pages/zone-page.tsx';
import { draftOf } from '../person-form.ts';
import { parseAnswers } from '../safety/advice.ts';
import { detailsAfterRefusal, isDetailsForm } from './details-routes.tsx';
import { holdIdOf, holdOf, rememberHold, rememberZone, viewerZoneOf } from './session.ts';
import { goneOf, readStart, timesFor } from './times.ts';
import { HOLD_CLOCK, heldViewOf, sendStep, termsFor, timeViewFor, VIEWER_ZONE, visitFor } from './view.ts';

/** Holds are cheap for a person and costly for a robot; a family behind one address still gets through. */
const HOLD_LIMIT = { rateLimit: { max: 30, timeWindow: 60_000 } };
const READ_LIMIT = { rateLimit: { max: 240, timeWindow: 60_000 } };

const BOOK_DESCRIPTION =
  'Choose a visit at the clinic or by video, see every free time in your own time zone, and book it in three short steps.';

/** Steps 1 and 2 of a booking: the visit, the time, and whose clock. */
export async function visitRoutes(app: FastifyInstance, platform: Platform, till: Till): Promise<void> {
  app.get('/book', { config: READ_LIMIT }, async (request, reply) => {
    const { clinic } = request;
    const catalogue = await readCatalogue(request.context, clinic.catalogueVersion);
    const values = formValues(request.query);
    if (!values.service) {
      const services = catalogue.services.filter((service) => service.active && service.online);
      const nothingChosen = values.service !== undefined;
      const body = <ServicesPage clinic={clinic} services={services} nothingChosen={nothingChosen} />;
      return sendStep(
        platform,
        request,
        reply,
        { title: 'Book a visit', description: BOOK_DESCRIPTION, islands: [VIEWER_ZONE] },
        body,
      );
    }
    const choice = await visitFor(platform, till, request, catalogue, values);
    const service = choice.complete ? choice.visit.service : choice.service;
    const problem = choice.complete ? null : choice.problem;
    const body = wherePage(request, catalogue, service, { where: values.where, who: values.who, problem });
    return sendStep(platform, request, reply, { title: service.name, status: problem ? 422 : 200 }, body);
  });

  app.get('/book/time', { config: READ_LIMIT }, async (request, reply) => {
    const { clinic } = request;
    const catalogue = await readCatalogue(request.context, clinic.catalogueVersion);
    const values = formValues(request.query);
    const choice = await visitFor(platform, till, request, catalogue, values);
    if (!choice.complete) {
      const { service } = choice;
      const problem = choice.problem ?? 'Please choose a site first.';
      const body = wherePage(request, catalogue, service, { where: values.where, who: values.who, problem });
      return sendStep(platform, request, reply, { title: service.name, status: 422 }, body);
    }
    const page = await timePage(request, choice.visit, null);
    const options = {
      title: 'Choose a time',
      description: BOOK_DESCRIPTION,
      islands: [VIEWER_ZONE, HOLD_CLOCK],
      status: page.status,
    };
    return sendStep(platform, request, reply, options, page.body);
  });

  app.post('/book/hold', { config: HOLD_LIMIT }, async (request, reply) => {
    const { clinic, context } = request;
    const catalogue = await readCatalogue(context, clinic.catalogueVersion);
    const values = formValues(request.body);
    const choice = await visitFor(platform, till, request, catalogue, values);
    if (!choice.complete) return reply.redirect(`/book?service=${choice.service.slug}`, 303);
    const { visit } = choice;
    const start = readStart(values.choose ?? values.start);
    if (start === null) {
      const page = await timePage(request, visit, {
        message: 'Please choose one of the times.',
        nearest: [],
      });
      return sendStep(
        platform,
        request,
        reply,
        { title: 'Choose a time', status: 422, islands: [HOLD_CLOCK] },
        page.body,
      );
    }
    const input = {
      wish: wishOf(visit),
      start,
      viewerZone: viewerZoneOf(request),
      replaces: holdIdOf(platform, request),
    };
    const taken = await takeHold(context, clinic, input, platform.clock.now());
    const fromDetails = isDetailsForm(values);
    if (!taken.ok) {
      const gone = goneOf(taken, input.wish);
      if (fromDetails)
        return detailsAfterRefusal({ platform, till }, request, reply, { visit, start, values, gone });
      const page = await timePage(request, visit, gone);
      return sendStep(
        platform,
        request,
        reply,
        { title: 'Choose a time', status: 409, islands: [HOLD_CLOCK] },
        page.body,
      );
    }
    const { hold } = taken;
    rememberHold(platform, reply, hold.id);
    const safety = hold.safety ?? parseAnswers(values.safety);
    const draft = {
      ...hold.draft,
      ...draftOf(values),
      ...(values.send === 'yes' ? { sendSafety: 'yes' } : {}),
    };
    if (fromDetails) await keepDraft(context, hold.id, { draft, ...(safety ? { safety } : {}) });
    const next = safety ? '/book/details' : '/book/safety';
    return reply.redirect(`${next}?${visitQuery(visit, { start: String(start) })}`, 303);
  });

  app.get('/book/zone', { config: READ_LIMIT }, (request, reply) =>
    sendStep(
      platform,
      request,
      reply,
      { title: 'Time zone' },
      zonePage(request, formValues(request.query), false),
    ),
  );

  app.post('/book/zone', { config: READ_LIMIT }, (request, reply) => {
    const values = formValues(request.body);
    if (!isTimeZone(values.zone ?? '')) {
      return sendStep(
        platform,
        request,
        reply,
        { title: 'Time zone', status: 422 },
        zonePage(request, values, true),
      );
    }
    rememberZone(platform, reply, values.zone ?? '');
    const back = new URLSearchParams(visitPart(values));
    return reply.redirect(values.service ? `/book/time?${back}` : '/book', 303);
  });

  async function timePage(
    request: FastifyRequest,
    visit: Visit,
    gone: Parameters<typeof TimePage>[0]['gone'],
  ) {
    const booking = bookingOf(platform, request);
    const wish = wishOf(visit);
    const time = timeViewFor(request, wish.siteId);
    const hold = await holdOf(platform, request);
    const catalogue = await readCatalogue(request.context, request.clinic.catalogueVersion);
    const same = hold && hold.serviceId === wish.service.id && hold.siteId === wish.siteId;
    const times = await timesFor(booking, wish, time, formValues(request.query), same ? hold : null);
    const terms = await termsFor(platform, till, request, visit);
    const held = same ? heldViewOf(catalogue, request, hold, visit, terms) : null;
    const body = <TimePage visit={visit} times={times} held={held} gone={gone} />;
    return { body, status: times.problem && !times.problem.startsWith('Nothing') ? 422 : 200 };
  }
}

/** The parts of a visit that an address may carry. */
function visitPart(values: Readonly<Record<string, string>>): Record<string, string> {
  const names = ['service', 'where', 'who'] as const;
  return Object.fromEntries(names.flatMap((name) => (values[name] ? [[name, values[name]]] : [])));
}

function wherePage(
  request: FastifyRequest,
  catalogue: Catalogue,
  service: Service,
  chosen: { where: string | undefined; who: string | undefined; problem: string | null },
) {
  const { clinic } = request;
  const places = service.mode === 'site' ? sitesOf(service, clinic).map((site) => site.id) : [null];
  const siteIdsOf = new Map<string, string[]>();
  for (const place of places) {
    for (const one of cliniciansFor(catalogue, service, place)) {
      siteIdsOf.set(one.id, [...(siteIdsOf.get(one.id) ?? []), ...(place ? [place] : [])]);
    }
  }
  const slugs = personSlugs(catalogue);
  const clinicians = catalogue.resources
    .filter((resource) => siteIdsOf.has(resource.id))
    .map((resource) => ({
      resource,
      slug: slugs.get(resource.id) ?? '',
      siteIds: siteIdsOf.get(resource.id) ?? [],
    }));
  return (
    <WherePage
      clinic={clinic}
      service={service}
      clinicians={clinicians}
      where={chosen.where ?? ''}
      who={chosen.who ?? ''}
      problem={chosen.problem}
    />
  );
}

function zonePage(request: FastifyRequest, values: Readonly<Record<string, string>>, problem: boolean) {
  const near = [...new Set([request.clinic.timeZone, ...request.clinic.sites.map((site) => site.timeZone)])];
  return (
    <ZonePage
      near={near}
      zones={Intl.supportedValuesOf('timeZone')}
      chosen={viewerZoneOf(request)}
      fields={visitPart(values)}
      problem={problem}
    />
  );
}
