import { withStiffKnee } from '@rectus/gait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { mergePeople } from '../../records/index.ts';
import { readMotion, readResult } from '../core/result.ts';
import { readStudy } from '../core/study.ts';
import { type GaitWorld, gaitWorld, standingFile, walkingFile } from '../testing/gait-world.ts';

let lab: GaitWorld;
const standing = standingFile();
const [first, second] = [walkingFile(1), walkingFile(2)];
beforeAll(async () => {
  lab = await gaitWorld();
});
afterAll(() => lab.close());

const study = (id: string) => inClinic(lab.world.one.context, (clinic) => readStudy(clinic, id));
const measurements = (id: string) =>
  inClinic(lab.world.one.context, ({ tx }) =>
    tx.selectFrom('measurement').selectAll().where('study_id', '=', id).orderBy('created_at').execute(),
  );

describe('a session', () => {
  it('becomes a report from files that are sent by a plain form', async () => {
    const id = await lab.open();
    const sent = await lab.sendForm(`/desk/gait/${id}/files`, [standing, first, second]);
    expect(sent.statusCode).toBe(303);
    const page = await lab.get(String(sent.headers.location));
    expect(page.body).toContain('3 files were taken.');
    expect(page.body).toContain('being processed');
    expect((await study(id))?.trials.map(({ role }) => role)).toEqual(['standing', 'walking', 'walking']);
    expect(await lab.work()).toBe(1);
    const ready = await study(id);
    expect(ready?.failure).toBeNull();
    expect(ready?.status).toBe('ready');
    const result = await inClinic(lab.world.one.context, (clinic) =>
      readResult(clinic, ready?.resultId ?? ''),
    );
    expect(result?.report.speedMPerS).toBeGreaterThan(1.1);
    expect(result?.report.subject.massKg).toBeGreaterThan(40);
    const motion = await inClinic(lab.world.one.context, (clinic) =>
      readMotion(clinic, ready?.resultId ?? ''),
    );
    expect(motion?.frames).toBeGreaterThan(50);
    expect((await lab.get(`/desk/gait/${id}`)).body).toContain('Open the report');
    expect((await lab.get('/desk/gait')).body).toContain('ready to be signed');
  });

  it('writes its numbers as measurements, and a new run supersedes them one by one', async () => {
    const id = await lab.open();
    await lab.sendForm(`/desk/gait/${id}/files`, [standing, first, second]);
    await lab.work();
    const before = await measurements(id);
    const cadence = before.find((one) => one.code === 'gait.cadence' && one.side === 'left');
    expect(cadence).toMatchObject({ unit: '/min', status: 'preliminary', supersedes: null });
    expect(cadence?.value).toBeGreaterThan(100);
    expect(cadence?.standard_error).toBeGreaterThanOrEqual(0);
    const knee = before.find((one) => one.code === 'gait.knee.greatest-flexion-swing');
    expect(knee).toMatchObject({ unit: 'deg', minimal_detectable_change: 5, body_site: 'knee' });
    expect(knee?.citation).toContain('McGinley');
    expect(before.every((one) => one.method !== '' && one.method_version !== '')).toBe(true);

    const trial = (await study(id))?.trials.at(-1);
    await lab.post(`/desk/gait/${id}/files/${trial?.fileId}`, { role: 'walking', reason: 'Stumbled' });
    expect((await study(id))?.status).toBe('processing');
    await lab.work();
    const after = await measurements(id);
    const superseded = after.filter((one) => one.status === 'superseded');
    const current = after.filter((one) => one.status === 'preliminary');
    expect(superseded.length).toBe(before.length);
    expect(current.find((one) => one.code === 'gait.cadence' && one.side === 'left')?.supersedes).toBe(
      cadence?.id,
    );
    const walking = (await study(id))?.trials.find(
      (one) => one.role === 'walking' && one.state === 'accepted',
    );
    expect(current.every((one) => one.file_id === walking?.fileId)).toBe(true);
  });

  it('is compared with the session before, and measured with what the last one was', async () => {
    const id = await lab.open();
    await lab.sendForm(`/desk/gait/${id}/files`, [standing, first, second]);
    await lab.work();
    const patientId = (await study(id))?.patient.id ?? '';
    lab.world.clock.set(lab.world.clock.now() + 30 * 86_400_000);
    const opened = await lab.post('/desk/gait', { patientId });
    const next = String(opened.headers.location).split('/').at(-1) ?? '';
    const page = await lab.get(`/desk/gait/${next}`);
    expect(page.body).toMatch(/name="massKg"[^>]*value="\d|value="\d[^>]*name="massKg"/);
    const stiff = walkingFile(7, withStiffKnee('left'));
    await lab.sendForm(`/desk/gait/${next}/files`, [standing, stiff]);
    await lab.work();
    const later = await study(next);
    const result = await inClinic(lab.world.one.context, (clinic) =>
      readResult(clinic, later?.resultId ?? ''),
    );
    expect(
      result?.report.changes?.curves.some(
        ({ variable, side, verdict }) =>
          variable === 'knee.flexion' && side === 'left' && verdict === 'beyond-error',
      ),
    ).toBe(true);
  });

  it('says in words what it still needs, and what is wrong with a measurement', async () => {
    const id = await lab.open();
    expect((await lab.get(`/desk/gait/${id}`)).body).toContain('a standing calibration and a walking trial');
    const wrong = await lab.post(`/desk/gait/${id}`, { massKg: '7O', legLengthLeftMm: '870' });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('Body mass: a number from 5 to 400 kg');
    expect(wrong.body).toContain('value="7O"');
    const half = await lab.post(`/desk/gait/${id}`, { legLengthLeftMm: '870' });
    expect(half.body).toContain('Give both sides, or neither');
    const right = await lab.post(`/desk/gait/${id}`, {
      massKg: '70,5',
      footwear: 'barefoot',
      walkingAid: 'none',
    });
    expect(right.statusCode).toBe(303);
    expect(await study(id)).toMatchObject({
      subject: { massKg: 70.5 },
      conditions: { footwear: 'barefoot', walkingAid: 'none' },
    });
  });

  it('takes what was typed before what the files say', async () => {
    const id = await lab.open();
    await lab.post(`/desk/gait/${id}`, { massKg: '91', footFlat: 'yes' });
    await lab.sendForm(`/desk/gait/${id}/files`, [standing, first]);
    await lab.work();
    const ready = await study(id);
    const result = await inClinic(lab.world.one.context, (clinic) =>
      readResult(clinic, ready?.resultId ?? ''),
    );
    expect(result?.report.subject.massKg).toBe(91);
  });

  it('throws a result away that was overtaken while it was made', async () => {
    const id = await lab.open();
    await lab.sendForm(`/desk/gait/${id}/files`, [standing, first]);
    const working = lab.work();
    await new Promise((resolve) => setTimeout(resolve, 150));
    await lab.post(`/desk/gait/${id}`, { massKg: '88', footFlat: 'yes' });
    await working;
    await lab.work();
    const ready = await study(id);
    const result = await inClinic(lab.world.one.context, (clinic) =>
      readResult(clinic, ready?.resultId ?? ''),
    );
    expect([ready?.status, result?.report.subject.massKg]).toEqual(['ready', 88]);
  });

  it('is taken over when its worker was lost, and given up after three', async () => {
    const id = await lab.open();
    await lab.sendForm(`/desk/gait/${id}/files`, [standing, first]);
    const lose = (attempts: number) =>
      inClinic(lab.world.one.context, ({ tx }) =>
        tx
          .updateTable('study')
          .set({ worked_at: new Date(Date.now() - 10 * 60_000), attempts })
          .where('id', '=', id)
          .execute(),
      );
    await lose(3);
    expect(await lab.work()).toBe(0);
    expect((await study(id))?.failure).toContain('broken off three times');
    await lab.post(`/desk/gait/${id}/process`, {});
    await lose(1);
    expect(await lab.work()).toBe(1);
  });

  it('follows its person into a merged record, with every measurement', async () => {
    const id = await lab.open();
    await lab.sendForm(`/desk/gait/${id}/files`, [standing, first]);
    await lab.work();
    const into = await lab.addPatient();
    const from = (await study(id))?.patient.id ?? '';
    const merged = await mergePeople(lab.world.one.context, into, from);
    expect(merged.ok).toBe(true);
    expect((await study(id))?.patient.id).toBe(into);
    expect((await measurements(id)).every((one) => one.patient_id === into)).toBe(true);
  });

  it('is nothing for the front desk, for strangers, or for another clinic', async () => {
    const id = await lab.open();
    expect((await lab.get(`/desk/gait/${id}`, 'front_desk')).statusCode).toBe(403);
    expect((await lab.get(`/desk/gait/${id}`, null)).statusCode).toBe(303);
    expect((await lab.post('/desk/gait', { patientId: id }, 'front_desk')).statusCode).toBe(403);
    expect((await lab.get(`/desk/gait/${id}`, 'clinician', 'other.test')).statusCode).toBe(404);
    const foreign = await lab.addPatient(lab.world.other);
    expect((await lab.post('/desk/gait', { patientId: foreign })).statusCode).toBe(409);
  });
});
