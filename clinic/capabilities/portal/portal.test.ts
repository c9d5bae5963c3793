import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../platform/database/new-id.ts';
import { TEST_NOW, TEST_SECRET, type TestClinic } from '../../platform/database/testing.ts';
import { openSignedId } from '../../platform/web/signed-id.ts';
import { type PortalWorld, portalWorld, signInPatient } from './testing/portal-world.ts';

const DAY = 86_400_000;
let world: PortalWorld;
let one: TestClinic;
let other: TestClinic;
beforeAll(async () => {
  world = await portalWorld();
  ({ one, other } = world);
});
afterAll(() => world.close());
beforeEach(() => world.clear());

const page = async (email: string, path = '/my', clinic = one) =>
  (await (await signInPatient(world, clinic, email)).get(path)).body;

describe('a patient’s own page', () => {
  it('shows the next visit first, with place, person and the page that moves it', async () => {
    const ana = await world.addPatient(one, 'Ana');
    await world.addVisit(one, ana, { startsAt: TEST_NOW + 9 * DAY, service: 'follow-up' });
    const next = await world.addVisit(one, ana, { startsAt: TEST_NOW + 2 * DAY });
    const body = await page('ana@example.org');
    expect(body).toContain('Hello Ana');
    expect(body).toContain('Wednesday 4 March 2026, 8:00 to 8:45 (Lisbon time)');
    expect(body.indexOf('4 March')).toBeLessThan(body.indexOf('11 March'));
    expect(body).toContain('with Ines');
    const [, signed = ''] = /href="\/manage\/([^"]+)"/.exec(body) ?? [];
    expect(openSignedId(TEST_SECRET, 'manage', signed)).toBe(next);
    expect(await world.actionsOf(one)).toContain('portal.viewed');
  });

  it('keeps what is over or cancelled apart, and says what became of it', async () => {
    const ana = await world.addPatient(one, 'Ana');
    await world.addVisit(one, ana, { startsAt: TEST_NOW - 5 * DAY, status: 'no_show' });
    await world.addVisit(one, ana, {
      startsAt: TEST_NOW + 5 * DAY,
      status: 'cancelled',
      cancelledBy: 'clinic',
    });
    const body = await page('ana@example.org');
    const [coming = '', earlier = ''] = body.split('<h2>Earlier</h2>');
    expect(coming).toContain('No visit is booked.');
    expect(earlier).toContain('Cancelled by the clinic');
    expect(earlier).toContain('Missed');
  });

  it('leads to the visit instead of promising a move when the notice has passed', async () => {
    const ana = await world.addPatient(one, 'Ana');
    await world.addVisit(one, ana, { startsAt: TEST_NOW + 3_600_000 });
    const body = await page('ana@example.org');
    expect(body).toContain('See the visit');
    expect(body).not.toContain('Move or cancel');
  });

  it('counts what is left of a package: less a visit, more when the clinic cancels it', async () => {
    const ana = await world.addPatient(one, 'Ana');
    const order = await world.addOrder(one, { patient: ana, payerEmail: 'ana@example.org', status: 'paid' });
    const entitlement = await world.addEntitlement(one, order, ana, 2);
    const visit = await world.addVisit(one, ana, { startsAt: TEST_NOW + 4 * DAY });
    expect(await page('ana@example.org')).toContain('2 of 2 visits left');
    await world.useEntitlement(one, entitlement, visit);
    const body = await page('ana@example.org');
    expect(body).toContain('1 of 2 visits left');
    expect(body).toContain('Gait report visit');
    expect(body).toContain(`href="${world.orderPath(order.id)}"`);
    await world.rowsOf(
      one,
      `update appointment set status = 'cancelled', cancelled_by = 'clinic' where id = '${visit}'`,
    );
    expect(await page('ana@example.org')).toContain('2 of 2 visits left');
  });

  it('offers nothing to book that is too old or was given back', async () => {
    const ana = await world.addPatient(one, 'Ana');
    const order = await world.addOrder(one, { patient: ana, payerEmail: 'ana@example.org', status: 'paid' });
    const id = await world.addEntitlement(one, order, ana, 1);
    await world.rowsOf(one, `update entitlement set valid_until = '2026-03-01' where id = '${id}'`);
    expect(await page('ana@example.org')).not.toContain('Left to book');
    await world.rowsOf(
      one,
      `update entitlement set valid_until = null, revoked_at = now() where id = '${id}'`,
    );
    expect(await page('ana@example.org')).not.toContain('Left to book');
  });

  it('says what is to be paid, and where', async () => {
    const ana = await world.addPatient(one, 'Ana');
    const order = await world.addOrder(one, {
      patient: ana,
      payerEmail: 'ana@example.org',
      status: 'awaiting_payment',
    });
    const body = await page('ana@example.org');
    expect(body).toContain('€120 to pay');
    expect(body).toContain(`href="${world.orderPath(order.id)}">Pay<`);
  });

  it('asks for another time when the one that was paid for is gone', async () => {
    const ana = await world.addPatient(one, 'Ana');
    const { id } = await world.addOrder(one, { patient: ana, payerEmail: 'ana@example.org', status: 'paid' });
    await world.rowsOf(
      one,
      `update sales_order set slot = 'to_choose', choose_by = '2026-03-03 10:00Z' where id = '${id}'`,
    );
    const body = await page('ana@example.org');
    expect(body).toContain('Choose another time');
    expect(body).toContain('Choose by Tue 3 Mar, 10:00');
  });

  it('lists orders with their state, and receipts for whoever pays them', async () => {
    const ana = await world.addPatient(one, 'Ana');
    const order = await world.addOrder(one, { patient: ana, payerEmail: 'ana@example.org', status: 'paid' });
    const receipt = await world.addReceipt(one, order, 'R-2026-00001');
    const body = await page('ana@example.org');
    expect(body).toContain(`Order ${order.number}`);
    expect(body).toContain(`href="${world.orderPath(order.id)}/papers/${receipt}.pdf">Receipt R-2026-00001`);
  });
});

describe('the statement of a year', () => {
  it('is a paper for the payer alone, about one patient', async () => {
    const ana = await world.addPatient(one, 'Ana');
    const theo = await world.addPatient(one, 'Theo');
    const forTheo = { patient: theo, payerEmail: 'ana@example.org', status: 'paid' } as const;
    const order = await world.addOrder(one, forTheo);
    await world.addReceipt(one, order, 'R-2026-00001');
    const [row] = await world.rowsOf(one, `select extract(year from created_at) as year from sales_order`);
    const path = `/my/statements/${theo}/${row?.year}.pdf`;
    const browser = await signInPatient(world, one, 'ana@example.org');
    expect((await browser.get('/my')).body).toContain(`href="${path}"`);
    const paper = await browser.get(path);
    expect(paper.headers['content-type']).toBe('application/pdf');
    expect(paper.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await world.actionsOf(one)).toContain('statement.viewed');
    for (const nothing of [
      `/my/statements/${ana}/${row?.year}.pdf`,
      `/my/statements/${theo}/2019.pdf`,
      '/my/statements/x/2026.pdf',
    ]) {
      expect((await browser.get(nothing)).statusCode).toBe(404);
    }
    const stranger = await signInPatient(world, one, 'theo@example.org');
    expect((await stranger.get('/my')).body).not.toContain('Statement of');
    expect((await stranger.get(path)).statusCode).toBe(404);
  });
});

describe('a family with one address', () => {
  it('sees each by name, together or alone', async () => {
    const ana = await world.addPatient(one, 'Ana');
    const leo = await world.addPatient(one, 'Leo', 'ana@example.org');
    await world.addVisit(one, ana, { startsAt: TEST_NOW + 2 * DAY });
    await world.addVisit(one, leo, { startsAt: TEST_NOW + 3 * DAY });
    const browser = await signInPatient(world, one, 'ana@example.org');
    const both = (await browser.get('/my')).body;
    expect(both).toContain('for Leo Test');
    expect(both).toContain('4 March');
    const alone = (await browser.get(`/my?for=${leo}`)).body;
    expect(alone).toContain('For Leo');
    expect(alone).toContain('5 March');
    expect(alone).not.toContain('4 March');
  });

  it('sees the orders that it pays for somebody else, but not that person’s visits', async () => {
    const theo = await world.addPatient(one, 'Theo');
    await world.addVisit(one, theo, { startsAt: TEST_NOW + 2 * DAY });
    const order = await world.addOrder(one, {
      patient: theo,
      payerEmail: 'paula@example.org',
      payerName: 'Paula Payer',
      status: 'paid',
    });
    await world.addReceipt(one, order, 'R-2026-00002');
    const payer = await page('paula@example.org');
    expect(payer).toContain('Hello Paula');
    expect(payer).toContain('for Theo Test');
    expect(payer).toContain('R-2026-00002');
    expect(payer).not.toContain('4 March');
    const patient = await page('theo@example.org');
    expect(patient).toContain('paid by Paula Payer');
    expect(patient).not.toContain('R-2026-00002');
  });
});

describe('what belongs to others', () => {
  it('is not shown to another patient, nor under another patient’s id', async () => {
    const ana = await world.addPatient(one, 'Ana');
    await world.addPatient(one, 'Ben');
    await world.addVisit(one, ana, { startsAt: TEST_NOW + 2 * DAY });
    await world.addOrder(one, { patient: ana, payerEmail: 'ana@example.org', status: 'awaiting_payment' });
    const browser = await signInPatient(world, one, 'ben@example.org');
    const own = (await browser.get('/my')).body;
    expect(own).not.toContain('4 March');
    expect(own).not.toContain('to pay');
    for (const id of [ana, newId(), 'x', '', "' or 1=1"]) {
      expect((await browser.get(`/my?${new URLSearchParams({ for: id })}`)).statusCode).toBe(404);
    }
  });

  it('is not shown at another clinic under the same address', async () => {
    const here = await world.addPatient(one, 'Ana');
    await world.addPatient(other, 'Ana');
    await world.addVisit(one, here, { startsAt: TEST_NOW + 2 * DAY });
    await world.addOrder(one, { patient: here, payerEmail: 'ana@example.org', status: 'paid' });
    const elsewhere = await page('ana@example.org', '/my', other);
    expect(elsewhere).toContain('No visit is booked.');
    expect(elsewhere).not.toContain('Orders and receipts');
    const browser = await signInPatient(world, other, 'ana@example.org');
    expect((await browser.get(`/my?for=${here}`)).statusCode).toBe(404);
  });

  it('is shown to nobody who is not signed in', async () => {
    const answer = await world.browser(one).get('/my?for=1');
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe('/my/sign-in?next=%2Fmy%3Ffor%3D1');
  });

  it('is gone from an address that the desk has replaced', async () => {
    const ana = await world.addPatient(one, 'Ana');
    await world.addVisit(one, ana, { startsAt: TEST_NOW + 2 * DAY });
    const browser = await signInPatient(world, one, 'ana@example.org');
    await world.rowsOf(one, `update patient set email = 'new@example.org' where id = '${ana}'`);
    const body = (await browser.get('/my')).body;
    expect(body).toContain('has nothing under <b>ana@example.org</b> any more');
    expect(body).not.toContain('4 March');
  });

  it('is not kept by caches on the way', async () => {
    await world.addPatient(one, 'Ana');
    const browser = await signInPatient(world, one, 'ana@example.org');
    expect((await browser.get('/my')).headers['cache-control']).toBe('no-store');
  });
});
