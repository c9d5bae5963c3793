import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DicomJson } from '@rectus/sonography';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dicomBytes } from '../../../capabilities/imaging/testing.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { filesDirOf } from '../../../platform/files/index.ts';
import { type Answer, asParts, BOUNDARY, type Door, openDoor, STOW } from '../testing.ts';

let door: Door;
let machine: { id: string; token: string };
beforeAll(async () => {
  door = await openDoor();
  machine = await door.addMachine({ store: true });
});
afterAll(() => door.close());

const items = (answer: Answer, tag: string) => (answer.json()[tag]?.Value ?? []) as readonly DicomJson[];
const stored = (answer: Answer) => items(answer, '00081199').map((item) => item['00081155']?.Value?.[0]);
const reasons = (answer: Answer, tag = '00081198') =>
  items(answer, tag).map((item) => item['00081197']?.Value?.[0]);
const drafts = async () =>
  readdir(join(filesDirOf(door.world.platform.config), '.drafts')).catch(() => [] as string[]);
const rows = () =>
  inClinic(door.world.one.context, ({ tx }) =>
    tx.selectFrom('imaging_instance').select(['id', 'sop_uid', 'machine_id', 'metadata']).execute(),
  );
const refusals = () =>
  inClinic(door.world.one.context, ({ tx }) =>
    tx.selectFrom('imaging_refusal').select(['code', 'reason', 'machine_id']).orderBy('at').execute(),
  );

describe('a machine that stores clips', () => {
  it('is told which ones are here, and where they can be fetched', async () => {
    const study = randomUUID();
    const files = [await dicomBytes({ study }), await dicomBytes({ study, instance: 'two' })];
    const answer = await door.store(files, machine.token);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/dicom+json']);
    expect(stored(answer)).toHaveLength(2);
    expect(answer.json()['00081190']?.Value?.[0]).toMatch(/^http:\/\/one\.test\/dicomweb\/studies\/[\d.]+$/);
    const found = (await rows()).filter(({ sop_uid }) => stored(answer).includes(sop_uid));
    expect(found.map(({ machine_id }) => machine_id)).toEqual([machine.id, machine.id]);
    expect((found[0]?.metadata as DicomJson | undefined)?.['00100010']).toEqual({
      vr: 'PN',
      Value: [{ Alphabetic: 'SIMULATED^NOBODY' }],
    });
    expect(await drafts()).toEqual([]);
  });

  it('wakes nobody to send mail, which none of it queues', async () => {
    const woken: string[] = [];
    const wake = (job: string) => void woken.push(job);
    Object.assign(door.world.platform, { wake });
    await door.store([await dicomBytes()], machine.token);
    expect(woken).toEqual([]);
  });

  it('may send the same clip again; the same name with other bytes is refused', async () => {
    const study = randomUUID();
    const file = await dicomBytes({ study, instance: 'one' });
    const before = (await rows()).length;
    expect((await door.store([file], machine.token)).status).toBe(200);
    expect((await door.store([file, file], machine.token)).status).toBe(200);
    expect((await rows()).length).toBe(before + 1);
    const other = await dicomBytes({ study, instance: 'one', description: 'changed' });
    const answer = await door.store([other], machine.token);
    expect([answer.status, reasons(answer)]).toEqual([409, [0x0111]]);
    expect(answer.headers.warning).toMatch(/^299 rectus "/);
  });

  it('gets a word for each clip where some are taken and some not', async () => {
    const broken = (await dicomBytes()).slice(0, 20_000);
    const nothing = new TextEncoder().encode('this is a shopping list, not a clip at all');
    const answer = await door.store([await dicomBytes(), nothing, broken], machine.token);
    expect([answer.status, stored(answer).length]).toEqual([202, 1]);
    expect([reasons(answer), reasons(answer, '0008119A')]).toEqual([[0xc000], [0xc000]]);
    expect((await refusals()).map(({ code }) => code)).toEqual(
      expect.arrayContaining(['not-dicom', 'cut-off']),
    );
  });

  it('may send to the address of a study, which takes no other', async () => {
    const [one, other] = [await dicomBytes({ study: 'mine' }), await dicomBytes({ study: 'another' })];
    const first = await door.store([one], machine.token);
    const { pathname } = new URL(String(first.json()['00081190']?.Value?.[0]));
    const answer = await door.store([one, other], machine.token, pathname.slice('/dicomweb'.length));
    expect([answer.status, stored(answer).length, reasons(answer)]).toEqual([202, 1, [0xc003]]);
  });

  it('does not have to say how long a body is, nor send it quickly', async () => {
    const body = asParts([await dicomBytes()]);
    const slowly = (async function* () {
      for (let at = 0; at < body.length; at += 30_000) {
        yield body.subarray(at, at + 30_000);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    })();
    const answer = await door.ask('/studies', {
      method: 'POST',
      headers: { 'content-type': STOW },
      body: slowly,
      as: machine.token,
    });
    expect([answer.status, stored(answer).length]).toEqual([200, 1]);
  });
});

describe('a body that is not what it should be', () => {
  const post = (body: Buffer | AsyncIterable<Uint8Array>, type = STOW) =>
    door.ask('/studies', { method: 'POST', headers: { 'content-type': type }, body, as: machine.token });

  it('that ends in the middle keeps what was whole, and nothing of the rest', async () => {
    const [whole, half] = [await dicomBytes(), await dicomBytes()];
    const before = (await rows()).length;
    const answer = await post(asParts([whole, half], false).subarray(0, whole.length + half.length / 2));
    expect([answer.status, stored(answer).length, reasons(answer, '0008119A')]).toEqual([202, 1, [0xc000]]);
    expect((await rows()).length).toBe(before + 1);
    expect(await drafts()).toEqual([]);
  });

  it('whose connection breaks keeps what was whole, and the clinic sees that something came', async () => {
    const [whole, half] = [await dicomBytes(), await dicomBytes()];
    const before = (await rows()).length;
    const breaking = (async function* () {
      const body = asParts([whole, half]);
      yield body.subarray(0, whole.length + half.length / 2);
      await until(async () => (await rows()).length > before);
      throw new Error('the cable was pulled');
    })();
    await expect(post(breaking)).rejects.toThrow('cable');
    await until(async () =>
      (await refusals()).some(({ reason }) => /After 1 whole clip.*connection broke/.test(reason)),
    );
    expect((await rows()).length).toBe(before + 1);
    expect(await drafts()).toEqual([]);
  });

  it('with two gigabytes in one clip is refused before most of it came', async () => {
    let given = 0;
    const huge = (async function* () {
      yield Buffer.from(`--${BOUNDARY}\r\nContent-Type: application/dicom\r\n\r\n`);
      const piece = Buffer.alloc(1024 * 1024);
      for (; given < 2048; given++) yield piece;
    })();
    const answer = await post(huge);
    expect([answer.status, reasons(answer, '0008119A')]).toEqual([413, [0xa700]]);
    expect(answer.headers.warning).toContain('larger than 512 MB');
    expect(given).toBeLessThan(700);
    expect(await drafts()).toEqual([]);
  }, 60_000);

  it('is refused in words where it is of another kind', async () => {
    const json = await post(Buffer.from('{}'), 'application/dicom+json');
    expect([json.status, json.body.toString()]).toEqual([
      415,
      'Send multipart/related; type="application/dicom".\n',
    ]);
    const apart = await post(
      Buffer.from(''),
      `multipart/related; type="application/dicom+xml"; boundary=${BOUNDARY}`,
    );
    expect(apart.status).toBe(415);
    expect((await post(Buffer.from(''), 'multipart/related; type="application/dicom"')).status).toBe(400);
    expect((await post(Buffer.from('no parts'))).status).toBe(400);
    expect((await post(asParts([]))).status).toBe(400);
  });
});

describe('the door', () => {
  const file = dicomBytes();
  const store = async (as?: Parameters<Door['store']>[1]) => (await door.store([await file], as)).status;

  it('opens to a token that is in use and may store, and tells others how to ask', async () => {
    const reader = await door.addMachine({ read: true });
    const retired = await door.addMachine({ store: true, active: false });
    const elsewhere = await door.addMachine({ store: true }, door.world.other);
    expect(await store(machine.token)).toBe(200);
    expect(await store(reader.token)).toBe(403);
    const forged = `${machine.token.slice(0, -4)}AAAA`;
    for (const token of [forged, retired.token, elsewhere.token, 'x']) {
      const refused = await door.store([await file], token);
      expect([refused.status, refused.headers['www-authenticate']]).toEqual([
        401,
        'Bearer realm="dicomweb", error="invalid_token"',
      ]);
    }
    const nobody = await door.store([await file], undefined);
    expect([nobody.status, nobody.headers['www-authenticate']]).toEqual([401, 'Bearer realm="dicomweb"']);
  });

  it('opens to clinicians and owners, and not to a form of another site', async () => {
    expect(await store({ role: 'clinician' })).toBe(200);
    expect(await store({ role: 'owner' })).toBe(200);
    expect(await store({ role: 'front_desk' })).toBe(403);
    const foreign = await door.ask('/studies', {
      method: 'POST',
      headers: { 'content-type': STOW, origin: 'http://evil.test' },
      body: asParts([await file]),
      as: { role: 'owner' },
    });
    expect(foreign.status).toBe(403);
  });

  it('remembers when a machine was last heard of', async () => {
    const seen = await inClinic(door.world.one.context, ({ tx }) =>
      tx.selectFrom('imaging_machine').select('last_seen_at').where('id', '=', machine.id).executeTakeFirst(),
    );
    expect(seen?.last_seen_at).not.toBeNull();
  });
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('It did not come about within 4 s');
}
