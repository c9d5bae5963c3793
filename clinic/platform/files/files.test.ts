import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backupTo, restoreFrom } from '../backup/index.ts';
import { inClinic } from '../database/in-clinic.ts';
import { openPool } from '../database/pool.ts';
import { TEST_NOW, type TestWorld, testWorld } from '../database/testing.ts';
import { type FileStore, openFiles, sweepFiles } from './index.ts';

let world: TestWorld;
const folder = join(tmpdir(), `rectus-files-${randomUUID()}`);
const files: FileStore = openFiles(folder);
beforeAll(async () => {
  world = await testWorld();
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
const clinicId = () => world.one.clinic.id;

async function keep(bytes: Buffer): Promise<string> {
  const draft = randomUUID();
  await files.append(draft, 0, once(bytes), bytes.length);
  const sha256 = await files.hashOf(draft);
  await files.keep(draft, { clinicId: clinicId(), sha256 });
  return sha256;
}

function remember(sha256: string, status: 'ready' | 'uploading', changedAt = TEST_NOW): Promise<unknown> {
  return inClinic(world.one.context, ({ tx, clinicId }) =>
    tx
      .insertInto('stored_file')
      .values({
        clinic_id: clinicId,
        name: 'walk.c3d',
        media_type: 'model/c3d',
        size: 10,
        received: status === 'ready' ? 10 : 0,
        sha256,
        status,
        refused_reason: null,
        created_by: null,
        changed_at: new Date(changedAt),
      })
      .execute(),
  );
}

describe('a stored file', () => {
  it('arrives in pieces, bears its hash as its name, and is read whole or in part', async () => {
    const bytes = randomBytes(200_000);
    const draft = randomUUID();
    expect(await files.append(draft, 0, once(bytes.subarray(0, 70_000)), bytes.length)).toBe(70_000);
    expect(await files.append(draft, 70_000, once(bytes.subarray(70_000)), bytes.length)).toBe(200_000);
    const sha256 = await files.hashOf(draft);
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    await files.keep(draft, { clinicId: clinicId(), sha256 });
    expect(await readdir(join(folder, clinicId(), sha256.slice(0, 2)))).toEqual([sha256]);
    expect((await files.read({ clinicId: clinicId(), sha256 })).equals(bytes)).toBe(true);
    const part = await files.stream({ clinicId: clinicId(), sha256 }, { start: 5, end: 14 }).toArray();
    expect(Buffer.concat(part as Buffer[]).equals(bytes.subarray(5, 15))).toBe(true);
  });

  it('writes over what was never acknowledged, and says how much is here where a piece is missing', async () => {
    const draft = randomUUID();
    await files.append(draft, 0, once(Buffer.from('walkingXX')), 100);
    expect(await files.append(draft, 7, once(Buffer.from('!')), 100)).toBe(8);
    await expect(files.append(draft, 50, once(Buffer.from('?')), 100)).rejects.toMatchObject({
      problem: 'offset',
      bytes: 8,
    });
    await expect(files.append(randomUUID(), 3, once(Buffer.from('?')), 100)).rejects.toMatchObject({
      problem: 'offset',
      bytes: 0,
    });
    await expect(files.append(draft, 8, once(randomBytes(200)), 100)).rejects.toMatchObject({
      problem: 'too-large',
    });
  });

  it('never has a name that leads out of its folder', () => {
    expect(() => files.pathOf({ clinicId: '../../etc', sha256: 'a'.repeat(64) })).toThrow(RangeError);
    expect(() => files.pathOf({ clinicId: randomUUID(), sha256: '../passwd' })).toThrow(RangeError);
    expect(() => files.draftPath('../../x')).toThrow(RangeError);
  });
});

describe('the sweep', () => {
  it('removes what no row knows and what was given up, and nothing else', async () => {
    const [known, orphan] = [await keep(randomBytes(10)), await keep(randomBytes(10))];
    await remember(known, 'ready');
    await remember('0'.repeat(64), 'uploading', TEST_NOW - 49 * 3_600_000);
    const draft = randomUUID();
    await files.append(draft, 0, once(randomBytes(10)), 10);
    const aged = new Date(TEST_NOW - 50 * 3_600_000);
    for (const path of [
      files.pathOf({ clinicId: clinicId(), sha256: known }),
      files.pathOf({ clinicId: clinicId(), sha256: orphan }),
      files.draftPath(draft),
    ])
      await utimes(path, aged, aged);
    await sweepFiles(world.one.context, files, TEST_NOW);
    const left = (await files.list(clinicId())).map(({ name }) => name);
    expect([left.includes(known), left.includes(orphan)]).toEqual([true, false]);
    expect((await files.listDrafts()).map(({ name }) => name)).not.toContain(draft);
    const given = await inClinic(world.one.context, ({ tx }) =>
      tx.selectFrom('stored_file').select('status').where('sha256', '=', '0'.repeat(64)).execute(),
    );
    expect(given).toEqual([{ status: 'deleted' }]);
  });
});

describe('the back-up', () => {
  it('holds the files with their rows, and leaves drafts out', async () => {
    const sha256 = await keep(Buffer.from('a whole walk'));
    await remember(sha256, 'ready');
    await files.append(randomUUID(), 0, once(randomBytes(10)), 10);
    const sql = openPool(world.admin, 2);
    const target = join(folder, '..', `${randomUUID()}.rectus`);
    const elsewhere = join(tmpdir(), `rectus-files-${randomUUID()}`);
    try {
      await backupTo(target, { sql, filesDir: folder });
      await restoreFrom(target, { sql, filesDir: elsewhere, mode: 'replace' });
      const restored = openFiles(elsewhere);
      expect((await restored.read({ clinicId: clinicId(), sha256 })).toString()).toBe('a whole walk');
      expect(await restored.listDrafts()).toEqual([]);
    } finally {
      await sql.end();
      await rm(target, { force: true });
      await rm(elsewhere, { recursive: true, force: true });
    }
  });
});
