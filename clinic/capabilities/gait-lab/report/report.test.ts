import { withStiffKnee } from '@rectus/gait';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { TEST_NOW } from '../../../platform/database/testing.ts';
import { readSignedReports } from '../core/study.ts';
import { type ReportWorld, reportWorld } from '../testing/report-world.ts';
import { simulatedMotion, simulatedReport } from '../testing/simulated-session.ts';

const DAY = 86_400_000;
const stiff = {
  report: simulatedReport(withStiffKnee('left'), 1),
  motion: simulatedMotion(withStiffKnee('left')),
};
const usual = { report: simulatedReport(undefined, 11), motion: simulatedMotion(undefined, 11) };
const WORDS = {
  findings: 'Left knee flexion in swing is back within the band.',
  finding1: 'Your left knee bends again',
  meaning1: 'As much as the right one.',
  finding2: 'Your steps are alike',
  meaning2: 'You do not spare a leg.',
  finding3: 'You walk at a usual speed',
  meaning3: 'You cross a street in time.',
  change: 'The knee bends more than in January.',
  next: 'Stairs, for six weeks.',
};

let lab: ReportWorld;
let session: { studyId: string; resultId: string };
let path: string;
beforeAll(async () => {
  lab = await reportWorld();
});
afterAll(() => lab.close());
beforeEach(async () => {
  const patient = await lab.addPatient();
  await lab.addSession(patient, { ...stiff, takenAt: TEST_NOW - 60 * DAY });
  session = await lab.addSession(patient, usual);
  path = `/desk/gait/${session.studyId}/report`;
});

const sign = (more: Record<string, string> = {}) =>
  lab.post(path, { ...WORDS, result: session.resultId, do: 'sign', ...more });
const page = async (query = '') => (await lab.get(path + query)).body;

describe('a gait report', () => {
  it('shows the curves with whose norms they are, and says which references are missing', async () => {
    const body = await page();
    expect(body).toContain('Simulated walks');
    expect(body).toContain('These bands come from a simulator, not from people');
    expect(body).toContain('The GDI reference is not installed, so there is no index.');
    expect(body).toMatch(
      /Knee flexion over the gait cycle in degrees, flexion above and extension below zero: left from/,
    );
    expect(body).toContain('class="stick-row wide-row"');
  });

  it('says which changes since the earlier session exceed the error, and where', async () => {
    const body = await page();
    expect(body).toContain('Changed since 1 January 2026');
    expect(body).toMatch(/Knee flexion, left<\/b> \+1\d\.\d° at \d\d % of the cycle/);
    expect(body).not.toContain('Knee flexion, right</b>');
  });

  it('lays up to three earlier sessions beside this one, as they are ticked', async () => {
    const patient = await lab.addPatient();
    for (const days of [90, 60, 30])
      await lab.addSession(patient, { ...stiff, takenAt: TEST_NOW - days * DAY });
    const { studyId } = await lab.addSession(patient, usual);
    const compare = (query = '') => lab.get(`/desk/gait/${studyId}/report?part=compare${query}`);
    const all = (await compare()).body;
    expect(all.match(/name="with" value="[^"]+" checked/g)).toHaveLength(3);
    expect(all).toContain('session session-3 left-edge');
    const [, one] = /name="with" value="([^"]{36})"/.exec(all) ?? [];
    const some = (await compare(`&with=&with=${one}`)).body;
    expect(some.match(/name="with" value="[^"]+" checked/g)).toHaveLength(1);
    expect(some).not.toContain('session session-2 left-edge');
    expect((await compare('&with=')).body).toContain('No earlier session is chosen.');
  });

  it('tells of every stride where its strike comes from', async () => {
    const body = await page();
    expect(body).toContain('Strides and events');
    expect(body).toContain('force plate, whole on plate 1');
  });

  it('lays all planes out, and moments with powers where a plate carried a step', async () => {
    expect(await page('?part=planes')).toContain('Trunk on pelvis, rotation');
    expect(await page('?part=kinetics')).toContain('Ankle power');
  });

  it('is not for the front desk, nor for another clinic', async () => {
    expect((await lab.get(path, 'front_desk')).statusCode).toBe(403);
    expect((await lab.get(path, 'clinician', 'other.test')).statusCode).toBe(404);
    const motion = `/desk/gait/${session.studyId}/motion.json?result=${session.resultId}`;
    expect((await lab.get(motion, 'front_desk')).statusCode).toBe(403);
    expect((await lab.get(motion, 'clinician', 'other.test')).statusCode).toBe(404);
  });

  it('gives the viewer numbers of the walk and nobody’s name', async () => {
    const motion = await lab.get(`/desk/gait/${session.studyId}/motion.json?result=${session.resultId}`);
    expect(motion.json()).toEqual(JSON.parse(JSON.stringify(usual.motion)));
    expect(motion.body).not.toContain('Nora');
  });
});

describe('writing and signing', () => {
  it('keeps a draft that nobody outside sees', async () => {
    expect((await lab.post(path, { findings: 'Half a thought', do: 'draft' })).statusCode).toBe(303);
    expect(await page()).toContain('Half a thought');
    expect((await lab.asPatient(`/my/reports/${session.studyId}`)).statusCode).toBe(404);
  });

  it('asks for what is missing and loses nothing that was typed', async () => {
    const answer = await sign({ meaning2: '' });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('Say what the second finding means.');
    expect(answer.body).toContain('Your left knee bends again');
  });

  it('is signed by clinicians only', async () => {
    const fields = { ...WORDS, result: session.resultId, do: 'sign' };
    expect((await lab.post(path, fields, 'owner')).statusCode).toBe(403);
    expect((await lab.asPatient(`/my/reports/${session.studyId}`)).statusCode).toBe(404);
  });

  it('does not sign what was processed anew meanwhile', async () => {
    const answer = await sign({ result: '00000000-0000-4000-8000-000000000000' });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('processed anew');
    expect(answer.body).toContain('Your left knee bends again');
  });

  it('makes a version that never changes; a correction is the next, and the first stays readable', async () => {
    expect((await sign()).statusCode).toBe(303);
    expect(await page()).toContain('Signed, version 1');
    expect(await page('?edit')).toContain('Sign version 2');
    expect((await sign({ finding1: 'Your left knee bends as it should' })).statusCode).toBe(303);
    expect(await page()).toContain('Your left knee bends as it should');
    const first = await page('?version=1');
    expect(first).toContain('Your left knee bends again');
    expect(first).toContain('Version 2 has replaced this one.');
    const change = inClinic(lab.world.one.context, ({ tx }) =>
      tx.updateTable('study_report').set({ findings: 'Something else' }).execute(),
    );
    await expect(change).rejects.toThrow(/permission denied/);
    const versions = await inClinic(lab.world.one.context, (clinic) =>
      readSignedReports(clinic, session.studyId),
    );
    expect(versions.map(({ version, findings }) => [version, findings])).toEqual([
      [2, WORDS.findings],
      [1, WORDS.findings],
    ]);
  });
});

describe('a signed version', () => {
  const compared = async (query = '') => /Changed since ([^<]+)</.exec(await page(query))?.[1];

  it('stays beside the result that it was signed with, whatever is measured or inserted later', async () => {
    await sign();
    const { studyId } = session;
    const patient = await inClinic(lab.world.one.context, ({ tx }) =>
      tx.selectFrom('study').select('patient_id').where('id', '=', studyId).executeTakeFirstOrThrow(),
    );
    const papers = async () => [
      (await lab.get(`${path}.pdf?version=1`)).rawPayload,
      (await lab.asPatient(`/my/reports/${studyId}.pdf`)).rawPayload,
    ];
    const [before, patients] = [await papers(), (await lab.asPatient(`/my/reports/${studyId}`)).body];
    expect(patients).toContain('1 January 2026');
    await lab.addSession(patient.patient_id, { ...usual, takenAt: TEST_NOW - 10 * DAY });
    expect(await compared('?version=1')).toBe('1 January 2026');
    expect((await lab.asPatient(`/my/reports/${studyId}`)).body).toBe(patients);
    const after = await papers();
    expect(after.map((paper, index) => paper.equals(before[index] ?? Buffer.alloc(0)))).toEqual([true, true]);
    expect(await compared('?edit')).toBe('20 February 2026');
    const ticked = await page('?version=1&part=compare');
    expect(ticked).toContain('was signed beside 1 January 2026, and stays so.');
    expect(ticked.match(/name="with" value="[^"]+" checked/g)).toHaveLength(1);
  });

  it('that was the first stays the first', async () => {
    const patient = await lab.addPatient();
    const only = await lab.addSession(patient, usual);
    const own = `/desk/gait/${only.studyId}/report`;
    await lab.post(own, { ...WORDS, result: only.resultId, do: 'sign' });
    await lab.addSession(patient, {
      ...stiff,
      takenAt: TEST_NOW - 10 * DAY,
      createdAt: lab.world.clock.now() + DAY,
    });
    expect((await lab.get(own)).body).not.toContain('Changed since');
  });

  it('from before this was written down stands beside the last result that there was on its day', async () => {
    await inClinic(lab.world.one.context, ({ tx, clinicId }) =>
      tx
        .insertInto('study_report')
        .values({
          clinic_id: clinicId,
          study_id: session.studyId,
          version: 1,
          result_id: session.resultId,
          findings: WORDS.findings,
          plain: { findings: [], change: '', next: '' },
          signed_by: 'ines',
          signed_name: 'Inês Duarte',
          signed_at: new Date(Date.now() + DAY),
          supersedes: null,
        })
        .execute(),
    );
    expect(await compared('?version=1')).toBe('1 January 2026');
  });
});

describe('the patient', () => {
  it('reads the three findings, what changed and what is next, once it is signed', async () => {
    await sign();
    const body = (await lab.asPatient(`/my/reports/${session.studyId}`)).body;
    for (const text of [WORDS.finding1, WORDS.meaning3, WORDS.change, WORDS.next])
      expect(body).toContain(text);
    expect(body).not.toContain(WORDS.findings);
    expect(body).toContain(`data-walk-viewer="/my/reports/${session.studyId}/motion.json"`);
    expect((await lab.asPatient(`/my/reports/${session.studyId}/motion.json`)).json().frames).toBeGreaterThan(
      50,
    );
  });

  it('is the only one who reads it', async () => {
    await sign();
    for (const part of ['', '/motion.json', '.pdf']) {
      const url = `/my/reports/${session.studyId}${part}`;
      expect((await lab.asPatient(url, 'somebody@example.org')).statusCode).toBe(404);
    }
  });

  it('can be shown it by a link, until it is taken back', async () => {
    await sign();
    const made = await lab.post(`/desk/gait/${session.studyId}/share`, { days: '7' });
    const [, secret = ''] = /\/shared\/([\w-]+)/.exec(made.body) ?? [];
    const open = (part = '') => lab.get(`/shared/${secret}${part}`, null);
    expect((await open()).body).toContain(WORDS.finding1);
    expect((await open()).headers['referrer-policy']).toBe('no-referrer');
    expect((await open('/motion.json')).statusCode).toBe(200);
    expect((await open('.pdf')).headers['content-type']).toBe('application/pdf');
    const [, link = ''] = /share\/([0-9a-f-]{36})\/revoke/.exec(await page()) ?? [];
    await lab.post(`/desk/gait/${session.studyId}/share/${link}/revoke`, {});
    for (const part of ['', '/motion.json', '.pdf']) expect((await open(part)).statusCode).toBe(404);
  });

  it('loses a link on the day that it ends', async () => {
    await sign();
    const made = await lab.post(`/desk/gait/${session.studyId}/share`, { days: '7' });
    const [, secret = ''] = /\/shared\/([\w-]+)/.exec(made.body) ?? [];
    const now = lab.world.clock.now();
    lab.world.clock.set(now + 7 * DAY);
    expect((await lab.get(`/shared/${secret}`, null)).statusCode).toBe(404);
    lab.world.clock.set(now);
  });
});

describe('on paper', () => {
  it('the report and the patient’s words are PDF, and the same version is the same patient’s paper', async () => {
    expect((await lab.get(`${path}.pdf`)).rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await lab.get(`${path}/patient.pdf`)).statusCode).toBe(404);
    await sign();
    const once = await lab.asPatient(`/my/reports/${session.studyId}.pdf`);
    const again = await lab.get(`${path}/patient.pdf`);
    expect(once.headers['content-type']).toBe('application/pdf');
    expect(once.rawPayload.equals(again.rawPayload)).toBe(true);
  });
});
