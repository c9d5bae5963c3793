import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import { publicBookingRoutes } from '../public-routes.ts';
import { fieldsOf, type Visitor, visitor } from './testing-visitor.ts';

const VISIT = { service: 'first-visit', where: 'harbour' };
const QUERY = 'service=first-visit&where=harbour';
const MAYA = {
  givenName: 'Maya',
  familyName: 'Okafor',
  birthDay: '3',
  birthMonth: '9',
  birthYear: '1992',
  email: 'maya@example.org',
  phone: '',
  policy: 'yes',
};

let world: TestWorld;
let app: FastifyInstance;
let maya: Visitor;
let tests = 0;
/** 9:00 or 13:00 UTC on a working day: a time that no other test uses. */
let slot: number;

beforeAll(async () => {
  world = await testWorld();
  app = await world.serve(publicBookingRoutes);
});
afterAll(async () => {
  await app.close();
  await world.close();
});
beforeEach(() => {
  maya = visitor(app, world.one.host);
  const day = Math.floor(tests / 2);
  slot = Date.UTC(2026, 2, 3 + 7 * Math.floor(day / 4) + (day % 4), tests % 2 === 0 ? 9 : 13);
  tests += 1;
});

const held = (start = slot) => maya.post('/book/hold', { ...VISIT, start: String(start) });

async function atDetails(start = slot) {
  await held(start);
  await maya.post('/book/safety', VISIT);
  const page = await maya.get('/book/details');
  expect(page.statusCode).toBe(200);
  return fieldsOf(page.body, '/book/details');
}

const rows = (table: 'appointment' | 'task' | 'hold' | 'patient') =>
  inClinic(world.one.context, ({ tx }) => tx.selectFrom(table).selectAll().execute());

async function expireHolds() {
  await inClinic(world.one.context, async ({ tx }) => {
    await sql`update hold set expires_at = clock_timestamp() - interval '1 second'`.execute(tx);
    await sql`update claim set expires_at = clock_timestamp() - interval '1 second' where hold_id is not null`.execute(
      tx,
    );
  });
}

describe('a booking without a script', () => {
  it('goes from visit to time to person, and ends on a page that only its link opens', async () => {
    expect((await maya.get('/book')).body).toContain('First visit');
    expect((await maya.get('/book?service=first-visit')).body).toContain('Anyone');
    const times = await maya.get(`/book/time?${QUERY}`);
    expect(times.body).toContain('Choose a time');
    const taken = await held();
    expect(taken.statusCode).toBe(303);
    expect(taken.headers.location).toMatch(/^\/book\/safety\?/);
    const fields = await atDetails();
    const booked = await maya.post('/book/details', { ...fields, ...MAYA });
    expect(booked.statusCode).toBe(303);
    const page = await maya.get(String(booked.headers.location));
    expect(page.body).toContain('You are booked');
    expect(page.body).toContain('maya@example.org');
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.body).toContain('noindex');
  });

  it('keeps names, answers and addresses out of every URL', async () => {
    const urls: string[] = [];
    urls.push(String((await held()).headers.location));
    urls.push(
      String((await maya.post('/book/safety', { ...VISIT, concern: ['fracture'] })).headers.location),
    );
    urls.push(String((await maya.post('/book/advice', { ...VISIT, send: 'yes' })).headers.location));
    const fields = fieldsOf((await maya.get('/book/details')).body, '/book/details');
    urls.push(String((await maya.post('/book/details', { ...fields, ...MAYA })).headers.location));
    for (const url of urls) expect(url).not.toMatch(/maya|okafor|fracture|1992|example/i);
  });

  it('a double click books once, and both clicks see the same appointment', async () => {
    const before = (await rows('appointment')).length;
    const fields = await atDetails();
    const send = () => maya.post('/book/details', { ...fields, ...MAYA });
    const [one, two] = await Promise.all([send(), send()]);
    const three = await send();
    expect(one.headers.location).toMatch(/^\/manage\//);
    expect([two.headers.location, three.headers.location]).toEqual([
      one.headers.location,
      one.headers.location,
    ]);
    expect(await rows('appointment')).toHaveLength(before + 1);
  });

  it('shows what was typed again after a reload', async () => {
    await atDetails();
    expect(
      (await maya.post('/book/draft', { givenName: 'Maya', email: 'maya@example.org' })).statusCode,
    ).toBe(204);
    const page = await maya.get('/book/details');
    expect(page.body).toContain('value="Maya"');
    expect(page.body).toContain('value="maya@example.org"');
  });

  it('choosing another time replaces the one that was held and keeps what was typed', async () => {
    const fields = await atDetails();
    await maya.post('/book/draft', { ...fields, givenName: 'Maya' });
    const before = (await rows('hold')).length;
    const other = await held(slot + 3_600_000);
    expect(other.headers.location).toMatch(/^\/book\/details/);
    expect(await rows('hold')).toHaveLength(before);
    expect((await maya.get('/book/details')).body).toContain('value="Maya"');
  });
});

describe('choosing somebody', () => {
  it('offers the clinicians of the visit and remembers the choice as a slug', async () => {
    const page = (await maya.get('/book?service=first-visit')).body;
    expect(page).toContain('value="jonas-feld"');
    const times = await maya.get(`/book/time?${QUERY}&who=jonas-feld`);
    expect(times.body).toContain('with Jonas Feld');
    const taken = await maya.post('/book/hold', { ...VISIT, who: 'jonas-feld', start: String(slot) });
    expect(taken.headers.location).toContain('who=jonas-feld');
    expect((await maya.get(String(taken.headers.location))).body).toContain('Jonas Feld, sonographer');
  });

  it('asks again where nobody of that name offers the visit', async () => {
    const page = await maya.get(`/book/time?${QUERY}&who=somebody-else`);
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain('Please choose somebody else');
  });
});

describe('going back to the times', () => {
  it('shows the held one among them as chosen, leading on', async () => {
    await held();
    const page = (await maya.get(`/book/time?${QUERY}`)).body;
    expect(page).toMatch(/class="slot" href="\/book\/safety[^"]*" aria-current="true"/);
    expect(page).toContain('Held for you until');
    expect(page).toContain('Continue with this time');
  });
});

describe('time that runs out', () => {
  it('a form sent after the ten minutes is booked if the time is still free', async () => {
    const fields = await atDetails();
    await expireHolds();
    const booked = await maya.post('/book/details', { ...fields, ...MAYA, email: 'late@example.org' });
    expect(booked.headers.location).toMatch(/^\/manage\//);
  });

  it('a slot that went while typing leaves the form as it was and offers the nearest times as buttons', async () => {
    const fields = await atDetails();
    await expireHolds();
    for (const email of ['a@example.org', 'b@example.org']) {
      const other = visitor(app, world.one.host);
      await other.post('/book/hold', { ...VISIT, start: String(slot) });
      await other.post('/book/safety', VISIT);
      const theirs = fieldsOf((await other.get('/book/details')).body, '/book/details');
      expect((await other.post('/book/details', { ...theirs, ...MAYA, email })).statusCode).toBe(303);
    }
    const gone = await maya.post('/book/details', { ...fields, ...MAYA });
    expect(gone.statusCode).toBe(409);
    expect(gone.body).toContain('Somebody else has just taken that time');
    expect(gone.body).toContain('value="Okafor"');
    const nearest = /name="choose" value="(\d+)"/.exec(gone.body)?.[1] ?? '';
    const again = fieldsOf(gone.body, '/book/details');
    const chosen = await maya.post('/book/hold', { ...again, ...MAYA, choose: nearest });
    expect(chosen.headers.location).toMatch(/^\/book\/details/);
    const page = await maya.get('/book/details');
    expect(page.body).toContain('value="Okafor"');
    const booked = await maya.post('/book/details', { ...fieldsOf(page.body, '/book/details'), ...MAYA });
    expect(booked.headers.location).toMatch(/^\/manage\//);
  });

  it('coming back too late says so and offers the same time again', async () => {
    const location = String((await held()).headers.location);
    await expireHolds();
    const page = await maya.get(location);
    expect(page.body).toContain('No time is being kept for you');
    expect(fieldsOf(page.body, '/book/hold')).toMatchObject({ ...VISIT, start: String(slot) });
  });

  it('yesterday’s form is told that its time is over', async () => {
    const gone = await maya.post('/book/hold', { ...VISIT, start: String(Date.UTC(2026, 2, 1, 9)) });
    expect(gone.statusCode).toBe(409);
    expect(gone.body).toContain('That time is over');
    expect(gone.body).toContain('name="choose"');
  });
});

describe('safety before booking', () => {
  it('asks before the details can be reached', async () => {
    await held();
    expect((await maya.get('/book/details')).headers.location).toMatch(/^\/book\/safety/);
  });

  it('an emergency is told to get care now, with booking only a quiet way on', async () => {
    await held();
    const answered = await maya.post('/book/safety', { ...VISIT, concern: ['cauda_equina', 'fracture'] });
    expect(answered.headers.location).toMatch(/^\/book\/advice/);
    const page = (await maya.get(String(answered.headers.location))).body;
    expect(page).toContain('Please get care now');
    expect(page.indexOf('Call 112')).toBeLessThan(page.indexOf('Go on with the booking'));
    expect(page).not.toMatch(/name="send"[^>]*checked/);
    expect((await maya.get('/book/details')).headers.location).toMatch(/^\/book\/advice/);
  });

  it('answers stay with the hold and are gone with it unless they are sent', async () => {
    const before = (await rows('task')).length;
    await held();
    await maya.post('/book/safety', { ...VISIT, concern: ['complete_tear'] });
    await maya.post('/book/advice', VISIT);
    const page = await maya.get('/book/details');
    expect(page.body).not.toContain('complete_tear');
    await maya.post('/book/details', { ...fieldsOf(page.body, '/book/details'), ...MAYA });
    expect(await rows('task')).toHaveLength(before);
  });

  it('answers that are sent open a task for the clinic', async () => {
    await held();
    await maya.post('/book/safety', { ...VISIT, concern: ['complete_tear'] });
    await maya.post('/book/advice', { ...VISIT, send: 'yes' });
    const page = await maya.get('/book/details');
    const booked = await maya.post('/book/details', { ...fieldsOf(page.body, '/book/details'), ...MAYA });
    expect(booked.headers.location).toMatch(/^\/manage\//);
    expect((await rows('task')).at(-1)).toMatchObject({
      urgency: 'same_day',
      detail: { yes: ['complete_tear'] },
    });
  });

  it('advice is shown even when the held time is gone', async () => {
    await held();
    await expireHolds();
    const page = await maya.post('/book/safety', { ...VISIT, concern: ['clot'] });
    expect(page.body).toContain('Please get care now');
  });
});

describe('times and zones', () => {
  it('shows the viewer’s time large and the clinic’s below', async () => {
    maya.cookies.set('tz', encodeURIComponent('auto:Europe/Berlin'));
    const page = (await maya.get(`/book/time?${QUERY}&day=2026-03-04`)).body;
    expect(page).toContain('Times are yours: Berlin');
    expect(page).toContain('<span>10:00</span><small>9:00 Lisbon</small>');
  });

  it('never guesses: until a zone is known the times are the clinic’s and say so', async () => {
    const page = (await maya.get(`/book/time?${QUERY}`)).body;
    expect(page).toContain('Times are the clinic’s: Lisbon');
    expect(page).toContain('I am somewhere else');
  });

  it('a zone can be chosen without a script', async () => {
    const back = await maya.post('/book/zone', { ...VISIT, zone: 'America/New_York' });
    expect(back.headers.location).toBe(`/book/time?${QUERY}`);
    expect((await maya.get(`/book/time?${QUERY}`)).body).toContain('Times are yours: New York');
    expect((await maya.post('/book/zone', { ...VISIT, zone: 'Mars/Olympus' })).statusCode).toBe(422);
  });

  it('says which days are closed and which are full', async () => {
    const page = (await maya.get(`/book/time?${QUERY}&from=2026-03-02`)).body;
    expect(page.match(/<small>closed<\/small>/g)).toHaveLength(2);
  });
});

describe('bad input', () => {
  it('an unknown service is a 404 with a way on', async () => {
    for (const path of ['/book?service=surgery', '/book/time?service=surgery']) {
      const page = await maya.get(path);
      expect(page.statusCode).toBe(404);
      expect(page.body).toContain('See what you can book');
    }
    expect((await maya.post('/book/hold', { service: 'surgery', start: '1' })).statusCode).toBe(404);
  });

  it.each([
    ['2026-02-29', 422, 'There is no such date'],
    ['2026-02-01', 422, 'That day is over'],
    ['2031-01-01', 422, 'Times can be booked until'],
    ['tomorrow', 422, 'There is no such date'],
  ])('the day %s answers %i: %s', async (day, status, message) => {
    const page = await maya.get(`/book/time?${QUERY}&day=${day}`);
    expect(page.statusCode).toBe(status);
    expect(page.body).toContain(message);
    expect(page.body).toContain('class="slot"');
  });

  it.each(['', 'NaN', '-1', '1e12', '99999999999999999999', '1772442000000; drop table'])(
    'a start of %j is answered with the times that there are',
    async (start) => {
      const page = await maya.post('/book/hold', { ...VISIT, start });
      expect(page.statusCode).toBe(422);
      expect(page.body).toContain('Please choose one of the times');
    },
  );

  it('every wrong field gets its message, and everything typed is still there', async () => {
    const fields = await atDetails();
    const page = await maya.post('/book/details', {
      ...fields,
      givenName: 'M'.repeat(10_000),
      familyName: 'Óbúdai-Łukasiewicz',
      birthDay: '29',
      birthMonth: '2',
      birthYear: '1993',
      email: 'maya@example.org\nbcc: everyone@example.org',
      phone: 'none',
    });
    expect(page.statusCode).toBe(422);
    for (const field of ['givenName', 'birthDay', 'email', 'phone', 'policy']) {
      expect(page.body).toContain(`href="#field-${field}"`);
    }
    expect(page.body).toContain('M'.repeat(10_000));
    expect(page.body).toContain('value="Óbúdai-Łukasiewicz"');
    expect(fieldsOf(page.body, '/book/details').key).toBe(fields.key);
  });

  it('markup in a name is text, not markup', async () => {
    const fields = await atDetails();
    const page = await maya.post('/book/details', {
      ...fields,
      ...MAYA,
      givenName: '"><script>alert(1)</script>',
      email: '',
    });
    expect(page.body).not.toContain('<script>alert');
  });

  it('JSON is refused with 415 and ten megabytes with 413', async () => {
    const send = (type: string, payload: string) =>
      app.inject({
        method: 'POST',
        url: '/book/details',
        headers: { host: 'one.test', 'content-type': type },
        payload,
      });
    expect((await send('application/json', '{"givenName":"Maya"}')).statusCode).toBe(415);
    expect(
      (await send('application/x-www-form-urlencoded', `givenName=${'x'.repeat(10_000_000)}`)).statusCode,
    ).toBe(413);
  });

  it('another site’s form is refused', async () => {
    const refused = await app.inject({
      method: 'POST',
      url: '/book/hold',
      headers: {
        host: 'one.test',
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'cross-site',
      },
      payload: new URLSearchParams({ ...VISIT, start: String(slot) }).toString(),
    });
    expect(refused.statusCode).toBe(403);
  });

  it('another clinic’s hold, or a forged one, opens nothing', async () => {
    await held();
    const stranger = visitor(app, world.other.host);
    for (const [name, value] of maya.cookies) stranger.cookies.set(name, value);
    expect((await stranger.get('/book/details')).body).toContain('No time is being kept');
    stranger.cookies.set('hold', `${crypto.randomUUID()}.AAAA`);
    expect((await stranger.get('/book/details')).body).toContain('No time is being kept');
  });
});

describe('an appointment’s own link', () => {
  async function booked(start = slot) {
    const fields = await atDetails(start);
    const answer = await maya.post('/book/details', { ...fields, ...MAYA, email: `m${tests}@example.org` });
    return String(answer.headers.location).replace('?new=1', '');
  }

  it('shows without changing anything, however often a mail scanner opens it', async () => {
    const link = await booked();
    for (const path of ['', '/time', '/move', '/cancel']) await maya.get(`${link}${path}`);
    expect((await maya.get(link)).body).toContain('Your appointment');
    expect((await rows('appointment')).at(-1)).toMatchObject({ status: 'booked', sequence: 0 });
  });

  it('moves: the new time is held, shown beside the old, and taken when confirmed', async () => {
    const link = await booked();
    const start = slot + 90 * 60_000;
    expect((await maya.get(`${link}/time`)).body).toContain('Choose a new time');
    const kept = await maya.post(`${link}/hold`, { who: 'any', start: String(start) });
    expect(kept.headers.location).toBe(`${link}/move?who=any`);
    const confirm = await maya.get(`${link}/move?who=any`);
    expect(confirm.body).toContain('Given up for it');
    const fields = fieldsOf(confirm.body, `${link}/move`);
    const first = await maya.post(`${link}/move`, fields);
    const second = await maya.post(`${link}/move`, fields);
    expect([first.headers.location, second.headers.location]).toEqual([`${link}?moved=1`, `${link}?moved=1`]);
    const row = (await rows('appointment')).at(-1);
    expect(row?.starts_at.getTime()).toBe(start);
    expect(row?.sequence).toBe(1);
  });

  it('cancels once, and says so however often it is asked', async () => {
    const link = await booked();
    const first = await maya.post(`${link}/cancel`, {});
    const second = await maya.post(`${link}/cancel`, {});
    expect([first.headers.location, second.headers.location]).toEqual([
      `${link}?cancelled=1`,
      `${link}?cancelled=1`,
    ]);
    const page = (await maya.get(link)).body;
    expect(page).toContain('This appointment is cancelled');
    expect(page).not.toContain('Move to another time');
    expect((await maya.get(`${link}/appointment.ics`)).body).toContain('METHOD:CANCEL');
  });

  it('asks for a call once it is too late to change it alone', async () => {
    const now = world.clock.now();
    const link = await booked();
    world.clock.set(slot - 3_600_000);
    const page = (await maya.get(link)).body;
    const refused = await maya.post(`${link}/cancel`, {});
    world.clock.set(now);
    expect(page).toContain('please call the clinic');
    expect(refused.statusCode).toBe(409);
    expect((await rows('appointment')).at(-1)?.status).toBe('booked');
  });

  it('gives the calendar file', async () => {
    const file = await maya.get(`${await booked()}/appointment.ics`);
    expect(file.headers['content-type']).toContain('text/calendar');
    expect(file.body).toContain('SUMMARY:Appointment');
    expect(file.body).not.toMatch(/First visit/);
  });

  it('forged, cut short or of another clinic it is a 404', async () => {
    const link = await booked();
    const forged = `${link.slice(0, -3)}AAA`;
    for (const path of [forged, link.slice(0, -4), '/manage/x', `/manage/${crypto.randomUUID()}.AAAA`]) {
      expect((await maya.get(path)).statusCode).toBe(404);
      expect((await maya.post(`${path}/cancel`, {})).statusCode).toBe(404);
    }
    expect((await visitor(app, world.other.host).get(link)).statusCode).toBe(404);
  });
});

describe('limits', () => {
  it('a family behind one address gets through; a robot is slowed down in plain words', async () => {
    const robot = visitor(app, world.one.host, '10.9.9.9');
    const statuses: number[] = [];
    for (let n = 0; n < 35; n++)
      statuses.push((await robot.post('/book/hold', { ...VISIT, start: '' })).statusCode);
    expect(statuses.slice(0, 30).every((status) => status === 422)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
  });
});
