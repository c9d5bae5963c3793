import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { TEST_NOW } from '../../../platform/database/testing.ts';
import { type Exam, readExam } from '../core/exam.ts';
import { openExam } from '../core/new-exam.ts';
import { listOpenReferrals } from '../referral/read-referrals.ts';
import { readSignedContent, readVersions } from './read-signed.ts';
import { draftOf } from './report-draft.ts';
import { type ReportWorld, reportWorld } from './testing.ts';

let us: ReportWorld;
beforeAll(async () => {
  us = await reportWorld();
});
afterAll(() => us.close());

const path = (exam: Exam) => `/desk/imaging/${exam.id}/report`;
const whole = {
  do: 'sign',
  anatomy: 'Rectus femoris',
  manoeuvre: 'Knee extension against resistance',
  position: 'Supine',
  finding: 'no-tear',
  findings: 'Fibres continuous at rest and in contraction.',
  conclusion: 'No tear seen.',
};
/** TEST_NOW is 8:00 in Lisbon; the examination was an hour before. */
const referred = {
  finding: 'complete-tear',
  conclusion: 'Complete tear of the rectus femoris.',
  toldName: 'The patient and Dr Lima',
  toldHow: 'in-person',
  toldAt: '2026-03-02T07:45',
  urgency: 'same_day',
  referredTo: 'Orthopaedic surgeon on call',
  referralReason: 'The ends move apart in contraction.',
};
const withClips = async (): Promise<Exam> => {
  const exam = await us.exam();
  await us.clip(exam, 'rest');
  await us.clip(exam, 'contraction');
  return exam;
};
const send = async (
  exam: Exam,
  more: Record<string, string> = {},
  role?: 'clinician' | 'owner' | 'front_desk',
) => us.post(path(exam), { ...(await us.opened(exam)), ...whole, ...more }, role);
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
const tasks = (exam: Exam) =>
  us.as(({ tx }) => tx.selectFrom('task').selectAll().where('study_id', '=', exam.id).execute());

describe('writing a report', () => {
  it('begins with what is known of the examination, and says what is not there yet', async () => {
    const { statusCode, body } = await us.get(path(await us.exam()));
    expect(statusCode).toBe(200);
    expect(body).toContain('value="Rectus femoris"');
    expect(body).toContain('Nothing was measured in these clips.');
    expect(body).toContain('No clip at rest and in contraction');
    expect(body).toContain('88 %');
    const soleus = await us.exam({ suspicion: 'muscle-injury', anatomy: 'Soleus' });
    expect((await us.get(path(soleus))).body).toContain('27 %');
  });

  it('keeps a draft as it was typed, for whoever comes back', async () => {
    const exam = await withClips();
    const kept = await send(exam, { do: 'draft', conclusion: 'Not sure <yet>' });
    expect(kept.statusCode).toBe(303);
    const { body } = await us.get(path(exam));
    expect(body).toContain('Not sure &lt;yet>');
    expect(body).toContain('kept by you');
    expect(await versions(exam)).toEqual([]);
  });

  it('tells whoever saves an older draft, loses neither, and keeps theirs when they insist', async () => {
    const exam = await withClips();
    const opened = await us.opened(exam);
    await us.post(path(exam), { ...opened, ...whole, do: 'draft', fluid: 'None' }, 'clinician', 'jonas');
    const mine = { ...whole, do: 'draft', fluid: 'A haematoma' };
    const told = await us.post(path(exam), { ...opened, ...mine });
    expect(told.statusCode).toBe(422);
    expect(told.body).toContain('Jonas Meyer kept another draft');
    expect(told.body).toContain('<dd>None</dd>');
    expect(told.body).toContain('value="A haematoma"');
    const draft = async () => draftOf((await us.as((clinic) => readExam(clinic, exam.id)))?.draft);
    expect((await draft())?.values.fluid).toBe('None');
    expect((await send(exam, mine)).statusCode).toBe(303);
    expect((await draft())?.values.fluid).toBe('A haematoma');
  });

  it('says what is too long and keeps every letter of it', async () => {
    const exam = await withClips();
    const long = 'x'.repeat(301);
    const told = await send(exam, { do: 'draft', fluid: long });
    expect(told.statusCode).toBe(422);
    expect(told.body).toContain('there is room for 300');
    expect(told.body).toContain(long);
  });
});

describe('signing a report', () => {
  it('makes a version with all that it stands on, and final measurements with unit and error', async () => {
    const exam = await withClips();
    await us.gap(exam, await us.clip(exam, 'both'), 18, 12);
    const signed = await send(exam, { grade: 'peetrons:1', fluid: 'None' });
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
    const page = await us.get(path(exam));
    expect(page.body).toContain('Signed, version 1');
    expect(page.body).toContain('12.0');
  });

  it('is refused while words are missing, with everything that was typed', async () => {
    const exam = await withClips();
    const told = await send(exam, { conclusion: ' ', finding: '' });
    expect(told.statusCode).toBe(422);
    expect(told.body).toContain('Choose what you found.');
    expect(told.body).toContain('Write a conclusion.');
    expect(told.body).toContain('Knee extension against resistance');
    expect(await versions(exam)).toEqual([]);
  });

  it('again is a correction with a reason: the next version, which replaces the numbers but not the first version', async () => {
    const exam = await withClips();
    const analysis = await us.gap(exam, await us.clip(exam, 'both'), 18, 12);
    await send(exam);
    expect((await send(exam)).body).toContain('Write why the signed version is corrected.');
    await us.as(({ tx }) =>
      tx.updateTable('imaging_analysis').set({ removed_at: new Date() }).where('id', '=', analysis).execute(),
    );
    const [clip] = (await content(exam))?.clips ?? [];
    await us.gap(exam, clip?.instanceId ?? '', 17, 11);
    const corrected = await send(exam, { correctionReason: 'Measured anew', conclusion: 'Still no tear.' });
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
    const first = await us.get(`${path(exam)}?version=1`);
    expect(first.body).toContain('Version 2 has replaced this one.');
    const change = us.as(({ tx }) => sql`update study_result set report = '{}'`.execute(tx));
    await expect(change).rejects.toMatchObject({ code: '42501' });
  });

  it('lays the examination before beside today and judges the change', async () => {
    const before = await withClips();
    await us.gap(before, await us.clip(before, 'both'), 18, 12);
    await send(before);
    const exam = await us.as(async (clinic) => {
      const about = { suspicion: 'muscle-injury', anatomy: 'rectus  femoris', side: 'right' } as const;
      const id = await openExam(clinic, { patientId: before.patient.id }, TEST_NOW - 60_000, about);
      return readExam(clinic, id);
    });
    if (!exam) throw new Error('no examination');
    await us.clip(exam, 'rest');
    await us.gap(exam, await us.clip(exam, 'both'), 15, 10);
    const page = await us.get(path(exam));
    expect(page.body).toContain('Not judged.');
    await send(exam);
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

describe('every way round the safety rule', () => {
  it('a bare post without a form signs nothing', async () => {
    const exam = await us.exam();
    for (const fields of [{ do: 'sign' }, { ...whole }, { ...whole, base: '0', revision: '0', seen: '' }]) {
      expect((await us.post(path(exam), fields)).statusCode).toBe(422);
    }
    expect(await versions(exam)).toEqual([]);
  });

  it('a suspected injury without a contraction clip is not signed; with a reason it is, and the owner reads it', async () => {
    const exam = await us.exam();
    await us.clip(exam, 'rest');
    const refused = await send(exam, { clipsReason: 'too sore' });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('There is no clip in contraction.');
    expect(refused.body.indexOf('field-clipsReason')).toBeLessThan(refused.body.indexOf('field-anatomy'));
    expect((await send(exam, { clipsReason: 'Too painful to contract today' })).statusCode).toBe(303);
    const page = await us.get('/desk/imaging/exceptions', 'owner');
    expect(page.body).toContain('Too painful to contract today');
    expect(page.body).toContain(exam.accession);
  });

  it('a clip that is set aside between opening and signing does not count any more', async () => {
    const exam = await withClips();
    const opened = await us.opened(exam);
    const gone = await us.as(({ tx }) =>
      tx
        .updateTable('imaging_instance')
        .set({ set_aside_at: new Date() })
        .where('study_id', '=', exam.id)
        .where('role', '=', 'contraction')
        .execute(),
    );
    expect(gone).toHaveLength(1);
    const told = await us.post(path(exam), { ...opened, ...whole });
    expect(told.statusCode).toBe(422);
    expect(told.body).toContain('have changed since you opened this page');
    expect((await send(exam)).body).toContain('There is no clip in contraction.');
    expect(await versions(exam)).toEqual([]);
  });

  it('a clip that is being set aside while the report is signed is waited for, and then counted out', async () => {
    const exam = await withClips();
    const fields = { ...(await us.opened(exam)), ...whole };
    let answer: Promise<{ statusCode: number }> | undefined;
    await us.as(async ({ tx }) => {
      await tx
        .updateTable('imaging_instance')
        .set({ set_aside_at: new Date() })
        .where('study_id', '=', exam.id)
        .where('role', '=', 'rest')
        .execute();
      answer = us.post(path(exam), fields);
      await new Promise((resolve) => setTimeout(resolve, 150));
    });
    expect((await answer)?.statusCode).toBe(422);
    expect(await versions(exam)).toEqual([]);
  });

  it('another suspicion chosen in the meantime is a change that is told', async () => {
    const exam = await us.exam();
    const opened = await us.opened(exam);
    await us.as(({ tx }) =>
      tx.updateTable('imaging_exam').set({ suspicion: 'other' }).where('study_id', '=', exam.id).execute(),
    );
    expect((await us.post(path(exam), { ...opened, ...whole })).body).toContain('have changed since');
    // Saying that there is no tear asks for the clips all the same.
    expect((await send(exam)).body).toContain('There is no clip at rest and in contraction.');
  });

  it('numbers of a complete tear do not end as a minor strain without a reason', async () => {
    const exam = await withClips();
    await us.gap(exam, await us.clip(exam, 'both'), 6, 21);
    const strain = { finding: 'partial-tear', conclusion: 'Minor strain of the quadriceps.' };
    const told = await send(exam, strain);
    expect(told.statusCode).toBe(422);
    expect(told.body).toContain('This may be a complete tear');
    expect(told.body).toContain('15.0');
    expect(told.body).toContain('Minor strain of the quadriceps.');
    const reason = 'The deep half is whole in the short axis';
    expect((await send(exam, { ...strain, tearReason: reason })).statusCode).toBe(303);
    expect((await content(exam))?.exceptions).toMatchObject([{ rule: 'tear-criterion-overruled', reason }]);
  });

  it('two who sign at once make one version; the other is told who was faster', async () => {
    const exam = await withClips();
    const fields = { ...(await us.opened(exam)), ...whole };
    const both = await Promise.all([
      us.post(path(exam), fields),
      us.post(path(exam), fields, 'clinician', 'jonas'),
    ]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([303, 422]);
    expect(both.find(({ statusCode }) => statusCode === 422)?.body).toMatch(
      /signed version 1 since you opened/,
    );
    expect(await versions(exam)).toHaveLength(1);
  });

  it('whoever is no clinician of the clinic any more does not sign, whatever the page said when it was opened', async () => {
    const exam = await withClips();
    const fields = { ...(await us.opened(exam)), ...whole };
    expect((await us.post(path(exam), fields, 'front_desk', 'tess')).statusCode).toBe(403);
    expect((await us.post(path(exam), fields, null)).statusCode).toBe(401);
    expect((await us.post(path(exam), fields, 'owner', 'olga')).body).toContain(
      'A clinician signs the report.',
    );
    const active = (is: boolean) =>
      us.as(({ tx }) =>
        tx.updateTable('membership').set({ active: is }).where('user_id', '=', 'jonas').execute(),
      );
    await active(false);
    const told = await us.post(path(exam), fields, 'clinician', 'jonas');
    await active(true);
    expect(told.statusCode).toBe(422);
    expect(told.body).toContain('A clinician of this clinic signs the report.');
    expect(await versions(exam)).toEqual([]);
  });

  it('another clinic neither sees nor signs it', async () => {
    const exam = await withClips();
    expect((await us.get(path(exam), 'clinician', 'other.test')).statusCode).toBe(404);
    const elsewhere = await inClinic(us.world.other.context, (clinic) => readSignedContent(clinic, exam.id));
    expect(elsewhere).toBeNull();
    expect((await us.get(`/desk/imaging/${randomUUID()}/report`)).statusCode).toBe(404);
    expect((await us.get('/desk/imaging/nonsense/report')).statusCode).toBe(404);
  });
});

describe('a complete tear', () => {
  it('is not signed before somebody was told and the patient was referred', async () => {
    const exam = await withClips();
    const told = await send(exam, { finding: 'complete-tear' });
    expect(told.statusCode).toBe(422);
    for (const words of [
      'who was told',
      'how they were told',
      'when they were told',
      'how urgent',
      'referred to',
    ])
      expect(told.body).toContain(words);
    for (const toldAt of ['2026-03-02T08:01', '2026-03-02T06:59', '2026-02-30T07:45', 'now'])
      expect((await send(exam, { ...referred, toldAt })).statusCode).toBe(422);
    expect(await versions(exam)).toEqual([]);
    expect(await tasks(exam)).toEqual([]);
  });

  it('is signed with its referral, whose task is due today', async () => {
    const exam = await withClips();
    expect((await send(exam, referred)).statusCode).toBe(303);
    expect((await content(exam))?.referral).toMatchObject({
      toldName: 'The patient and Dr Lima',
      toldAt: Date.UTC(2026, 2, 2, 7, 45),
      referredTo: 'Orthopaedic surgeon on call',
    });
    const [task] = await tasks(exam);
    expect(task).toMatchObject({ kind: 'urgent_referral', urgency: 'same_day', done_at: null });
    expect(task?.due_at.getTime()).toBe(TEST_NOW + 4 * 3_600_000);
    const open = await us.as(listOpenReferrals);
    expect(open.find(({ examId }) => examId === exam.id)).toMatchObject({
      patient: { name: 'Rita Prado' },
      answer: null,
    });
    expect((await us.get(path(exam))).body).toContain('Urgent referral: not answered yet');
  });

  it('found later by a correction asks for a referral as well', async () => {
    const exam = await withClips();
    await send(exam);
    const correction = { correctionReason: 'Seen again with a colleague' };
    const bare = await send(exam, { ...correction, finding: 'complete-tear' });
    expect(bare.body).toContain('Write who was told of the complete tear.');
    expect((await send(exam, { ...correction, ...referred })).statusCode).toBe(303);
    expect(await tasks(exam)).toHaveLength(1);
  });

  it('corrected in its words keeps its referral; of another muscle it needs one of its own', async () => {
    const exam = await withClips();
    await send(exam, referred);
    const again = { finding: 'complete-tear', correctionReason: 'A word was wrong' };
    expect((await send(exam, { ...again, anatomy: 'rectus  FEMORIS' })).statusCode).toBe(303);
    expect(await tasks(exam)).toHaveLength(1);
    expect((await content(exam))?.referral?.referredTo).toBe('Orthopaedic surgeon on call');
    expect((await send(exam, { ...again, anatomy: 'Vastus lateralis' })).body).toContain('who was told');
    expect((await send(exam, { ...referred, ...again, anatomy: 'Vastus lateralis' })).statusCode).toBe(303);
    expect(await tasks(exam)).toHaveLength(2);
  });

  it('written past the program is refused by the database', async () => {
    const exam = await withClips();
    await send(exam);
    const write = us.as(async ({ tx, clinicId }) => {
      const { id } = await tx
        .insertInto('study_result')
        .values({
          ...{ clinic_id: clinicId, study_id: exam.id, run: 99, method: 'by hand', method_version: '1' },
          ...{ made_from: {}, report: { finding: 'complete-tear' }, motion: null },
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const [last] = await versions(exam);
      await tx
        .insertInto('study_report')
        .values({
          ...{
            clinic_id: clinicId,
            study_id: exam.id,
            version: 2,
            result_id: id,
            findings: 'Torn',
            plain: {},
          },
          ...{
            signed_by: 'ines',
            signed_name: 'Inês',
            signed_at: new Date(),
            supersedes: last?.reportId ?? null,
          },
        })
        .execute();
    });
    await expect(write).rejects.toMatchObject({ code: '23514' });
  });
});
