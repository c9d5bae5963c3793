import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestBrowser } from '../../../platform/web/testing-browser.ts';
import { fieldsOf } from '../../../platform/web/testing-form.ts';
import { verifyBooks } from '../core/verify.ts';
import {
  type BuyingWorld,
  bought,
  buyingWorld,
  KNOWN_AFTER_MS,
  MAYA,
  order,
  practise,
} from '../testing/buying-world.ts';

let world: BuyingWorld;

beforeAll(async () => {
  world = await buyingWorld();
});
afterAll(async () => {
  expect(await verifyBooks(world.one.context)).toEqual([]);
  await world.close();
});

const count = async (table: 'sales_order' | 'appointment') =>
  Number((await world.run(sql`select count(*)::int as n from ${sql.table(table)}`))[0]?.n);

/** The free times that an order's page offers, as its form sends them. */
async function slotsOn(buyer: TestBrowser, path: string) {
  const page = await buyer.get(path);
  return [...page.body.matchAll(/name="slot" value="([^"]+)"/g)].map(([, value = '']) => value);
}

describe('what can be bought', () => {
  it('is everything that is sold online and costs something', async () => {
    const page = (await world.buyer().get('/buy')).body;
    expect(page).toContain('3D gait analysis');
    expect(page).toContain('€290');
    expect(page).not.toContain('Only at the desk');
    expect(page).not.toContain('For nothing');
  });

  it('is told with its parts, tax, validity, what happens then and that no money moves', async () => {
    const page = (await world.buyer().get('/buy/gait')).body;
    for (const text of [
      'Gait lab session, 30 min',
      '€210.00',
      'VAT, exempt medical service',
      '€290.00',
      'It can be booked for 12 months',
      'You walk about twelve times',
      'Close-fitting shorts',
      'Practice checkout: no real money moves',
    ])
      expect(page).toContain(text);
  });

  it.each(['desk-only', 'for-nothing', 'never-heard-of'])('%s is not sold online', async (slug) => {
    for (const page of [
      await world.buyer().get(`/buy/${slug}`),
      await world.buyer().post(`/buy/${slug}`, MAYA),
    ]) {
      expect(page.statusCode).toBe(404);
      expect(page.body).toContain('This is not sold online');
    }
  });

  it('a product that is no longer sold is refused with nothing ordered', async () => {
    const buyer = world.buyer();
    const fields = fieldsOf((await buyer.get('/buy/gait')).body, '/buy/gait');
    const before = await count('sales_order');
    await world.run(sql`update product set active = false where slug = 'gait'`);
    const answer = await buyer.post('/buy/gait', { ...fields, ...MAYA, terms: 'yes' });
    await world.run(sql`update product set active = true where slug = 'gait'`);
    expect(answer.statusCode).toBe(404);
    expect(await count('sales_order')).toBe(before);
  });
});

describe('buying', () => {
  it('leads to the checkout and from there to Payment success with the next step', async () => {
    const buyer = world.buyer();
    const path = await bought(buyer);
    expect(path).toMatch(/^\/orders\//);
    const page = await buyer.get(path);
    expect(page.statusCode).toBe(200);
    for (const text of [
      'Payment success',
      'You have bought the <b>3D gait analysis</b>',
      'Book your gait lab session',
      '30 minutes, Harbour site, Lisbon',
      'Close-fitting shorts',
      'Paid by practice card',
      'Sent to maya@example.org',
      'Valid for 12 months',
      'Practice checkout: no real money moved',
    ])
      expect(page.body).toContain(text);
    expect(page.body).toMatch(/href="\/orders\/[^"]+\/papers\/[0-9a-f-]{36}\.pdf">Receipt R-2026-\d{5}/);
    expect(page.body.match(/name="slot"/g)).toHaveLength(5);
    expect(page.headers['cache-control']).toBe('no-store');
  });

  it('a double click orders once and leads to the same checkout', async () => {
    const buyer = world.buyer();
    const before = await count('sales_order');
    const { checkout, sent } = await order(buyer);
    const [two, three] = await Promise.all([buyer.post('/buy/gait', sent), buyer.post('/buy/gait', sent)]);
    expect([two.headers.location, three.headers.location]).toEqual([checkout, checkout]);
    expect(await count('sales_order')).toBe(before + 1);
  });

  it('somebody else can pay and gets the receipt', async () => {
    const buyer = world.buyer();
    const payer = { payerName: 'Ada Payer', payerEmail: 'ada@example.org', payerAddress: '1 Bank Street' };
    const { checkout } = await order(buyer, payer);
    const path = await practise(buyer, checkout, 'pay');
    expect((await buyer.get(path)).body).toContain('Sent to ada@example.org');
    const [row] = await world.run(
      sql`select payer_name, payer_address from sales_order where payer_email = 'ada@example.org'`,
    );
    expect(row).toEqual({ payer_name: 'Ada Payer', payer_address: '1 Bank Street' });
  });

  it('a payer who is begun but not finished is asked for, and nothing typed is lost', async () => {
    const buyer = world.buyer();
    const fields = fieldsOf((await buyer.get('/buy/gait')).body, '/buy/gait');
    const page = await buyer.post('/buy/gait', { ...fields, ...MAYA, email: 'x', payerName: 'Ada' });
    expect(page.statusCode).toBe(422);
    for (const field of ['email', 'payerEmail', 'terms'])
      expect(page.body).toContain(`href="#field-${field}"`);
    expect(page.body).toContain('Please write the e-mail address of whoever pays.');
    expect(page.body).toContain('value="Ada"');
    expect(page.body).toContain('<details open');
    expect(fieldsOf(page.body, '/buy/gait').key).toBe(fields.key);
  });

  it('a price that changed since the page was opened is shown, and nothing is ordered', async () => {
    const buyer = world.buyer();
    const before = await count('sales_order');
    const fields = fieldsOf((await buyer.get('/buy/gait')).body, '/buy/gait');
    await world.run(sql`update product_part set unit_minor = 22000 where label = 'Gait lab session'`);
    const page = await buyer.post('/buy/gait', { ...fields, ...MAYA, terms: 'yes' });
    expect(page.statusCode).toBe(409);
    expect(page.body).toContain('The price changed from €290.00 to €300.00');
    expect(page.body).toContain('Nothing was ordered');
    expect(page.body).toContain('value="Okafor"');
    expect(await count('sales_order')).toBe(before);
    const again = await buyer.post('/buy/gait', {
      ...fieldsOf(page.body, '/buy/gait'),
      ...MAYA,
      terms: 'yes',
    });
    expect(again.statusCode).toBe(303);
    await world.run(sql`update product_part set unit_minor = 21000 where label = 'Gait lab session'`);
  });

  it('an amount that somebody typed into the form changes nothing', async () => {
    const buyer = world.buyer();
    const fields = fieldsOf((await buyer.get('/buy/gait')).body, '/buy/gait');
    for (const price of ['', 'EUR 1 1x1', 'USD 29000 1x21000 1x8000', 'EUR -29000']) {
      const page = await buyer.post('/buy/gait', { ...fields, ...MAYA, terms: 'yes', price });
      expect(page.statusCode).toBe(409);
    }
  });
});

describe('an order’s page', () => {
  it('opens with its own address only, and at its own clinic only', async () => {
    const path = await bought(world.buyer());
    expect((await world.buyer(world.other).get(path)).statusCode).toBe(404);
    expect((await world.buyer().get(path.replace('.', '.A'))).statusCode).toBe(404);
    expect((await world.buyer().get(`/orders/${crypto.randomUUID()}.AAAA`)).statusCode).toBe(404);
    for (const act of ['pay', 'cancel', 'choose', 'book', 'again'])
      expect((await world.buyer(world.other).post(`${path}/${act}`, {})).statusCode).toBe(404);
  });

  it('shows without changing anything, however often it is opened', async () => {
    const buyer = world.buyer();
    const { checkout } = await order(buyer);
    const left = await buyer.get(await wayBack(buyer, checkout));
    expect(left.headers.location).toMatch(/\?left=1$/);
    const page = await buyer.get(String(left.headers.location));
    expect(page.body).toContain('You came back without paying');
    expect(page.body).toContain('Continue to payment: €290.00');
    const again = await buyer.post(`${String(left.headers.location).replace('?left=1', '')}/pay`, {});
    expect(again.headers.location).toBe(checkout);
  });

  it('says why a payment failed, and a second try succeeds', async () => {
    const buyer = world.buyer();
    const { checkout } = await order(buyer);
    await buyer.post(checkout, { choice: 'decline' });
    const path = String((await buyer.get(await wayBack(buyer, checkout))).headers.location).replace(
      /\?.*/,
      '',
    );
    const page = await buyer.get(path);
    expect(page.body).toContain('The payment did not go through');
    expect(page.body).toContain('The practice bank declined the card');
    const retry = String((await buyer.post(`${path}/pay`, {})).headers.location);
    expect(await practise(buyer, retry, 'pay')).toBe(path);
    expect((await buyer.get(path)).body).toContain('Payment success');
  });

  it('looks again by itself while the bank is working', async () => {
    const buyer = world.buyer();
    const { checkout } = await order(buyer);
    const path = await practise(buyer, checkout, 'slow');
    const page = await buyer.get(path);
    expect(page.body).toContain('Your bank is still working');
    expect(page.headers.refresh).toBe(`4; url=${path}?look=1`);
    expect((await buyer.get(`${path}?look=30`)).headers.refresh).toBeUndefined();
    await world.run(sql`update practice_checkout set pays_at = clock_timestamp() where state = 'processing'`);
    expect((await buyer.get(`${path}?look=2`)).body).toContain('Payment success');
  });

  it('cancels what was not paid, once, and gives nothing back that was never taken', async () => {
    const buyer = world.buyer();
    const { checkout } = await order(buyer);
    const path = String((await buyer.get(await wayBack(buyer, checkout))).headers.location).replace(
      /\?.*/,
      '',
    );
    for (let times = 0; times < 2; times++)
      expect((await buyer.post(`${path}/cancel`, {})).headers.location).toBe(path);
    expect((await buyer.get(path)).body).toContain('This order is cancelled');
    expect((await buyer.post(checkout, { choice: 'pay' })).statusCode).toBeLessThan(400);
    expect((await buyer.get(path)).body).toContain('This order is cancelled');
    expect((await buyer.post(`${path}/pay`, {})).headers.location).toBe(path);
  });

  it('a paid order is not cancelled by its page', async () => {
    const buyer = world.buyer();
    const path = await bought(buyer);
    await buyer.post(`${path}/cancel`, {});
    expect((await buyer.get(path)).body).toContain('Payment success');
  });

  it('is expired once the time to pay is over, and what was typed is there for another order', async () => {
    const buyer = world.buyer();
    const { checkout } = await order(buyer, { givenName: 'Lapsed' });
    const path = String((await buyer.get(await wayBack(buyer, checkout))).headers.location).replace(
      /\?.*/,
      '',
    );
    await letTimePass();
    const page = await buyer.get(path);
    expect(page.body).toContain('The time to pay is over');
    expect(page.body).toContain('Nothing was taken');
    const again = /href="(\/buy\/gait\?again=[^"]+)"/.exec(page.body)?.[1] ?? '';
    expect((await buyer.get(again)).body).toContain('value="Lapsed"');
    expect((await buyer.post(`${path}/pay`, {})).headers.location).toBe(path);
  });
});

describe('booking what was bought', () => {
  it('keeps the chosen time, asks the safety questions and books without asking who or for money', async () => {
    const buyer = world.buyer();
    const path = await bought(buyer);
    const [slot = ''] = await slotsOn(buyer, path);
    const form = fieldsOf((await buyer.get(path)).body, `${path}/book`);
    const held = await buyer.post(`${path}/book`, { ...form, slot });
    expect(held.headers.location).toMatch(/^\/book\/safety\?service=ultrasound-visit&where=harbour&start=/);
    const safety = await buyer.get(String(held.headers.location));
    expect(safety.body).toContain('Paid with your 3D gait analysis, order');
    await buyer.post('/book/safety', { service: 'ultrasound-visit', where: 'harbour' });
    const details = await buyer.get('/book/details');
    expect(details.body).toContain('Maya Okafor');
    expect(details.body).not.toContain('field-givenName');
    const sent = { ...fieldsOf(details.body, '/book/details'), policy: 'yes' };
    const booked = await buyer.post('/book/details', sent);
    expect(booked.headers.location).toMatch(/^\/manage\/.*\?new=1$/);
    expect((await buyer.get(String(booked.headers.location))).body).toContain(
      'Paid with your 3D gait analysis, order',
    );
    const after = await buyer.get(path);
    expect(after.body).toContain('Paid and booked');
    expect(after.body).toContain('Move or cancel');
    expect(after.body).toContain('Still yours to book');
    expect(after.body).toContain('Report visit');
  });

  it('gives the visit back when it is cancelled in time', async () => {
    const buyer = world.buyer();
    const path = await bookedWith(buyer, `${Date.UTC(2026, 2, 12, 10)} harbour`);
    const manage = /href="(\/manage\/[^"/]+)"/.exec((await buyer.get(path)).body)?.[1] ?? '';
    await buyer.post(`${manage}/cancel`, {});
    expect((await buyer.get(manage)).body).toContain('You can book another time with it');
    expect((await buyer.get(path)).body).toContain('Book your gait lab session');
  });

  it('more days leads to all times of that service, still paid', async () => {
    const buyer = world.buyer();
    const path = await bought(buyer);
    const more = /href="([^"]+\/book\?entitlement=[^"]+)"/.exec((await buyer.get(path)).body)?.[1] ?? '';
    const times = await buyer.get(more);
    expect(times.headers.location).toBe('/book/time?service=ultrasound-visit&where=harbour');
    expect((await buyer.get(String(times.headers.location))).statusCode).toBe(200);
  });

  it('works for a service that nobody can book online otherwise', async () => {
    await world.setService('ultrasound-visit', sql`online = false`);
    await new Promise((resolve) => setTimeout(resolve, KNOWN_AFTER_MS));
    const buyer = world.buyer();
    expect((await buyer.get('/book/time?service=ultrasound-visit')).statusCode).toBe(404);
    const path = await bookedWith(buyer);
    expect((await buyer.get(path)).body).toContain('Paid and booked');
    await world.setService('ultrasound-visit', sql`online = true`);
    await new Promise((resolve) => setTimeout(resolve, KNOWN_AFTER_MS));
  });

  it('cannot be used twice, and the second try says so', async () => {
    const buyer = world.buyer();
    const path = await bought(buyer);
    const slots = await slotsOn(buyer, path);
    const form = fieldsOf((await buyer.get(path)).body, `${path}/book`);
    const twin = world.buyer();
    const sent = [];
    for (const [index, one] of [buyer, twin].entries()) {
      await one.post(`${path}/book`, { ...form, slot: slots[index] ?? '' });
      await one.post('/book/safety', { service: 'ultrasound-visit', where: 'harbour' });
      const page = (await one.get('/book/details')).body;
      sent.push({ one, fields: { ...fieldsOf(page, '/book/details'), policy: 'yes' } });
    }
    const answers = await Promise.all(sent.map(({ one, fields }) => one.post('/book/details', fields)));
    expect(answers.map((answer) => answer.statusCode).toSorted()).toEqual([303, 409]);
  });

  it('another person pays separately', async () => {
    const buyer = world.buyer();
    const path = await bought(buyer);
    const [slot = ''] = await slotsOn(buyer, path);
    const form = fieldsOf((await buyer.get(path)).body, `${path}/book`);
    await buyer.post(`${path}/book`, { ...form, slot });
    await buyer.post('/book/safety', { service: 'ultrasound-visit', where: 'harbour' });
    const fields = fieldsOf((await buyer.get('/book/details')).body, '/book/details');
    const away = await buyer.post('/book/separately', fields);
    const page = await buyer.get(String(away.headers.location));
    expect(page.body).toContain('field-givenName');
    expect(page.body).toContain('at the visit');
  });
});

/** Buys, chooses the wanted or the first free time and books it; answers with the order's page. */
async function bookedWith(buyer: TestBrowser, wanted?: string): Promise<string> {
  const path = await bought(buyer);
  const slot = wanted ?? (await slotsOn(buyer, path))[0] ?? '';
  const form = fieldsOf((await buyer.get(path)).body, `${path}/book`);
  await buyer.post(`${path}/book`, { ...form, slot });
  await buyer.post('/book/safety', { service: 'ultrasound-visit', where: 'harbour' });
  const page = (await buyer.get('/book/details')).body;
  const answer = await buyer.post('/book/details', { ...fieldsOf(page, '/book/details'), policy: 'yes' });
  expect(answer.headers.location).toMatch(/^\/manage\//);
  return path;
}

/** Where somebody comes back to who leaves the checkout. */
async function wayBack(buyer: TestBrowser, checkout: string): Promise<string> {
  const page = await buyer.get(checkout);
  return /href="(\/orders\/[^"]+\/return\?left=1)"/.exec(page.body)?.[1] ?? '';
}

async function letTimePass(): Promise<void> {
  await world.run(
    sql`update sales_order set expires_at = clock_timestamp() - interval '1 second' where status = 'awaiting_payment'`,
  );
  await world.run(
    sql`update payment set expires_at = clock_timestamp() - interval '1 second' where status in ('starting', 'open')`,
  );
}
