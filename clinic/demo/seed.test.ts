import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freeStarts, readCatalogue } from '../capabilities/booking/index.ts';
import { freezePrice, readEntitlements, verifyBooks } from '../capabilities/payments/index.ts';
import { type ClinicTransaction, inClinic } from '../platform/database/in-clinic.ts';
import { openDatabase } from '../platform/database/pool.ts';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../platform/database/testing.ts';
import { openFiles } from '../platform/files/index.ts';
import { readClinicById } from '../platform/web/clinics.ts';
import { DEMO_CLINIC_ID, SECOND_CLINIC_ID, type SeedInput, seedDemo } from './seed.ts';

const NOW = Date.parse('2026-11-24T11:18Z');
const DAY = 86_400_000;
const folder = join(tmpdir(), `rectus-demo-${randomUUID()}`);
let database: TestDatabase;
let users: string[];

function input(now: number): SeedInput {
  return {
    sql: database.owner,
    ensureUser: async ({ email }) => {
      users.push(email);
      return `user ${email}`;
    },
    now,
    secret: TEST_SECRET,
    publicUrl: 'http://localhost:4000',
    files: openFiles(folder),
    ultrasound: false,
  };
}

function within<T>(clinicId: string, work: (clinic: ClinicTransaction) => Promise<T>): Promise<T> {
  return inClinic({ db: database.db, clinicId, actor: { kind: 'system', id: 'test' } }, work);
}

async function counts(clinicId: string): Promise<Record<string, number>> {
  const tables = [
    'resource',
    'service',
    'membership',
    'patient',
    'appointment',
    'claim',
    'request',
    'task',
    'mail',
  ] as const;
  return within(clinicId, async ({ tx }) => {
    const found: Record<string, number> = {};
    for (const table of tables) {
      const { count } = await tx
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .executeTakeFirstOrThrow();
      found[table] = Number(count);
    }
    return found;
  });
}

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the demo clinics', () => {
  beforeAll(async () => {
    users = [];
    database = await testDatabase();
    await seedDemo(input(NOW));
  });
  afterAll(() => database.close());

  test('are the same after a second start, even days later', async () => {
    const before = [await counts(DEMO_CLINIC_ID), await counts(SECOND_CLINIC_ID)];
    const usersBefore = users.length;
    const { accounts } = await seedDemo(input(NOW + 3 * DAY));
    expect([await counts(DEMO_CLINIC_ID), await counts(SECOND_CLINIC_ID)]).toEqual(before);
    expect(users.length).toBe(usersBefore);
    expect(accounts.map(({ role }) => role).sort()).toEqual([
      'clinician',
      'clinician',
      'clinician',
      'clinician',
      'front_desk',
      'owner',
      'owner',
    ]);
  });

  test('hold three open requests, one task, and mail that shows where it came from', async () => {
    expect(await counts(DEMO_CLINIC_ID)).toMatchObject({ request: 3, task: 1, mail: 8, membership: 6 });
    const mails = await within(DEMO_CLINIC_ID, ({ tx }) => tx.selectFrom('mail').selectAll().execute());
    expect(mails.filter(({ calendar_ics }) => calendar_ics?.startsWith('BEGIN:VCALENDAR')).length).toBe(3);
    expect(mails.every(({ to_email }) => to_email.endsWith('@example.org'))).toBe(true);
  });

  test('have books that agree with themselves', async () => {
    for (const clinicId of [DEMO_CLINIC_ID, SECOND_CLINIC_ID]) {
      const context = { db: database.db, clinicId, actor: { kind: 'system', id: 'test' } } as const;
      expect(await verifyBooks(context)).toEqual([]);
    }
  });

  test('sell the gait analysis for 290.00, with exactly the price that was sold before', async () => {
    const { current, prices } = await within(DEMO_CLINIC_ID, async (clinic) => {
      const { id } = await clinic.tx
        .selectFrom('product')
        .select('id')
        .where('slug', '=', '3d-gait')
        .executeTakeFirstOrThrow();
      const current = await freezePrice(clinic, { productId: id });
      return { current, prices: await clinic.tx.selectFrom('price').select('version').execute() };
    });
    expect(current).toMatchObject({ totalMinor: 29_000, currency: 'EUR', version: 1 });
    expect(current?.lines.map((line) => line.unitMinor)).toEqual([21_000, 8_000]);
    expect(prices.every(({ version }) => version === 1)).toBe(true);
  });

  test('look back on two weeks of sales: most paid, some due, one given back in part', async () => {
    const orders = await within(DEMO_CLINIC_ID, ({ tx }) =>
      tx.selectFrom('sales_order').select(['id', 'status', 'patient_id', 'created_at']).execute(),
    );
    const having = (status: string) => orders.filter((order) => order.status === status).length;
    expect(having('paid')).toBeGreaterThan(150);
    expect(having('awaiting_payment')).toBeGreaterThan(5);
    expect(having('partly_refunded')).toBe(1);
    expect(orders.every(({ created_at }) => created_at.getTime() <= NOW)).toBe(true);
    const methods = await within(DEMO_CLINIC_ID, ({ tx }) =>
      tx.selectFrom('payment').select('method').distinct().orderBy('method').execute(),
    );
    expect(methods.map(({ method }) => method)).toEqual([
      'bank_transfer',
      'card_terminal',
      'cash',
      'practice',
    ]);
    const left = await within(DEMO_CLINIC_ID, async (clinic) => {
      const of = await Promise.all(orders.map(({ id }) => readEntitlements(clinic, { orderId: id })));
      return of.flat().filter((one) => one.left > 0);
    });
    expect(left.some(({ description }) => description === 'Report visit, 30 min')).toBe(true);
    expect(left.some(({ quantity, left: rest }) => quantity === 6 && rest < 6)).toBe(true);
  });

  test('cannot see each other', async () => {
    const first = await within(DEMO_CLINIC_ID, ({ tx }) => tx.selectFrom('patient').select('id').execute());
    const second = await within(SECOND_CLINIC_ID, ({ tx }) =>
      tx
        .selectFrom('patient')
        .select('id')
        .where(
          'id',
          'in',
          first.map(({ id }) => id),
        )
        .execute(),
    );
    expect(first.length).toBe(321);
    expect(second).toEqual([]);
    expect(await database.db.selectFrom('patient').select('id').execute()).toEqual([]);
  });

  test('claim no resource twice', async () => {
    const overlaps = await within(DEMO_CLINIC_ID, ({ tx }) =>
      tx
        .selectFrom('claim as a')
        .innerJoin('claim as b', (on) =>
          on
            .onRef('a.resource_id', '=', 'b.resource_id')
            .onRef('a.id', '<', 'b.id')
            .onRef('a.starts_at', '<', 'b.ends_at')
            .onRef('b.starts_at', '<', 'a.ends_at'),
        )
        .select('a.id')
        .execute(),
    );
    expect(overlaps).toEqual([]);
  });

  test('every future appointment stands at a time that would be offered if it were not taken', async () => {
    const appointments = await within(DEMO_CLINIC_ID, async (clinic) => {
      const booked = await clinic.tx
        .selectFrom('appointment')
        .selectAll()
        .where('starts_at', '>', new Date(NOW + 3 * 3_600_000))
        .where('status', '=', 'booked')
        .execute();
      await clinic.tx.deleteFrom('claim').execute();
      return booked;
    });
    const clinic = await readClinicById(database.db, DEMO_CLINIC_ID);
    if (!clinic) throw new Error('expected the demo clinic');
    const context = { db: database.db, clinicId: clinic.id, actor: { kind: 'public', id: null } } as const;
    const catalogue = await readCatalogue(context, clinic.catalogueVersion);
    expect(appointments.length).toBeGreaterThan(200);
    for (const { service_id, site_id, starts_at } of appointments) {
      const service = catalogue.service(service_id);
      if (!service) throw new Error('expected the service of an appointment in the catalogue');
      const start = starts_at.getTime();
      const wish = { service: { ...service, leadMin: 0 }, siteId: site_id, clinicianId: null };
      const free = await freeStarts(context, clinic, wish, { start, end: start + 60_000 }, NOW);
      expect(free.map((one) => one.start)).toEqual([start]);
    }
  });
});

test('in January the papers of both years are numbered from one', async () => {
  users = [];
  database = await testDatabase();
  await seedDemo(input(Date.parse('2027-01-08T15:00Z')));
  const context = {
    db: database.db,
    clinicId: DEMO_CLINIC_ID,
    actor: { kind: 'system', id: 'test' },
  } as const;
  expect(await verifyBooks(context)).toEqual([]);
  const firsts = await within(DEMO_CLINIC_ID, ({ tx }) =>
    tx.selectFrom('document').select('number').where('series', '=', 'R').where('sequence', '=', 1).execute(),
  );
  expect(firsts.map(({ number }) => number).sort()).toEqual(['R-2026-00001', 'R-2027-00001']);
  await database.close();
});

test('a clinic that already answers everywhere keeps its place', async () => {
  users = [];
  database = await testDatabase();
  const own = '11111111-1111-4111-8111-111111111111';
  await inClinic(
    { db: openDatabase(database.owner), clinicId: own, actor: { kind: 'system', id: 'test' } },
    async ({ tx }) => {
      await tx
        .insertInto('clinic')
        .values({
          id: own,
          slug: 'own',
          name: 'Our own clinic',
          time_zone: 'Europe/Paris',
          email: null,
          phone: null,
        })
        .execute();
      await tx.insertInto('clinic_host').values({ host: '*', clinic_id: own }).execute();
    },
  );
  const { accounts } = await seedDemo(input(NOW));
  expect(accounts.map(({ clinic }) => clinic)).toEqual(['Garden Physio']);
  expect(users).toEqual(['owner@garden.example.org']);
  await database.close();
});
