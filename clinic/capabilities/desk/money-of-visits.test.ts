import { describe, expect, it } from 'vitest';
import { inClinic } from '../../platform/database/in-clinic.ts';
import { moneyOfAppointments, readEntitlements, verifyBooks } from '../payments/index.ts';
import { mergePeople } from '../records/index.ts';
import { details, get, post, useDesk, visit, world } from './desk-testing.ts';

useDesk({ keep: true });

const page = async (appointment: string, role: 'front_desk' | 'clinician' = 'front_desk') =>
  (await get(`/desk/appointments/${appointment}`, role)).body;
const moneyOf = async (appointment: string) =>
  (await inClinic(world.one.context, (tx) => moneyOfAppointments(tx, [appointment]))).get(appointment);

/** Presses “Take payment” on the visit, and takes it in cash. */
async function pay(appointment: string, amount = '85'): Promise<string> {
  const pressed = await post('/desk/orders/for-visit', { appointment });
  const order = /[0-9a-f-]{36}/.exec(String(pressed.headers.location))?.[0] ?? '';
  const taken = await post(`/desk/orders/${order}/payments`, { method: 'cash', amount });
  expect(taken.statusCode).toBe(303);
  return order;
}

describe('the money of a visit', () => {
  it('stands on its page and on the day, before and after it is paid', async () => {
    const appointment = await visit(9, 'ines', 'Almeida');
    expect(await page(appointment)).toMatch(/This visit costs €85.*Take payment/s);
    expect(await page(appointment, 'clinician')).not.toContain('Take payment');
    const before = (await get('/desk?date=2026-03-02')).body;
    expect(before).toContain('<span class="money">to pay €85</span>');
    expect(before).not.toContain('id="to-pay"');
    await post(`/desk/appointments/${appointment}/status`, { status: 'arrived' });
    expect((await get('/desk?date=2026-03-02')).body).toMatch(/id="to-pay".*Nora Almeida.*€85.*Take/s);
    await pay(appointment);
    const after = (await get('/desk?date=2026-03-02')).body;
    expect(after).toContain('<span class="money">paid</span>');
    expect(after).not.toContain('id="to-pay"');
    expect(await page(appointment)).toMatch(/Order \d+<\/a>: €85 paid/);
  });

  it('comes back as a visit to book again when the clinic cancels', async () => {
    const appointment = await visit(11, 'ines', 'Berg');
    const order = await pay(appointment);
    expect(await page(appointment)).toContain(
      'comes back as a visit to book again, unless you give the money back',
    );
    const cancelled = await post(`/desk/appointments/${appointment}/cancel`, {
      reason: 'Ill',
      money: 'keep',
    });
    expect(cancelled.headers.location).toContain('/desk?date=2026-03-02');
    const left = await inClinic(world.one.context, (tx) => readEntitlements(tx, { orderId: order }));
    expect(left.map((one) => one.left)).toEqual([1]);
    // The next visit uses it, with one press on its page.
    const next = await visit(12, 'ines', 'Berg');
    expect(await page(next)).toMatch(/Use First visit: 1 of 1 left/);
    await post('/desk/orders/use', { appointment: next, entitlement: left[0]?.id ?? '' });
    expect(await moneyOf(next)).toMatchObject({ toPayMinor: 0 });
  });

  it('leads to the refund where the money shall go back', async () => {
    const appointment = await visit(13, 'ines', 'Costa');
    const order = await pay(appointment);
    const cancelled = await post(`/desk/appointments/${appointment}/cancel`, {
      reason: 'Ill',
      money: 'refund',
    });
    expect(cancelled.headers.location).toBe(`/desk/orders/${order}/refund`);
  });

  it('is no debt any more once an unpaid visit is cancelled', async () => {
    const appointment = await visit(14, 'ines', 'Dias');
    await post('/desk/orders/for-visit', { appointment });
    expect(await page(appointment)).toContain('is cancelled with it; nothing was paid');
    await post(`/desk/appointments/${appointment}/cancel`, { reason: 'Ill' });
    expect(await moneyOf(appointment)).toMatchObject({ state: 'not_due', toPayMinor: 0, order: null });
  });

  it('is one press further when a fee is due', async () => {
    const fee = await world.owner.begin(async (sql) => {
      await sql`select set_config('rectus.clinic_id', ${world.one.clinic.id}, true)`;
      const [row] = await sql<{ id: string }[]>`
        insert into product (clinic_id, slug, kind, name)
        values (current_clinic(), 'no-show', 'fee', 'Missed visit') returning id`;
      await sql`insert into product_part (clinic_id, product_id, label, unit_minor)
        values (current_clinic(), ${row?.id ?? ''}, 'Missed visit', 3000)`;
      return row?.id ?? '';
    });
    const appointment = await visit(15, 'ines', 'Evans');
    expect(await page(appointment)).not.toContain('Missed visit');
    await post(`/desk/appointments/${appointment}/status`, { status: 'no_show' });
    expect(await page(appointment)).toContain('Charge “Missed visit”, €30');
    await post('/desk/orders/for-visit', { appointment, product: fee });
    expect(await moneyOf(appointment)).toMatchObject({ state: 'not_due', toPayMinor: 3000 });
  });
});

describe('two records that are one person', () => {
  it('have their orders and what they bought together afterwards', async () => {
    const [one, two] = [await visit(9, 'jonas', 'Ferro'), await visit(10, 'jonas', 'Ferreiro')];
    await pay(two);
    const [into, from] = [await details(one), await details(two)].map((visit) => visit?.patient.id ?? '');
    if (!into || !from) throw new Error('Somebody is missing');
    expect(await mergePeople(world.one.context, into, from)).toMatchObject({ ok: true });
    const person = (await get(`/desk/people/${into}`)).body;
    expect(person).toMatch(/id="person-money".*First visit, €85/s);
    const bought = await inClinic(world.one.context, (tx) => readEntitlements(tx, { patientId: into }));
    expect(bought).toHaveLength(1);
    expect(await verifyBooks(world.one.context)).toEqual([]);
  });
});
