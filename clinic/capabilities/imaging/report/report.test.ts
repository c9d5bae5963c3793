import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_NOW } from '../../../platform/database/testing.ts';
import { type Exam, readExam } from '../core/exam.ts';
import { openExam } from '../core/new-exam.ts';
import { readSignedContent, readVersions } from './read-signed.ts';
import { draftOf } from './report-draft.ts';
import { type ReportWorld, reportPathOf, reportWorld, WHOLE } from './testing.ts';

let us: ReportWorld;
beforeAll(async () => {
  us = await reportWorld();
});
afterAll(() => us.close());

const versions = (exam: Exam) => us.as((clinic) => readVersions(clinic, exam.id));
const content = (exam: Exam, version?: number) =>
  us.as((clinic) => readSignedContent(clinic, exam.id, version));
const rows = (exam: Exam) =>
  us.as(({ tx }) =>
    tx
      .selectFrom('measurement')
      .select(['code', 'value', 'unit', 'status', 'side', 'body_site', 'supersedes', 'standard_error', 'id'])
      .where('study_id', '=', exam.id)
      .orderBy('created_at')
      .orderBy('code')
      .execute(),
  );

describe('writing a report', () => {
  it('begins with what is known of the examination, and says what is not there yet', async () => {
    const { statusCode, body } = await us.get(reportPathOf(await us.exam()));
    expect(statusCode).toBe(200);
    expect(body).toContain('value="Rectus femoris"');
    expect(body).toContain('Nothing was measured in these clips.');
    expect(body).toContain('No clip at rest and in contraction');
    expect(body).toContain('88 %');
    const soleus = await us.exam({ suspicion: 'muscle-injury', anatomy: 'Soleus' });
    expect((await us.get(reportPathOf(soleus))).body).toContain('27 %');
  });

  it('keeps a draft as it was typed, for whoever comes back', async () => {
    const exam = await us.examWithClips();
    const kept = await us.send(exam, { do: 'draft', conclusion: 'Not sure <yet>' });
    expect(kept.statusCode).toBe(303);
    const { body } = await us.get(reportPathOf(exam));
    expect(body).toContain('Not sure &lt;yet>');
    expect(body).toContain('kept by you');
    expect(await versions(exam)).toEqual([]);
  });

  it('tells whoever saves an older draft, loses neither, and keeps theirs when they insist', async () => {
    const exam = await us.examWithClips();
    const opened = await us.opened(exam);
    await us.post(
      reportPathOf(exam),
      { ...opened, ...WHOLE, do: 'draft', fluid: 'None' },
      'clinician',
      'jonas',
    );
    const mine = { ...WHOLE, do: 'draft', fluid: 'A haematoma' };
    const told = await us.post(reportPathOf(exam), { ...opened, ...mine });
    expect(told.statusCode).toBe(422);
    expect(told.body).toContain('Jonas Meyer kept another draft');
    expect(told.body).toContain('<dd>None</dd>');
    expect(told.body).toContain('value="A haematoma"');
    const draft = async () => draftOf((await us.as((clinic) => readExam(clinic, exam.id)))?.draft);
    expect((await draft())?.values.fluid).toBe('None');
    expect((await us.send(exam, mine)).statusCode).toBe(303);
    expect((await draft())?.values.fluid).toBe('A haematoma');
  });

  it('keeps what is typed by itself, by the same rule, and one sitting is one event', async () => {
    const exam = await us.examWithClips();
    const opened = await us.opened(exam);
    const keep = (fields: Readonly<Record<string, string>>, by?: string) =>
      us.keepByItself(exam, { ...WHOLE, ...fields }, by);
    const first = await keep({ ...opened, fluid: 'None' });
    expect(first.statusCode).toBe(200);
    const { revision, at } = first.json<{ revision: number; at: number }>();
    expect(at).toBe(TEST_NOW);
    expect((await keep({ ...opened, revision: String(revision), fluid: 'None seen' })).statusCode).toBe(200);
    expect((await keep({ ...opened, fluid: 'Overtaken' }, 'jonas')).statusCode).toBe(409);
    expect(
      (await keep({ ...opened, revision: String(revision + 1), fluid: 'x'.repeat(301) })).statusCode,
    ).toBe(422);
    const stored = draftOf((await us.as((clinic) => readExam(clinic, exam.id)))?.draft);
    expect(stored?.values.fluid).toBe('None seen');
    const events = await us.as(({ tx }) =>
      tx
        .selectFrom('audit_event')
        .select('action')
        .where('subject_id', '=', exam.id)
        .where('action', '=', 'study.draft_saved')
        .execute(),
    );
    expect(events).toHaveLength(1);
  });

  it('lets a begun correction be given up: what was signed stands, and an older page discards nothing', async () => {
    const exam = await us.examWithClips();
    await us.send(exam);
    await us.send(exam, { do: 'draft', conclusion: 'Begun by mistake' });
    expect((await us.get(reportPathOf(exam))).body).toContain('Give up this correction');
    const stale = await us.post(reportPathOf(exam), {
      ...(await us.opened(exam)),
      revision: '1',
      do: 'discard',
    });
    expect(stale.statusCode).toBe(422);
    expect(stale.body).toContain('Nothing was discarded.');
    expect((await us.send(exam, { do: 'discard' })).statusCode).toBe(303);
    const { body } = await us.get(reportPathOf(exam));
    expect(body).toContain('No tear seen.');
    expect(body).not.toContain('Begun by mistake');
    expect(await versions(exam)).toHaveLength(1);
  });

  it('says what is too long and keeps every letter of it', async () => {
    const exam = await us.examWithClips();
    const long = 'x'.repeat(301);
    const told = await us.send(exam, { do: 'draft', fluid: long });
    expect(told.statusCode).toBe(422);
    expect(told.body).toContain('there is room for 300');
    expect(told.body).toContain(long);
  });
});

describe('signing a report', () => {
  it('makes a version with all that it stands on, and final measurements with unit and error', async () => {
    const exam = await us.examWithClips();
    await us.gap(exam, await us.clip(exam, 'both'), 18, 12);
    const signed = await us.send(exam, { grade: 'peetrons:1', fluid: 'None' });
    expect(signed.statusCode).toBe(303);
    const report = await content(exam);
    expect(report).toMatchObject({
      version: 1,
      finding: 'no-tear',
      findings: { fluid: 'None' },
      grading: { system: 'peetrons', grade: '1' },
      signer: { id: 'ines', name: 'Inês Duarte' },
      signedAt: TEST_NOW,
      exceptions: [],
      referral: null,
    });
    expect(report?.clips.map(({ role }) => role)).toEqual(['rest', 'contraction', 'both']);
    expect(report?.clips.every(({ sha256 }) => sha256.length === 64)).toBe(true);
    const stored = await rows(exam);
    expect(stored.map(({ code, value, unit, status }) => [code, value, unit, status])).toEqual([
      ['us.gap.contraction', 12, 'mm', 'final'],
      ['us.gap.rest', 18, 'mm', 'final'],
      ['us.retraction', -6, 'mm', 'final'],
    ]);
    expect(stored[0]).toMatchObject({ side: 'right', body_site: 'Rectus femoris', standard_error: 0.5 });
    expect((await us.as((clinic) => readExam(clinic, exam.id)))?.status).toBe('signed');
    const page = await us.get(reportPathOf(exam));
    expect(page.body).toContain('Signed, version 1');
    expect(page.body).toContain('12.0');
  });

  it('is refused while words are missing, with everything that was typed', async () => {
    const exam = await us.examWithClips();
    const told = await us.send(exam, { conclusion: ' ', finding: '' });
    expect(told.statusCode).toBe(422);
    expect(told.body).toContain('Choose what you found.');
    expect(told.body).toContain('Write a conclusion.');
    expect(told.body).toContain('Knee extension against resistance');
    expect(await versions(exam)).toEqual([]);
  });

  it('again is a correction with a reason: the next version, which replaces the numbers but not the first version', async () => {
    const exam = await us.examWithClips();
    const analysis = await us.gap(exam, await us.clip(exam, 'both'), 18, 12);
    await us.send(exam);
    expect((await us.send(exam)).body).toContain('Write why the signed version is corrected.');
    await us.as(({ tx }) =>
      tx.updateTable('imaging_analysis').set({ removed_at: new Date() }).where('id', '=', analysis).execute(),
    );
    const [clip] = (await content(exam))?.clips ?? [];
    await us.gap(exam, clip?.instanceId ?? '', 17, 11);
    const corrected = await us.send(exam, {
      correctionReason: 'Measured anew',
      conclusion: 'Still no tear.',
    });
    expect(corrected.statusCode).toBe(303);
    expect((await content(exam, 1))?.conclusion).toBe('No tear seen.');
    expect(await content(exam)).toMatchObject({
      version: 2,
      conclusion: 'Still no tear.',
      correction: { ofVersion: 1, reason: 'Measured anew' },
    });
    const stored = await rows(exam);
    const final = stored.filter(({ status }) => status === 'final');
    expect(final.map(({ value }) => value)).toEqual([11, 17, -6]);
    const replaced = new Set(stored.filter(({ status }) => status === 'superseded').map(({ id }) => id));
    expect(final.every(({ supersedes }) => supersedes !== null && replaced.has(supersedes))).toBe(true);
    const first = await us.get(`${reportPathOf(exam)}?version=1`);
    expect(first.body).toContain('Version 2 has replaced this one.');
    const change = us.as(({ tx }) => sql`update study_result set report = '{}'`.execute(tx));
    await expect(change).rejects.toMatchObject({ code: '42501' });
  });

  it('lays the examination before beside today and judges the change', async () => {
    const before = await us.examWithClips();
    await us.gap(before, await us.clip(before, 'both'), 18, 12);
    await us.send(before);
    const exam = await us.as(async (clinic) => {
      const about = { suspicion: 'muscle-injury', anatomy: 'rectus  femoris', side: 'right' } as const;
      const id = await openExam(clinic, { patientId: before.patient.id }, TEST_NOW - 60_000, about);
      return readExam(clinic, id);
    });
    if (!exam) throw new Error('no examination');
    await us.clip(exam, 'rest');
    await us.gap(exam, await us.clip(exam, 'both'), 15, 10);
    const page = await us.get(reportPathOf(exam));
    expect(page.body).toContain('Not judged.');
    await us.send(exam);
    const earlier = (await content(exam))?.earlier;
    expect(earlier?.examId).toBe(before.id);
    expect(earlier?.compared.find(({ code }) => code === 'us.gap.rest')).toMatchObject({
      before: 18,
      today: 15,
      change: -3,
      judgement: 'unknown',
    });
  });
});
