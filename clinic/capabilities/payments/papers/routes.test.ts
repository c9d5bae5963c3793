import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import type { StaffRole } from '../../../platform/database/schema.ts';
import {
  TEST_SECRET,
  type TestClinic,
  type TestWorld,
  testWorld,
} from '../../../platform/database/testing.ts';
import { readPdf } from '../../../platform/papers/testing-read-pdf.ts';
import { signId } from '../../../platform/web/signed-id.ts';
import { issueCreditNote, issueReceipt } from './new-document.ts';
import { paperRoutes } from './routes.ts';
import { type PaidOrder, paidOrder } from './testing-orders.ts';

let world: TestWorld;
let app: FastifyInstance;
let order: PaidOrder & { readonly receipt: string; readonly note: string };

beforeAll(async () => {
  world = await testWorld();
  app = await world.serve(signedIn, paperRoutes);
  order = await withPapers(world.one);
});
afterAll(async () => {
  await app.close();
  await world.close();
});

/** Stands in for the session that the accounts capability finds. */
async function signedIn(server: FastifyInstance): Promise<void> {
  server.decorateRequest('staff', null);
  server.addHook('onRequest', async (request) => {
    const role = request.headers['x-role'] as StaffRole | undefined;
    const person = { userId: 'tess', name: 'Tess', email: 'tess@example.org', resourceId: null };
    request.staff = role ? { ...person, role } : null;
  });
}

async function withPapers(clinic: TestClinic) {
  const paid = await paidOrder(clinic);
  return inClinic(clinic.context, async (tx) => {
    const at = world.clock.now();
    const receipt = await issueReceipt(tx, clinic.clinic, paid.orderId, paid.paymentId, at);
    const credited = [
      { amountMinor: 0, taxMinor: 0 },
      { amountMinor: 1230, taxMinor: 230 },
    ];
    const note = await issueCreditNote(tx, clinic.clinic, paid.orderId, paid.refundId, credited, at);
    return { ...paid, receipt: receipt.id, note: note.id };
  });
}

const key = (orderId: string) => signId(TEST_SECRET, 'order', orderId);
const get = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ url, headers: { host: 'one.test', ...headers } });

test('an order’s signed link opens its receipt, to be shown and saved under its name', async () => {
  const response = await get(`/orders/${key(order.orderId)}/papers/${order.receipt}.pdf`);
  expect(response.statusCode).toBe(200);
  expect(response.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'inline; filename="Receipt R-2026-00001.pdf"',
    'cache-control': 'no-store',
  });
  const { pages } = await readPdf(response.rawPayload);
  expect(pages[0]).toContain('Receipt R-2026-00001');
  expect(pages[0]).toContain('Received from\nŁukasz Żółć');
  expect(pages[0]).toContain('Simulated: paper of a demo clinic');
});

test('the credit note lies beside it', async () => {
  const response = await get(`/orders/${key(order.orderId)}/papers/${order.note}.pdf`);
  expect(response.headers['content-disposition']).toBe('inline; filename="Credit note C-2026-00001.pdf"');
  expect((await readPdf(response.rawPayload)).pages[0]).toContain('For receipt R-2026-00001');
});

test('the statement says what was charged, paid and given back', async () => {
  const response = await get(`/orders/${key(order.orderId)}/statement.pdf`);
  expect(response.statusCode).toBe(200);
  const text = (await readPdf(response.rawPayload)).pages.join('\n');
  expect(text).toContain('2 Mar 2026 First visit 1 €85.00 None €85.00');
  expect(text).toContain('2 Mar 2026 Cash at the desk R-2026-00001 €97.30');
  expect(text).toContain('2 Mar 2026 The band was returned\nCash at the desk\nC-2026-00001 €12.30');
  const sums = ['Charged, tax included €97.30', 'Cancelled or credited −€12.30', 'Paid −€97.30'];
  expect(text).toContain([...sums, 'Given back €12.30', 'Balance to pay €0.00'].join('\n'));
});

test('a visit stands under the day on which it is, as its site’s clock says', async () => {
  const paid = await paidOrder(world.one);
  await inClinic(world.one.context, async ({ tx, clinicId }) => {
    const { patient_id } = await tx
      .selectFrom('sales_order')
      .select('patient_id')
      .where('id', '=', paid.orderId)
      .executeTakeFirstOrThrow();
    const { id } = await tx
      .insertInto('appointment')
      .values({
        clinic_id: clinicId,
        service_id: world.one.ids['first-visit'] ?? '',
        site_id: world.one.ids.site ?? null,
        patient_id: patient_id ?? '',
        starts_at: new Date(Date.UTC(2026, 6, 9, 23, 30)),
        ends_at: new Date(Date.UTC(2026, 6, 10, 0, 15)),
        source: 'desk',
        idempotency_key: null,
        viewer_zone: null,
        price_minor: 8500,
        currency: 'EUR',
        outside_hours_reason: null,
        cancelled_at: null,
        cancelled_by: null,
        cancel_reason: null,
        created_by: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx.updateTable('sales_order').set({ appointment_id: id }).where('id', '=', paid.orderId).execute();
  });
  const response = await get(`/orders/${key(paid.orderId)}/statement.pdf`);
  expect((await readPdf(response.rawPayload)).pages[0]).toContain('10 Jul 2026 First visit');
});

test('staff read the papers at the desk, and it is written down who did; others are led to the sign-in', async () => {
  const url = `/desk/orders/${order.orderId}/papers/${order.receipt}.pdf`;
  const copy = await get(`${url}?copy`, { 'x-role': 'front_desk' });
  expect((await readPdf(copy.rawPayload)).pages[0]).toContain('Receipt R-2026-00001 (copy)');
  const statement = await get(`/desk/orders/${order.orderId}/statement.pdf`, { 'x-role': 'owner' });
  expect(statement.headers['content-type']).toBe('application/pdf');
  const stranger = await get(url);
  expect(stranger.statusCode).toBe(303);
  expect(stranger.headers.location).toMatch(/^\/sign-in/);
  const events = await inClinic(world.one.context, ({ tx }) =>
    tx
      .selectFrom('audit_event')
      .select(['action', 'actor_id'])
      .where('actor_id', '=', 'tess')
      .orderBy('id')
      .execute(),
  );
  expect(events.map((event) => event.action)).toEqual(['document.viewed', 'statement.viewed']);
});

test('papers of another order, another clinic or a forged link are not found', async () => {
  const [own, foreign] = [await withPapers(world.one), await withPapers(world.other)];
  const role = { 'x-role': 'owner' };
  const wrong = [
    [`/orders/${key(order.orderId)}/papers/${own.receipt}.pdf`, {}],
    [`/orders/${key(foreign.orderId)}/papers/${foreign.receipt}.pdf`, {}],
    [`/orders/${key(foreign.orderId)}/statement.pdf`, {}],
    [`/orders/${order.orderId}.forged/papers/${order.receipt}.pdf`, {}],
    [`/orders/${signId(TEST_SECRET, 'manage', order.orderId)}/statement.pdf`, {}],
    [`/orders/${key(order.orderId)}/papers/not-an-id.pdf`, {}],
    [`/desk/orders/${foreign.orderId}/papers/${foreign.receipt}.pdf`, role],
    [`/desk/orders/${order.orderId}/papers/${own.receipt}.pdf`, role],
    [`/desk/orders/${foreign.orderId}/statement.pdf`, role],
    [`/desk/orders/1042/statement.pdf`, role],
  ] as const;
  for (const [url, headers] of wrong) expect((await get(url, headers)).statusCode, url).toBe(404);
});
