import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_NOW } from '../../../platform/database/testing.ts';
import { deskRoutes } from '../../desk/index.ts';
import type { Exam } from '../core/exam.ts';
import { type ReportWorld, reportWorld } from '../report/testing.ts';
import { listOpenReferrals, readReferrals } from './read-referrals.ts';

let us: ReportWorld;
beforeAll(async () => {
  us = await reportWorld((app, platform) => deskRoutes(app, platform));
});
afterAll(() => us.close());

/** A signed report of a complete tear. */
async function tear(): Promise<Exam> {
  const exam = await us.exam();
  await us.clip(exam, 'both');
  const fields = {
    ...{
      do: 'sign',
      anatomy: 'Rectus femoris',
      finding: 'complete-tear',
      findings: 'Torn.',
      conclusion: 'Torn.',
    },
    ...{ toldName: 'The patient', toldHow: 'in-person', toldAt: '2026-03-02T07:30', urgency: 'emergency' },
    ...{ referredTo: 'Surgeon on call', referralReason: 'The ends move apart.' },
    ...(await us.opened(exam)),
  };
  expect((await us.post(`/desk/imaging/${exam.id}/report`, fields)).statusCode).toBe(303);
  return exam;
}
const path = (exam: Exam) => `/desk/imaging/${exam.id}/referral`;
const referralOf = async (exam: Exam) => (await us.as((clinic) => readReferrals(clinic, exam.id)))[0];
const answered = { who: 'Dr Lima', outcome: 'seen', date: '2026-03-02', plan: 'Repair on Wednesday' };
const answer = async (exam: Exam, fields: Record<string, string> = {}) =>
  us.post(path(exam), { referral: (await referralOf(exam))?.id ?? '', ...answered, ...fields });
const taskOf = async (exam: Exam) =>
  us.as(({ tx }) =>
    tx.selectFrom('task').selectAll().where('study_id', '=', exam.id).executeTakeFirstOrThrow(),
  );

describe('an urgent referral', () => {
  it('stands loudly beside the day and among the requests, with whose it is, and to clinicians where it is answered', async () => {
    const exam = await tear();
    for (const url of ['/desk?date=2026-03-02', '/desk/requests']) {
      const { body } = await us.get(url, 'front_desk');
      expect(body).toContain('Urgent referral');
      expect(body).toContain('Referred to Surgeon on call.');
      expect(body).toContain('A clinician writes down what they answer.');
      expect(body).not.toContain(`href="${path(exam)}"`);
      expect((await us.get(url)).body).toContain(`href="${path(exam)}"`);
    }
    us.world.clock.set(TEST_NOW + 2 * 3_600_000);
    expect((await us.get('/desk/requests', 'front_desk')).body).toContain('answer overdue');
    expect((await us.get(path(exam))).body).toContain('Answer overdue');
    us.world.clock.set(TEST_NOW);
  });

  it('is not closed as other tasks are, neither by the desk nor past the program', async () => {
    const exam = await tear();
    const { id } = await taskOf(exam);
    const done = await us.post(`/desk/tasks/${id}/done`, { outcome: 'Called' }, 'front_desk');
    expect(done.statusCode).toBe(404);
    expect((await taskOf(exam)).done_at).toBeNull();
    const past = us.as(({ tx }) =>
      tx.updateTable('task').set({ done_at: new Date(), done_by: 'ines' }).where('id', '=', id).execute(),
    );
    await expect(past).rejects.toMatchObject({ code: '23514' });
  });

  it('ends with what they answered: task and referral together', async () => {
    const exam = await tear();
    expect((await answer(exam)).statusCode).toBe(303);
    const referral = await referralOf(exam);
    expect(referral?.answer).toMatchObject({ by: 'Inês Duarte', at: TEST_NOW });
    expect(referral?.answer?.words).toContain('Said by Dr Lima. Plan: Repair on Wednesday');
    expect((await taskOf(exam)).done_at).toEqual(new Date(TEST_NOW));
    const open = await us.as(listOpenReferrals);
    expect(open.some(({ examId }) => examId === exam.id)).toBe(false);
    expect((await us.get(path(exam))).body).toContain('Repair on Wednesday');
  });

  it('says what is missing in an answer and keeps what was typed', async () => {
    const exam = await tear();
    const told = await answer(exam, { who: '', plan: '', date: '2026-03-03' });
    expect(told.statusCode).toBe(422);
    expect(told.body).toContain('Write who answered');
    expect(told.body).toContain('Write what is planned.');
    expect(told.body).toContain('cannot have seen the patient in the future');
    expect(told.body).toContain('value="2026-03-03"');
    expect((await answer(exam, { date: '2026-03-01' })).body).toContain('before the examination');
    expect((await answer(exam, { outcome: 'booked', date: '' })).body).toContain('on which day');
    expect((await taskOf(exam)).done_at).toBeNull();
    expect((await answer(exam, { outcome: 'declined', date: '' })).statusCode).toBe(303);
  });

  it('is answered once, whoever is faster', async () => {
    const exam = await tear();
    const id = (await referralOf(exam))?.id ?? '';
    const both = await Promise.all([1, 2].map(() => us.post(path(exam), { referral: id, ...answered })));
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409]);
  });

  it('is not for the front desk, another clinic, or an examination without one', async () => {
    const exam = await tear();
    expect((await us.get(path(exam), 'front_desk')).statusCode).toBe(403);
    expect((await us.get(path(exam), null)).statusCode).toBe(303);
    expect((await us.get(path(exam), 'clinician', 'other.test')).statusCode).toBe(404);
    expect((await us.get(path(await us.exam()))).statusCode).toBe(404);
    const other = await tear();
    const mixed = await us.post(path(other), { referral: (await referralOf(exam))?.id ?? '', ...answered });
    expect(mixed.statusCode).toBe(409);
    expect((await taskOf(exam)).done_at).toBeNull();
  });
});
