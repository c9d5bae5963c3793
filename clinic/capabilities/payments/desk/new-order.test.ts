import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { readEntitlements } from '../core/entitlements.ts';
import { type DeskMoney, deskMoney, wordsOf } from './testing-desk-money.ts';
import { moneyOfAppointments } from './visit-money.ts';

let desk: DeskMoney;
const FIRST = Date.UTC(2026, 2, 3, 9);
const HOUR = 3_600_000;

beforeAll(async () => {
  desk = await deskMoney();
});
afterAll(() => desk.close());

const take = (order: string, fields: Record<string, string>) =>
  desk.post(`/desk/orders/${order}/payments`, { method: 'cash', key: randomUUID(), ...fields });
const moneyOf = async (visit: string) =>
  (await inClinic(desk.world.one.context, (tx) => moneyOfAppointments(tx, [visit]))).get(visit);

describe('a new order', () => {
  it('is for a person, of several things, and somebody else may pay', async () => {
    const patient = await desk.patient('Verein');
    const form = await desk.get(`/desk/orders/new?patient=${patient}`);
    expect(wordsOf(form.body)).toContain('Starter package');
    const service = desk.world.one.ids['follow-up'] ?? '';
    const fields = {
      patient,
      key: randomUUID(),
      [`quantity-${service}`]: '3',
      [`quantity-${desk.till.packageId}`]: '1',
      payer: 'other',
      'payer-name': 'Sports Club Ltd',
      'payer-email': 'club@example.org',
      'payer-address': '1 Stadium Way',
    };
    const made = await desk.post('/desk/orders', fields);
    const again = await desk.post('/desk/orders', fields);
    expect(made.headers.location).toBe(again.headers.location);
    const order = await desk.order(desk.orderIn(made.headers.location));
    expect(order).toMatchObject({
      totalMinor: 3 * 6000 + 15_000,
      patientId: patient,
      payer: { name: 'Sports Club Ltd', email: 'club@example.org' },
    });
    await take(order.id, { amount: '330' });
    const entitlements = await inClinic(desk.world.one.context, (tx) =>
      readEntitlements(tx, { patientId: patient }),
    );
    expect(entitlements.map((one) => one.left)).toEqual([3, 1, 2]);
  });

  it.each([
    ['nothing chosen', {}],
    ['nonsense', { quantity: 'many' }],
    ['a negative number', { quantity: '-1' }],
    ['a fraction', { quantity: '1.5' }],
    ['too many', { quantity: '21' }],
  ])('with %s is refused, and what was typed stays', async (_, typed: { quantity?: string }) => {
    const patient = await desk.patient('Nothing');
    const name = `quantity-${desk.world.one.ids['follow-up']}`;
    const refused = await desk.post('/desk/orders', { patient, [name]: typed.quantity ?? '' });
    expect(refused.statusCode).toBe(422);
    if (typed.quantity) expect(refused.body).toContain(`value="${typed.quantity}"`);
  });

  it('for a person of another clinic is not made', async () => {
    const patient = await desk.patient('Elsewhere', desk.world.other);
    expect((await desk.get(`/desk/orders/new?patient=${patient}`)).statusCode).toBe(404);
    expect((await desk.post('/desk/orders', { patient })).statusCode).toBe(404);
  });
});

describe('what was bought before', () => {
  it('pays for a visit with one press, once', async () => {
    const patient = await desk.patient('Paket');
    const bought = await desk.post('/desk/orders', {
      patient,
      key: randomUUID(),
      [`quantity-${desk.till.packageId}`]: '1',
    });
    const order = desk.orderIn(bought.headers.location);
    await take(order, { amount: '150' });
    const [first] = await inClinic(desk.world.one.context, (tx) => readEntitlements(tx, { orderId: order }));
    const visit = await desk.visit('Paket', FIRST);
    const unpaid = desk.orderIn(
      (await desk.post('/desk/orders/for-visit', { appointment: visit })).headers.location,
    );
    const use = () => desk.post('/desk/orders/use', { appointment: visit, entitlement: first?.id ?? '' });
    expect((await use()).statusCode).toBe(303);
    expect(await moneyOf(visit)).toMatchObject({
      state: 'covered',
      toPayMinor: 0,
      cover: { name: 'Starter package', used: 1, quantity: 1 },
    });
    // The order that waited for money is called off, and the visit is paid once.
    expect(await desk.order(unpaid)).toMatchObject({ status: 'cancelled' });
    expect((await use()).statusCode).toBe(409);
    const other = await desk.visit('Fremd', FIRST + 2 * HOUR);
    const stolen = await desk.post('/desk/orders/use', { appointment: other, entitlement: first?.id ?? '' });
    expect(stolen.statusCode).toBe(409);
    expect(await moneyOf(other)).toMatchObject({ state: 'to_pay', toPayMinor: 8500 });
  });
});

describe('a visit whose price has changed since it was booked', () => {
  it('is charged at the old price, also where the service is not offered any more', async () => {
    const visit = await desk.visit('Treu', FIRST + 4 * HOUR);
    const service = desk.world.one.ids['first-visit'] ?? '';
    const change = (active: boolean, minor: number) =>
      inClinic(desk.world.one.context, ({ tx }) =>
        tx.updateTable('service').set({ active, price_minor: minor }).where('id', '=', service).execute(),
      );
    await change(false, 9900);
    const pressed = await desk.post('/desk/orders/for-visit', { appointment: visit });
    expect(await desk.order(desk.orderIn(pressed.headers.location))).toMatchObject({ totalMinor: 8500 });
    await change(true, 9900);
    const patient = await desk.patient('Neu');
    const made = await desk.post('/desk/orders', { patient, [`quantity-${service}`]: '1' });
    expect(await desk.order(desk.orderIn(made.headers.location))).toMatchObject({ totalMinor: 9900 });
  });
});
