import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import type { FormErrors } from '../../../platform/web/form.ts';
import { type Platform, sendPage } from '../../../platform/web/server.ts';
import { notFound } from '../../../platform/web/user-error.ts';
import { idOf, SETTINGS, settingsPage } from '../../settings/index.ts';
import { readProductForm, totalOf } from './product-form.ts';
import { PriceHistory, ProductForm, ProductList } from './product-pages.tsx';
import { addProduct, readChoices, readProduct, readProducts, saveProduct } from './products.ts';
import { setSold } from './set-sold.ts';
import { UseOrRetire } from './use-or-retire.tsx';

const HERE = SETTINGS.products;

/** Packages and fees. */
export function productRoutes(app: FastifyInstance, platform: Platform): void {
  const page = (request: FastifyRequest, title: string, children: ComponentChildren) =>
    settingsPage(platform, request, { title, tab: 'products' }, children);

  /** The form with everything there is to choose from, and the sum where every part can be read. */
  const formFor = async (request: FastifyRequest, action: string, form: FormErrors) => {
    const { clinic } = request;
    const choices = await readChoices(request.context, form.values);
    const read = readProductForm(form.values, {
      serviceIds: choices.services.map(({ id }) => id),
      taxIds: choices.taxes.map(({ id }) => id),
      currency: clinic.currency,
      locale: clinic.locale,
    });
    const totalMinor = read.ok ? totalOf(read.value.parts) : null;
    return (
      <ProductForm action={action} form={form} clinic={clinic} choices={choices} totalMinor={totalMinor} />
    );
  };

  app.get(HERE, async (request, reply) => {
    const list = <ProductList clinic={request.clinic} products={await readProducts(request.context)} />;
    return sendPage(reply, await page(request, 'Packages and fees', list));
  });

  app.get(`${HERE}/new`, async (request, reply) => {
    const form = { values: { kind: 'package', position: '0', online: 'yes' }, errors: {} };
    return sendPage(
      reply,
      await page(request, 'Add a package or a fee', await formFor(request, `${HERE}/new`, form)),
    );
  });
  app.post(`${HERE}/new`, async (request, reply) => {
    const saved = await addProduct(request.context, request.clinic, request.body);
    if (saved.ok) return reply.redirect(`${HERE}?saved`, 303);
    const form = await formFor(request, `${HERE}/new`, saved.form);
    return sendPage(reply, await page(request, 'Add a package or a fee', form), { status: saved.status });
  });

  app.get(`${HERE}/:id`, async (request, reply) => {
    const id = idOf(request);
    const product = await readProduct(request.context, request.clinic, id);
    if (!product) throw notFound('product');
    const children = (
      <>
        {await formFor(request, `${HERE}/${id}`, { values: product.values, errors: {} })}
        <PriceHistory clinic={request.clinic} prices={product.prices} />
        <UseOrRetire
          action={`${HERE}/${id}`}
          name={product.name}
          active={product.active}
          effect="Nobody can buy it any more. What was bought can still be booked."
        />
      </>
    );
    return sendPage(reply, await page(request, product.name, children));
  });
  app.post(`${HERE}/:id`, async (request, reply) => {
    const id = idOf(request);
    const saved = await saveProduct(request.context, request.clinic, id, request.body);
    if (!saved) throw notFound('product');
    if (saved.ok) return reply.redirect(`${HERE}?saved`, 303);
    const form = await formFor(request, `${HERE}/${id}`, saved.form);
    return sendPage(reply, await page(request, 'Change a package or a fee', form), { status: saved.status });
  });

  for (const verb of ['retire', 'restore'] as const) {
    app.post(`${HERE}/:id/${verb}`, async (request, reply) => {
      if (!(await setSold(request.context, 'product', idOf(request), verb === 'restore')))
        throw notFound('product');
      return reply.redirect(`${HERE}?saved`, 303);
    });
  }
}
