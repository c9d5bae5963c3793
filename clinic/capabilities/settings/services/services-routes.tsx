import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import type { FormErrors } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { currentCatalogue } from '../parts/current-catalogue.ts';
import { Retire } from '../parts/retire.tsx';
import { setActive } from '../parts/set-active.ts';
import { SETTINGS, settingsPage } from '../parts/settings-page.tsx';
import { FOREVER, standingAppointments } from '../parts/standing.tsx';
import { idOf } from '../parts/uuid.ts';
import { readSites } from '../sites/sites.ts';
import { NEW_SERVICE } from './service-form.ts';
import { ServiceList } from './service-list.tsx';
import { ServiceForm } from './service-page.tsx';
import { addService, readService, readTaxChoices, saveService } from './services.ts';

const HERE = SETTINGS.services;

/** What can be booked, for how long, at what price, and what a visit takes. */
export function servicesRoutes(app: FastifyInstance, platform: Platform): void {
  const page = (request: FastifyRequest, title: string, children: ComponentChildren) =>
    settingsPage(platform, request, { title, tab: 'services' }, children);

  app.get(HERE, async (request, reply) => {
    const catalogue = await currentCatalogue(request.context);
    const sites = await readSites(request.context);
    const list = <ServiceList clinic={request.clinic} catalogue={catalogue} sites={sites} />;
    return sendPage(reply, await page(request, 'Services and prices', list));
  });

  /** The form with everything there is to choose from. */
  const formFor = async (request: FastifyRequest, action: string, currency: string, form: FormErrors) => {
    const catalogue = await currentCatalogue(request.context);
    const kinds = [...catalogue.resources.filter((one) => one.active), ...catalogue.services].flatMap(
      (one) => ('kinds' in one ? one.kinds : one.needs.map(({ kind }) => kind)),
    );
    return (
      <ServiceForm
        action={action}
        form={form}
        currency={currency}
        kinds={[...new Set(kinds)].sort()}
        sites={await usableSites(request)}
        taxes={(await readTaxChoices(request.context)).filter(
          (tax) => tax.active || tax.id === form.values.taxId,
        )}
      />
    );
  };

  app.get(`${HERE}/new`, async (request, reply) => {
    const { clinic } = request;
    const values = { ...NEW_SERVICE, sites: clinic.sites.map(({ id }) => id).join('\n'), position: '0' };
    const form = await formFor(request, `${HERE}/new`, clinic.currency, { values, errors: {} });
    return sendPage(reply, await page(request, 'Add a service', form));
  });
  app.post(`${HERE}/new`, async (request, reply) => {
    const { currency } = request.clinic;
    const siteIds = (await usableSites(request)).map(({ id }) => id);
    const saved = await addService(request.context, currency, siteIds, request.body);
    if (saved.ok) return reply.redirect(`${HERE}?saved`, 303);
    const form = await formFor(request, `${HERE}/new`, currency, saved.form);
    return sendPage(reply, await page(request, 'Add a service', form), { status: saved.status });
  });

  app.get(`${HERE}/:id`, async (request, reply) => {
    const id = idOf(request);
    const service = await readService(request.context, id);
    if (!service) throw notFound('service');
    const name = service.values.name ?? '';
    const span = { start: platform.clock.now(), end: FOREVER };
    const standing = await inClinic(request.context, (tx) =>
      standingAppointments(tx, { span, serviceId: id }),
    );
    const form = { values: service.values, errors: {} };
    const children = (
      <>
        {await formFor(request, `${HERE}/${id}`, service.currency, form)}
        <Retire
          action={`${HERE}/${id}`}
          name={name}
          active={service.active}
          effect="Nobody can book it any more, and it leaves the public pages."
          clinic={request.clinic}
          standing={standing}
        />
      </>
    );
    return sendPage(reply, await page(request, name, children));
  });
  app.post(`${HERE}/:id`, async (request, reply) => {
    const id = idOf(request);
    const siteIds = (await usableSites(request)).map((site) => site.id);
    const saved = await saveService(request.context, id, siteIds, request.body);
    if (!saved) throw notFound('service');
    if (saved.ok) return reply.redirect(`${HERE}?saved`, 303);
    const currency = (await readService(request.context, id))?.currency ?? request.clinic.currency;
    const form = await formFor(request, `${HERE}/${id}`, currency, saved.form);
    return sendPage(reply, await page(request, 'Change a service', form), { status: saved.status });
  });

  for (const verb of ['retire', 'restore'] as const) {
    app.post(`${HERE}/:id/${verb}`, async (request, reply) => {
      if (!(await setActive(request.context, 'service', idOf(request), verb === 'restore')))
        throw notFound('service');
      return reply.redirect(`${HERE}?saved`, 303);
    });
  }
}

async function usableSites(request: FastifyRequest) {
  return (await readSites(request.context)).filter((site) => site.active);
}
