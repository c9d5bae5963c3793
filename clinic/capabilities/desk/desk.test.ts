import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inClinic } from '../../platform/database/in-clinic.ts';
import type { StaffRole } from '../../platform/database/schema.ts';
import { type TestClinic, type TestWorld, testWorld } from '../../platform/database/testing.ts';
import { type Booking, book, readAppointment, readCatalogue, readDay } from '../booking/index.ts';
import { recordsRoutes } from '../records/index.ts';
import { deskRoutes } from './index.ts';
import { createClinicWatch } from './live/clinic-watch.ts';

let world: TestWorld;
let app: FastifyInstance;

/** Monday 2 March 2026 in Lisbon, where it is UTC. */
const at = (hour: number, minute = 0) => Date.UTC(2026, 2, 2, hour, minute);
const id = (name: string, clinic: TestClinic = world.one) => clinic.ids[name] ?? '';

/** Stands in for the session that the accounts capability finds: the role is what a test says. */
async function signedIn(server: FastifyInstance): Promise<void> {
  server.decorateRequest('staff', null);
  server.addHook('onRequest', async (request) => {
    const role = request.headers['x-role'] as StaffRole | undefined;
    const name = 'Tess';
    request.staff = role ? { userId: 'tess', name, email: 'tess@example.org', role, resourceId: null } : null;
  });
}

beforeAll(async () => {
  world = await testWorld();
  app = await world.serve(signedIn, deskRoutes, recordsRoutes);
});
afterAll(async () => {
  await app.close();
  await world.close();
});
beforeEach(async () => {
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

type Fields = Readonly<Record<string, string | readonly string[]>>;

function get(url: string, role: StaffRole | null = 'front_desk', host = 'one.test') {
  return app.inject({ url, headers: { host, ...(role ? { 'x-role': role } : {}) } });
}

function post(url: string, fields: Fields, more: Record<string, string> = {}) {
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

async function visit(
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

const details = (appointmentId: string) =>
  readAppointment(world.one.context, world.one.clinic, appointmentId);
const day = () => readDay(world.one.context, world.one.clinic, { start: at(0), end: at(24) });

async function ask(safety: readonly string[] = []): Promise<string> {
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

describe('the day', () => {
  it('shows each resource as a column with its visits and free times', async () => {
    const appointment = await visit(10);
    const page = await get('/desk?date=2026-03-02&site=harbour');
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Monday 2 March');
    expect(page.body).toContain('Lisbon time, UTC+0');
    expect(page.body.match(new RegExp(`href="/desk/appointments/${appointment}"`, 'g'))).toHaveLength(2);
    expect(page.body).toContain('Free 9:00 to 10:00, new appointment for Ines Duarte');
  });

  it.each(['2026-02-30', 'yesterday', '', '9999-99-99'])('takes today for the date %j', async (date) => {
    expect((await get(`/desk?date=${date}`)).body).toContain('Monday 2 March');
  });

  it('leads whoever is not signed in to the sign-in page', async () => {
    const page = await get('/desk', null);
    expect([page.statusCode, page.headers.location]).toEqual([303, expect.stringContaining('/sign-in')]);
  });
});

describe('moving a visit', () => {
  it('keeps the room where it is free, and takes another where it is not', async () => {
    const moved = await visit(10);
    const before = (await details(moved))?.resourceIds ?? [];
    const room = before.find((one) => one !== id('ines')) ?? '';
    const inTheWay = room === id('room 1') ? 'room 1' : 'room 2';
    await post('/desk/blocks', {
      site: 'harbour',
      resources: [id(inTheWay)],
      label: 'Painting',
      date: '2026-03-02',
      from: '14:00',
      to: '15:00',
    });
    const fields = { from: id('ines'), to: id('ines'), sequence: '0' };
    const json = { accept: 'application/json' };
    const first = await post(`/desk/appointments/${moved}/move`, { ...fields, pick: `${at(11)}` }, json);
    expect([first.statusCode, first.json()]).toEqual([200, { ok: true, start: at(11) }]);
    expect(new Set((await details(moved))?.resourceIds)).toEqual(new Set(before));
    const second = await post(
      `/desk/appointments/${moved}/move`,
      { ...fields, sequence: '1', pick: `${at(14)}` },
      json,
    );
    expect(second.statusCode).toBe(200);
    expect((await details(moved))?.resourceIds).not.toContain(room);
  });

  it('goes to a colleague of the same kind, and back again by Undo', async () => {
    const moved = await visit(10);
    const before = (await details(moved))?.resourceIds ?? [];
    const there = { from: id('ines'), to: id('jonas'), sequence: '0', pick: `${at(10)}` };
    await post(`/desk/appointments/${moved}/move`, there, { accept: 'application/json' });
    expect((await details(moved))?.resourceIds).toContain(id('jonas'));
    const back = { resources: before.join(' '), sequence: '1', pick: `${at(10)}` };
    await post(`/desk/appointments/${moved}/move`, back, { accept: 'application/json' });
    expect(new Set((await details(moved))?.resourceIds)).toEqual(new Set(before));
  });

  it('is refused where somebody else is, with the nearest free times', async () => {
    const moved = await visit(10);
    await visit(12, 'ines', 'Berg');
    const fields = { from: id('ines'), to: id('ines'), pick: `${at(12, 15)}` };
    const refused = await post(`/desk/appointments/${moved}/move`, fields, { accept: 'application/json' });
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toMatchObject({ ok: false, reason: 'taken' });
    expect(refused.json().nearest.length).toBeGreaterThan(0);
    expect((await details(moved))?.start).toBe(at(10));
  });

  it('outside opening hours needs a reason', async () => {
    const moved = await visit(10);
    const fields = { from: id('ines'), to: id('ines'), date: '2026-03-02', time: '18:30' };
    const page = await post(`/desk/appointments/${moved}/move`, fields);
    expect([page.statusCode, page.body.includes('outside opening hours')]).toEqual([409, true]);
    const done = await post(`/desk/appointments/${moved}/move`, { ...fields, reason: 'Flight at noon' });
    expect([done.statusCode, done.headers.location]).toEqual([303, '/desk?date=2026-03-02&site=harbour']);
    expect(await details(moved)).toMatchObject({ start: at(18, 30), outsideHoursReason: 'Flight at noon' });
  });

  it('of what another desk has changed meanwhile is refused', async () => {
    const moved = await visit(10);
    const fields = { from: id('ines'), to: id('ines'), sequence: '0' };
    await post(`/desk/appointments/${moved}/move`, { ...fields, pick: `${at(11)}` });
    const late = await post(
      `/desk/appointments/${moved}/move`,
      { ...fields, pick: `${at(15)}` },
      { accept: 'application/json' },
    );
    expect([late.statusCode, late.json().reason]).toEqual([409, 'changed_meanwhile']);
  });
});

describe('what happens to a visit', () => {
  it('is noted: arrived, in the room, done', async () => {
    const appointment = await visit(10);
    for (const status of ['arrived', 'in_room', 'done']) {
      expect((await post(`/desk/appointments/${appointment}/status`, { status })).statusCode).toBe(303);
      expect((await details(appointment))?.status).toBe(status);
    }
  });

  it('is cancelled with a reason, and the time is free again', async () => {
    const appointment = await visit(10);
    await post(`/desk/appointments/${appointment}/cancel`, { reason: 'Ill' });
    expect(await details(appointment)).toMatchObject({ status: 'cancelled', cancelReason: 'Ill' });
    expect(await day()).toEqual([]);
    await visit(10, 'ines', 'Berg');
  });

  it('cannot be a status that does not exist', async () => {
    const appointment = await visit(10);
    expect((await post(`/desk/appointments/${appointment}/status`, { status: 'vanished' })).statusCode).toBe(
      422,
    );
  });
});

describe('booking on the telephone', () => {
  const fields = () => ({
    site: 'harbour',
    key: crypto.randomUUID(),
    service: id('first-visit'),
    resource: id('ines'),
    date: '2026-03-02',
    time: '13:00',
    patientId: 'new',
    givenName: 'Emil',
    familyName: 'Vogt',
    birthDate: '1980-05-13',
    email: '',
    phone: '030 555 777',
  });

  it('suggests the service that the column can give', async () => {
    const page = await get(`/desk/new?resource=${id('ultrasound')}&date=2026-03-02&time=10:00&site=harbour`);
    expect(page.body).toMatch(/<option value="[^"]+" selected>Dynamic ultrasound/);
  });

  it('books a new person with the clinician of the column', async () => {
    const booked = await post('/desk/new', fields());
    expect([booked.statusCode, booked.headers.location]).toEqual([303, '/desk?date=2026-03-02&site=harbour']);
    const [entry] = await day();
    expect(entry).toMatchObject({ start: at(13), label: 'Emil Vogt' });
    expect(entry?.resourceIds).toContain(id('ines'));
  });

  it('asks first when such a person is known, and takes the answer', async () => {
    const again = { ...fields(), givenName: 'Emile', familyName: 'Voigt', time: '14:00' };
    const asked = await post('/desk/new', again);
    expect(asked.statusCode).toBe(409);
    const [, known = ''] = /name="seen" value="([^"]+)"/.exec(asked.body) ?? [];
    expect(asked.body).toContain('Emil Vogt');
    expect(await day()).toEqual([]);
    const booked = await post('/desk/new', { ...again, patientId: known.split(' ')[0] ?? '' });
    expect(booked.statusCode).toBe(303);
    expect((await day())[0]).toMatchObject({ label: 'Emil Vogt', patientId: known.split(' ')[0] });
  });

  it('keeps what was typed and offers what is near when the time is taken', async () => {
    await visit(13);
    const refused = await post('/desk/new', {
      ...fields(),
      seen: '',
      givenName: 'Zoë',
      familyName: 'Quist',
      phone: '',
    });
    expect(refused.statusCode).toBe(409);
    expect(refused.body).toContain('value="Quist"');
    const [, pick = ''] = /name="pick" value="(\d+)"/.exec(refused.body) ?? [];
    const typed = { ...fields(), givenName: 'Zoë', familyName: 'Quist', phone: '', pick };
    expect((await post('/desk/new', typed)).statusCode).toBe(303);
    expect((await day()).map((entry) => entry.label).sort()).toEqual(['Nora Almeida', 'Zoë Quist']);
  });

  it('books outside opening hours with a reason only', async () => {
    const late = { ...fields(), time: '19:00', givenName: 'Ute', familyName: 'Lang', phone: '' };
    const refused = await post('/desk/new', late);
    expect([refused.statusCode, refused.body.includes('Outside opening hours')]).toEqual([409, true]);
    expect((await post('/desk/new', { ...late, reason: 'Shift worker' })).statusCode).toBe(303);
  });

  it('says what is missing, and books a repeated form once', async () => {
    const empty = await post('/desk/new', { ...fields(), patientId: '' });
    expect([empty.statusCode, empty.body.includes('Please choose a person')]).toEqual([422, true]);
    const once = { ...fields(), givenName: 'Ida', familyName: 'Krog', phone: '' };
    await post('/desk/new', once);
    const people = await inClinic(world.one.context, ({ tx }) =>
      tx.selectFrom('patient').select('id').where('family_name', '=', 'Krog').execute(),
    );
    await post('/desk/new', { ...once, seen: people.map((one) => one.id).join(' ') });
    expect(await day()).toHaveLength(1);
  });
});

describe('requests', () => {
  it('become a visit at a preferred time with one press', async () => {
    const request = await ask();
    const page = await get('/desk/requests');
    expect(page.body).toMatch(/Offer Wed 12:00/);
    const [, pick = ''] = /name="pick" value="(\d+)"/.exec(page.body) ?? [];
    const booked = await post(`/desk/requests/${request}/book`, { pick });
    expect(booked.headers.location).toBe('/desk/requests?said=booked');
    const rows = await inClinic(world.one.context, ({ tx }) =>
      tx.selectFrom('request').select(['status', 'answered_by', 'appointment_id']).execute(),
    );
    expect(rows).toMatchObject([{ status: 'booked', answered_by: 'tess' }]);
    expect(await details(rows[0]?.appointment_id ?? '')).toMatchObject({
      source: 'request',
      start: Date.UTC(2026, 2, 4, 12),
    });
    expect((await post(`/desk/requests/${request}/book`, { pick })).statusCode).toBe(404);
  });

  it('are declined with a mail that carries the desk’s words', async () => {
    const request = await ask();
    await post(`/desk/requests/${request}/decline`, { answer: 'We have nothing before Easter.' });
    const mails = await inClinic(world.one.context, ({ tx }) => tx.selectFrom('mail').selectAll().execute());
    expect(mails).toMatchObject([
      { kind: 'request_declined', to_email: 'hana@example.org', status: 'queued' },
    ]);
    expect(mails[0]?.body_text).toContain('nothing before Easter');
  });

  it('with a safety answer come first, and their task is done with an outcome', async () => {
    await ask();
    await ask(['clot']);
    const page = (await get('/desk/requests')).body;
    expect(page.indexOf('Blood clot')).toBeLessThan(page.indexOf('Offer'));
    const [, task = ''] = /\/desk\/tasks\/([0-9a-f-]{36})\/done/.exec(page) ?? [];
    expect((await post(`/desk/tasks/${task}/done`, { outcome: '' })).statusCode).toBe(422);
    expect((await post(`/desk/tasks/${task}/done`, { outcome: 'Called, goes to hospital' })).statusCode).toBe(
      303,
    );
    expect((await get('/desk/requests')).body).not.toContain(task);
  });
});

describe('the outbox', () => {
  it('shows a mail as text, but not a confidential one, and sends a failed one again', async () => {
    await visit(10);
    const secret = await inClinic(world.one.context, async ({ tx, clinicId }) =>
      tx
        .insertInto('mail')
        .values({
          clinic_id: clinicId,
          kind: 'sign_in_link',
          to_name: 'Ines',
          to_email: 'ines@example.org',
          subject: 'Sign in',
          body_text: 'the secret link',
          body_html: '<p>the secret link</p>',
          confidential: true,
          status: 'failed',
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    const list = (await get('/desk/outbox')).body;
    const [, mail = ''] = /href="\/desk\/outbox\/([0-9a-f-]{36})"[^>]*>Appointment at/.exec(list) ?? [];
    expect((await get(`/desk/outbox/${mail}`)).body).toContain('Nora');
    const hidden = await get(`/desk/outbox/${secret.id}`);
    expect([hidden.statusCode, hidden.body.includes('the secret link')]).toEqual([200, false]);
    await post(`/desk/outbox/${secret.id}/resend`, {});
    expect((await post(`/desk/outbox/${secret.id}/resend`, {})).statusCode).toBe(404);
  });
});

describe('who may do what', () => {
  it('another clinic’s visits, people, requests and mails do not exist here', async () => {
    const foreign = await visit(10, 'ines', 'Almeida', world.other);
    const patient =
      (await readAppointment(world.other.context, world.other.clinic, foreign))?.patient.id ?? '';
    for (const url of [
      `/desk/appointments/${foreign}`,
      `/desk/people/${patient}`,
      `/desk/new?patientId=${patient}`,
    ]) {
      expect((await get(url)).statusCode).toBe(404);
    }
    for (const action of ['move', 'cancel', 'status']) {
      expect(
        (await post(`/desk/appointments/${foreign}/${action}`, { reason: 'x', status: 'done' })).statusCode,
      ).toBe(404);
    }
    const block = { site: 'harbour', label: 'x', date: '2026-03-02', from: '10:00', to: '11:00' };
    expect((await post('/desk/blocks', { ...block, resources: id('ines', world.other) })).statusCode).toBe(
      422,
    );
    expect((await get('/desk?date=2026-03-02')).body).not.toContain('Almeida');
  });

  it.each(['/desk/appointments/nonsense', '/desk/people/%27', '/desk/outbox/1', '/desk/blocks/x'])(
    '%s is not found, not an error',
    async (url) => {
      expect((await get(url)).statusCode).toBe(404);
    },
  );

  it('a clinician answers no requests and merges no records; nobody acts without signing in', async () => {
    const request = await ask();
    const clinician = { 'x-role': 'clinician' };
    expect((await post(`/desk/requests/${request}/decline`, {}, clinician)).statusCode).toBe(403);
    const two = [crypto.randomUUID(), crypto.randomUUID()];
    expect((await post(`/desk/people/${two[0]}/merge/${two[1]}`, {}, clinician)).statusCode).toBe(403);
    expect((await post('/desk/new', {}, { 'x-role': '' })).statusCode).toBe(401);
  });
});

describe('live', () => {
  it('another desk hears of a change, and of nothing else', async () => {
    const watch = createClinicWatch(30);
    let heard = 0;
    const stop = watch.watch(world.one.context, () => {
      heard += 1;
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    await visit(10, 'ines', 'Almeida', world.other);
    const appointment = await visit(9);
    await expect.poll(() => heard).toBe(1);
    await get(`/desk/appointments/${appointment}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(heard).toBe(1);
    await post(`/desk/appointments/${appointment}/status`, { status: 'arrived' });
    await expect.poll(() => heard).toBe(2);
    stop();
    watch.close();
  });
});
