import { randomUUID } from 'node:crypto';
import { type DicomElement, type DicomJson, readDicom, writeDicomFile } from '@rectus/sonography';
import { nodeCodecs } from '@rectus/sonography/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dicomBytes, smallClip } from '../../../capabilities/imaging/testing.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type Door, openDoor, partsIn } from '../testing.ts';

const FILES = 'multipart/related; type="application/dicom"; transfer-syntax=*';
const STORED = 'multipart/related; type="application/octet-stream"; transfer-syntax=*';
const PLAIN = 'multipart/related; type="application/octet-stream"';
const RLE = '1.2.840.10008.1.2.5';
const [HEIGHT, FRAMES] = [180, 8];

let door: Door;
let token: string;
let native: { bytes: Buffer; path: string; study: string; series: string };
let packed: typeof native;
beforeAll(async () => {
  door = await openDoor();
  token = (await door.addMachine({ store: true, read: true })).token;
  native = await put(await dicomBytes({ study: 'a', series: 'one' }));
  packed = await put(await dicomBytes({ study: 'a', series: 'two', pixels: 'rle' }));
});
afterAll(() => door.close());

async function put(bytes: Uint8Array) {
  const answer = await door.store([bytes], token);
  const [item] = (answer.json()['00081199']?.Value ?? []) as readonly DicomJson[];
  const path = new URL(String(item?.['00081190']?.Value?.[0])).pathname.slice('/dicomweb'.length);
  const [, , study = '', , series = ''] = path.split('/');
  return {
    bytes: Buffer.from(bytes),
    path,
    study: `/studies/${study}`,
    series: `/studies/${study}/series/${series}`,
  };
}

describe('files', () => {
  it('of a study, a series or an instance come as they were sent', async () => {
    for (const [path, expected] of [
      [native.study, [native.bytes, packed.bytes]],
      [packed.series, [packed.bytes]],
      [native.path, [native.bytes]],
    ] as const) {
      const answer = await door.get(path, token, FILES);
      expect([answer.status, Number(answer.headers['content-length'])]).toEqual([200, answer.body.length]);
      const parts = await partsIn(answer);
      expect(parts.map(({ bytes }) => bytes.length).toSorted()).toEqual(
        expected.map(({ length }) => length).toSorted(),
      );
      for (const bytes of expected) expect(parts.some((part) => part.bytes.equals(bytes))).toBe(true);
    }
    const [part] = await partsIn(await door.get(packed.path, token, FILES));
    expect(part?.type).toBe(`application/dicom; transfer-syntax=${RLE}`);
  });

  it('may come alone, and in pieces', async () => {
    const whole = await door.get(native.path, token, 'application/dicom');
    expect(whole.body.equals(native.bytes)).toBe(true);
    const piece = await door.ask(native.path, {
      as: token,
      headers: { accept: 'application/dicom', range: 'bytes=100-199' },
    });
    expect([piece.status, piece.headers['content-range']]).toEqual([
      206,
      `bytes 100-199/${native.bytes.length}`,
    ]);
    expect(piece.body.equals(native.bytes.subarray(100, 200))).toBe(true);
    const beyond = await door.ask(native.path, {
      as: token,
      headers: { accept: 'application/dicom', range: 'bytes=999999999-' },
    });
    expect(beyond.status).toBe(416);
  });

  it('are not made into something else', async () => {
    const jpeg = 'multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.4.50';
    for (const accept of [jpeg, 'application/dicom+xml', 'application/zip'])
      expect((await door.get(native.path, token, accept)).status).toBe(406);
  });
});

describe('metadata', () => {
  it('of a study holds every instance, without pixels', async () => {
    const answer = await door.get(`${native.study}/metadata`, token, 'application/dicom+json');
    expect(answer.json<DicomJson[]>()).toHaveLength(2);
    const [one] = (await door.get(`${native.path}/metadata`, token)).json<DicomJson[]>();
    expect(one).toMatchObject({
      '00280010': { vr: 'US', Value: [HEIGHT] },
      '00280008': { vr: 'IS', Value: [FRAMES] },
      '00186011': { vr: 'SQ' },
    });
    expect(one?.['7FE00010']).toBeUndefined();
    expect((await door.get(`${native.series}/metadata`, token)).json()).toHaveLength(1);
  });

  it('says where long values can be fetched, and they can', async () => {
    const long = Uint8Array.from({ length: 4_000 }, (_, n) => n % 256);
    const extra: DicomElement[] = [{ tag: 0x00091010, vr: 'OB', value: long }];
    const { path } = await put(withElements(extra));
    const [json] = (await door.get(`${path}/metadata`, token)).json<DicomJson[]>();
    const address = String(json?.['00091010']?.BulkDataURI);
    expect(address).toBe(`http://one.test/dicomweb${path}/bulkdata/00091010`);
    const below = new URL(address).pathname.slice('/dicomweb'.length);
    expect((await door.get(below, token, 'application/octet-stream')).body.equals(Buffer.from(long))).toBe(
      true,
    );
    const [part] = await partsIn(await door.get(below, token));
    expect(part?.bytes.equals(Buffer.from(long))).toBe(true);
    expect((await door.get(`${path}/bulkdata/00091099`, token)).status).toBe(404);
  });
});

/** A picture of one grey, with more elements than ours have. */
function withElements(extra: readonly DicomElement[]): Uint8Array {
  const text = (tag: number, vr: string, value: string): DicomElement => ({ tag, vr, value });
  const uid = () => `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;
  return writeDicomFile(
    [
      ...[text(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.6.1'), text(0x00080018, 'UI', uid())],
      ...[text(0x00080060, 'CS', 'US'), text(0x0020000d, 'UI', uid()), text(0x0020000e, 'UI', uid())],
      ...[0x00280010, 0x00280011].map((tag): DicomElement => ({ tag, vr: 'US', value: [4] })),
      ...[0x00280100, 0x00280101].map((tag): DicomElement => ({ tag, vr: 'US', value: [8] })),
      { tag: 0x00280002, vr: 'US', value: [1] },
      text(0x00280004, 'CS', 'MONOCHROME2'),
      { tag: 0x7fe00010, vr: 'OB', value: new Uint8Array(16).fill(9) },
      ...extra,
    ],
    '1.2.840.10008.1.2.1',
  );
}

describe('frames', () => {
  const lumaOf = async (frame: number) => Buffer.from((await (await smallClip()).frame(frame)).luma);

  it('come as they are stored, one or many in a request', async () => {
    const one = await partsIn(await door.get(`${native.path}/frames/3`, token, STORED));
    expect(one[0]?.bytes.equals(await lumaOf(2))).toBe(true);
    const answer = await door.get(`${packed.path}/frames/8,1,8`, token, STORED);
    expect(Number(answer.headers['content-length'])).toBe(answer.body.length);
    const many = await partsIn(answer);
    const clip = await readDicom(packed.bytes, nodeCodecs());
    expect(many.map(({ bytes }) => bytes.equals(Buffer.from(clip.storedFrame(7))))).toEqual([
      true,
      false,
      true,
    ]);
    expect(many[0]?.type).toBe(`application/octet-stream; transfer-syntax=${RLE}`);
  });

  it('may be asked for by the hundred in one request', async () => {
    const list = Array.from({ length: 300 }, (_, n) => 1 + (n % FRAMES)).join();
    const answer = await door.get(`${native.path}/frames/${list}`, token, STORED);
    expect(Number(answer.headers['content-length'])).toBe(answer.body.length);
    expect(await partsIn(answer)).toHaveLength(300);
  });

  it('are decoded for whoever takes plain pixels only', async () => {
    const [part] = await partsIn(await door.get(`${packed.path}/frames/5`, token, PLAIN));
    expect(part?.type).toBe('application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1');
    expect(part?.bytes.equals(await lumaOf(4))).toBe(true);
    const alone = await door.get(`${packed.path}/frames/5`, token, 'application/octet-stream');
    expect(alone.body.equals(await lumaOf(4))).toBe(true);
  });

  it('say of which kind they are where that is asked for', async () => {
    const own = await door.get(`${packed.path}/frames/1`, token, 'multipart/related; type="image/*"');
    expect((await partsIn(own))[0]?.type).toBe(`image/dicom-rle; transfer-syntax=${RLE}`);
    const jpeg = await door.get(`${packed.path}/frames/1`, token, 'multipart/related; type="image/jpeg"');
    expect(jpeg.status).toBe(406);
    expect((await door.get(`${packed.path}/frames/1,2`, token, 'application/octet-stream')).status).toBe(406);
  });

  it('that are not there are not found', async () => {
    for (const [list, status] of [
      ['9', 404],
      ['0', 404],
      ['1,99', 404],
      ['x', 400],
      ['1,,2', 400],
      ['1/nothing', 404],
    ] as const)
      expect((await door.get(`${native.path}/frames/${list}`, token, STORED)).status, list).toBe(status);
    expect((await door.get(`${native.series}/instances/1.2.3/frames/1`, token)).status).toBe(404);
    expect((await door.get('/studies/1.2.3', token)).status).toBe(404);
  });

  it('that a program has already are not sent again', async () => {
    const first = await door.get(`${native.path}/frames/1`, token, STORED);
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const headers = { accept: STORED, 'if-none-match': String(first.headers.etag) };
    const again = await door.ask(`${native.path}/frames/1`, { as: token, headers });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    const other = await door.ask(`${native.path}/frames/2`, { as: token, headers });
    expect(other.status).toBe(200);
  });
});

describe('pictures', () => {
  it('are JPEG or PNG, as large and as bright as was asked', async () => {
    const jpeg = await door.get(`${packed.path}/rendered`, token);
    expect([jpeg.headers['content-type'], jpeg.body.readUInt16BE(0)]).toEqual(['image/jpeg', 0xffd8]);
    const png = await door.get(
      `${packed.path}/frames/4/rendered?viewport=120,120&window=128,64,linear`,
      token,
      'image/png',
    );
    expect([png.headers['content-type'], png.body.readUInt32BE(16), png.body.readUInt32BE(20)]).toEqual([
      'image/png',
      120,
      90,
    ]);
    expect((await door.get(`${packed.path}/rendered`, token, 'image/gif')).status).toBe(406);
    for (const wrong of ['viewport=x', 'window=1', 'quality=0'])
      expect((await door.get(`${packed.path}/rendered?${wrong}`, token)).status, wrong).toBe(400);
  });
});

describe('what may be fetched', () => {
  it('is nothing that was set aside, nothing of another clinic, and nothing without the right to', async () => {
    const gone = await put(await dicomBytes());
    await inClinic(door.world.one.context, ({ tx }) =>
      tx
        .updateTable('imaging_instance')
        .set({ set_aside_at: new Date() })
        .where('sop_uid', '=', gone.path.split('/').at(-1) ?? '')
        .execute(),
    );
    for (const below of ['', '/metadata', '/frames/1', '/rendered', '/bulkdata/00091010'])
      expect((await door.get(`${gone.path}${below}`, token)).status, below).toBe(404);
    const other = await door.addMachine({ read: true }, door.world.other);
    expect((await door.ask(native.path, { as: other.token, host: 'other.test' })).status).toBe(404);
    const writer = await door.addMachine({ store: true });
    expect((await door.get(native.path, writer.token)).status).toBe(403);
    expect((await door.get(native.path, { role: 'front_desk' })).status).toBe(403);
  });

  it('is written down by ids, once for a clip that is played', async () => {
    const reader = await door.addMachine({ read: true });
    for (let frame = 1; frame <= FRAMES; frame++)
      await door.get(`${native.path}/frames/${frame}`, reader.token, STORED);
    const events = await inClinic(door.world.one.context, ({ tx }) =>
      tx
        .selectFrom('audit_event')
        .select(['action', 'detail'])
        .where('actor_id', '=', `machine:${reader.id}`)
        .execute(),
    );
    expect(events).toEqual([
      { action: 'clips.retrieved', detail: { how: 'frames', clips: [expect.any(String)] } },
    ]);
  });
});
