import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { settingsRoutes } from '../../settings/index.ts';
import { readOrder } from '../core/orders.ts';
import { currentPrice } from '../core/prices.ts';
import { type MoneyWorld, moneyWorld, textOf } from '../money/testing-money.ts';
import { openSealed } from '../providers/sealed-keys.ts';
import { type FakeStripe, startFakeStripe } from '../testing/fake-stripe.ts';
import { productValues, readProductForm } from './product-form.ts';
import { catalogueRoutes } from './routes.ts';

const HERE = '/desk/settings';
let money: MoneyWorld;
let fake: FakeStripe;

beforeAll(async () => {
  fake = await startFakeStripe({ secretKey: 'sk_test_AbCdEfGh12344242' });
  money = await moneyWorld(settingsRoutes, catalogueRoutes);
  // The world's own platform is what the routes hold: from here on it asks the fake.
  Object.assign(money.world.platform.config, { stripeApiUrl: fake.url });
});
afterAll(async () => {
  await money.close();
  await fake.close();
});

const row = <T>(query: string): Promise<T[]> =>
  money.world.owner.begin(async (sql) => {
    await sql`select set_config('rectus.clinic_id', ${money.world.one.clinic.id}, true)`;
    return sql.unsafe(query);
  }) as unknown as Promise<T[]>;

const id = (name: string) => money.world.one.ids[name] ?? '';
const packageForm = () => ({
  kind: 'package',
  name: 'Lifting check',
  summary: 'Two visits',
  bring: 'Shoes that you lift in',
  steps: 'First visit: we look\nReport: within two days',
  validMonths: '12',
  online: 'yes',
  position: '3',
  'part-0-service': id('first-visit'),
  'part-0-label': 'First look',
  'part-0-quantity': '1',
  'part-0-unit': '80,00',
  'part-0-tax': '',
  'part-1-service': id('follow-up'),
  'part-1-label': '',
  'part-1-quantity': '2',
  'part-1-unit': '55.50',
  'part-1-tax': '',
});

/** Which product a name has, from its link in the list. */
async function productAddress(name: string): Promise<string> {
  const { body } = await money.get(`${HERE}/products`);
  return new RegExp(`href="(/desk/settings/products/[0-9a-f-]+)">${name}<`).exec(body)?.[1] ?? '';
}

const seen = async (address: string) =>
  /name="seen" value="([^"]+)"/.exec((await money.get(address)).body)?.[1] ?? '';

describe('packages and fees', () => {
  test('are the owner’s alone', async () => {
    for (const path of ['products', 'products/new', 'taxes', 'taxes/new', 'payments']) {
      expect((await money.get(`${HERE}/${path}`)).statusCode).toBe(200);
      expect((await money.get(`${HERE}/${path}`, 'front_desk')).statusCode).toBe(403);
      expect((await money.get(`${HERE}/${path}`, null)).statusCode).toBe(303);
    }
    expect((await money.post(`${HERE}/products/new`, packageForm(), 'front_desk')).statusCode).toBe(403);
    expect((await money.post(`${HERE}/payments/keys`, {}, 'front_desk')).statusCode).toBe(403);
  });

  test('are added with their parts, and cost what the parts cost', async () => {
    expect((await money.post(`${HERE}/products/new`, packageForm())).statusCode).toBe(303);
    const list = textOf(await money.get(`${HERE}/products`));
    expect(list).toContain('Lifting check €191 First look + 2 × Follow-up Sold online');
    const [product] = await row<{ id: string; slug: string }>(
      `select id, slug from product where name = 'Lifting check'`,
    );
    expect(product?.slug).toBe('lifting-check');
    const price = await inClinic(money.staff, (tx) => currentPrice(tx, { productId: product?.id ?? '' }));
    expect(price).toMatchObject({ totalMinor: 19_100, currency: 'EUR' });
  });

  test('keep the price of an order when their own changes, and list what they were sold at', async () => {
    const address = await productAddress('Lifting check');
    const productId = address.split('/').at(-1) ?? '';
    const orderId = await money.order({ productId });
    const form = { ...packageForm(), seen: await seen(address), 'part-1-unit': '60.00' };
    expect((await money.post(address, form)).statusCode).toBe(303);
    const order = await inClinic(money.staff, (tx) => readOrder(tx, orderId));
    expect(order?.totalMinor).toBe(19_100);
    const later = await inClinic(money.staff, async (tx) => readOrder(tx, await money.order({ productId })));
    expect(later?.totalMinor).toBe(20_000);
    const page = textOf(await money.get(address));
    expect(page).toMatch(/Version 2, first sold .* €200\.00 .*Version 1, first sold .* €191\.00/);
    expect(page).toContain('Together €200');
  });

  test('are not overwritten by somebody who did not see the change', async () => {
    const address = await productAddress('Lifting check');
    const stale = await money.post(address, { ...packageForm(), seen: 'an older one', name: 'Mine' });
    expect(stale.statusCode).toBe(409);
    expect(textOf(stale)).toContain('Somebody changed this while you had it open');
    expect(stale.body).toContain('value="Mine"');
  });

  test('are refused with the reason at its field, and nothing typed is lost', async () => {
    const refused = async (changes: Record<string, string>) => {
      const reply = await money.post(`${HERE}/products/new`, {
        ...packageForm(),
        name: 'Refused',
        ...changes,
      });
      expect(reply.statusCode).toBe(422);
      expect(reply.body).toContain('value="Refused"');
      return textOf(reply);
    };
    const noParts = { 'part-0-service': '', 'part-0-label': '', 'part-0-unit': '' };
    const noParts1 = { 'part-1-service': '', 'part-1-label': '', 'part-1-unit': '' };
    expect(await refused({ ...noParts, ...noParts1 })).toContain('Enter at least one part with its price');
    expect(await refused({ 'part-0-unit': 'eighty' })).toContain('Part 1: Write the amount in digits');
    expect(await refused({ 'part-0-unit': '-1' })).toContain('Part 1: An amount cannot be less than 0');
    expect(await refused({ 'part-1-quantity': '0' })).toContain('Part 2: enter how many');
    expect(await refused({ 'part-0-service': id('clinic') })).toContain('Part 1: choose a service again');
    expect(await refused({ 'part-0-tax': id('clinic') })).toContain('Part 1: choose a tax again');
    expect(await refused({ 'part-0-unit': '0', 'part-1-unit': '0' })).toContain(
      'Something must be paid for it',
    );
    expect(await refused({ kind: 'fee', online: '' })).toContain('A fee has one part, and no service');
    expect(await refused({ steps: 'no colon here' })).toContain(
      'Write each step as a title, a colon and a text',
    );
    const fee = { 'part-0-service': '', 'part-0-label': 'Late', ...noParts1 };
    expect(await refused({ ...fee })).toContain('A package has at least one visit');
    expect(await refused({ ...fee, kind: 'fee' })).toContain('A fee is sold at the desk alone');
    expect((await row(`select from product where name = 'Refused'`)).length).toBe(0);
  });

  test('go out of use and come back, and another clinic knows none of them', async () => {
    const address = await productAddress('Lifting check');
    expect((await money.post(`${address}/retire`, {})).statusCode).toBe(303);
    expect(textOf(await money.get(`${HERE}/products`))).toMatch(/Lifting check .*Out of use/);
    await expect(money.order({ productId: address.split('/').at(-1) ?? '' })).rejects.toThrow(
      'not sold any more',
    );
    expect((await money.post(`${address}/restore`, {})).statusCode).toBe(303);
    expect((await money.get(address, 'owner', 'other.test')).statusCode).toBe(404);
    expect((await money.post(`${address}/retire`, {}, 'owner', 'other.test')).statusCode).toBe(404);
  });

  test('come back from their own page unchanged, whatever they are', () => {
    const choices = { serviceIds: ['s1', 's2'], taxIds: ['t1'], currency: 'EUR', locale: 'de-DE' };
    const part = fc.record({
      serviceId: fc.constantFrom('s1', 's2'),
      label: fc.constantFrom(null, 'In the gait lab'),
      quantity: fc.integer({ min: 1, max: 100 }),
      unitMinor: fc.integer({ min: 1, max: 100_000 }),
      taxId: fc.constantFrom(null, 't1'),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const facts = {
          kind: 'package',
          name: 'Block',
          summary: '',
          bring: 'Shorts',
          steps: '',
          validMonths: null,
          online: true,
          position: 0,
          parts,
        } as const;
        const read = readProductForm(productValues(facts, 'EUR', 'de-DE'), choices);
        expect(read.ok && read.value).toEqual(facts);
      }),
    );
  });
});

describe('taxes', () => {
  test('are added, changed with a trace, and refused when they are none', async () => {
    expect(
      (await money.post(`${HERE}/taxes/new`, { name: 'IVA', rate: '5,5 %', position: '0' })).statusCode,
    ).toBe(303);
    const [tax] = await row<{ id: string; rate_bp: number }>(
      `select id, rate_bp from tax where name = 'IVA'`,
    );
    expect(tax?.rate_bp).toBe(550);
    const address = `${HERE}/taxes/${tax?.id}`;
    const form = { name: 'IVA', rate: '6', position: '0', seen: await seen(address) };
    expect((await money.post(address, form)).statusCode).toBe(303);
    expect((await money.post(address, form)).statusCode).toBe(409);
    expect(
      (await money.post(`${HERE}/taxes/new`, { name: 'X', rate: '120', position: '0' })).statusCode,
    ).toBe(422);
    expect(textOf(await money.get(`${HERE}/taxes`))).toContain('IVA 6%');
    const [audit] = await row<{ detail: unknown }>(
      `select detail from audit_event where action = 'tax.changed'`,
    );
    expect(audit?.detail).toEqual({ rate_bp: 600 });
  });
});

describe('how a service is paid', () => {
  test('is set with its deposit, tax, code and what to bring', async () => {
    const [tax] = await row<{ id: string }>(`select id from tax where name = 'IVA'`);
    const address = `${HERE}/services/${id('first-visit')}`;
    const form = {
      name: 'First visit',
      mode: 'site',
      sites: id('site'),
      price: '85.00',
      durationMin: '45',
      bufferBeforeMin: '0',
      bufferAfterMin: '0',
      stepMin: '15',
      lead: '1',
      horizonDays: '60',
      online: 'yes',
      position: '1',
      'need physiotherapist': '1',
      'need room': '1',
      payment: 'deposit',
      deposit: '20,00',
      taxId: tax?.id ?? '',
      procedureCode: '97110',
      bring: 'Shorts',
    };
    const save = async (changes: Record<string, string>) =>
      money.post(address, { ...form, seen: await seen(address), ...changes });
    expect(textOf(await save({ deposit: '85' }))).toContain('A deposit is less than the price');
    expect(textOf(await save({ deposit: '' }))).toContain('Enter the deposit');
    expect(textOf(await save({ payment: 'in_full', price: '0' }))).toContain('nothing can be paid online');
    expect(textOf(await save({ taxId: id('clinic') }))).toContain('Choose a tax again');
    expect((await save({})).statusCode).toBe(303);
    const [stored] = await row(
      `select payment, deposit_minor, tax_id, procedure_code, bring from service where slug = 'first-visit'`,
    );
    expect(stored).toEqual({
      payment: 'deposit',
      deposit_minor: 2000,
      tax_id: tax?.id,
      procedure_code: '97110',
      bring: 'Shorts',
    });
    expect((await save({ payment: 'at_visit' })).statusCode).toBe(303);
    expect(await row(`select deposit_minor from service where slug = 'first-visit'`)).toEqual([
      { deposit_minor: null },
    ]);
  });
});

describe('the keys of Stripe', () => {
  const KEY = 'sk_test_AbCdEfGh12344242';
  const keys = (stripeKey: string, webhookSecret = '') =>
    money.post(`${HERE}/payments/keys`, { stripeKey, webhookSecret });

  test('are refused where they are none, and not sent back', async () => {
    for (const [key, why] of [
      ['pk_live_AbCdEfGh12344242', 'That is the publishable key'],
      ['sk_live_short', 'A secret key begins with sk_live_'],
      ['hunter2', 'A secret key begins with sk_live_'],
      ['', 'Enter a key'],
    ] as const) {
      const reply = await keys(key);
      expect(reply.statusCode).toBe(422);
      expect(textOf(reply)).toContain(why);
      if (key) expect(reply.body).not.toContain(key);
    }
    expect(textOf(await keys('', 'not a secret'))).toContain('A signing secret begins with whsec_');
  });

  test('are sealed, named by their end alone, and asked for at Stripe', async () => {
    expect((await keys(KEY, 'whsec_AbCdEfGh1234')).statusCode).toBe(303);
    const [stored] = await row<{ stripe_key_sealed: string; stripe_webhook_sealed: string }>(
      'select stripe_key_sealed, stripe_webhook_sealed from payment_settings',
    );
    expect(JSON.stringify(stored)).not.toContain('AbCdEfGh');
    const { platform } = money.world;
    expect(openSealed(platform, money.world.one.clinic.id, stored?.stripe_key_sealed ?? '')).toBe(KEY);
    const page = await money.get(`${HERE}/payments`);
    expect(textOf(page)).toContain('The secret key ends in …4242 . It is a test key');
    expect(textOf(page)).toContain('http://one.test/webhooks/stripe');
    expect(page.body).not.toContain('AbCdEfGh');
    expect(textOf(await money.post(`${HERE}/payments/test`, {}))).toContain('Stripe takes the key');
  });

  test('that Stripe does not take are said to be so; the other secret stays when only one is entered', async () => {
    expect((await keys('sk_test_AnotherOne99999999')).statusCode).toBe(303);
    const tried = textOf(await money.post(`${HERE}/payments/test`, {}));
    expect(tried).toContain('Stripe does not take the key');
    expect(tried).toContain('…9999');
    expect(tried).toContain('The signing secret is kept too');
  });

  test('are forgotten when they are told to be', async () => {
    expect((await money.post(`${HERE}/payments/forget`, {})).statusCode).toBe(303);
    expect(textOf(await money.get(`${HERE}/payments`))).toContain('uses the practice checkout');
    const actions = await row<{ action: string }>(
      `select action from audit_event where action like 'payment_settings%'`,
    );
    expect(actions.map((one) => one.action)).toContain('payment_settings.keys_forgotten');
  });
});

describe('what stands on papers', () => {
  test('is saved, and a stale form is refused', async () => {
    const form = {
      legalName: 'Rectus Lda',
      address: '1 Quay Street\nLisbon',
      taxNumber: 'PT 500',
      bankDetails: '',
      paperNote: '',
      refundTerms: 'Within 14 days',
      seen: await seen(`${HERE}/payments`),
    };
    expect((await money.post(`${HERE}/payments/papers`, form)).statusCode).toBe(303);
    expect((await money.post(`${HERE}/payments/papers`, form)).statusCode).toBe(409);
    expect(await row('select legal_name, address, refund_terms from payment_settings')).toEqual([
      { legal_name: 'Rectus Lda', address: '1 Quay Street\nLisbon', refund_terms: 'Within 14 days' },
    ]);
    const long = await money.post(`${HERE}/payments/papers`, { ...form, legalName: 'x'.repeat(201) });
    expect(long.statusCode).toBe(422);
  });
});
