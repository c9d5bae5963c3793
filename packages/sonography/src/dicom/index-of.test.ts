import { describe, expect, it } from 'vitest';
import { nodeCodecs, nodeJpegLsEncoder } from '../../node/codecs.ts';
import { type CineOptions, clipOfLuma, indexDicom, readDicom, writeUltrasoundCine } from '../index.ts';

const frames = [10, 90, 200].map((grey, n) => ({
  width: 12,
  height: 8,
  luma: Uint8Array.from({ length: 96 }, (_, at) => grey + ((at * (n + 1)) % 17)),
}));
const clip = clipOfLuma(frames, Float64Array.of(0, 0.04, 0.08));

function write(options: Partial<CineOptions> = {}): Promise<Uint8Array> {
  return writeUltrasoundCine(clip, { study: 'a', series: 'b', instance: 'c', ...options });
}

/** The bytes that an index points at, joined. */
function pointedAt(file: Uint8Array, range: readonly number[]): number[] {
  const bytes: number[] = [];
  for (let n = 0; n < range.length; n += 2) {
    const [offset = 0, length = 0] = range.slice(n);
    bytes.push(...file.subarray(offset, offset + length));
  }
  return bytes;
}

describe('the index of a DICOM file', () => {
  it('points at the bytes of every frame, however they are stored', async () => {
    const jpegLs = await nodeJpegLsEncoder();
    for (const pixels of ['explicit-little', 'explicit-big', 'rle', { jpegLs }] as const) {
      const file = await write({ pixels });
      const index = await indexDicom(file);
      const read = await readDicom(file, nodeCodecs());
      expect(index.pictures?.frameIndex).toHaveLength(3);
      index.pictures?.frameIndex.forEach((range, frame) => {
        expect(pointedAt(file, range)).toEqual([...read.storedFrame(frame)]);
      });
    }
  });

  it('joins a frame that was stored in several pieces', async () => {
    const file = await write({ pixels: { jpegLs: await nodeJpegLsEncoder() } });
    const cut = splitFirstFragment(file);
    const index = await indexDicom(cut);
    const whole = await readDicom(file, nodeCodecs());
    expect(index.pictures?.frameIndex.map((range) => range.length)).toEqual([4, 2, 2]);
    expect(pointedAt(cut, index.pictures?.frameIndex[0] ?? [])).toEqual([...whole.storedFrame(0)]);
  });

  it('says whose the file is, of which order, and when its frames were taken', async () => {
    const file = await write({
      patientName: 'Prado^Rita',
      patientId: 'P1',
      birthDate: '19900514',
      accession: 'US1001',
      studyUid: '1.2.3',
    });
    const index = await indexDicom(file);
    expect(index).toMatchObject({
      uids: { study: '1.2.3', sopClass: '1.2.840.10008.5.1.4.1.1.3.1' },
      missing: [],
      accession: 'US1001',
      problem: null,
      pictures: { times: [0, 0.04, 0.08], about: { patientName: 'Prado^Rita', birthDate: '19900514' } },
    });
  });

  it('knows a file that was cut off, wherever that was', async () => {
    for (const pixels of ['explicit-little', 'rle'] as const) {
      const file = await write({ pixels });
      for (const left of [0.5, 0.7, 0.9, 0.99]) {
        const index = await indexDicom(file.slice(0, Math.floor(file.length * left)));
        expect(index.problem?.code, `${left} of a file in ${pixels}`).toBe('cut-off');
        expect(index.uids.instance).not.toBeNull();
      }
    }
  });

  it('names a file without pictures, and refuses one that is none', async () => {
    await expect(indexDicom(new TextEncoder().encode('a letter to the clinic'))).rejects.toMatchObject({
      code: 'not-this-format',
    });
  });
});

/** The same file, its first fragment stored as two. */
function splitFirstFragment(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const isItem = (at: number) => view.getUint32(at, true) === 0xe000fffe;
  let at = 0;
  while (!isItem(at)) at += 1;
  // The offset table is emptied: it knows nothing of the new piece.
  const table = at;
  at += 8 + view.getUint32(at + 4, true);
  const length = view.getUint32(at + 4, true);
  const half = (length >> 2) * 2;
  const item = (size: number) => {
    const header = new DataView(new ArrayBuffer(8));
    header.setUint32(0, 0xe000fffe, true);
    header.setUint32(4, size, true);
    return new Uint8Array(header.buffer);
  };
  const data = file.subarray(at + 8, at + 8 + length);
  const parts = [
    file.subarray(0, table),
    item(0),
    item(half),
    data.subarray(0, half),
    item(length - half),
    data.subarray(half),
    file.subarray(at + 8 + length),
  ];
  return new Uint8Array(parts.flatMap((part) => [...part]));
}
