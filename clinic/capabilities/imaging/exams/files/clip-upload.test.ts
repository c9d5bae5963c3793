import { encodePng } from '@rectus/sonography';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dicomBytes, smallClip } from '../../testing.ts';
import { CLINICIAN, type ExamsWorld, examsWorld } from '../exams-world.ts';

let lab: ExamsWorld;
beforeAll(async () => {
  lab = await examsWorld();
});
afterAll(() => lab.close());

describe('a clip that a person puts onto an examination', () => {
  it('goes in pieces, goes on after a break, and belongs to the examination', async () => {
    const exam = await lab.exam();
    const file = { name: 'thigh.dcm', bytes: await dicomBytes() };
    const half = Math.floor(file.bytes.length / 2);
    const { id } = (await lab.announce(exam.id, file)).json<{ id: string }>();
    await lab.sendPiece(exam.id, id, 0, file.bytes.subarray(0, half));
    expect((await lab.get(`/desk/imaging/${exam.id}`)).body).toContain('of it are here');
    expect((await lab.announce(exam.id, file)).json()).toMatchObject({ id, received: half });
    const last = await lab.sendPiece(exam.id, id, half, file.bytes.subarray(half));
    expect(last.json()).toMatchObject({ status: 'ready', reason: null });
    const [clip] = await lab.clips(exam.id);
    expect(clip).toMatchObject({ source: 'upload', matchedBy: CLINICIAN, frames: 8 });
    const saved = await lab.get(`/desk/imaging/${exam.id}/clips/${clip?.id}/file`);
    expect(saved.rawPayload.equals(Buffer.from(file.bytes))).toBe(true);
    expect(saved.headers['content-disposition']).toContain('thigh.dcm');
  });

  it('of two gigabytes is refused when it is announced, in words', async () => {
    const exam = await lab.exam();
    const huge = await lab.post(`/desk/imaging/${exam.id}/uploads`, {
      ...{ name: 'long.dcm', size: String(2 * 1024 ** 3), sha256: '' },
    });
    expect(huge.statusCode).toBe(413);
    expect(huge.json<{ error: string }>().error).toContain('larger than 512 MB');
  });

  it('may be several, with pictures among them, by a form without a script', async () => {
    const exam = await lab.exam();
    const sent = await lab.sendForm(`/desk/imaging/${exam.id}/files`, [
      { name: 'clip.dcm', bytes: await dicomBytes() },
      { name: 'still.png', bytes: encodePng(await (await smallClip()).frame(0)) },
      { name: 'holiday.mp4', bytes: Buffer.from(`\0\0\0\x18ftypisom${'x'.repeat(300)}`) },
    ]);
    const page = (await lab.get(String(sent.headers.location))).body;
    expect(page).toContain('2 files were taken.');
    expect(page).toContain('One file cannot be used');
    expect(page).toContain('This is a video.');
    expect((await lab.clips(exam.id)).map(({ format }) => format).sort()).toEqual(['dicom', 'still']);
  });

  it('that another examination had to let go of first can be sent again', async () => {
    const [exam, other] = [await lab.exam(), await lab.exam()];
    const file = { name: 'thigh.dcm', bytes: await dicomBytes() };
    const upload = async (examId: string) => {
      const { id } = (await lab.announce(examId, file)).json<{ id: string }>();
      return (await lab.sendPiece(examId, id, 0, file.bytes)).json<{ status: string }>().status;
    };
    expect([await upload(other.id), await upload(exam.id)]).toEqual(['ready', 'refused']);
    expect((await lab.get(`/desk/imaging/${exam.id}`)).body).toContain('part of another examination');
    const [clip] = await lab.clips(other.id);
    await lab.post(`/desk/imaging/${other.id}/clips/${clip?.id}/out`, {});
    expect(await upload(exam.id)).toBe('ready');
    expect((await lab.get(`/desk/imaging/${exam.id}`)).body).not.toContain('part of another examination');
  });

  it('is for staff who examine, and never for a gait session or another clinic', async () => {
    const exam = await lab.exam();
    const fields = { name: 'a.dcm', size: '10', sha256: '' };
    const url = `/desk/imaging/${exam.id}`;
    expect((await lab.post(`${url}/uploads`, fields, 'front_desk')).statusCode).toBe(403);
    expect((await lab.post(`${url}/uploads`, fields, null)).statusCode).toBe(401);
    expect((await lab.get(url, 'clinician', 'other.test')).statusCode).toBe(404);
    expect((await lab.post(`/desk/imaging/${crypto.randomUUID()}/uploads`, fields)).statusCode).toBe(404);
  });
});
