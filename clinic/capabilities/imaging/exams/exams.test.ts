import { encodePng } from '@rectus/sonography';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { TEST_NOW } from '../../../platform/database/testing.ts';
import { mergePeople } from '../../records/index.ts';
import { readExam } from '../core/exam.ts';
import { arrive, dicomBytes, orderedBytes, smallClip } from '../testing.ts';
import { type ExamsWorld, examsWorld } from './exams-world.ts';

let lab: ExamsWorld;
beforeAll(async () => {
  lab = await examsWorld();
});
afterAll(() => lab.close());

const send = async (bytes: Uint8Array, onto?: string) =>
  arrive(lab.door, lab.files, bytes, onto ? { source: 'upload', examId: onto, by: 'somebody' } : {});

describe('an examination', () => {
  it('begins with a person or a visit, and a second press on a visit begins nothing twice', async () => {
    const { patient } = await lab.exam();
    const begun = await lab.post('/desk/imaging', { patientId: patient.id });
    expect(begun.headers.location).toMatch(/^\/desk\/imaging\/[0-9a-f-]{36}$/);
    const appointmentId = await visit(patient.id);
    const page = (await lab.get('/desk/imaging')).body;
    expect(page).toContain(`value="${appointmentId}"`);
    const [one, two] = [
      await lab.post('/desk/imaging', { appointmentId, patientId: patient.id }),
      await lab.post('/desk/imaging', { appointmentId, patientId: patient.id }),
    ];
    expect(one.headers.location).toBe(two.headers.location);
    const stranger = await lab.exam();
    const wrong = await lab.post('/desk/imaging', { appointmentId, patientId: stranger.patient.id });
    expect(wrong.statusCode).toBe(409);
    expect((await lab.get('/desk/imaging')).body).not.toContain(`value="${appointmentId}"`);
  });

  it('stands on the list until it is signed, and says where it stands', async () => {
    const exam = await lab.exam('Olga Quintela');
    const list = async () => (await lab.get('/desk/imaging')).body;
    expect(await list()).toContain('Olga Quintela');
    expect((await lab.get(`/desk/imaging/${exam.id}`)).body).toContain('waits for clips');
    await send(await orderedBytes(exam));
    expect((await lab.get(`/desk/imaging/${exam.id}`)).body).toContain('to be reported');
  });

  it('keeps what it is about, and shows what is missing for a muscle injury', async () => {
    const exam = await lab.exam();
    await send(await orderedBytes(exam));
    const saved = await lab.post(`/desk/imaging/${exam.id}`, {
      ...{ suspicion: 'muscle-injury', anatomy: 'Rectus femoris', side: 'right' },
      ...{ question: 'Gap on contraction?', manoeuvre: 'Straight leg raise', position: 'Supine' },
    });
    expect(saved.statusCode).toBe(303);
    expect(await inClinic(lab.door, (clinic) => readExam(clinic, exam.id))).toMatchObject({
      ...{ suspicion: 'muscle-injury', anatomy: 'Rectus femoris', side: 'right', position: 'Supine' },
    });
    const page = async () => (await lab.get(`/desk/imaging/${exam.id}`)).body;
    expect(await page()).toContain('No clip is marked as rest or contraction yet');
    const [clip] = await lab.clips(exam.id);
    await lab.post(`/desk/imaging/${exam.id}/clips/${clip?.id}`, {
      role: 'both',
      side: 'right',
      label: 'Long axis',
    });
    expect(await page()).not.toContain('No clip is marked');
    expect((await lab.clips(exam.id))[0]).toMatchObject({ role: 'both', side: 'right', label: 'Long axis' });
  });

  it('refuses a form with something wrong and keeps what was typed', async () => {
    const exam = await lab.exam();
    const long = await lab.post(`/desk/imaging/${exam.id}`, {
      ...{ suspicion: 'other', anatomy: 'x'.repeat(200), question: 'Typed before' },
    });
    expect(long.statusCode).toBe(422);
    expect(long.body).toContain('At most 120 characters');
    expect(long.body).toContain('Typed before');
  });
});

describe('a merged record', () => {
  it('brings its examinations and what its person consented to along', async () => {
    const [from, into] = [await lab.exam(), await lab.exam()];
    const consent = await inClinic(lab.door, ({ tx, clinicId: clinic_id }) =>
      tx
        .insertInto('consent')
        .values({
          ...{ clinic_id, patient_id: from.patient.id, purpose: 'publication', study_id: from.id },
          ...{ text_version: 1, text_sha256: 'a'.repeat(64), asked_by: 'ines' },
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    await mergePeople(lab.door, into.patient.id, from.patient.id);
    const now = await inClinic(lab.door, async (clinic) => ({
      exam: await readExam(clinic, from.id),
      consent: await clinic.tx
        .selectFrom('consent')
        .select('patient_id')
        .where('id', '=', consent.id)
        .executeTakeFirst(),
    }));
    expect([now.exam?.patient.id, now.consent?.patient_id]).toEqual([into.patient.id, into.patient.id]);
  });
});

describe('a clip of an examination', () => {
  it('without a scale gets one from a known distance, and loses it again', async () => {
    const exam = await lab.exam();
    await send(encodePng(await (await smallClip()).frame(1)), exam.id);
    const page = async () => (await lab.get(`/desk/imaging/${exam.id}`)).body;
    expect(await page()).toContain('A picture has no scale.');
    const [clip] = await lab.clips(exam.id);
    const path = `/desk/imaging/${exam.id}/clips/${clip?.id}/scale`;
    const ruler = { fromX: '10', fromY: '20', toX: '10', toY: '120', mm: '30' };
    expect((await lab.post(path, ruler)).statusCode).toBe(303);
    expect(await page()).toContain('30 mm are 100 px, 0.300 mm in a pixel');
    expect((await lab.post(path, { ...ruler, toY: '24' })).body).toContain('10 pixels at least');
    expect((await lab.post(path, { ...ruler, toY: '900' })).body).toContain('lies outside');
    await lab.post(`${path}/remove`, {});
    expect(await page()).toContain('A picture has no scale.');
  });

  it('that was filed wrongly is taken out, waits again, and may come back', async () => {
    const exam = await lab.exam();
    const bytes = await dicomBytes();
    await send(bytes, exam.id);
    const [clip] = await lab.clips(exam.id);
    await lab.post(`/desk/imaging/${exam.id}/clips/${clip?.id}/out`, {});
    expect(await lab.clips(exam.id)).toEqual([]);
    expect((await lab.get('/desk/imaging/arrivals')).body).toContain('taken out of an examination');
    const file = { name: 'again.dcm', bytes };
    const { id } = (await lab.announce(exam.id, file)).json<{ id: string }>();
    expect((await lab.sendPiece(exam.id, id, 0, bytes)).json()).toMatchObject({ status: 'ready' });
    expect((await lab.clips(exam.id)).map((one) => one.id)).toEqual([clip?.id]);
  });

  it('on which a signed report stands stays where it is', async () => {
    const exam = await lab.exam();
    await send(await orderedBytes(exam));
    const [clip] = await lab.clips(exam.id);
    await inClinic(lab.door, async ({ tx, clinicId: clinic_id }) => {
      const { id } = await tx
        .insertInto('study_result')
        .values({
          ...{ clinic_id, study_id: exam.id, run: 1, method: 'report', method_version: '1' },
          ...{ made_from: { clips: [clip?.id] }, report: {}, motion: null },
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('study_report')
        .values({
          ...{
            clinic_id,
            study_id: exam.id,
            version: 1,
            result_id: id,
            findings: 'Nothing found',
            plain: {},
          },
          ...{ signed_by: 'ines', signed_name: 'Inês', signed_at: new Date(TEST_NOW), supersedes: null },
        })
        .execute();
    });
    const out = await lab.post(`/desk/imaging/${exam.id}/clips/${clip?.id}/out`, {});
    expect(out.statusCode).toBe(422);
    expect(out.body).toContain('A signed report stands on this clip');
    expect(await lab.clips(exam.id)).toHaveLength(1);
  });

  it('is changed and saved under its own examination alone', async () => {
    const [exam, other] = [await lab.exam(), await lab.exam()];
    await send(await orderedBytes(exam));
    const [clip] = await lab.clips(exam.id);
    const wrong = `/desk/imaging/${other.id}/clips/${clip?.id}`;
    expect((await lab.post(wrong, { role: 'rest' })).statusCode).toBe(404);
    expect((await lab.get(`${wrong}/file`)).statusCode).toBe(404);
    expect((await lab.get(`/desk/imaging/${exam.id}/clips/${clip?.id}/file`, 'front_desk')).statusCode).toBe(
      403,
    );
  });
});

async function visit(patientId: string): Promise<string> {
  return inClinic(lab.door, async ({ tx, clinicId }) => {
    const { ids } = lab.world.one;
    const { id } = await tx
      .insertInto('appointment')
      .values({
        clinic_id: clinicId,
        patient_id: patientId,
        service_id: ids['ultrasound-visit'] ?? '',
        site_id: ids.site ?? '',
        starts_at: new Date(TEST_NOW + 3_600_000),
        ends_at: new Date(TEST_NOW + 5_400_000),
        source: 'desk',
        price_minor: 1,
        currency: 'EUR',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  });
}
