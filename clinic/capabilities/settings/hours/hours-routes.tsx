import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type FormErrors, formValues } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import type { Option } from '../parts/fields.tsx';
import { SETTINGS, settingsPage } from '../parts/settings-page.tsx';
import { idOf } from '../parts/uuid.ts';
import { readSites } from '../sites/sites.ts';
import { readHours, saveHours, type Week } from './hours.ts';
import { HoursForm } from './hours-page.tsx';
import { copyDay, firstPlace, placeValue } from './week-grid.ts';

const HERE = `${SETTINGS.resources}/:id/hours`;
const LEAD =
  'Times are by the clock of the site; by video, by the clock of the clinic. Empty both times of a row to remove it. Appointments that are booked already stay.';

/** When somebody works, or a room or a device can be used, week by week. */
export function hoursRoutes(app: FastifyInstance, platform: Platform): void {
  const page = async (request: FastifyRequest, week: Week, form: FormErrors) => {
    const places = placesOf(week, await readSites(request.context));
    const home = week.homeSiteId ?? week.siteIds[0] ?? null;
    const usualPlace = firstPlace(week.values) ?? placeValue({ siteId: home, telehealth: home === null });
    return settingsPage(
      platform,
      request,
      { title: `Weekly hours: ${week.name}`, tab: 'resources', lead: LEAD },
      <HoursForm
        action={`${SETTINGS.resources}/${idOf(request)}/hours`}
        form={form}
        places={places}
        usualPlace={usualPlace}
      />,
    );
  };

  const weekOf = async (request: FastifyRequest): Promise<Week> => {
    const week = await readHours(request.context, request.clinic, idOf(request));
    if (!week) throw notFound();
    return week;
  };

  app.get(HERE, async (request, reply) => {
    const week = await weekOf(request);
    return sendPage(reply, await page(request, week, { values: week.values, errors: {} }));
  });

  app.post(HERE, async (request, reply) => {
    const week = await weekOf(request);
    const posted = formValues(request.body);
    if (posted.copy) {
      // Only the page changes: the owner looks at the copied week and saves it, or not.
      return sendPage(
        reply,
        await page(request, week, { values: copyDay(posted, 1, [2, 3, 4, 5]), errors: {} }),
      );
    }
    const saved = await saveHours(request.context, request.clinic, idOf(request), request.body);
    if (!saved) throw notFound();
    if (saved.ok) return reply.redirect(`${SETTINGS.resources}?saved`, 303);
    return sendPage(reply, await page(request, week, saved.form), { status: saved.status });
  });
}

function placesOf(week: Week, sites: Awaited<ReturnType<typeof readSites>>): readonly Option[] {
  const own = sites.filter((site) => week.siteIds.includes(site.id));
  const at = own.map(({ id, name }) => ({
    value: placeValue({ siteId: id, telehealth: false }),
    label: name,
  }));
  if (!week.person) return at;
  const both = own.map(({ id, name }) => ({
    value: placeValue({ siteId: id, telehealth: true }),
    label: `${name}, and by video`,
  }));
  return [...at, ...both, { value: 'video', label: 'By video only' }];
}
