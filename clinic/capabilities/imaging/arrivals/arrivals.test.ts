import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { readClip } from '../core/clip-facts.ts';
import { type ExamsWorld, examsWorld } from '../exams/exams-world.ts';
import { arrive, dicomBytes, orderedBytes } from '../testing.ts';

let lab: ExamsWorld;
beforeAll(async () => {
  lab = await examsWorld();
});
afterAll(() => lab.close());

async function send(options: Parameters<typeof dicomBytes>[0] = {}): Promise<string> {
  const taken = await arrive(lab.door, lab.files, await dicomBytes(options));
  return taken.kind === 'refused' ? '' : taken.instanceId;
}
const clip = (id: string) => inClinic(lab.door, (clinic) => readClip(clinic, id));
const page = async (query = '') => (await lab.get(`/desk/imaging/arrivals${query}`)).body;

describe('clips that wait', () => {
  it('are shown study by study with what they say of themselves, beside what they may belong to', async () => {
    const exam = await lab.exam('Rita Prado');
    const study = 'two clips of one study';
    await send({
      study,
      patientName: 'Prado^Rita',
      patientId: 'M7',
      birthDate: '19900514',
      date: '20260302',
    });
    await send({
      study,
      patientName: 'Prado^Rita',
      patientId: 'M7',
      birthDate: '19900514',
      date: '20260302',
    });
    const body = await page();
    expect(body).toContain('2 clips');
    expect(body).toContain('1990-05-14');
    expect(body).toContain(exam.accession);
    expect(body).toContain('same name, date of birth, day');
    expect(body).toContain('other patient id');
    // Nothing is chosen before somebody has looked.
    expect(body).not.toMatch(/type="radio"[^>]* checked/);
  });

  it('are filed by a person, and counted until then', async () => {
    const exam = await lab.exam('Tomás Vieira');
    const id = await send({ patientName: 'Vieira^Tomas', patientId: '' });
    expect((await lab.get('/desk/imaging')).body).toMatch(/clips? waits?: whose/);
    const filed = await lab.post('/desk/imaging/arrivals/match', { clip: [id], exam: exam.id });
    expect(filed.headers.location).toContain('filed-1');
    expect(await clip(id)).toMatchObject({ examId: exam.id, waitingReason: null, warnings: [] });
    const late = await lab.post('/desk/imaging/arrivals/match', { clip: [id], exam: exam.id });
    expect((await lab.get(String(late.headers.location))).body).toContain('Somebody else was quicker');
  });

  it('that name somebody else say so for ever, whoever files them', async () => {
    const exam = await lab.exam('Tomás Vieira');
    const id = await send({ patientName: 'Duarte^Ana', birthDate: '19720101', patientId: '' });
    await lab.post('/desk/imaging/arrivals/match', { clip: [id], exam: exam.id });
    expect((await clip(id))?.warnings).toMatchObject([{ code: 'says-another-person' }]);
    expect((await lab.get(`/desk/imaging/${exam.id}`)).body).toContain('Ana Duarte, born 1972-01-01');
  });

  it('of somebody without an examination begin one', async () => {
    const { patient } = await lab.exam('Carla Nogueira');
    const id = await send();
    const study = (await clip(id))?.dicomStudyUid ?? '';
    const found = await page(`?study=${study}&q=Carla+Nogueira`);
    expect(found).toContain('New examination');
    const begun = await lab.post('/desk/imaging/arrivals/new', { clip: [id], patientId: patient.id });
    expect(begun.headers.location).toBe(`/desk/imaging/${(await clip(id))?.examId}`);
  });

  it('of nobody are set aside with a reason, and fetched back', async () => {
    const id = await send();
    const without = await lab.post('/desk/imaging/arrivals/aside', { clip: [id], reason: ' ' });
    expect(without.body).toContain('Say in a few words');
    await lab.post('/desk/imaging/arrivals/aside', { clip: [id], reason: 'Test of the machine' });
    expect(await clip(id)).toMatchObject({ setAside: true, waitingReason: 'Test of the machine' });
    await lab.post('/desk/imaging/arrivals/back', { clip: [id] });
    expect(await clip(id)).toMatchObject({ setAside: false, examId: null });
  });

  it('cannot be filed without a choice, by the front desk, or onto another clinic’s examination', async () => {
    const id = await send();
    const nothing = await lab.post('/desk/imaging/arrivals/match', { clip: [id] });
    expect(nothing.body).toContain('Choose the examination');
    const exam = await lab.exam();
    expect((await lab.post('/desk/imaging/arrivals/match', { exam: exam.id })).body).toContain(
      'Tick at least',
    );
    const desk = await lab.post('/desk/imaging/arrivals/match', { clip: [id], exam: exam.id }, 'front_desk');
    expect(desk.statusCode).toBe(403);
    const foreign = await lab.post('/desk/imaging/arrivals/match', { clip: [id], exam: crypto.randomUUID() });
    expect(foreign.body).toContain('not known');
    expect(await clip(id)).toMatchObject({ examId: null });
  });
});

describe('what was refused', () => {
  it('is listed with the reason, can be saved, and is out of the way once seen', async () => {
    const exam = await lab.exam();
    const bytes = await orderedBytes(exam, { patientId: 'another patient' });
    await arrive(lab.door, lab.files, bytes, { name: 'wrong.dcm' });
    expect((await lab.get('/desk/imaging')).body).toContain('file was refused');
    const listed = (await lab.get('/desk/imaging/refusals')).body;
    expect(listed).toContain('which is of another person');
    const path = /\/desk\/imaging\/refusals\/[0-9a-f-]{36}(?=\/file)/.exec(listed)?.[0] ?? '';
    const saved = await lab.get(`${path}/file`);
    expect(saved.rawPayload.equals(Buffer.from(bytes))).toBe(true);
    expect((await lab.get(`${path}/file`, 'front_desk')).statusCode).toBe(403);
    await lab.post(path, {});
    expect((await lab.get('/desk/imaging/refusals')).body).toContain('Seen before');
    expect((await lab.get('/desk/imaging')).body).not.toContain('file was refused');
  });
});
