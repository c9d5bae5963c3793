import { describe, expect, it } from 'vitest';
import { inClinic } from '../../platform/database/in-clinic.ts';
import { ask, at, day, details, get, id, post, useDesk, visit, world } from './desk-testing.ts';

useDesk();

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
