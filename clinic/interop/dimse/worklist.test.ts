import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exam } from '../../capabilities/imaging/index.ts';
import { newExam } from '../../capabilities/imaging/testing.ts';
import { type ClinicContext, inClinic } from '../../platform/database/in-clinic.ts';
import { TEST_NOW, type TestWorld, testWorld } from '../../platform/database/testing.ts';
import { addMachine, findWorklist, type Line, listenFor, type TestListener } from './testing.ts';

const DAY = 86_400_000;
let world: TestWorld;
let context: ClinicContext;
let listener: TestListener;
let line: Line;
let today: Exam;
let tomorrow: Exam;

beforeAll(async () => {
  world = await testWorld();
  context = world.actingAs(world.one, { kind: 'system', id: 'test' });
  await addMachine(world.one, { called: 'HARBOUR', calling: 'SONO1' });
  await addMachine(world.other, { called: 'HILL', calling: 'SONO1' });
  today = await newExam(context, {
    now: TEST_NOW,
    name: 'Inês Müller',
    about: { anatomy: 'Rectus femoris', side: 'left', question: 'Sudden pain\\at a sprint' },
  });
  tomorrow = await newExam(context, { now: TEST_NOW + DAY, name: 'Rui Prado' });
  await newExam(world.actingAs(world.other, context.actor), { now: TEST_NOW, name: 'Olga Other' });
  const signed = await newExam(context, { now: TEST_NOW, name: 'Sara Signed' });
  await sign(signed);
  listener = await listenFor(world);
  line = { port: listener.port, calling: 'SONO1', called: 'HARBOUR' };
});
afterAll(async () => {
  await listener.stop();
  await world.close();
});

type Item = Record<string, unknown>;

async function found(keys: Item = {}): Promise<readonly Item[]> {
  const said = await findWorklist(line, keys);
  if (!('answers' in said)) throw new Error(`No answer: ${JSON.stringify(said)}`);
  expect(said.answers.at(-1)?.status).toBe(0x0000);
  return said.answers.slice(0, -1).map(({ status, elements }) => {
    expect(status).toBe(0xff00);
    return elements ?? {};
  });
}
const numbers = async (keys?: Item) => (await found(keys)).map((item) => item.AccessionNumber);
const onDays = (days: string, step: Item = {}): Item => ({
  ScheduledProcedureStepSequence: [{ ScheduledProcedureStepStartDate: days, ...step }],
});

describe('the worklist', () => {
  it('tells a machine the examinations that are not signed, in the order of their times', async () => {
    expect(await numbers()).toEqual([today.accession, tomorrow.accession]);
  });

  it('tells whose they are, under which identifiers, and what is asked', async () => {
    const [item] = await found({ AccessionNumber: today.accession });
    expect(item).toMatchObject({
      SpecificCharacterSet: 'ISO_IR 192',
      StudyInstanceUID: today.studyUid,
      AccessionNumber: today.accession,
      PatientID: today.patient.id,
      PatientBirthDate: '19900514',
      RequestedProcedureDescription: 'Rectus femoris, left: Sudden pain at a sprint',
    });
    expect(JSON.stringify(item?.PatientName)).toContain('Müller^Inês');
    const steps = item?.ScheduledProcedureStepSequence as readonly Item[];
    expect(steps[0]).toMatchObject({
      Modality: 'US',
      ScheduledStationAETitle: 'SONO1',
      ScheduledProcedureStepStartDate: '20260302',
      ScheduledProcedureStepStartTime: '080000',
      ScheduledProcedureStepID: today.accession,
    });
  });

  it.each([
    ['20260302', ['today']],
    ['20260303', ['tomorrow']],
    ['20260302-20260303', ['today', 'tomorrow']],
    ['20260303-', ['tomorrow']],
    ['-20260302', ['today']],
    ['20260304', []],
  ])('of the days %s has %j', async (days, expected) => {
    const names = { [today.accession]: 'today', [tomorrow.accession]: 'tomorrow' };
    expect((await numbers(onDays(days))).map((number) => names[String(number)])).toEqual(expected);
  });

  it('counts days as the clinic does, not as the machine’s clock', async () => {
    // One o'clock in the morning in Lisbon's summer is still the day before in UTC.
    const night = await newExam(context, { now: Date.UTC(2026, 5, 30, 23, 30), name: 'Nuno Noite' });
    expect(await numbers(onDays('20260701'))).toEqual([night.accession]);
    expect(await numbers(onDays('20260630'))).toEqual([]);
  });

  it.each([
    [{ PatientName: 'MULLER*' }, true],
    [{ SpecificCharacterSet: 'ISO_IR 192', PatientName: 'müller^inês' }, true],
    [{ PatientName: 'M?ller^*' }, true],
    [{ PatientName: '*nes*' }, true],
    [{ PatientName: 'Muller^Rui' }, false],
    [{ PatientName: 'Mull' }, false],
    [{ PatientName: '*' }, true],
    [onDays('20260302', { Modality: 'US' }), true],
    [onDays('20260302', { Modality: 'CT' }), false],
    [onDays('20260302', { ScheduledStationAETitle: 'ANOTHER' }), true],
  ])('asked for %j has the one of today: %s', async (keys, has) => {
    expect((await numbers(keys)).includes(today.accession)).toBe(has);
  });

  it('is asked for a patient by the identifier that it handed out', async () => {
    expect(await numbers({ PatientID: tomorrow.patient.id })).toEqual([tomorrow.accession]);
    expect(await numbers({ PatientID: 'M-77' })).toEqual([]);
  });

  it('says that it does not understand a date that is none', async () => {
    const said = await findWorklist(line, onDays('20261399'));
    expect('answers' in said && said.answers).toMatchObject([{ status: 0xa900 }]);
  });

  it('of another clinic is another', async () => {
    const said = await findWorklist({ ...line, called: 'HILL' });
    expect('answers' in said && JSON.stringify(said.answers[0]?.elements)).toContain('Other^Olga');
    expect(JSON.stringify(said)).not.toContain('Prado');
  });

  it('says in the clinic’s log who asked, and not about whom', async () => {
    await numbers();
    const events = await inClinic(context, ({ tx }) =>
      tx.selectFrom('audit_event').selectAll().where('action', '=', 'worklist.asked').execute(),
    );
    expect(events.at(-1)).toMatchObject({ subject_kind: 'machine', detail: { exams: expect.any(Number) } });
  });

  it('stops when the machine has seen enough, and ends a list that is too long', async () => {
    await addMany(600);
    const all = await findWorklist(line, onDays('20260501-20260531'));
    if (!('answers' in all)) throw new Error('No answer');
    expect(all.answers).toHaveLength(501);
    expect(all.answers.at(-1)?.status).toBe(0xa700);
    const some = await findWorklist(line, onDays('20260501-20260531'), { cancelAfter: 5 });
    if (!('answers' in some)) throw new Error('No answer');
    expect(some.answers.at(-1)?.status).toBe(0xfe00);
    expect(some.answers.length).toBeLessThan(501);
  });
});

async function addMany(count: number): Promise<void> {
  await inClinic(context, async ({ tx, clinicId }) => {
    const studies = await tx
      .insertInto('study')
      .values(
        Array.from({ length: count }, (_, n) => ({
          clinic_id: clinicId,
          kind: 'ultrasound' as const,
          patient_id: today.patient.id,
          taken_at: new Date(Date.UTC(2026, 4, 4, 8, n)),
          ...{ appointment_id: null, entitlement_id: null, worked_at: null },
          ...{ failure: null, result_id: null, created_by: null },
        })),
      )
      .returning('id')
      .execute();
    await tx
      .insertInto('imaging_exam')
      .values(
        studies.map(({ id }, n) => ({ clinic_id: clinicId, study_id: id, study_uid: `1.2.3.${n + 1}` })),
      )
      .execute();
  });
}

async function sign(exam: Exam): Promise<void> {
  await inClinic(context, async ({ tx, clinicId }) => {
    const { id } = await tx
      .insertInto('study_result')
      .values({
        clinic_id: clinicId,
        study_id: exam.id,
        run: 1,
        ...{ method: 'test', method_version: '1', made_from: {}, report: {}, motion: null },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .updateTable('study')
      .set({ status: 'signed', result_id: id })
      .where('id', '=', exam.id)
      .execute();
  });
}
