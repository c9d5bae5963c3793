import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import type { FormErrors } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { idOf, SETTINGS, SettingsForm, settingsPage, TextField } from '../../settings/index.ts';
import { setSold } from './set-sold.ts';
import { addTax, readTax, readTaxes, saveTax, type Tax } from './taxes.ts';
import { UseOrRetire } from './use-or-retire.tsx';

const HERE = SETTINGS.taxes;

/** Taxes that prices contain. */
export function taxRoutes(app: FastifyInstance, platform: Platform): void {
  const page = (request: FastifyRequest, title: string, children: ComponentChildren) =>
    settingsPage(platform, request, { title, tab: 'taxes' }, children);

  app.get(HERE, async (request, reply) => {
    const list = <TaxList taxes={await readTaxes(request.context)} locale={request.clinic.locale} />;
    return sendPage(reply, await page(request, 'Taxes', list));
  });

  app.get(`${HERE}/new`, async (request, reply) => {
    const form = <TaxForm action={`${HERE}/new`} form={{ values: { position: '0' }, errors: {} }} />;
    return sendPage(reply, await page(request, 'Add a tax', form));
  });
  app.post(`${HERE}/new`, async (request, reply) => {
    const saved = await addTax(request.context, request.body);
    if (saved.ok) return reply.redirect(`${HERE}?saved`, 303);
    const form = <TaxForm action={`${HERE}/new`} form={saved.form} />;
    return sendPage(reply, await page(request, 'Add a tax', form), { status: saved.status });
  });

  app.get(`${HERE}/:id`, async (request, reply) => {
    const id = idOf(request);
    const tax = await readTax(request.context, id);
    if (!tax) throw notFound('tax');
    const children = (
      <>
        <TaxForm action={`${HERE}/${id}`} form={{ values: tax.values, errors: {} }} />
        <UseOrRetire
          action={`${HERE}/${id}`}
          name={tax.name}
          active={tax.active}
          effect="It can no longer be chosen. Services and packages that have it keep it until you change them."
        />
      </>
    );
    return sendPage(reply, await page(request, tax.name, children));
  });
  app.post(`${HERE}/:id`, async (request, reply) => {
    const id = idOf(request);
    const saved = await saveTax(request.context, id, request.body);
    if (!saved) throw notFound('tax');
    if (saved.ok) return reply.redirect(`${HERE}?saved`, 303);
    const form = <TaxForm action={`${HERE}/${id}`} form={saved.form} />;
    return sendPage(reply, await page(request, 'Change a tax', form), { status: saved.status });
  });

  for (const verb of ['retire', 'restore'] as const) {
    app.post(`${HERE}/:id/${verb}`, async (request, reply) => {
      if (!(await setSold(request.context, 'tax', idOf(request), verb === 'restore'))) throw notFound('tax');
      return reply.redirect(`${HERE}?saved`, 303);
    });
  }
}

function TaxList({ taxes, locale }: { taxes: readonly Tax[]; locale: string }) {
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
  return (
    <>
      <p>
        <a class="btn primary" href={`${HERE}/new`}>
          Add a tax
        </a>
      </p>
      <p class="soft">Prices contain their tax. Choose it at each service, and at each part of a package.</p>
      {taxes.length === 0 && <p class="soft">No taxes yet: everything is sold without.</p>}
      <ul class="settings-list">
        {taxes.map((tax) => (
          <li key={tax.id}>
            <a href={`${HERE}/${tax.id}`}>{tax.name}</a>
            <b>{percent.format(tax.rateBp / 10_000)}</b>
            {!tax.active && <span class="badge">Out of use</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

function TaxForm({ action, form }: { action: string; form: FormErrors }) {
  return (
    <SettingsForm action={action} form={form} submit="Save" back={HERE}>
      <TextField
        form={form}
        name="name"
        label="Name"
        hint="As it stands on receipts: VAT, or why there is none."
        max={80}
      />
      <TextField
        form={form}
        name="rate"
        label="Rate in percent"
        hint="0 is for what is exempt. What was sold keeps the rate it was sold at."
        type="decimal"
      />
      <TextField
        form={form}
        name="position"
        label="Place in the list"
        hint="Lower numbers come first."
        type="number"
      />
    </SettingsForm>
  );
}
