import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClinicTransaction, inClinic } from '../platform/database/in-clinic.ts';
import { TEST_SECRET, type TestDatabase, testDatabase } from '../platform/database/testing.ts';
import { type FileStore, openFiles } from '../platform/files/index.ts';
import { DEMO_CLINIC_ID, seedDemo } from './seed.ts';
import { DEMO_ATHLETE } from './ultrasound-story.ts';

const NOW = Date.parse('2026-11-24T11:18Z');
const folder = join(tmpdir(), `rectus-demo-ultrasound-${randomUUID()}`);
const files: FileStore = openFiles(folder);
let database: TestDatabase;
const within = <T>(work: (clinic: ClinicTransaction) => Promise<T>): Promise<T> =>
  inClinic({ db: database.db, clinicId: DEMO_CLINIC_ID, actor: { kind: 'system', id: 'test' } }, work);

beforeAll(async () => {
  database = await testDatabase();
  await seedDemo({
    sql: database.owner,
    ensureUser: async ({ email }) => `user ${email}`,
    now: NOW,
    secret: TEST_SECRET,
    publicUrl: 'http://localhost:4000',
    files,
  });
}, 120_000);
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const exams = () =>
  within(({ tx }) =>
    tx
      .selectFrom('imaging_exam as e')
      .innerJoin('study as s', (on) => on.onRef('s.id', '=', 'e.study_id'))
      .innerJoin('patient as p', (on) => on.onRef('p.id', '=', 's.patient_id'))
      .select(['s.id', 's.status', 's.taken_at', 'e.anatomy', 'p.email', 'p.id as patient'])
      .orderBy('s.taken_at')
      .execute(),
  );
const numbers = (studyId: string) =>
  within(({ tx }) =>
    tx
      .selectFrom('measurement')
      .select(['code', 'value', 'standard_error'])
      .where('study_id', '=', studyId)
      .execute(),
  ).then((rows) => new Map(rows.map((row) => [row.code, row])));

describe('ultrasound in the demo', () => {
  it('has a complete tear of today with an urgent referral that nobody answered yet', async () => {
    const tear = (await exams()).find(({ email }) => email === DEMO_ATHLETE.email);
    expect(tear).toMatchObject({ status: 'signed', anatomy: 'Rectus femoris' });
    const measured = await numbers(tear?.id ?? '');
    expect(measured.get('us.gap.rest')?.value).toBeLessThan(3);
    expect(measured.get('us.retraction')?.value).toBeGreaterThan(17);
    expect(measured.get('us.retraction')?.value).toBeLessThan(21);
    const tasks = await within(({ tx }) =>
      tx.selectFrom('task').select('done_at').where('kind', '=', 'urgent_referral').execute(),
    );
    expect(tasks).toEqual([{ done_at: null }]);
    const kept = await within(({ tx }) =>
      tx
        .selectFrom('imaging_key_frame')
        .select('caption')
        .where('study_id', '=', tear?.id ?? '')
        .execute(),
    );
    expect(kept.map(({ caption }) => caption)).toEqual(['At rest', 'In contraction']);
  });

  it('has the mother’s drawing-in twice, the later one with more effect, and one examination to be written', async () => {
    const all = await exams();
    const [earlier, later, ...more] = all.filter(({ anatomy }) => anatomy === 'Transversus abdominis');
    expect(more).toEqual([]);
    expect(earlier?.patient).toBe(later?.patient);
    const ratio = async (id = '') => (await numbers(id)).get('us.activation-ratio.transversus')?.value ?? 0;
    expect(Math.abs((await ratio(earlier?.id)) - 1.25)).toBeLessThan(0.15);
    expect(Math.abs((await ratio(later?.id)) - 1.6)).toBeLessThan(0.25);
    expect(all.filter(({ status }) => status !== 'signed')).toHaveLength(1);
  });

  it('has a clip that waits for a name, and a file that was refused', async () => {
    const waiting = await within(({ tx }) =>
      tx.selectFrom('imaging_instance').select('waiting_reason').where('study_id', 'is', null).execute(),
    );
    expect(waiting).toHaveLength(1);
    const refused = await within(({ tx }) => tx.selectFrom('imaging_refusal').select('code').execute());
    expect(refused).toEqual([{ code: 'not-dicom' }]);
  });

  it('shows two cases, each with consent, written by one person and approved by another', async () => {
    const cases = await within(({ tx }) =>
      tx
        .selectFrom('case_study as c')
        .innerJoin('case_version as v', (on) => on.onRef('v.case_id', '=', 'c.id'))
        .innerJoin('consent as k', (on) => on.onRef('k.id', '=', 'c.consent_id'))
        .innerJoin('case_clip as p', (on) => on.onRef('p.case_id', '=', 'c.id'))
        .innerJoin('stored_file as f', (on) => on.onRef('f.id', '=', 'p.file_id'))
        .select([
          'c.slug',
          'c.simulated',
          'v.written_by',
          'v.reviewed_by',
          'k.given_at',
          'f.size',
          'p.pictures',
        ])
        .where('c.status', '=', 'published')
        .orderBy('c.slug')
        .execute(),
    );
    expect(cases.map(({ slug }) => slug)).toEqual([
      'a-complete-tear-that-only-contraction-shows',
      'drawing-in-after-birth',
    ]);
    for (const one of cases) {
      expect(one.simulated).toBe(true);
      expect(one.given_at).not.toBeNull();
      expect(one.reviewed_by).not.toBe(one.written_by);
      expect(Number(one.size)).toBeLessThan(600_000);
      expect((one.pictures as unknown[]).length).toBeGreaterThan(11);
    }
  });
});
