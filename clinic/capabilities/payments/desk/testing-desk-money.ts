import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import type { StaffRole } from '../../../platform/database/schema.ts';
import { type TestClinic, type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import { addPatient, book, readCatalogue } from '../../booking/index.ts';
import { askAgain, startCheckout } from '../core/checkout.ts';
import { type Order, readOrder } from '../core/orders.ts';
import { practiceProvider } from '../providers/practice/index.ts';
import { practiceRoutes } from '../providers/practice/routes.tsx';
import { testTill } from '../testing/test-till.ts';
import { moneyAtDeskRoutes } from './routes.ts';

/** Stands in for the session that the accounts capability finds: the role is what a test says. */
async function signedIn(server: FastifyInstance): Promise<void> {
  server.decorateRequest('staff', null);
  server.addHook('onRequest', async (request) => {
    const role = request.headers['x-role'] as StaffRole | undefined;
    const userId = String(request.headers['x-user'] ?? 'tess');
    request.staff = role ? { userId, name: userId, email: 'tess@example.org', role, resourceId: null } : null;
  });
}

type Fields = Readonly<Record<string, string>>;

/** Two test clinics with the desk's money pages, and hands that fill in their forms. */
export async function deskMoney() {
  const world: TestWorld = await testWorld();
  const provider = practiceProvider(world.platform, world.one.context, world.one.clinic);
  const till = await testTill(world, provider);
  const app = await world.serve(signedIn, practiceRoutes, async (server, platform) =>
    moneyAtDeskRoutes(server, platform),
  );
  const contextOf = (clinic: TestClinic): ClinicContext =>
    world.actingAs(clinic, { kind: 'staff', id: 'tess', role: 'front_desk' });
  const headersOf = (role: StaffRole | null, host: string, user = 'tess') => ({
    host,
    'x-user': user,
    ...(role ? { 'x-role': role } : {}),
  });
  return {
    world,
    till,
    async get(url: string, role: StaffRole | null = 'front_desk', host = 'one.test') {
      return app.inject({ url, headers: headersOf(role, host) });
    },
    async post(url: string, fields: Fields, role: StaffRole | null = 'front_desk', user = 'tess') {
      const headers = {
        ...headersOf(role, 'one.test', user),
        'content-type': 'application/x-www-form-urlencoded',
      };
      return app.inject({ method: 'POST', url, headers, payload: new URLSearchParams(fields).toString() });
    },
    /** Somebody the clinic knows. */
    async patient(familyName: string, clinic = world.one): Promise<string> {
      return inClinic(contextOf(clinic), (tx) =>
        addPatient(tx, {
          givenName: 'Nora',
          familyName,
          birthDate: '1990-04-03',
          email: `${familyName.toLowerCase()}@example.org`,
          phone: null,
        }),
      );
    },
    /** A first visit at €85, booked by telephone. */
    async visit(familyName: string, start: number, clinic = world.one): Promise<string> {
      const context = contextOf(clinic);
      const service = (await readCatalogue(context, clinic.clinic.catalogueVersion)).serviceBySlug(
        'first-visit',
      );
      if (!service) throw new Error('The test clinic has no first visit');
      const booking = { context, clinic: clinic.clinic, platform: world.platform };
      const booked = await book(booking, {
        wish: { service, siteId: clinic.ids.site ?? null, clinicianId: null },
        start,
        person: {
          givenName: 'Nora',
          familyName,
          birthDate: '1990-04-03',
          email: `${familyName.toLowerCase()}@example.org`,
          phone: null,
        },
        idempotencyKey: randomUUID(),
        source: 'desk',
      });
      if (!booked.ok) throw new Error(`Not booked: ${booked.reason}`);
      return booked.appointmentId;
    },
    /** A fee of €25 for a late cancellation. */
    async fee(): Promise<string> {
      return world.owner.begin(async (sql) => {
        await sql`select set_config('rectus.clinic_id', ${world.one.clinic.id}, true)`;
        const [product] = await sql<{ id: string }[]>`
          insert into product (clinic_id, slug, kind, name)
          values (current_clinic(), 'late', 'fee', 'Late cancellation') returning id`;
        if (!product) throw new Error('nothing was inserted');
        await sql`insert into product_part (clinic_id, product_id, label, unit_minor)
          values (current_clinic(), ${product.id}, 'Late cancellation', 2500)`;
        return product.id;
      });
    },
    /** The order's id at the end of where an answer leads to. */
    orderIn(location: unknown): string {
      const id = /\/desk\/orders\/([0-9a-f-]{36})/.exec(String(location))?.[1];
      if (!id) throw new Error(`No order in ${location}`);
      return id;
    },
    async order(id: string, clinic = world.one): Promise<Order> {
      const found = await inClinic(contextOf(clinic), (tx) => readOrder(tx, id));
      if (!found) throw new Error(`No order ${id}`);
      return found;
    },
    /** The buyer pays what is open on the provider's pages. */
    async payOnline(orderId: string): Promise<void> {
      const started = await startCheckout(till.payments, orderId, 'http://one.test');
      if (!started.ok) throw new Error(`No checkout: ${started.reason}`);
      const headers = { host: 'one.test', 'content-type': 'application/x-www-form-urlencoded' };
      await app.inject({ method: 'POST', url: started.url, headers, payload: 'choice=pay' });
      await askAgain(till.payments, orderId);
    },
    async audited(orderId: string): Promise<readonly string[]> {
      const rows = await inClinic(contextOf(world.one), ({ tx }) =>
        tx
          .selectFrom('audit_event')
          .select('action')
          .where('subject_id', '=', orderId)
          .orderBy('id')
          .execute(),
      );
      return rows.map((row) => row.action);
    },
    async close(): Promise<void> {
      await app.close();
      await world.close();
    },
  };
}

export type DeskMoney = Awaited<ReturnType<typeof deskMoney>>;

/** The words of a page, without its marks. */
export function wordsOf(body: string): string {
  return body
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll(/\s+/g, ' ');
}
