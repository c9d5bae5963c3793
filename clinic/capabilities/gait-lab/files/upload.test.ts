import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { filesOf } from '../../../platform/files/index.ts';
import { readStudy } from '../core/study.ts';
import {
  type GaitWorld,
  gaitWorld,
  type PickedFile,
  standingFile,
  walkingFile,
} from '../testing/gait-world.ts';

let lab: GaitWorld;
const standing = standingFile();
const walking = walkingFile(3);
beforeAll(async () => {
  lab = await gaitWorld();
});
afterAll(() => lab.close());

const trials = async (id: string) =>
  (await inClinic(lab.world.one.context, (clinic) => readStudy(clinic, id)))?.trials ?? [];

async function upload(studyId: string, file: PickedFile) {
  const { id } = (await lab.announce(studyId, file)).json<{ id: string }>();
  return lab.sendPiece(studyId, id, 0, file.bytes);
}

describe('an upload', () => {
  it('goes in pieces, and goes on from where it was after a break', async () => {
    const id = await lab.open();
    const half = Math.floor(standing.bytes.length / 2);
    const begun = (await lab.announce(id, standing)).json<{ id: string }>();
    expect((await lab.sendPiece(id, begun.id, 0, standing.bytes.subarray(0, half))).json()).toMatchObject({
      status: 'uploading',
      received: half,
    });
    expect((await lab.get(`/desk/gait/${id}`)).body).toContain('% here');
    const again = (await lab.announce(id, standing)).json<{ id: string; received: number }>();
    expect(again).toMatchObject({ id: begun.id, received: half });
    const wrong = await lab.sendPiece(id, begun.id, half - 10, standing.bytes.subarray(half - 10));
    expect([wrong.statusCode, wrong.json()]).toMatchObject([409, { received: half }]);
    const last = await lab.sendPiece(id, begun.id, half, standing.bytes.subarray(half));
    expect(last.json()).toMatchObject({ status: 'ready', reason: null });
    const [file] = await trials(id);
    expect(file).toMatchObject({ role: 'standing', fileStatus: 'ready', name: 'standing.c3d' });
    expect(file?.facts?.measurements.massKg).toBeGreaterThan(40);
    const kept = await filesOf(lab.world.platform.config).read({
      clinicId: lab.world.one.clinic.id,
      sha256: file?.sha256 ?? '',
    });
    expect(kept.equals(Buffer.from(standing.bytes))).toBe(true);
    expect((await lab.announce(id, standing)).json()).toMatchObject({ id: begun.id, status: 'ready' });
    expect((await trials(id)).length).toBe(1);
  });

  it('whose draft was lost begins again', async () => {
    const id = await lab.open();
    const begun = (await lab.announce(id, standing)).json<{ id: string }>();
    await lab.sendPiece(id, begun.id, 0, standing.bytes.subarray(0, 5_000));
    await filesOf(lab.world.platform.config).removeDraft(begun.id);
    const lost = await lab.sendPiece(id, begun.id, 5_000, standing.bytes.subarray(5_000));
    expect([lost.statusCode, lost.json()]).toMatchObject([409, { received: 0 }]);
    expect((await lab.sendPiece(id, begun.id, 0, standing.bytes)).json()).toMatchObject({ status: 'ready' });
  });

  it('that changed on its way is not taken, and can be sent anew', async () => {
    const id = await lab.open();
    const begun = (await lab.announce(id, walking)).json<{ id: string }>();
    const damaged = walking.bytes.slice();
    damaged[9_000] = (damaged[9_000] ?? 0) ^ 255;
    const refused = await lab.sendPiece(id, begun.id, 0, damaged);
    expect([refused.statusCode, refused.json()]).toMatchObject([422, { received: 0 }]);
    expect((await lab.sendPiece(id, begun.id, 0, walking.bytes)).json()).toMatchObject({ status: 'ready' });
  });

  it('of something else than C3D says why, and is kept for the clinic to see', async () => {
    const id = await lab.open();
    const picture = {
      name: 'photo <of> the lab.jpg',
      bytes: Buffer.from('\xff\xd8\xff\xe0 not a walk at all'),
    };
    expect((await upload(id, picture)).json()).toMatchObject({ status: 'refused' });
    const [file] = await trials(id);
    expect(file?.refusedReason).toContain('This is not a C3D file');
    const page = (await lab.get(`/desk/gait/${id}`)).body;
    expect(page).toContain('cannot be used');
    expect(page).toContain('photo &lt;of> the lab.jpg');
  });

  it('of several has the session processed once, with the last of them, be that one of use or not', async () => {
    const id = await lab.open();
    const letter = { name: 'letter.c3d', bytes: Buffer.from('Dear colleague, thank you for the walk.') };
    const files = [standing, walking, letter];
    const begun: string[] = [];
    for (const file of files) begun.push((await lab.announce(id, file)).json<{ id: string }>().id);
    const stateAfter = async (index: number) => {
      await lab.sendPiece(id, begun[index] ?? '', 0, files[index]?.bytes ?? new Uint8Array());
      const study = await inClinic(lab.world.one.context, (clinic) => readStudy(clinic, id));
      return [study?.status, study?.run];
    };
    expect([await stateAfter(0), await stateAfter(1), await stateAfter(2)]).toEqual([
      ['draft', 0],
      ['draft', 0],
      ['processing', 1],
    ]);
  });

  it('that is cut off names the byte', async () => {
    const id = await lab.open();
    const cut = { name: 'cut.c3d', bytes: walking.bytes.subarray(0, 700) };
    const answer = (await upload(id, cut)).json<{ status: string; reason: string }>();
    expect(answer.status).toBe('refused');
    expect(answer.reason).toMatch(/C3D file.*(byte|[A-Z]+:)/);
  });

  it('is refused where it is empty, too large, not announced, or longer than announced', async () => {
    const id = await lab.open();
    const empty = await lab.announce(id, { name: 'empty.c3d', bytes: new Uint8Array() });
    expect([empty.statusCode, empty.json()]).toMatchObject([
      422,
      { error: expect.stringContaining('empty') },
    ]);
    const huge = await lab.post(`/desk/gait/${id}/uploads`, {
      name: 'h.c3d',
      size: '999999999999',
      sha256: '',
    });
    expect(huge.statusCode).toBe(413);
    const unknown = await lab.sendPiece(id, crypto.randomUUID(), 0, walking.bytes);
    expect(unknown.statusCode).toBe(404);
    const short = await lab.post(`/desk/gait/${id}/uploads`, { name: 's.c3d', size: '10', sha256: '' });
    const long = await lab.sendPiece(id, short.json<{ id: string }>().id, 0, walking.bytes.subarray(0, 50));
    expect(long.statusCode).toBe(413);
  });

  it('by a form without a picked file, or with a broken one, says so', async () => {
    const id = await lab.open();
    const none = await lab.sendForm(`/desk/gait/${id}/files`, []);
    expect((await lab.get(String(none.headers.location))).body).toContain('No file was picked.');
    const both = await lab.sendForm(`/desk/gait/${id}/files`, [
      walking,
      { name: 'notes.txt', bytes: Buffer.from('measured on Monday') },
    ]);
    const page = (await lab.get(String(both.headers.location))).body;
    expect(page).toContain('One file was taken.');
    expect(page).toContain('One file cannot be used: the list says why.');
    expect(both.headers.location).not.toContain('notes');
    const damaged = await lab.sendForm(`/desk/gait/${id}/files`, [
      { name: 'empty.c3d', bytes: new Uint8Array() },
    ]);
    expect((await lab.get(String(damaged.headers.location))).body).toContain('it holds not one byte');
  });

  it('is for staff who measure, and never for another clinic’s session', async () => {
    const id = await lab.open();
    const fields = { name: 'w.c3d', size: '10', sha256: '' };
    expect((await lab.post(`/desk/gait/${id}/uploads`, fields, 'front_desk')).statusCode).toBe(403);
    expect((await lab.post(`/desk/gait/${id}/uploads`, fields, null)).statusCode).toBe(401);
    expect((await lab.post(`/desk/gait/${crypto.randomUUID()}/uploads`, fields)).statusCode).toBe(404);
  });
});
