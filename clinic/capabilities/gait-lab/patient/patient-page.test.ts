import { withStiffKnee } from '@rectus/gait';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { TEST_NOW } from '../../../platform/database/testing.ts';
import { type ReportWorld, reportWorld } from '../testing/report-world.ts';
import { simulatedMotion, simulatedReport } from '../testing/simulated-session.ts';
import { readReportsOf } from './read-patient-report.ts';

const DAY = 86_400_000;
const stiff = { report: simulatedReport(withStiffKnee('left'), 1), motion: simulatedMotion() };
const usual = { report: simulatedReport(undefined, 11), motion: simulatedMotion(undefined, 11) };
const WORDS = {
  findings: 'Left knee flexion in swing is back within the band.',
  finding1: 'Your left knee bends again',
  meaning1: 'As much as the right one.',
  measure1: 'knee-swing',
  finding2: 'Your steps are alike',
  meaning2: 'You do not spare a leg.',
  finding3: 'You walk at a usual speed',
  meaning3: 'You cross a street in time.',
  measure3: 'speed',
  change: '',
  next: 'Stairs, for six weeks.',
};

let lab: ReportWorld;
let patient: string;
beforeAll(async () => {
  lab = await reportWorld();
});
afterAll(() => lab.close());
beforeEach(async () => {
  patient = await lab.addPatient();
});

async function signed(takenAt = TEST_NOW, more: Record<string, string> = {}): Promise<string> {
  const { studyId, resultId } = await lab.addSession(patient, { ...usual, takenAt });
  const answer = await lab.post(`/desk/gait/${studyId}/report`, {
    ...WORDS,
    result: resultId,
    do: 'sign',
    ...more,
  });
  expect(answer.statusCode).toBe(303);
  return studyId;
}

describe('a patient’s page of their walk', () => {
  it('draws the chosen number beside its finding, now and last time, and says what the change is worth', async () => {
    await lab.addSession(patient, { ...stiff, takenAt: TEST_NOW - 60 * DAY });
    const { body } = await lab.asPatient(`/my/reports/${await signed()}`);
    const [, knee = ''] = body.split('Your left knee bends again');
    const beside = knee.slice(0, knee.indexOf('Your steps are alike'));
    expect(beside).toContain('How far your knee bends in the air');
    expect(beside).toMatch(
      /aria-label="Left: \d\d° now, \d\d° on 1 January 2026, the grey of the others from/,
    );
    expect(beside).toContain(
      'Left: a change greater than measuring error. Right: within what measuring can tell',
    );
    const [, steps = ''] = body.split('Your steps are alike');
    expect(steps.slice(0, steps.indexOf('You walk at a usual speed'))).not.toContain('class="measure"');
    expect(body).toContain('More numbers');
  });

  it('says of a first walk that it is the first, and whose the grey is', async () => {
    const { body } = await lab.asPatient(`/my/reports/${await signed()}`);
    expect(body).toContain('This is the first time that we measured you.');
    expect(body).toContain('Grey: walks that were simulated, not people');
    expect(body).not.toContain('measuring error');
  });

  it('stays compared with what it was signed on, whatever is measured later', async () => {
    await lab.addSession(patient, { ...stiff, takenAt: TEST_NOW - 60 * DAY });
    const path = `/my/reports/${await signed()}`;
    const before = (await lab.asPatient(path)).body;
    await lab.addSession(patient, { ...usual, takenAt: TEST_NOW - 10 * DAY });
    expect((await lab.asPatient(path)).body).toBe(before);
  });

  it('leads on to a visit', async () => {
    const { body } = await lab.asPatient(`/my/reports/${await signed()}`);
    expect(body).toContain('href="/book">Book a visit<');
  });

  it('is shared without any way to book, and without the owner’s “you”', async () => {
    const studyId = await signed();
    const { body } = await lab.post(`/desk/gait/${studyId}/share`, { days: '7' });
    const [path] = /\/shared\/[\w-]+/.exec(body) ?? [];
    const shared = (await lab.get(path ?? '', null)).body;
    expect(shared).toContain('How Nora walks');
    expect(shared).toContain('the first time that we measured.');
    expect(shared).not.toContain('Book a visit');
  });

  it('opens for nobody who only paid', async () => {
    const studyId = await signed();
    expect((await lab.asPatient(`/my/reports/${studyId}`, 'rosa@example.org')).statusCode).toBe(404);
    expect((await lab.asPatient(`/my/reports/${studyId}.pdf`, 'rosa@example.org')).statusCode).toBe(404);
  });
});

describe('the list of a patient’s reports', () => {
  it('has the latest walk first, each with the first finding of its last version, and no draft', async () => {
    const earlier = await signed(TEST_NOW - 60 * DAY);
    const later = await signed();
    await lab.addSession(patient, usual);
    const { resultId } = await inClinic(lab.world.one.context, async ({ tx }) => ({
      resultId: (
        await tx.selectFrom('study').select('result_id').where('id', '=', earlier).executeTakeFirstOrThrow()
      ).result_id,
    }));
    await lab.post(`/desk/gait/${earlier}/report`, {
      ...WORDS,
      finding1: 'Your knee bends as it should',
      result: resultId ?? '',
      do: 'sign',
    });
    const listed = await inClinic(lab.world.one.context, (clinic) => readReportsOf(clinic, [patient]));
    expect(listed.map(({ studyId, finding }) => [studyId, finding])).toEqual([
      [later, 'Your left knee bends again'],
      [earlier, 'Your knee bends as it should'],
    ]);
  });
});

describe('the choice of what is drawn', () => {
  it('takes only what is in the list', async () => {
    const { studyId, resultId } = await lab.addSession(patient, usual);
    const answer = await lab.post(`/desk/gait/${studyId}/report`, {
      ...WORDS,
      measure1: 'weight',
      result: resultId,
      do: 'sign',
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('Choose from the list, or nothing.');
  });

  it('stands in the form of a correction as it was signed', async () => {
    const studyId = await signed();
    const { body } = await lab.get(`/desk/gait/${studyId}/report?edit`);
    expect(body).toMatch(/<option value="knee-swing" selected/);
  });
});
