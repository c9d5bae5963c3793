import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { TEST_NOW } from '../../../platform/database/testing.ts';
import type { Exam } from '../core/exam.ts';
import { listOpenReferrals } from '../referral/read-referrals.ts';
import { readSignedContent, readVersions } from './read-signed.ts';
import { REFERRED, type ReportWorld, reportPathOf, reportWorld, WHOLE } from './testing.ts';

let us: ReportWorld;
beforeAll(async () => {
  us = await reportWorld();
});
afterAll(() => us.close());

const versions = (exam: Exam) => us.as((clinic) => readVersions(clinic, exam.id));
const content = (exam: Exam, version?: number) =>
  us.as((clinic) => readSignedContent(clinic, exam.id, version));
const tasks = (exam: Exam) =>
  us.as(({ tx }) => tx.selectFrom('task').selectAll().where('study_id', '=', exam.id).execute());

describe('every way round the safety rule', () => {
  it('a bare post without a form signs nothing', async () => {
    const exam = await us.exam();
    for (const fields of [{ do: 'sign' }, { ...WHOLE }, { ...WHOLE, base: '0', revision: '0', seen: '' }]) {
      expect((await us.post(reportPathOf(exam), fields)).statusCode).toBe(422);
    }
    expect(await versions(exam)).toEqual([]);
  });

  it('a suspected injury without a contraction clip is not signed; with a reason it is, and the owner reads it', async () => {
    const exam = await us.exam();
    await us.clip(exam, 'rest');
    const refused = await us.send(exam, { clipsReason: 'too sore' });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('There is no clip in contraction.');
    expect(refused.body.indexOf('field-clipsReason')).toBeLessThan(refused.body.indexOf('field-anatomy'));
    expect((await us.send(exam, { clipsReason: 'Too painful to contract today' })).statusCode).toBe(303);
    const page = await us.get('/desk/imaging/exceptions', 'owner');
    expect(page.body).toContain('Too painful to contract today');
    expect(page.body).toContain(exam.accession);
  });

  it('a clip that is set aside between opening and signing does not count any more', async () => {
    const exam = await us.examWithClips();
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
    const told = await us.post(reportPathOf(exam), { ...opened, ...WHOLE });
    expect(told.statusCode).toBe(422);
    expect(told.body).toContain('have changed since you opened this page');
    expect((await us.send(exam)).body).toContain('There is no clip in contraction.');
    expect(await versions(exam)).toEqual([]);
  });

  it('a clip that is being set aside while the report is signed is waited for, and then counted out', async () => {
    const exam = await us.examWithClips();
    const fields = { ...(await us.opened(exam)), ...WHOLE };
    let answer: Promise<{ statusCode: number }> | undefined;
    await us.as(async ({ tx }) => {
      await tx
        .updateTable('imaging_instance')
        .set({ set_aside_at: new Date() })
        .where('study_id', '=', exam.id)
        .where('role', '=', 'rest')
        .execute();
      answer = us.post(reportPathOf(exam), fields);
      await new Promise((resolve) => setTimeout(resolve, 150));
    });
    expect((await answer)?.statusCode).toBe(422);
    expect(await versions(exam)).toEqual([]);
  });

  it('a clip that is set aside after signing is told on the signed report, which stays as it was', async () => {
    const exam = await us.examWithClips();
    await us.send(exam);
    const setAside = { set_aside_at: new Date(), label: 'Long axis' };
    await us.as(({ tx }) =>
      tx.updateTable('imaging_instance').set(setAside).where('study_id', '=', exam.id).execute(),
    );
    expect((await us.get(reportPathOf(exam))).body).toContain(
      'Set aside since this was signed: clip 1, clip 2',
    );
    expect((await content(exam))?.clips).toHaveLength(2);
  });

  it('another suspicion chosen in the meantime is a change that is told', async () => {
    const exam = await us.exam();
    const opened = await us.opened(exam);
    await us.as(({ tx }) =>
      tx.updateTable('imaging_exam').set({ suspicion: 'other' }).where('study_id', '=', exam.id).execute(),
    );
    expect((await us.post(reportPathOf(exam), { ...opened, ...WHOLE })).body).toContain('have changed since');
    // Saying that there is no tear asks for the clips all the same.
    expect((await us.send(exam)).body).toContain('There is no clip at rest and in contraction.');
  });

  it('numbers of a complete tear do not end as a minor strain without a reason', async () => {
    const exam = await us.examWithClips();
    await us.gap(exam, await us.clip(exam, 'both'), 6, 21);
    const strain = { finding: 'partial-tear', conclusion: 'Minor strain of the quadriceps.' };
    const told = await us.send(exam, strain);
    expect(told.statusCode).toBe(422);
    expect(told.body).toContain('This may be a complete tear');
    expect(told.body).toContain('15.0');
    expect(told.body).toContain('Minor strain of the quadriceps.');
    const reason = 'The deep half is whole in the short axis';
    expect((await us.send(exam, { ...strain, tearReason: reason })).statusCode).toBe(303);
    expect((await content(exam))?.exceptions).toMatchObject([{ rule: 'tear-criterion-overruled', reason }]);
  });

  it('two who sign at once make one version; the other is told who was faster', async () => {
    const exam = await us.examWithClips();
    const fields = { ...(await us.opened(exam)), ...WHOLE };
    const both = await Promise.all([
      us.post(reportPathOf(exam), fields),
      us.post(reportPathOf(exam), fields, 'clinician', 'jonas'),
    ]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([303, 422]);
    expect(both.find(({ statusCode }) => statusCode === 422)?.body).toMatch(
      /signed version 1 since you opened/,
    );
    expect(await versions(exam)).toHaveLength(1);
  });

  it('whoever is no clinician of the clinic any more does not sign, whatever the page said when it was opened', async () => {
    const exam = await us.examWithClips();
    const fields = { ...(await us.opened(exam)), ...WHOLE };
    expect((await us.post(reportPathOf(exam), fields, 'front_desk', 'tess')).statusCode).toBe(403);
    expect((await us.post(reportPathOf(exam), fields, null)).statusCode).toBe(401);
    expect((await us.post(reportPathOf(exam), fields, 'owner', 'olga')).body).toContain(
      'A clinician signs the report.',
    );
    const active = (is: boolean) =>
      us.as(({ tx }) =>
        tx.updateTable('membership').set({ active: is }).where('user_id', '=', 'jonas').execute(),
      );
    await active(false);
    const told = await us.post(reportPathOf(exam), fields, 'clinician', 'jonas');
    await active(true);
    expect(told.statusCode).toBe(422);
    expect(told.body).toContain('A clinician of this clinic signs the report.');
    expect(await versions(exam)).toEqual([]);
  });

  it('another clinic neither sees nor signs it', async () => {
    const exam = await us.examWithClips();
    expect((await us.get(reportPathOf(exam), 'clinician', 'other.test')).statusCode).toBe(404);
    const elsewhere = await inClinic(us.world.other.context, (clinic) => readSignedContent(clinic, exam.id));
    expect(elsewhere).toBeNull();
    expect((await us.get(`/desk/imaging/${randomUUID()}/report`)).statusCode).toBe(404);
    expect((await us.get('/desk/imaging/nonsense/report')).statusCode).toBe(404);
  });
});

describe('a complete tear', () => {
  it('is not signed before somebody was told and the patient was referred', async () => {
    const exam = await us.examWithClips();
    const told = await us.send(exam, { finding: 'complete-tear' });
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
      expect((await us.send(exam, { ...REFERRED, toldAt })).statusCode).toBe(422);
    expect(await versions(exam)).toEqual([]);
    expect(await tasks(exam)).toEqual([]);
  });

  it('is signed with its referral, whose task is due today', async () => {
    const exam = await us.examWithClips();
    expect((await us.send(exam, REFERRED)).statusCode).toBe(303);
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
    expect((await us.get(reportPathOf(exam))).body).toContain('Urgent referral: not answered yet');
  });

  it('found later by a correction asks for a referral as well', async () => {
    const exam = await us.examWithClips();
    await us.send(exam);
    const correction = { correctionReason: 'Seen again with a colleague' };
    const bare = await us.send(exam, { ...correction, finding: 'complete-tear' });
    expect(bare.body).toContain('Write who was told of the complete tear.');
    expect((await us.send(exam, { ...correction, ...REFERRED })).statusCode).toBe(303);
    expect(await tasks(exam)).toHaveLength(1);
  });

  it('corrected in its words keeps its referral; of another muscle it needs one of its own', async () => {
    const exam = await us.examWithClips();
    await us.send(exam, REFERRED);
    const again = { finding: 'complete-tear', correctionReason: 'A word was wrong' };
    expect((await us.send(exam, { ...again, anatomy: 'rectus  FEMORIS' })).statusCode).toBe(303);
    expect(await tasks(exam)).toHaveLength(1);
    expect((await content(exam))?.referral?.referredTo).toBe('Orthopaedic surgeon on call');
    expect((await us.send(exam, { ...again, anatomy: 'Vastus lateralis' })).body).toContain('who was told');
    expect((await us.send(exam, { ...REFERRED, ...again, anatomy: 'Vastus lateralis' })).statusCode).toBe(
      303,
    );
    expect(await tasks(exam)).toHaveLength(2);
  });

  it('written past the program is refused by the database', async () => {
    const exam = await us.examWithClips();
    await us.send(exam);
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
