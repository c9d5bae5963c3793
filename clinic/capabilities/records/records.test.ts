import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../platform/database/in-clinic.ts';
import { TEST_NOW, type TestWorld, testWorld } from '../../platform/database/testing.ts';
import { findPeople } from './people/find-people.ts';
import { likelyDuplicates } from './people/likely-duplicates.ts';
import { mergePeople } from './people/merge-people.ts';
import { addPerson, readPerson } from './people/person.ts';
import { readQuery } from './people/read-query.ts';

let world: TestWorld;
const ids: Record<string, string> = {};

const PEOPLE = [
  ['Beatriz', 'Gonçalves', '1990-04-03', 'bea@example.org', '+351 912 000 111'],
  ['Zdeněk', 'Šimek', '1985-12-01', null, null],
  ['Anna Maria', 'Schmidt-Köhler', '1972-07-15', null, '030 1234567'],
  ['Siobhán', 'O’Brien', '1999-02-28', null, null],
  ['Νίκος', 'Παπαδάκης', '1968-09-09', null, null],
  ['Philippa', 'Meyer', '1993-03-05', null, null],
  ['Filip', 'Maier', '2001-01-31', null, null],
] as const;

const person = (row: (typeof PEOPLE)[number]) => ({
  givenName: row[0],
  familyName: row[1],
  birthDate: row[2],
  email: row[3],
  phone: row[4],
  note: '',
});

const staff = () => world.actingAs(world.one, { kind: 'staff', id: 'tess', role: 'front_desk' });
const find = async (query: string) =>
  (await findPeople(staff(), world.one.clinic, query, TEST_NOW)).map((one) => one.familyName);

beforeAll(async () => {
  world = await testWorld();
  for (const row of PEOPLE) {
    ids[row[1]] = await inClinic(staff(), (clinic) => addPerson(clinic, person(row)));
  }
});
afterAll(() => world.close());

describe('finding a person', () => {
  it.each([
    ['gonçalves', 'Gonçalves'],
    ['GONCALVES', 'Gonçalves'],
    ['gonsalves', 'Gonçalves'],
    ['gonclaves', 'Gonçalves'],
    ['goncalv', 'Gonçalves'],
    ['beatris goncalves', 'Gonçalves'],
    ['goncalves beatriz', 'Gonçalves'],
    ['simek', 'Šimek'],
    ['schimek', 'Šimek'],
    ['zdenek', 'Šimek'],
    ['schmitt köhler', 'Schmidt-Köhler'],
    ['maria schmid', 'Schmidt-Köhler'],
    ['koler', 'Schmidt-Köhler'],
    ['obrien', 'O’Brien'],
    ["o'brian", 'O’Brien'],
    ['shiobhan', 'O’Brien'],
    ['παπαδακης', 'Παπαδάκης'],
    ['παπα', 'Παπαδάκης'],
    ['philipa meier', 'Meyer'],
    ['phillip mayer', 'Maier'],
    ['3.4.1990', 'Gonçalves'],
    ['1990-04-03', 'Gonçalves'],
    ['03/04/1990', 'Gonçalves'],
    ['03/04/90 goncalves', 'Gonçalves'],
    ['3 April 1990', 'Gonçalves'],
    ['April 3, 1990', 'Gonçalves'],
    ['03041990', 'Gonçalves'],
    ['bea@example.org', 'Gonçalves'],
    ['912000111', 'Gonçalves'],
    ['00351912000111', 'Gonçalves'],
  ])('“%s” finds %s first', async (query, familyName) => {
    expect((await find(query))[0]).toBe(familyName);
  });

  it('puts the one born on the day that was said before others of the name', async () => {
    expect((await find('maier 5.3.1993')).slice(0, 2)).toEqual(['Meyer', 'Maier']);
  });

  it.each(['', '   ', '%', "'; drop table patient; --", 'xyzzyplugh', '\u202e', 'a'.repeat(10_000)])(
    'finds nobody for %j',
    async (query) => {
      expect(await find(query)).toEqual([]);
    },
  );

  it('never finds the people of another clinic', async () => {
    const other = world.actingAs(world.other, { kind: 'staff', id: 'tess', role: 'owner' });
    expect(await findPeople(other, world.other.clinic, 'goncalves', TEST_NOW)).toEqual([]);
  });

  it('is answered from the index, also under row-level security', async () => {
    const plan = await inClinic(staff(), async ({ tx }) => {
      await sql`set local enable_seqscan = off`.execute(tx);
      const { rows } = await sql<{ 'QUERY PLAN': string }>`
        explain select patient_id from patient_word where clinic_id = (select current_clinic())
          and term >= 'w:gon' and term < ${'w:gon\u{10FFFF}'}`.execute(tx);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    expect(plan).toMatch(/Index Cond: .*term >= 'w:gon'/);
  });
});

describe('reading what was typed', () => {
  it.each([
    ['31.2.1990', []],
    ['13/05/1980', ['1980-05-13']],
    ['05/13/1980', ['1980-05-13']],
    ['1.2.2030', ['2030-02-01', '2030-01-02']],
    ['29.2.2024', ['2024-02-29']],
    ['29.2.23', []],
  ])('%s can mean %j', (text, dates) => {
    expect(readQuery(text, '2026-11-22').birthDates).toEqual(dates);
  });

  it('takes a two-digit year as one that has been', () => {
    expect(readQuery('1.1.31', '2026-11-22').birthDates).toEqual(['1931-01-01']);
    expect(readQuery('1.1.20', '2026-11-22').birthDates).toEqual(['2020-01-01']);
  });
});

describe('likely duplicates', () => {
  const duplicatesOf = (known: Partial<Parameters<typeof likelyDuplicates>[1]>) =>
    inClinic(staff(), (clinic) =>
      likelyDuplicates(
        clinic,
        { givenName: 'Bea', familyName: 'Xavier', birthDate: null, email: null, phone: null, ...known },
        null,
      ),
    );

  it('are born on the same day with a similar name', async () => {
    const found = await duplicatesOf({
      givenName: 'Beatris',
      familyName: 'Gonsalves',
      birthDate: '1990-04-03',
    });
    expect(found).toMatchObject([{ id: ids.Gonçalves, reasons: ['born on the same day, similar name'] }]);
  });

  it('share an e-mail address or a telephone number, however it is written', async () => {
    expect(await duplicatesOf({ email: 'BEA@example.org' })).toMatchObject([
      { reasons: ['same e-mail address'] },
    ]);
    expect(await duplicatesOf({ phone: '912-000-111' })).toMatchObject([
      { reasons: ['same telephone number'] },
    ]);
  });

  it('are not merely born on the same day', async () => {
    expect(await duplicatesOf({ birthDate: '1990-04-03' })).toEqual([]);
  });
});

describe('merging two records', () => {
  it('moves visits, fills in what was missing, and leaves a pointer and an audit event', async () => {
    const context = staff();
    const into = await inClinic(context, (clinic) =>
      addPerson(clinic, { ...person(PEOPLE[0]), email: null, phone: null, note: 'prefers mornings' }),
    );
    const from = ids.Gonçalves ?? '';
    await inClinic(context, ({ tx, clinicId }) =>
      tx
        .insertInto('appointment')
        .values({
          clinic_id: clinicId,
          service_id: world.one.ids['first-visit'] ?? '',
          site_id: world.one.ids.site ?? '',
          patient_id: from,
          starts_at: new Date(TEST_NOW),
          ends_at: new Date(TEST_NOW + 1),
          source: 'desk',
          price_minor: 1,
          currency: 'EUR',
        })
        .execute(),
    );
    expect(await mergePeople(context, into, from)).toEqual({ ok: true, appointments: 1 });
    expect(await inClinic(context, (clinic) => readPerson(clinic, into))).toMatchObject({
      email: 'bea@example.org',
      note: 'prefers mornings',
    });
    expect(await inClinic(context, (clinic) => readPerson(clinic, from))).toMatchObject({ mergedInto: into });
    expect(await find('goncalves')).toEqual(['Gonçalves']);
    const events = await inClinic(context, ({ tx }) =>
      tx
        .selectFrom('audit_event')
        .select(['subject_id', 'actor_id'])
        .where('action', '=', 'patient.merged')
        .execute(),
    );
    expect(events).toEqual([{ subject_id: into, actor_id: 'tess' }]);
  });

  it('refuses what is merged already, the same twice, and the people of another clinic', async () => {
    const context = staff();
    const [a = '', b = ''] = [ids.Meyer, ids.Gonçalves];
    expect(await mergePeople(context, a, a)).toEqual({ ok: false });
    expect(await mergePeople(context, a, b)).toEqual({ ok: false });
    const other = world.actingAs(world.other, { kind: 'staff', id: 'eve', role: 'owner' });
    expect(await mergePeople(other, a, ids.Maier ?? '')).toEqual({ ok: false });
  });
});
