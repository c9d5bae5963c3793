import { randomUUID } from 'node:crypto';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import type { StaffRole } from '../../../platform/database/schema.ts';
import { type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { addPatient } from '../../booking/index.ts';
import { orderAtDesk, takePayment } from '../core/desk.ts';
import type { Sellable } from '../core/prices.ts';
import { refundOrder } from '../core/refunds.ts';
import { type TestTill, testTill } from '../testing/test-till.ts';

type Method = 'cash' | 'card_terminal' | 'bank_transfer';

/** The money pages of two test clinics, with short ways to sell something and to look at what came of it. */
export async function moneyWorld(...more: readonly ((app: FastifyInstance, platform: Platform) => void)[]) {
  const world = await testWorld();
  const till = await testTill(world);
  const app = await world.serve(
    async (server) => {
      server.decorateRequest('staff', null);
      server.addHook('onRequest', async (request) => {
        const role = request.headers['x-role'] as StaffRole | undefined;
        const member = { userId: 'helena', name: 'Helena', email: 'helena@example.org', resourceId: null };
        request.staff = role ? { ...member, role } : null;
      });
    },
    ...more.map((routes) => async (server: FastifyInstance, platform: Platform) => routes(server, platform)),
  );
  await world.owner.begin(async (sql) => {
    await sql`select set_config('rectus.clinic_id', ${world.one.clinic.id}, true)`;
    await sql`insert into membership (clinic_id, user_id, role, name, email)
      values (${world.one.clinic.id}, 'helena', 'owner', 'Helena Roy', 'helena@example.org')`;
  });
  const staff = world.actingAs(world.one, { kind: 'staff', id: 'helena', role: 'owner' });
  const payments = { ...till.payments, context: staff };
  const patientId = await inClinic(staff, (clinic) => addPatient(clinic, till.person('Nora')));
  const serviceId = world.one.ids['first-visit'] ?? '';
  const first: Sellable = { serviceId };

  return {
    world,
    till,
    app,
    staff,
    payments,
    patientId,
    first,
    package: { productId: till.packageId } as Sellable,
    /** An order at the desk; its id. */
    order: (...items: readonly Sellable[]): Promise<string> =>
      orderAtDesk(payments, {
        patientId,
        payer: { name: 'Nora Test', email: 'nora@example.org' },
        items,
        key: randomUUID(),
      }),
    async take(orderId: string, method: Method, amountMinor: number): Promise<string> {
      const reference = method === 'cash' ? null : 'T-1';
      const taken = await takePayment(payments, {
        orderId,
        method,
        amountMinor,
        reference,
        key: randomUUID(),
      });
      if (!taken.ok) throw new Error(taken.reason);
      return taken.paymentId;
    },
    async giveBack(orderId: string, amountMinor: number): Promise<void> {
      const given = await refundOrder(payments, {
        orderId,
        amountMinor,
        reason: 'Asked for',
        key: randomUUID(),
      });
      if (!given.ok) throw new Error(given.reason);
    },
    get: (url: string, role: StaffRole | null = 'owner', host = 'one.test') =>
      app.inject({ url, headers: { host, ...(role ? { 'x-role': role } : {}) } }),
    post: (url: string, fields: Record<string, string>, role: StaffRole = 'owner', host = 'one.test') =>
      app.inject({
        method: 'POST',
        url,
        headers: { host, 'x-role': role, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(fields).toString(),
      }),
    async close() {
      await app.close();
      await world.close();
    },
  };
}

export type MoneyWorld = Awaited<ReturnType<typeof moneyWorld>>;
export type { TestTill, TestWorld };

/** The text of a page, as somebody reads it. */
export function textOf(reply: LightMyRequestResponse): string {
  return reply.body
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/[\s\u00a0]+/g, ' ');
}
