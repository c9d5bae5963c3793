import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { filesOf } from '../../../platform/files/index.ts';
import { readStudy } from '../core/study.ts';
import { type GaitWorld, gaitWorld, standingFile } from '../testing/gait-world.ts';

let lab: GaitWorld;
beforeAll(async () => {
  lab = await gaitWorld();
});
afterAll(() => lab.close());

const standing = standingFile('Ständing “1”.c3d');
const trialsOf = async (id: string) =>
  (await inClinic(lab.world.one.context, (clinic) => readStudy(clinic, id)))?.trials ?? [];
const downloads = () =>
  inClinic(lab.world.one.context, ({ tx }) =>
    tx.selectFrom('audit_event').selectAll().where('action', '=', 'file.downloaded').execute(),
  );

async function uploaded(file = standing): Promise<{ readonly id: string; readonly url: string }> {
  const id = await lab.open();
  await lab.sendForm(`/desk/gait/${id}/files`, [file]);
  const [trial] = await trialsOf(id);
  return { id, url: `/desk/gait/${id}/files/${trial?.fileId}` };
}

describe('an original file', () => {
  it('comes back byte for byte under its own name, and who took it is on record', async () => {
    const { id, url } = await uploaded();
    const saved = await lab.get(url);
    expect(saved.statusCode).toBe(200);
    expect(Buffer.compare(saved.rawPayload, Buffer.from(standing.bytes))).toBe(0);
    expect(saved.headers['content-length']).toBe(String(standing.bytes.length));
    expect(saved.headers['content-disposition']).toBe(
      `attachment; filename="Standing _1_.c3d"; filename*=UTF-8''St%C3%A4nding%20%E2%80%9C1%E2%80%9D.c3d`,
    );
    expect(saved.headers['cache-control']).toBe('no-store');
    expect((await downloads()).at(-1)).toMatchObject({ subject_kind: 'file', detail: { study: id } });
    const hash = createHash('sha256').update(standing.bytes).digest('hex');
    expect((await lab.get(`/desk/gait/${id}`)).body).toContain(hash);
  });

  it('that cannot be used can still be saved, for whoever looks into it', async () => {
    const { url } = await uploaded({ name: 'notes.c3d', bytes: new TextEncoder().encode('not a recording') });
    expect((await lab.get(url)).body).toBe('not a recording');
  });

  it('is given to clinicians and owners of its clinic alone, and only through its own session', async () => {
    const [one, other] = [await uploaded(), await uploaded()];
    const before = (await downloads()).length;
    expect((await lab.get(one.url, 'front_desk')).statusCode).toBe(403);
    expect((await lab.get(one.url, null)).statusCode).toBe(303);
    expect((await lab.get(one.url, 'owner', 'other.test')).statusCode).toBe(404);
    const [trial] = await trialsOf(one.id);
    expect((await lab.get(`/desk/gait/${other.id}/files/${trial?.fileId}`)).statusCode).toBe(404);
    expect(await downloads()).toHaveLength(before);
  });

  it('is judged in no session but its own, and never from another clinic', async () => {
    const [one, other] = [await uploaded(), await uploaded()];
    const [trial] = await trialsOf(one.id);
    const judged = { role: 'other', reason: 'Mine now' };
    const through = await lab.post(`/desk/gait/${other.id}/files/${trial?.fileId}`, judged);
    const foreign = await lab.app.inject({
      method: 'POST',
      url: one.url,
      headers: {
        host: 'other.test',
        'x-role': 'owner',
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: new URLSearchParams(judged).toString(),
    });
    expect([through.statusCode, foreign.statusCode]).toEqual([404, 404]);
    expect((await trialsOf(one.id))[0]).toMatchObject({ state: 'accepted', role: 'standing' });
  });

  it('that is gone from the disk is said to be gone', async () => {
    const { id, url } = await uploaded({
      ...standing,
      bytes: standingFile('other.c3d').bytes.slice(0, -512),
    });
    const [trial] = await trialsOf(id);
    const files = filesOf(lab.world.platform.config);
    rmSync(files.pathOf({ clinicId: lab.world.one.context.clinicId, sha256: trial?.sha256 ?? '' }));
    const answer = await lab.get(url);
    expect([answer.statusCode, answer.body.includes('not on the disk any more')]).toEqual([410, true]);
  });
});
