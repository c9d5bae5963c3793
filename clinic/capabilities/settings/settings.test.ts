import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inClinic } from '../../platform/database/in-clinic.ts';
import { TEST_NOW, type TestWorld, testWorld } from '../../platform/database/testing.ts';
import { type Booking, book, freeStarts, readCatalogue } from '../booking/index.ts';
import { settingsRoutes } from './index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let world: TestWorld;
let app: FastifyInstance;
let role: 'owner' | 'front_desk' | null = 'owner';

beforeAll(async () => {
  world = await testWorld();
  app = await world.serve(async (server) => {
    server.decorateRequest('staff', null);
    server.decorateRequest('deskSession', null);
    server.addHook('onRequest', async (request) => {
      const member = { userId: 'helena', name: 'Helena', email: 'helena@example.org', resourceId: null };
      request.staff = role ? { ...member, role } : null;
    });
  }, settingsRoutes);
});
afterAll(async () => {
  await app.close();
  await world.close();
});

async function get(url: string, host = world.one.host): Promise<{ status: number; body: string }> {
  const reply = await app.inject({ url, headers: { host } });
  return { status: reply.statusCode, body: reply.body };
}

async function post(url: string, form: Record<string, string | string[]>, host = world.one.host) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) {
    for (const one of [value].flat()) body.append(name, one);
  }
  const reply = await app.inject({
    method: 'POST',
    url,
    headers: { host, 'content-type': 'application/x-www-form-urlencoded' },
    payload: body.toString(),
  });
  return { status: reply.statusCode, body: reply.body, location: reply.headers.location };
}

/** What a browser would send back from a page that nobody changed. */
async function untouched(url: string): Promise<Record<string, string | string[]>> {
  const { body } = await get(url);
  const form = body.slice(
    body.indexOf('class="settings'),
    body.indexOf('</form>', body.indexOf('class="settings')),
  );
  const fields: Record<string, string | string[]> = {};
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const [name, value] = [attribute(tag, 'name'), attribute(tag, 'value')];
    const tickable = /type="(checkbox|radio)"/.test(tag);
    if (name && (!tickable || / checked/.test(tag)))
      fields[name] = name in fields ? [fields[name] ?? '', value].flat() : value;
  }
  for (const [, name = '', text = ''] of form.matchAll(/<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)/g))
    fields[name] = text;
  for (const [, head = '', options = ''] of form.matchAll(/<select([^>]*)>(.*?)<\/select>/gs)) {
    const chosen =
      /<option[^>]*selected[^>]*>/.exec(options)?.[0] ?? /<option[^>]*>/.exec(options)?.[0] ?? '';
    fields[attribute(head, 'name')] = attribute(chosen, 'value');
  }
  return fields;
}

function attribute(tag: string, name: string): string {
  return new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&') ?? '';
}

async function catalogue() {
  const clinic = await world.one.reload();
  return { clinic, catalogue: await readCatalogue(world.one.context, clinic.catalogueVersion) };
}

async function audited(action: string): Promise<number> {
  const rows = await inClinic(world.one.context, ({ tx }) =>
    tx.selectFrom('audit_event').select('actor_id').where('action', '=', action).execute(),
  );
  return rows.filter((row) => row.actor_id === 'helena').length;
}

const id = (name: string): string => {
  const found = world.one.ids[name];
  if (!found) throw new Error(`expected ${name} in the test clinic`);
  return found;
};

describe('the settings', () => {
  test('are for the owner alone', async () => {
    for (const url of [
      '',
      '/sites',
      '/services',
      '/services/new',
      '/resources',
      '/closures',
      '/closures/new',
    ]) {
      role = 'front_desk';
      expect((await get(`/desk/settings${url}`)).status).toBe(403);
      role = null;
      expect((await get(`/desk/settings${url}`)).status).toBe(303);
      role = 'owner';
      expect((await get(`/desk/settings${url}`)).status).toBe(200);
    }
    role = 'front_desk';
    expect((await post('/desk/settings', {})).status).toBe(403);
    role = 'owner';
  });

  test('of the clinic are saved, with a trace', async () => {
    const form = await untouched('/desk/settings');
    expect((await post('/desk/settings', { ...form, changeNotice: '36', idleLock: '5' })).status).toBe(303);
    expect(await world.one.reload()).toMatchObject({ changeNoticeMin: 2160, idleLockMin: 5 });
    expect(await audited('clinic.changed')).toBe(1);
  });

  test('that are wrong come back as typed, with the message at the field', async () => {
    const form = await untouched('/desk/settings');
    const reply = await post('/desk/settings', { ...form, name: '', email: 'no address', idleLock: '0' });
    expect(reply.status).toBe(422);
    expect(reply.body).toContain('Enter the name of the clinic');
    expect(reply.body).toContain('value="no address"');
    expect(reply.body).toMatch(/aria-describedby="[^"]*field-idleLock-error/);
  });

  test('opened by two owners are not overwritten unseen', async () => {
    const form = await untouched('/desk/settings');
    await post('/desk/settings', { ...form, phone: '+44 20 7946 0001' });
    const late = await post('/desk/settings', { ...form, phone: '+44 20 7946 0002' });
    expect(late.status).toBe(409);
    expect(late.body).toContain('+44 20 7946 0002');
    const seen = /name="seen" value="([^"]+)"/.exec(late.body)?.[1] ?? '';
    expect((await post('/desk/settings', { ...form, phone: '+44 20 7946 0002', seen })).status).toBe(303);
    expect((await world.one.reload()).phone).toBe('+44 20 7946 0002');
  });

  test('of one clinic cannot be reached from another', async () => {
    for (const path of [
      `services/${id('first-visit')}`,
      `resources/${id('ines')}`,
      `resources/${id('ines')}/hours`,
      `sites/${id('site')}`,
    ]) {
      expect((await get(`/desk/settings/${path}`, world.other.host)).status).toBe(404);
      expect((await get(`/desk/settings/${path}`)).status).toBe(200);
    }
    expect(
      (await post(`/desk/settings/services/${id('first-visit')}/retire`, {}, world.other.host)).status,
    ).toBe(404);
    expect((await get('/desk/settings/services/none')).status).toBe(404);
  });
});

describe('services', () => {
  test('take their price as the owner writes it, and the catalogue follows at once', async () => {
    const url = `/desk/settings/services/${id('first-visit')}`;
    const form = await untouched(url);
    expect(form).toMatchObject({ price: '85.00', 'need room': '1', sites: id('site') });
    expect((await post(url, { ...form, price: '92,50', durationMin: '50' })).status).toBe(303);
    const service = (await catalogue()).catalogue.serviceBySlug('first-visit');
    expect(service).toMatchObject({ priceMinor: 9250, durationMin: 50 });
    expect((await get('/desk/settings/services')).body).toContain('€92.50');
  });

  test('are added with an address of their own, retired and brought back', async () => {
    const form = {
      ...(await untouched('/desk/settings/services/new')),
      name: 'First visit',
      price: '0',
      'need room': '1',
    };
    expect((await post('/desk/settings/services/new', form)).status).toBe(303);
    const added = (await catalogue()).catalogue.serviceBySlug('first-visit-2');
    expect(added).toMatchObject({ priceMinor: 0, active: true, needs: [{ kind: 'room', count: 1 }] });
    await post(`/desk/settings/services/${added?.id}/retire`, {});
    expect((await catalogue()).catalogue.serviceBySlug('first-visit-2')?.active).toBe(false);
    await post(`/desk/settings/services/${added?.id}/restore`, {});
    expect((await catalogue()).catalogue.serviceBySlug('first-visit-2')?.active).toBe(true);
  });

  test('that nobody can give are marked', async () => {
    const form = {
      ...(await untouched('/desk/settings/services/new')),
      name: 'Crowded',
      price: '1',
      'need room': '3',
    };
    await post('/desk/settings/services/new', form);
    expect((await get('/desk/settings/services')).body).toContain('no room with hours there');
  });
});

describe('hours', () => {
  test('saved without a change are the same hours', async () => {
    const url = `/desk/settings/resources/${id('ines')}/hours`;
    const before = (await catalogue()).catalogue
      .resource(id('ines'))
      ?.openings.map(({ rule, telehealth }) => ({ rule, telehealth }));
    expect((await post(url, await untouched(url))).status).toBe(303);
    const after = (await catalogue()).catalogue
      .resource(id('ines'))
      ?.openings.map(({ rule, telehealth }) => ({ rule, telehealth }));
    expect(after).toEqual(before);
  });

  test('offer the place of the others for one more span', async () => {
    const form = await untouched(`/desk/settings/resources/${id('ines')}/hours`);
    expect(form['place-1-1']).toBe(form['place-1-0']);
    expect(form['place-1-1']).toBe(`both ${id('site')}`);
  });

  test('can be split by lunch, worked by video and held for a season', async () => {
    const url = `/desk/settings/resources/${id('jonas')}/hours`;
    const form = await untouched(url);
    const place = form['place-1-0'] ?? '';
    const split = {
      ...form,
      'to-1-0': '12',
      'from-1-1': '13',
      'to-1-1': '17.30',
      'place-1-1': place,
      'from-6-0': '9',
      'to-6-0': '12',
      'place-6-0': 'video',
      'validFrom-6-0': '2026-04-01',
      'validTo-6-0': '2026-09-30',
    };
    expect((await post(url, split)).status).toBe(303);
    const rules = (await catalogue()).catalogue.resource(id('jonas'))?.openings ?? [];
    expect(rules.filter(({ rule }) => rule.weekday === 1).map(({ rule }) => [rule.from, rule.to])).toEqual([
      ['09:00', '12:00'],
      ['13:00', '17:30'],
    ]);
    expect(rules.find(({ rule }) => rule.weekday === 6)).toMatchObject({
      siteId: null,
      telehealth: true,
      rule: { validFrom: '2026-04-01', validTo: '2026-09-30', timeZone: 'Europe/Lisbon' },
    });
  });

  test('that overlap are refused at their field, and what was typed stays', async () => {
    const url = `/desk/settings/resources/${id('room 1')}/hours`;
    const form = await untouched(url);
    const reply = await post(url, {
      ...form,
      'from-2-1': '16:45',
      'to-2-1': '18',
      'place-2-1': form['place-2-0'] ?? '',
    });
    expect(reply.status).toBe(422);
    expect(reply.body).toContain('Tuesday: 16:45 to 18:00 overlaps 9:00 to 17:00');
    expect(reply.body).toMatch(/value="16:45"[^>]*id="field-from-2-1"|id="field-from-2-1"[^>]*value="16:45"/);
  });

  test('of Monday fill the week on paper before anything is saved', async () => {
    const url = `/desk/settings/resources/${id('room 2')}/hours`;
    const form = await untouched(url);
    const reply = await post(url, { ...form, 'from-1-0': '7', copy: 'yes' });
    expect(reply.status).toBe(200);
    expect(reply.body.match(/value="7"/g)?.length).toBe(5);
    expect(
      (await catalogue()).catalogue
        .resource(id('room 2'))
        ?.openings.every(({ rule }) => rule.from === '09:00'),
    ).toBe(true);
  });
});

describe('resources', () => {
  test('are added, go on to their hours, and can be taken out of use', async () => {
    const form = {
      ...(await untouched('/desk/settings/resources/new')),
      sort: 'thing',
      name: 'Room 9',
      kinds: ' Room, Quiet  room,room',
    };
    const added = await post('/desk/settings/resources/new', form);
    expect(added.location).toMatch(/\/hours\?saved$/);
    const room = (await catalogue()).catalogue.resources.find(({ name }) => name === 'Room 9');
    expect(room).toMatchObject({ kinds: ['room', 'quiet room'], person: false, siteId: id('site') });
    await post(`/desk/settings/resources/${room?.id}/retire`, {});
    expect((await catalogue()).catalogue.resource(room?.id ?? '')?.active).toBe(false);
    expect(await audited('resource.retired')).toBe(1);
  });
});

describe('closures', () => {
  const tomorrow = new Date(TEST_NOW + DAY).toISOString().slice(0, 10);

  async function bookTomorrow(): Promise<string> {
    const { clinic, catalogue: known } = await catalogue();
    const service = known.serviceBySlug('follow-up');
    if (!service) throw new Error('expected the follow-up');
    const booking: Booking = { context: world.one.context, clinic, platform: world.platform };
    const booked = await book(booking, {
      wish: { service, siteId: id('site'), clinicianId: id('ines') },
      start: Date.parse(`${tomorrow}T10:00Z`),
      person: { givenName: 'Nora', familyName: 'Almeida', birthDate: null, email: null, phone: null },
      idempotencyKey: 'closures',
      source: 'desk',
    });
    if (!booked.ok) throw new Error(`expected a booking, found ${booked.reason}`);
    return booked.appointmentId;
  }

  test('show who is booked in the time before anything is saved, and cancel nobody', async () => {
    const appointmentId = await bookTomorrow();
    const form = { kind: 'closed', scope: `resource ${id('ines')}`, firstDay: tomorrow, reason: 'Leave' };
    const asked = await post('/desk/settings/closures/new', form);
    expect(asked.status).toBe(200);
    expect(asked.body).toContain('1 appointment stands in this time');
    expect(asked.body).toContain(`/desk/appointments/${appointmentId}`);
    expect((await catalogue()).catalogue.exceptions).toEqual([]);

    expect((await post('/desk/settings/closures/new', { ...form, confirmed: 'yes' })).status).toBe(303);
    const { clinic, catalogue: known } = await catalogue();
    expect(known.exceptions).toMatchObject([{ resourceId: id('ines'), reason: 'Leave' }]);
    const service = known.serviceBySlug('follow-up');
    if (!service) throw new Error('expected the follow-up');
    const span = { start: Date.parse(`${tomorrow}T00:00Z`), end: Date.parse(`${tomorrow}T23:00Z`) };
    const wish = { service, siteId: id('site'), clinicianId: id('ines') };
    expect(await freeStarts(world.one.context, clinic, wish, span, TEST_NOW)).toEqual([]);
    const [row] = await inClinic(world.one.context, ({ tx }) =>
      tx.selectFrom('appointment').select('status').execute(),
    );
    expect(row?.status).toBe('booked');
  });

  test('of a quiet time are saved at once, shown with what stands in them, and can be taken back', async () => {
    const form = {
      kind: 'closed',
      scope: 'clinic',
      firstDay: '2026-12-24',
      lastDay: '2027-01-01',
      reason: 'Winter break',
    };
    expect((await post('/desk/settings/closures/new', form)).status).toBe(303);
    const list = await get('/desk/settings/closures');
    expect(list.body).toContain('24 December 2026 to 1 January 2027');
    const known = (await catalogue()).catalogue.exceptions.find(({ reason }) => reason === 'Winter break');
    expect((await get(`/desk/settings/closures/${known?.id}`)).body).toContain(
      'No appointment stands in this time',
    );
    expect((await post(`/desk/settings/closures/${known?.id}/remove`, {})).status).toBe(303);
    expect((await catalogue()).catalogue.exceptions.some(({ reason }) => reason === 'Winter break')).toBe(
      false,
    );
    expect((await post(`/desk/settings/closures/${known?.id}/remove`, {})).status).toBe(404);
  });

  test('have a counterpart: an extra Saturday, for the clinician and the room together', async () => {
    const saturday = '2026-03-07';
    const form = {
      kind: 'open',
      site: id('site'),
      resources: [id('jonas'), id('room 1')],
      firstDay: saturday,
      firstTime: '9',
      lastTime: '11',
    };
    expect((await post('/desk/settings/closures/new', form)).status).toBe(303);
    const { clinic, catalogue: known } = await catalogue();
    const service = known.serviceBySlug('follow-up');
    if (!service) throw new Error('expected the follow-up');
    const span = { start: Date.parse(`${saturday}T00:00Z`), end: Date.parse(`${saturday}T23:00Z`) };
    const free = await freeStarts(
      world.one.context,
      clinic,
      { service, siteId: id('site'), clinicianId: null },
      span,
      TEST_NOW,
    );
    expect(free[0]?.start).toBe(Date.parse(`${saturday}T09:00Z`));
    expect(free.at(-1)?.end).toBe(Date.parse(`${saturday}T11:00Z`));
  });
});
