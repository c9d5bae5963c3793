import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import { fieldsOf, type Visitor, visitor } from '../public/testing-visitor.ts';
import { publicBookingRoutes } from '../public-routes.ts';

const DETAILS = {
  givenName: 'Maya',
  familyName: 'Okafor',
  birthDay: '3',
  birthMonth: '9',
  birthYear: '1992',
  email: 'Maya@Example.org',
  phone: '+351 21 000 0000',
  date1: '2026-03-05',
  part1: 'morning',
  date2: '2026-03-06',
  part2: 'any',
  date3: '',
  reason: 'Lower back, lifting',
};

let world: TestWorld;
let app: FastifyInstance;
let maya: Visitor;

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
});

const rows = (table: 'request' | 'task' | 'mail' | 'audit_event') =>
  inClinic(world.one.context, ({ tx }) => tx.selectFrom(table).selectAll().execute());

async function formOf(kind: 'telehealth' | 'office') {
  const answered = await maya.post(`/request/${kind}/safety`, {});
  expect(answered.headers.location).toBe(`/request/${kind}/details`);
  return fieldsOf((await maya.get(`/request/${kind}/details`)).body, `/request/${kind}`);
}

describe('a request', () => {
  it('asks about safety first', async () => {
    expect((await maya.get('/request/telehealth')).body).toContain('is it safe to wait');
    expect((await maya.get('/request/telehealth/details')).headers.location).toBe('/request/telehealth');
    expect((await maya.post('/request/telehealth', DETAILS)).headers.location).toBe('/request/telehealth');
  });

  it('is saved with its mail and its audit event, and says what happens next', async () => {
    const sent = await maya.post('/request/office', { ...(await formOf('office')), ...DETAILS });
    expect(sent.headers.location).toBe('/request/office/received');
    expect((await maya.get('/request/office/received')).body).toContain('Nothing is booked yet');
    const saved = (await rows('request')).at(-1);
    expect(saved).toMatchObject({
      mode: 'site',
      site_id: world.one.ids.site,
      family_name: 'Okafor',
      email: 'maya@example.org',
      preferred: [
        { date: '2026-03-05', part: 'morning' },
        { date: '2026-03-06', part: 'any' },
      ],
      safety: null,
      status: 'open',
    });
    const mail = (await rows('mail')).find((one) => one.request_id === saved?.id);
    expect(mail?.subject).toContain('request received');
    expect(mail?.body_text).toContain('Thursday 5 March, morning');
    expect(mail?.body_text).not.toContain('Lower back');
    expect((await rows('audit_event')).at(-1)).toMatchObject({
      action: 'request.received',
      subject_id: saved?.id,
    });
  });

  it('sent twice at once is one request', async () => {
    const before = (await rows('request')).length;
    const fields = { ...(await formOf('telehealth')), ...DETAILS };
    const answers = await Promise.all([1, 2, 3].map(() => maya.post('/request/telehealth', fields)));
    for (const answer of answers) expect(answer.headers.location).toBe('/request/telehealth/received');
    expect(await rows('request')).toHaveLength(before + 1);
  });

  it('keeps flagged answers to itself unless they are sent', async () => {
    const tasks = (await rows('task')).length;
    const advice = await maya.post('/request/telehealth/safety', { concern: ['fracture'] });
    expect(advice.body).toContain('Please see a doctor today');
    const unsent = await maya.post(
      '/request/telehealth/advice',
      fieldsOf(advice.body, '/request/telehealth/advice'),
    );
    expect(unsent.headers.location).toBe('/request/telehealth/details');
    const form = await maya.get('/request/telehealth/details');
    expect(form.body).not.toContain('fracture');
    await maya.post('/request/telehealth', { ...fieldsOf(form.body, '/request/telehealth'), ...DETAILS });
    expect((await rows('request')).at(-1)?.safety).toBeNull();
    expect(await rows('task')).toHaveLength(tasks);
  });

  it('opens a task with the answers that are sent', async () => {
    const advice = await maya.post('/request/telehealth/safety', { concern: ['self_harm'] });
    const fields = fieldsOf(advice.body, '/request/telehealth/advice');
    const form = await maya.post('/request/telehealth/advice', { ...fields, send: 'yes' });
    expect(form.body).toContain('Your safety answers go to the clinic');
    await maya.post('/request/telehealth', { ...fieldsOf(form.body, '/request/telehealth'), ...DETAILS });
    const saved = (await rows('request')).at(-1);
    expect(saved?.safety).toMatchObject({ yes: ['self_harm'] });
    expect((await rows('task')).at(-1)).toMatchObject({ urgency: 'emergency', request_id: saved?.id });
  });
});

describe('bad input in a request', () => {
  it.each([
    ['date1', { date1: '2026-02-29' }, 'There is no such date'],
    ['date1', { date1: '2026-03-01' }, 'This day is over'],
    ['date1', { date1: '', date2: '' }, 'at least one day'],
    ['date2', { date2: '2027-03-01' }, 'six months'],
    ['reason', { reason: 'x'.repeat(10_000) }, '500 characters'],
    ['familyName', { familyName: 'x'.repeat(10_000) }, '100 characters'],
    ['email', { email: 'maya@example.org\nbcc: all@example.org' }, 'one line'],
  ])('%s is told what is wrong, and nothing is lost', async (field, change, message) => {
    const before = (await rows('request')).length;
    const page = await maya.post('/request/telehealth', {
      ...(await formOf('telehealth')),
      ...DETAILS,
      ...change,
    });
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain(`href="#field-${field}"`);
    expect(page.body).toContain(message);
    expect(page.body).toContain('value="Maya"');
    expect(await rows('request')).toHaveLength(before);
  });
});
