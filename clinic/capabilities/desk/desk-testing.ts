import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { inClinic } from '../../platform/database/in-clinic.ts';
import type { StaffRole } from '../../platform/database/schema.ts';
import { type TestClinic, type TestWorld, testWorld } from '../../platform/database/testing.ts';
import { type Booking, book, readAppointment, readCatalogue, readDay } from '../booking/index.ts';
import { paymentRoutes } from '../payments/index.ts';
import { recordsRoutes } from '../records/index.ts';
import { deskRoutes } from './index.ts';

/** The database, clock and two clinics of the test file that called {@link useDesk}. */
export let world: TestWorld;
let app: FastifyInstance;

/** Monday 2 March 2026 in Lisbon, where it is UTC. */
export const at = (hour: number, minute = 0) => Date.UTC(2026, 2, 2, hour, minute);
export const id = (name: string, clinic: TestClinic = world.one) => clinic.ids[name] ?? '';

/** Stands in for the session that the accounts capability finds: the role is what a test says. */
async function signedIn(server: FastifyInstance): Promise<void> {
  server.decorateRequest('staff', null);
  server.addHook('onRequest', async (request) => {
    const role = request.headers['x-role'] as StaffRole | undefined;
    const name = 'Tess';
    request.staff = role ? { userId: 'tess', name, email: 'tess@example.org', role, resourceId: null } : null;
  });
}

/**
 * Opens the desk of two test clinics for a test file, and empties their diaries before each test, unless it keeps
 * what was sold, and with it the visits.
 */
export function useDesk({ keep = false } = {}): void {
  beforeAll(async () => {
    world = await testWorld();
    app = await world.serve(signedIn, deskRoutes, recordsRoutes, paymentRoutes);
  });
  afterAll(async () => {
    await app.close();
    await world.close();
  });
  beforeEach(async () => {
    if (keep) return;
    for (const clinic of [world.one, world.other]) {
      await inClinic(clinic.context, async ({ tx }) => {
        await tx.deleteFrom('claim').execute();
        await tx.deleteFrom('task').execute();
        await tx.deleteFrom('mail').execute();
        await tx.deleteFrom('request').execute();
        await tx.deleteFrom('appointment').execute();
      });
    }
  });
}

type Fields = Readonly<Record<string, string | readonly string[]>>;

export function get(url: string, role: StaffRole | null = 'front_desk', host = 'one.test') {
  return app.inject({ url, headers: { host, ...(role ? { 'x-role': role } : {}) } });
}

export function post(url: string, fields: Fields, more: Record<string, string> = {}) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) body.append(name, one as string);
  }
  const headers = {
    host: 'one.test',
    'x-role': 'front_desk',
    'content-type': 'application/x-www-form-urlencoded',
    ...more,
  };
  return app.inject({ method: 'POST', url, headers, payload: body.toString() });
}

export async function visit(
  hour: number,
  clinician = 'ines',
  familyName = 'Almeida',
  clinic = world.one,
): Promise<string> {
  const context = world.actingAs(clinic, { kind: 'staff', id: 'tess', role: 'front_desk' });
  const booking: Booking = { context, clinic: clinic.clinic, platform: world.platform };
  const service = (await readCatalogue(context, clinic.clinic.catalogueVersion)).serviceBySlug('first-visit');
  if (!service) throw new Error('The test clinic has no first visit');
  const booked = await book(booking, {
    wish: { service, siteId: id('site', clinic), clinicianId: null },
    start: at(hour),
    person: {
      givenName: 'Nora',
      familyName,
      birthDate: '1990-04-03',
      email: 'nora@example.org',
      phone: null,
    },
    idempotencyKey: crypto.randomUUID(),
    source: 'desk',
    resourceIds: [id(clinician, clinic)],
  });
  if (!booked.ok) throw new Error(`Not booked: ${booked.reason}`);
  return booked.appointmentId;
}

export const details = (appointmentId: string) =>
  readAppointment(world.one.context, world.one.clinic, appointmentId);
export const day = () => readDay(world.one.context, world.one.clinic, { start: at(0), end: at(24) });

export async function ask(safety: readonly string[] = []): Promise<string> {
  return inClinic(world.one.context, async ({ tx, clinicId }) => {
    const row = await tx
      .insertInto('request')
      .values({
        clinic_id: clinicId,
        mode: 'site',
        site_id: id('site'),
        given_name: 'Hana',
        family_name: 'Procházka',
        search_name: 'prochazka hana',
        birth_date: '1995-08-02',
        email: 'hana@example.org',
        reason: 'My back hurts when I lift the car seat',
        preferred: [{ date: '2026-03-04', part: 'afternoon' }],
        idempotency_key: crypto.randomUUID(),
        ...(safety.length > 0 ? { safety: { version: '2026-11.1', yes: safety } } : {}),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (safety.length > 0) {
      const detail = { version: '2026-11.1', yes: safety };
      const due = new Date(at(9));
      await tx
        .insertInto('task')
        .values({
          clinic_id: clinicId,
          kind: 'safety_answer',
          urgency: 'emergency',
          detail,
          request_id: row.id,
          due_at: due,
        })
        .execute();
    }
    return row.id;
  });
}
