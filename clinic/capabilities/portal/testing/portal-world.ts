import { inClinic } from '../../../platform/database/in-clinic.ts';
import { newId } from '../../../platform/database/new-id.ts';
import type { AppointmentStatus } from '../../../platform/database/schema.ts';
import type { DocumentContent, OrderStatus } from '../../../platform/database/schema-of-payments.ts';
import { TEST_NOW, TEST_SECRET, type TestClinic, testWorld } from '../../../platform/database/testing.ts';
import { signId } from '../../../platform/web/signed-id.ts';
import { openTestBrowser, type TestBrowser } from '../../../platform/web/testing-browser.ts';
import { createAccounts } from '../../accounts/index.ts';
import { portalRoutes } from '../index.ts';

const MINUTE = 60_000;

/** The portal of two demo clinics, with the real door before it, and rows to fill it with. */
export async function portalWorld() {
  const world = await testWorld();
  const accounts = createAccounts({ platform: world.platform, authSql: world.auth, secret: TEST_SECRET });
  const app = await world.serve(async (server, platform) => {
    accounts.hooks(server);
    accounts.routes(server);
    await portalRoutes(server, platform);
  });
  const rowsOf = (clinic: TestClinic, query: string): Promise<Record<string, unknown>[]> =>
    world.owner.begin(async (tx) => {
      await tx`select set_config('rectus.clinic_id', ${clinic.clinic.id}, true)`;
      return tx.unsafe(query);
    }) as unknown as Promise<Record<string, unknown>[]>;
  return {
    one: world.one,
    other: world.other,
    browser: (clinic: TestClinic): TestBrowser => openTestBrowser(app, clinic.host),
    rowsOf,
    addPatient,
    addVisit,
    addOrder,
    addReceipt,
    addEntitlement,
    useEntitlement,
    orderPath: (orderId: string) => `/orders/${signId(TEST_SECRET, 'order', orderId)}`,
    actionsOf: async (clinic: TestClinic) =>
      (await rowsOf(clinic, 'select action from audit_event order by id')).map((row) => String(row.action)),
    /** Empties both clinics of people and what is theirs. */
    async clear() {
      const tables =
        'entitlement_use, entitlement, document, ledger_entry, ledger_transaction, payment, order_line, sales_order, mail, claim, appointment, patient';
      for (const table of tables.split(', ')) {
        for (const clinic of [world.one, world.other]) await rowsOf(clinic, `delete from ${table}`);
      }
    },
    async close() {
      await app.close();
      await world.close();
    },
  };
}

export type PortalWorld = Awaited<ReturnType<typeof portalWorld>>;

/** Signs in as a patient of a demo clinic does: by the link that its page shows. */
export async function signInPatient(
  world: PortalWorld,
  clinic: TestClinic,
  email: string,
): Promise<TestBrowser> {
  const browser = world.browser(clinic);
  const { body } = await browser.post('/my/sign-in', { email });
  const [, token = ''] = /token=([\w-]+)/.exec(body) ?? [];
  await browser.post('/my/sign-in/link', { token });
  return browser;
}

async function addPatient(clinic: TestClinic, givenName: string, email?: string): Promise<string> {
  const id = newId();
  await inClinic(clinic.context, ({ tx, clinicId }) =>
    tx
      .insertInto('patient')
      .values({
        clinic_id: clinicId,
        id,
        given_name: givenName,
        family_name: 'Test',
        search_name: `test ${givenName.toLowerCase()}`,
        email: email ?? `${givenName.toLowerCase()}@example.org`,
      })
      .execute(),
  );
  return id;
}

interface VisitInput {
  readonly startsAt: number;
  readonly service?: string;
  readonly status?: AppointmentStatus;
  readonly cancelledBy?: 'patient' | 'clinic';
}

/** A visit with Ines at the harbour site. */
async function addVisit(clinic: TestClinic, patientId: string, input: VisitInput): Promise<string> {
  const id = newId();
  const [starts, ends] = [new Date(input.startsAt), new Date(input.startsAt + 45 * MINUTE)];
  await inClinic(clinic.context, async ({ tx, clinicId }) => {
    await tx
      .insertInto('appointment')
      .values({
        clinic_id: clinicId,
        id,
        service_id: clinic.ids[input.service ?? 'first-visit'] ?? '',
        site_id: clinic.ids.site ?? null,
        patient_id: patientId,
        starts_at: starts,
        ends_at: ends,
        status: input.status ?? 'booked',
        cancelled_by: input.cancelledBy ?? null,
        source: 'online',
        price_minor: 8500,
        currency: 'EUR',
      })
      .execute();
    if (input.status === 'cancelled') return;
    await tx
      .insertInto('claim')
      .values({
        clinic_id: clinicId,
        resource_id: clinic.ids.ines ?? '',
        starts_at: starts,
        ends_at: ends,
        appointment_id: id,
      })
      .execute();
  });
  return id;
}

interface OrderInput {
  readonly patient: string;
  readonly payerEmail: string;
  readonly payerName?: string;
  readonly status: OrderStatus;
}

export interface TestOrder {
  readonly id: string;
  readonly number: string;
  readonly lineId: string;
}

/** An order of one line, "Gait report visit", for 120 euro. */
async function addOrder(clinic: TestClinic, input: OrderInput): Promise<TestOrder> {
  const [id, lineId] = [newId(), newId()];
  const number = await inClinic(clinic.context, async ({ tx, clinicId }) => {
    const row = await tx
      .insertInto('sales_order')
      .values({
        clinic_id: clinicId,
        id,
        status: input.status,
        source: 'online',
        patient_id: input.patient,
        person: null,
        payer_name: input.payerName ?? 'Ana Test',
        payer_email: input.payerEmail,
        currency: 'EUR',
        total_minor: 12_000,
        due_now_minor: 12_000,
        booking: null,
        idempotency_key: id,
      })
      .returning('number')
      .executeTakeFirstOrThrow();
    const amount = { quantity: 1, unit_minor: 12_000, amount_minor: 12_000, tax_minor: 0 };
    const line = {
      description: 'Gait report visit',
      service_id: clinic.ids['follow-up'] ?? null,
      position: 0,
    };
    await tx
      .insertInto('order_line')
      .values({ clinic_id: clinicId, id: lineId, order_id: id, ...line, ...amount })
      .execute();
    return row.number;
  });
  return { id, number, lineId };
}

async function addReceipt(clinic: TestClinic, order: TestOrder, number: string): Promise<string> {
  const [paymentId, id] = [newId(), newId()];
  await inClinic(clinic.context, async ({ tx, clinicId }) => {
    const money = { amount_minor: 12_000, currency: 'EUR', idempotency_key: paymentId };
    await tx
      .insertInto('payment')
      .values({
        clinic_id: clinicId,
        id: paymentId,
        order_id: order.id,
        method: 'cash',
        status: 'succeeded',
        ...money,
      })
      .execute();
    await tx
      .insertInto('document')
      .values({
        clinic_id: clinicId,
        id,
        kind: 'receipt',
        series: 'R',
        year: 2026,
        sequence: Number(number.slice(-5)),
        number,
        order_id: order.id,
        payment_id: paymentId,
        refund_id: null,
        issued_at: new Date(TEST_NOW),
        // What a receipt says is of no matter here: the portal lists it by its number.
        content: {} as DocumentContent,
      })
      .execute();
  });
  return id;
}

async function addEntitlement(
  clinic: TestClinic,
  order: TestOrder,
  patientId: string,
  quantity: number,
): Promise<string> {
  const id = newId();
  await inClinic(clinic.context, ({ tx, clinicId }) =>
    tx
      .insertInto('entitlement')
      .values({
        clinic_id: clinicId,
        id,
        order_id: order.id,
        order_line_id: order.lineId,
        patient_id: patientId,
        service_id: clinic.ids['follow-up'] ?? '',
        quantity,
        valid_until: null,
        revoked_at: null,
      })
      .execute(),
  );
  return id;
}

async function useEntitlement(
  clinic: TestClinic,
  entitlementId: string,
  appointmentId: string,
): Promise<void> {
  await inClinic(clinic.context, ({ tx, clinicId }) =>
    tx
      .insertInto('entitlement_use')
      .values({ clinic_id: clinicId, entitlement_id: entitlementId, appointment_id: appointmentId })
      .execute(),
  );
}
