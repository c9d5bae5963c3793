import { dateAt } from '@rectus/schedule';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { type FormErrors, formValues } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { currentCatalogue } from '../parts/current-catalogue.ts';
import { SETTINGS, settingsPage } from '../parts/settings-page.tsx';
import { idOf } from '../parts/uuid.ts';
import { closureWhen, readClosure as readClosureForm } from './closure-form.ts';
import { ClosureDetails, ClosureForm, ClosureList, ConfirmClosure } from './closure-page.tsx';
import { addClosure, readClosure, readClosures, removeClosure } from './closures.ts';

const HERE = SETTINGS.closures;

/** Everything that differs from the weekly hours: holidays, leave, a Saturday more. */
export function closuresRoutes(app: FastifyInstance, platform: Platform): void {
  const page = (request: FastifyRequest, title: string, children: ComponentChildren) =>
    settingsPage(platform, request, { title, tab: 'closures' }, children);

  const formPage = async (request: FastifyRequest, form: FormErrors) =>
    page(
      request,
      form.values.kind === 'open' ? 'Add an extra opening' : 'Add a closure',
      <ClosureForm clinic={request.clinic} catalogue={await currentCatalogue(request.context)} form={form} />,
    );

  app.get(HERE, async (request, reply) => {
    const { clinic, context } = request;
    const closures = await readClosures(context, dateAt(platform.clock.now(), clinic.timeZone));
    const list = (
      <ClosureList clinic={clinic} catalogue={await currentCatalogue(context)} closures={closures} />
    );
    return sendPage(reply, await page(request, 'Closures and extra openings', list));
  });

  app.get(`${HERE}/new`, async (request, reply) => {
    const { kind } = request.query as { readonly kind?: unknown };
    const values = { kind: kind === 'open' ? 'open' : 'closed' };
    return sendPage(reply, await formPage(request, { values, errors: {} }));
  });

  app.post(`${HERE}/new`, async (request, reply) => {
    const { clinic, context } = request;
    const values = formValues(request.body);
    if (values.edit) return sendPage(reply, await formPage(request, { values, errors: {} }));
    const { resources } = await currentCatalogue(context);
    const form = readClosureForm(values, {
      siteIds: clinic.sites.map(({ id }) => id),
      resourceIds: resources.filter((one) => one.active).map(({ id }) => id),
    });
    if (!form.ok) return sendPage(reply, await formPage(request, form), { status: 422 });
    const added = await addClosure(context, clinic, form.value, Boolean(values.confirmed));
    if (added.ok) return reply.redirect(`${HERE}?saved`, 303);
    const confirm = <ConfirmClosure clinic={clinic} values={values} standing={added.standing} />;
    return sendPage(reply, await page(request, 'Somebody is booked in this time', confirm));
  });

  app.get(`${HERE}/:id`, async (request, reply) => {
    const { clinic, context } = request;
    const found = await readClosure(context, idOf(request));
    if (!found) throw notFound('closure');
    const title = closureWhen(found.closure.starts, found.closure.ends, clinic.locale);
    const catalogue = await currentCatalogue(context);
    return sendPage(
      reply,
      await page(request, title, <ClosureDetails {...{ clinic, catalogue, ...found }} />),
    );
  });

  app.post(`${HERE}/:id/remove`, async (request, reply) => {
    if (!(await removeClosure(request.context, idOf(request)))) throw notFound('closure');
    return reply.redirect(`${HERE}?saved`, 303);
  });
}
