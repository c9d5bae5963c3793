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
import { ResourceForm, ResourceList } from './resource-page.tsx';
import { addResource, readResource, saveResource } from './resources.ts';

const HERE = SETTINGS.resources;

/** Everyone and everything that a visit can claim. */
export function resourcesRoutes(app: FastifyInstance, platform: Platform): void {
  const page = (request: FastifyRequest, title: string, children: ComponentChildren) =>
    settingsPage(platform, request, { title, tab: 'resources' }, children);

  /** The form with the sites in use, the resource's own among them, and the kinds to choose from. */
  const formFor = async (request: FastifyRequest, action: string, form: FormErrors) => {
    const { resources } = await currentCatalogue(request.context);
    const kinds = [...new Set(resources.flatMap((one) => one.kinds))].sort();
    const sites = (await readSites(request.context)).filter(
      (site) => site.active || site.id === form.values.site,
    );
    return <ResourceForm action={action} form={form} sites={sites} kinds={kinds} />;
  };
  const siteIds = async (request: FastifyRequest) =>
    (await readSites(request.context)).filter((site) => site.active).map((site) => site.id);

  app.get(HERE, async (request, reply) => {
    const catalogue = await currentCatalogue(request.context);
    const sites = await readSites(request.context);
    const list = <ResourceList catalogue={catalogue} sites={sites} />;
    return sendPage(reply, await page(request, 'Clinicians, rooms, devices', list));
  });

  const adding = 'Add a clinician, room or device';
  app.get(`${HERE}/new`, async (request, reply) => {
    const values = { sort: 'person', listed: 'yes', position: '0', site: request.clinic.sites[0]?.id ?? '' };
    return sendPage(
      reply,
      await page(request, adding, await formFor(request, `${HERE}/new`, { values, errors: {} })),
    );
  });
  app.post(`${HERE}/new`, async (request, reply) => {
    const saved = await addResource(request.context, await siteIds(request), request.body);
    if (saved.ok) return reply.redirect(`${HERE}/${saved.id}/hours?saved`, 303);
    const form = await formFor(request, `${HERE}/new`, saved.form);
    return sendPage(reply, await page(request, adding, form), { status: saved.status });
  });

  app.get(`${HERE}/:id`, async (request, reply) => {
    const id = idOf(request);
    const resource = await readResource(request.context, id);
    if (!resource) throw notFound();
    const name = resource.values.name ?? '';
    const span = { start: platform.clock.now(), end: FOREVER };
    const standing = await inClinic(request.context, (tx) =>
      standingAppointments(tx, { span, resourceId: id }),
    );
    const children = (
      <>
        <p>
          <a class="btn" href={`${HERE}/${id}/hours`}>
            Weekly hours
          </a>
        </p>
        {await formFor(request, `${HERE}/${id}`, { values: resource.values, errors: {} })}
        <Retire
          action={`${HERE}/${id}`}
          name={name}
          active={resource.active}
          effect="Nothing new can be booked with it, and it leaves the team page."
          clinic={request.clinic}
          standing={standing}
        />
      </>
    );
    return sendPage(reply, await page(request, name, children));
  });
  app.post(`${HERE}/:id`, async (request, reply) => {
    const id = idOf(request);
    const saved = await saveResource(request.context, id, await siteIds(request), request.body);
    if (!saved) throw notFound();
    if (saved.ok) return reply.redirect(`${HERE}?saved`, 303);
    const form = await formFor(request, `${HERE}/${id}`, saved.form);
    return sendPage(reply, await page(request, 'Change a clinician, room or device', form), {
      status: saved.status,
    });
  });

  for (const verb of ['retire', 'restore'] as const) {
    app.post(`${HERE}/:id/${verb}`, async (request, reply) => {
      if (!(await setActive(request.context, 'resource', idOf(request), verb === 'restore')))
        throw notFound();
      return reply.redirect(`${HERE}?saved`, 303);
    });
  }
}
