import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import type { FormErrors } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { SettingsForm, TextField } from '../parts/fields.tsx';
import { Retire } from '../parts/retire.tsx';
import { setActive } from '../parts/set-active.ts';
import { SETTINGS, settingsPage } from '../parts/settings-page.tsx';
import { FOREVER, standingAppointments } from '../parts/standing.tsx';
import { idOf } from '../parts/uuid.ts';
import { addSite, readSite, readSites, saveSite } from './sites.ts';

const HERE = SETTINGS.sites;

/** Where the clinic sees people. */
export function sitesRoutes(app: FastifyInstance, platform: Platform): void {
  const page = (request: FastifyRequest, title: string, children: ComponentChildren) =>
    settingsPage(platform, request, { title, tab: 'sites' }, children);

  app.get(HERE, async (request, reply) => {
    const sites = await readSites(request.context);
    return sendPage(reply, await page(request, 'Sites', <SiteList sites={sites} />));
  });

  app.get(`${HERE}/new`, async (request, reply) => {
    const form = { values: { timeZone: request.clinic.timeZone }, errors: {} };
    return sendPage(
      reply,
      await page(request, 'Add a site', <SiteForm action={`${HERE}/new`} form={form} />),
    );
  });
  app.post(`${HERE}/new`, async (request, reply) => {
    const saved = await addSite(request.context, request.body);
    if (saved.ok) return reply.redirect(`${HERE}?saved`, 303);
    const form = <SiteForm action={`${HERE}/new`} form={saved.form} />;
    return sendPage(reply, await page(request, 'Add a site', form), { status: saved.status });
  });

  app.get(`${HERE}/:id`, async (request, reply) => {
    const id = idOf(request);
    const values = await readSite(request.context, id);
    if (!values) throw notFound('site');
    const span = { start: platform.clock.now(), end: FOREVER };
    const standing = await inClinic(request.context, (tx) => standingAppointments(tx, { span, siteId: id }));
    const name = values.name ?? '';
    const children = (
      <>
        <SiteForm action={`${HERE}/${id}`} form={{ values, errors: {} }} />
        <Retire
          action={`${HERE}/${id}`}
          name={name}
          active={values.active !== ''}
          effect="Nobody can book there any more, and the site leaves the public pages."
          clinic={request.clinic}
          standing={standing}
        />
      </>
    );
    return sendPage(reply, await page(request, name, children));
  });
  app.post(`${HERE}/:id`, async (request, reply) => {
    const id = idOf(request);
    const saved = await saveSite(request.context, id, request.body);
    if (!saved) throw notFound('site');
    if (saved.ok) return reply.redirect(`${HERE}?saved`, 303);
    const form = <SiteForm action={`${HERE}/${id}`} form={saved.form} />;
    return sendPage(reply, await page(request, 'Change a site', form), { status: saved.status });
  });

  for (const verb of ['retire', 'restore'] as const) {
    app.post(`${HERE}/:id/${verb}`, async (request, reply) => {
      if (!(await setActive(request.context, 'site', idOf(request), verb === 'restore')))
        throw notFound('site');
      return reply.redirect(`${HERE}?saved`, 303);
    });
  }
}

function SiteList({ sites }: { sites: Awaited<ReturnType<typeof readSites>> }) {
  return (
    <>
      <p>
        <a class="btn primary" href={`${HERE}/new`}>
          Add a site
        </a>
      </p>
      <ul class="settings-list">
        {sites.map((site) => (
          <li key={site.id}>
            <a href={`${HERE}/${site.id}`}>{site.name}</a>
            {!site.active && <span class="badge">Out of use</span>}
            <small class="soft">{[site.address || site.city, site.time_zone].join(', ')}</small>
          </li>
        ))}
      </ul>
    </>
  );
}

const ZONES = Intl.supportedValuesOf('timeZone');

function SiteForm({ action, form }: { action: string; form: FormErrors }) {
  return (
    <SettingsForm action={action} form={form} submit="Save" back={HERE}>
      <TextField form={form} name="name" label="Name" max={120} />
      <TextField form={form} name="city" label="Town" max={80} />
      <TextField form={form} name="address" label="Address" optional max={200} />
      <TextField
        form={form}
        name="timeZone"
        label="Time zone"
        hint="Hours and closures of this site are in its own time. Booked appointments keep their instant."
        list="zones"
      />
      <datalist id="zones">
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <TextField
        form={form}
        name="note"
        label="What is here and how to get in"
        hint="Shown beside the hours, such as “Step-free from the yard”."
        optional
        max={300}
      />
    </SettingsForm>
  );
}
