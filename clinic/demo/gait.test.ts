import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportText } from '../capabilities/gait-lab/index.ts';
import { type ClinicTransaction, inClinic } from '../platform/database/in-clinic.ts';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../platform/database/testing.ts';
import { type FileStore, openFiles, sweepFiles } from '../platform/files/index.ts';
import { DEMO_MOTHER } from './gait-story.ts';
import { DEMO_CLINIC_ID, seedDemo } from './seed.ts';

const NOW = Date.parse('2026-11-24T11:18Z');
const DAY = 86_400_000;
const folder = join(tmpdir(), `rectus-demo-gait-${randomUUID()}`);
const files: FileStore = openFiles(folder);
let database: TestDatabase;

const context = () =>
  ({ db: database.db, clinicId: DEMO_CLINIC_ID, actor: { kind: 'system', id: 'test' } }) as const;
const within = <T>(work: (clinic: ClinicTransaction) => Promise<T>): Promise<T> => inClinic(context(), work);
const seed = (now: number) =>
  seedDemo({
    sql: database.owner,
    ensureUser: async ({ email }) => `user ${email}`,
    now,
    secret: TEST_SECRET,
    publicUrl: 'http://localhost:4000',
    files,
    ultrasound: false,
  });

beforeAll(async () => {
  database = await testDatabase();
  await seed(NOW);
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

interface Session {
  readonly id: string;
  readonly status: string;
  readonly email: string | null;
  readonly taken_at: Date;
  readonly draft: unknown;
}
const sessions = (): Promise<readonly Session[]> =>
  within(({ tx }) =>
    tx
      .selectFrom('study as s')
      .innerJoin('patient as p', (on) => on.onRef('p.id', '=', 's.patient_id'))
      .select(['s.id', 's.status', 's.taken_at', 's.draft', 'p.email'])
      .orderBy('s.taken_at')
      .execute(),
  );

describe('the gait lab of the demo', () => {
  it('has two signed sessions of the mother, six weeks apart, and one that waits to be signed', async () => {
    const [first, second, waiting, ...more] = await sessions();
    expect(more).toEqual([]);
    expect([first?.email, second?.email]).toEqual([DEMO_MOTHER.email, DEMO_MOTHER.email]);
    expect([first, second, waiting].map((one) => one?.status)).toEqual(['signed', 'signed', 'ready']);
    const weeks = ((second?.taken_at.getTime() ?? 0) - (first?.taken_at.getTime() ?? 0)) / (7 * DAY);
    expect(weeks).toBeCloseTo(6, 0);
    expect((waiting?.draft as ReportText | undefined)?.plain.findings).toHaveLength(3);
  });

  it('says of every file, and of every method, that it is simulated', async () => {
    const rows = await within(async ({ tx }) => [
      ...(await tx.selectFrom('stored_file').select('name as text').execute()),
      ...(await tx.selectFrom('study_result').select('method as text').execute()),
      ...(await tx.selectFrom('measurement').select('method as text').distinct().execute()),
      ...(await tx.selectFrom('study').select('condition as text').execute()),
      ...(await tx.selectFrom('study_report').select('findings as text').execute()),
    ]);
    expect(rows.length).toBeGreaterThan(20);
    for (const { text } of rows) expect(text).toMatch(/simulated/i);
  });

  it('has the numbers of signed sessions final, those of the draft not', async () => {
    const rows = await within(({ tx }) =>
      tx
        .selectFrom('measurement as m')
        .innerJoin('study as s', (on) => on.onRef('s.id', '=', 'm.study_id'))
        .select(['s.status as study', 'm.status'])
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .groupBy(['s.status', 'm.status'])
        .orderBy('s.status')
        .execute(),
    );
    expect(rows.map(({ study, status }) => [study, status])).toEqual([
      ['ready', 'preliminary'],
      ['signed', 'final'],
    ]);
    expect(rows.every(({ count }) => Number(count) > 25)).toBe(true);
  });

  it('tells in words what the numbers say, also that a change is within the error', async () => {
    const [report] = await within(({ tx }) =>
      tx.selectFrom('study_report').select(['plain']).orderBy('signed_at', 'desc').limit(1).execute(),
    );
    const said = JSON.stringify(report?.plain);
    const knees = await within(({ tx }) =>
      tx
        .selectFrom('measurement as m')
        .innerJoin('patient as p', (on) => on.onRef('p.id', '=', 'm.patient_id'))
        .select(['m.value', 'm.minimal_detectable_change'])
        .where('p.email', '=', DEMO_MOTHER.email)
        .where('m.code', '=', 'gait.knee.greatest-flexion-swing')
        .where('m.side', '=', 'left')
        .orderBy('m.taken_at')
        .execute(),
    );
    const [before, after] = knees.map(({ value }) => value ?? Number.NaN);
    const change = Math.abs((after ?? Number.NaN) - (before ?? Number.NaN));
    const isWithin = change < (knees[0]?.minimal_detectable_change ?? Number.NaN);
    expect(said.includes('that is within what measuring can tell')).toBe(isWithin);
    const speeds = said.match(/(\d\.\d\d) metres in a second/);
    const measured = await within(({ tx }) =>
      tx
        .selectFrom('measurement')
        .select('value')
        .where('code', '=', 'gait.speed')
        .where('side', '=', 'left')
        .execute(),
    );
    expect(measured.map(({ value }) => value?.toFixed(2))).toContain(speeds?.[1]);
  });

  it('keeps the mails in the outbox, with a link to the report and not a word of what is in it', async () => {
    const mails = await within(({ tx }) =>
      tx
        .selectFrom('mail')
        .select(['to_email', 'status', 'body_text'])
        .where('kind', '=', 'report_ready')
        .execute(),
    );
    expect(mails.map(({ to_email, status }) => [to_email, status])).toEqual([
      [DEMO_MOTHER.email, 'kept'],
      [DEMO_MOTHER.email, 'kept'],
    ]);
    for (const { body_text } of mails) {
      expect(body_text).toMatch(/http:\/\/localhost:4000\/my\/reports\/[0-9a-f-]{36}/);
      expect(body_text).not.toMatch(/step|trunk|knee/i);
    }
  });

  it('leaves a visit that was bought and walked, and whose files are still to come', async () => {
    const waiting = await within(({ tx }) =>
      tx
        .selectFrom('appointment as a')
        .innerJoin('service as s', (on) => on.onRef('s.id', '=', 'a.service_id'))
        .innerJoin('entitlement_use as u', (on) => on.onRef('u.appointment_id', '=', 'a.id'))
        .leftJoin('study as t', (on) => on.onRef('t.appointment_id', '=', 'a.id'))
        .select('a.starts_at')
        .where('s.slug', '=', 'gait-lab')
        .where('a.status', '=', 'done')
        .where('t.id', 'is', null)
        .execute(),
    );
    expect(waiting.some(({ starts_at }) => starts_at.getTime() > NOW - 7 * DAY)).toBe(true);
  });

  it('keeps its files through the sweep and through a second start, and they are the same each time', async () => {
    const before = (await files.list(DEMO_CLINIC_ID)).map(({ name }) => name).sort();
    expect(before).toHaveLength(11);
    await seed(NOW + 3 * DAY);
    await sweepFiles(context(), files, Date.now() + 30 * DAY);
    expect((await files.list(DEMO_CLINIC_ID)).map(({ name }) => name).sort()).toEqual(before);
    const again = openFiles(join(folder, 'again'));
    const other = await testDatabase();
    await seedDemo({
      sql: other.owner,
      ensureUser: async ({ email }) => `user ${email}`,
      now: NOW + 100 * DAY,
      secret: TEST_SECRET,
      publicUrl: 'http://localhost:4000',
      files: again,
      ultrasound: false,
    });
    await other.close();
    expect((await again.list(DEMO_CLINIC_ID)).map(({ name }) => name).sort()).toEqual(before);
  }, 90_000);
});
