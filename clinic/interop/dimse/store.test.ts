import { randomUUID } from 'node:crypto';
import { type CineOptions, type EncodeJpegLs, WRITTEN_SYNTAX } from '@rectus/sonography';
import { nodeJpegEncoder, nodeJpegLsEncoder } from '@rectus/sonography/node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Exam } from '../../capabilities/imaging/index.ts';
import { dicomBytes, newExam, orderedBytes } from '../../capabilities/imaging/testing.ts';
import { inClinic } from '../../platform/database/in-clinic.ts';
import { TEST_NOW, type TestWorld, testWorld } from '../../platform/database/testing.ts';
import { type FileStore, filesOf } from '../../platform/files/index.ts';
import {
  addMachine,
  type Conversation,
  dataSetOf,
  echo,
  type Line,
  listenFor,
  rawConnection,
  type Sent,
  store,
  type TestListener,
  unitsOfStore,
  untilClosed,
} from './testing.ts';

const MULTI_FRAME = '1.2.840.10008.5.1.4.1.1.3.1';
const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';

let world: TestWorld;
let files: FileStore;
let listener: TestListener;
let machineId: string;
let exam: Exam;
let line: Line;

beforeAll(async () => {
  world = await testWorld();
  files = filesOf(world.platform.config);
  machineId = await addMachine(world.one, { called: 'HARBOUR', calling: 'SONO1' });
  exam = await newExam(world.actingAs(world.one, { kind: 'system', id: 'test' }), { now: TEST_NOW });
  listener = await listenFor(world);
  line = { port: listener.port, calling: 'SONO1', called: 'HARBOUR' };
});
afterAll(async () => {
  await listener.stop();
  await world.close();
});

const instances = () =>
  inClinic(world.one.context, ({ tx }) =>
    tx
      .selectFrom('imaging_instance as i')
      .innerJoin('stored_file as f', 'f.id', 'i.file_id')
      .select(['i.sop_uid', 'i.transfer_syntax', 'i.machine_id', 'i.study_id', 'i.source', 'f.sha256'])
      .execute(),
  );
const refusals = () =>
  inClinic(world.one.context, ({ tx }) =>
    tx.selectFrom('imaging_refusal').selectAll().orderBy('at', 'desc').execute(),
  );
const keptAs = async (sopInstance: string) => {
  const found = (await instances()).find((one) => one.sop_uid === sopInstance);
  if (!found?.sha256) throw new Error('Nothing of this name was kept');
  return {
    ...found,
    file: await files.read({ clinicId: world.one.clinic.id, sha256: found.sha256 }),
  };
};
const status = (said: Conversation) => ('answers' in said ? said.answers.at(-1)?.status : said);

/** A clip as bytes, and by what it is announced. */
async function clip(pixels: NonNullable<CineOptions['pixels']> = 'explicit-little'): Promise<Sent> {
  const file = Buffer.from(await orderedBytes(exam, { instance: randomUUID(), pixels }));
  return sentOf(file, WRITTEN_SYNTAX[typeof pixels === 'object' ? 'jpeg-ls' : pixels]);
}

/** Encapsulated pixels look alike whatever is in them: only the transfer syntax, which is announced, tells. */
async function jpegClip(): Promise<Sent> {
  const encode = await nodeJpegEncoder();
  const jpegLs: EncodeJpegLs = ({ width, height, luma }) =>
    encode({ width, height, channels: 1, bits: 8, samples: luma });
  return { ...(await clip({ jpegLs })), transferSyntax: JPEG_BASELINE };
}

function sentOf(file: Buffer, transferSyntax: string): Sent {
  const bytes = dataSetOf(file);
  // The element (0008,0018) in either byte order.
  const at = Math.max(bytes.indexOf('080018005549', 'hex'), bytes.indexOf('000800185549', 'hex'));
  const length =
    transferSyntax === WRITTEN_SYNTAX['explicit-big']
      ? bytes.readUInt16BE(at + 6)
      : bytes.readUInt16LE(at + 6);
  const sopInstance = bytes.toString('latin1', at + 8, at + 8 + length).replaceAll('\0', '');
  return { sopClass: MULTI_FRAME, sopInstance, transferSyntax, bytes };
}

describe('a machine that speaks DIMSE', () => {
  it('hears an echo', async () => {
    expect(status(await echo(line))).toBe(0x0000);
  });

  it.each([
    ['as they are', async () => clip('explicit-little')],
    ['with the high byte first', async () => clip('explicit-big')],
    ['run-length encoded', async () => clip('rle')],
    ['as JPEG-LS', async () => clip({ jpegLs: await nodeJpegLsEncoder() })],
    ['as JPEG', jpegClip],
  ])('sends frames %s, and every byte is kept as it was sent', async (_how, make) => {
    const sent = await make();
    expect(status(await store(line, sent))).toBe(0x0000);
    const kept = await keptAs(sent.sopInstance);
    expect(kept).toMatchObject({
      transfer_syntax: sent.transferSyntax,
      machine_id: machineId,
      source: 'c-store',
      study_id: exam.id,
    });
    expect(dataSetOf(kept.file).equals(sent.bytes)).toBe(true);
  });

  it('may send the same clip again, and nothing changes', async () => {
    const sent = await clip();
    await store(line, sent);
    const before = await instances();
    expect(status(await store(line, sent))).toBe(0x0000);
    expect(await instances()).toEqual(before);
  });

  it('is refused other bytes under the same name, and the desk sees that with the file', async () => {
    const sent = await clip();
    await store(line, sent);
    const changed = Buffer.from(sent.bytes);
    changed[changed.length - 10] = (changed.at(-10) ?? 0) ^ 0xff;
    expect(status(await store(line, { ...sent, bytes: changed }))).toBe(0xc000);
    expect((await refusals())[0]).toMatchObject({
      code: 'other-bytes',
      source: 'c-store',
      machine_id: machineId,
      sop_uid: sent.sopInstance,
      file_id: expect.any(String),
    });
  });

  it('is refused a data set that is another than it announced', async () => {
    const sent = await clip();
    expect(status(await store(line, { ...sent, sopInstance: '1.2.3.4' }))).toBe(0xa900);
    expect((await refusals())[0]).toMatchObject({ code: 'missing-uids', sop_uid: sent.sopInstance });
  });

  it('is told when a data set cannot be understood', async () => {
    const sent = await clip();
    const garbage = Buffer.from('no data set at all '.repeat(50));
    expect(status(await store(line, { ...sent, bytes: garbage }))).toBe(0xc000);
    expect(await refusals()).not.toHaveLength(0);
  });

  it('is noted as seen, so that its owner knows that it works', async () => {
    const seen = await inClinic(world.one.context, ({ tx }) =>
      tx.selectFrom('imaging_machine').select('last_seen_at').where('id', '=', machineId).executeTakeFirst(),
    );
    expect(seen?.last_seen_at).toBeInstanceOf(Date);
  });

  it('is turned away as soon as its owner took it out of use, even within a conversation', async () => {
    const away = await addMachine(world.one, { called: 'HARBOUR', calling: 'AWAY' });
    const sent = await clip();
    const units = unitsOfStore({ calling: 'AWAY', called: 'HARBOUR' }, sent);
    const socket = await rawConnection(listener.port);
    const answer = untilClosed(socket);
    socket.write(units[0] ?? '');
    await vi.waitUntil(() => socket.bytesRead > 0, { timeout: 5_000 });
    await inClinic(world.one.context, ({ tx }) =>
      tx.updateTable('imaging_machine').set({ active: false }).where('id', '=', away).execute(),
    );
    for (const unit of units.slice(1, -1)) socket.write(unit);
    await answer;
    expect((await instances()).some((one) => one.sop_uid === sent.sopInstance)).toBe(false);
    expect(await echo({ ...line, calling: 'AWAY' })).toHaveProperty('rejected');
  });

  it('whose connection breaks in the middle leaves nothing behind', async () => {
    const sent = await clip();
    const before = [await instances(), await refusals()];
    const socket = await rawConnection(listener.port);
    const [association = '', ...units] = unitsOfStore(line, sent);
    socket.on('data', () => {}).write(association);
    await vi.waitUntil(() => socket.bytesRead > 0, { timeout: 5_000 });
    socket.write(Buffer.concat(units.slice(0, 3)));
    await vi.waitUntil(async () => (await files.listDrafts()).length > 0, { timeout: 5_000 });
    socket.destroy();
    await vi.waitUntil(async () => (await files.listDrafts()).length === 0, { timeout: 5_000 });
    expect([await instances(), await refusals()]).toEqual(before);
    expect(status(await store(line, sent))).toBe(0x0000);
  });
});

describe('a name that is not known', () => {
  const events = (action: string) =>
    inClinic(world.one.context, ({ tx }) =>
      tx.selectFrom('audit_event').select(['detail']).where('action', '=', action).execute(),
    );

  it('is refused as the one who is called, or as the one who calls', async () => {
    expect(await echo({ ...line, called: 'NOBODY' })).toEqual({
      rejected: { result: 1, source: 1, reason: 7 },
    });
    expect(await echo({ ...line, calling: 'STRANGER' })).toEqual({
      rejected: { result: 1, source: 1, reason: 3 },
    });
    expect(listener.said.filter((said) => said.includes('NOBODY'))).toHaveLength(1);
  });

  it('is written into the clinic’s log, once a minute however often it calls', async () => {
    const calls = () => Promise.all([1, 2, 3].map(() => echo({ ...line, calling: 'KNOCKING' })));
    await calls();
    const noted = async () =>
      (await events('machine.refused')).filter(({ detail }) => detail.title === 'KNOCKING').length;
    expect(await noted()).toBe(1);
    world.clock.set(TEST_NOW + 61_000);
    await calls();
    expect(await noted()).toBe(2);
  });

  it('is one that may not store, one of another clinic, and one in other letters', async () => {
    await addMachine(world.one, { called: 'HARBOUR', calling: 'READER', mayStore: false });
    await addMachine(world.other, { called: 'HILL', calling: 'SONO9' });
    for (const calling of ['READER', 'SONO9', 'sono1'])
      expect(await echo({ ...line, calling })).toMatchObject({ rejected: { reason: 3 } });
    expect(status(await echo({ ...line, calling: 'SONO9', called: 'HILL' }))).toBe(0x0000);
  });

  it('gets nothing to the worklist or into the store by going on without being let in', async () => {
    const sent = await clip();
    const socket = await rawConnection(listener.port);
    const closed = untilClosed(socket);
    socket.write(Buffer.concat(unitsOfStore({ ...line, calling: 'STRANGER' }, sent)));
    await closed;
    expect((await instances()).some((one) => one.sop_uid === sent.sopInstance)).toBe(false);
    expect(await files.listDrafts()).toEqual([]);
  });
});

describe('a clip of a machine that nobody ordered', () => {
  it('is kept and waits', async () => {
    const file = Buffer.from(await dicomBytes({ patientName: 'Prado^Rita' }));
    const sent = sentOf(file, WRITTEN_SYNTAX['explicit-little']);
    expect(status(await store(line, sent))).toBe(0x0000);
    expect(await keptAs(sent.sopInstance)).toMatchObject({ study_id: null });
  });
});
