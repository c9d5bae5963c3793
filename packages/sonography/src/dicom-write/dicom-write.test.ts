import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import dicomParser from 'dicom-parser';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Clip, LumaFrame } from '../clip.ts';
import { CODEC_FILES, makeCodecs } from '../codecs/codecs.ts';
import { blockScene, makePhantom } from '../phantom/index.ts';
import { SonographyError } from '../sonography-error.ts';
import {
  type DicomElement,
  decimalString,
  type EncodeJpegLs,
  encodeRunLengths,
  JPEG_LS_ENCODER_FILE,
  openJpegLsEncoder,
  uidOf,
  WRITTEN_SYNTAX,
  writeDataSet,
  writeDicomFile,
  writeUltrasoundCine,
} from './index.ts';

const require = createRequire(import.meta.url);
const codecs = makeCodecs(async (file) => readFileSync(require.resolve(CODEC_FILES[file])));
const phantom = makePhantom({
  scene: blockScene({ lateralMm: 1 }),
  width: 160,
  height: 120,
  contraction: { restFrames: 2, onsetFrames: 3, holdFrames: 1, releaseFrames: 3 },
});
const names = { study: 'test study', series: '1', instance: '1' };
let jpegLs: EncodeJpegLs;

beforeAll(async () => {
  jpegLs = await openJpegLsEncoder(readFileSync(require.resolve(JPEG_LS_ENCODER_FILE)));
});

/** A PackBits reader of its own, for one segment. */
function unpack(bytes: Uint8Array): number[] {
  const out: number[] = [];
  for (let i = 64; i < bytes.length; ) {
    const n = bytes[i++] ?? 0;
    if (n < 128) for (let k = 0; k <= n; k++) out.push(bytes[i++] ?? 0);
    else if (n > 128) {
      for (let k = 0; k < 257 - n; k++) out.push(bytes[i] ?? 0);
      i++;
    }
  }
  return out;
}

describe('a written ultrasound clip', () => {
  test('says in its elements what it is, how long its frames last, and how large a pixel is', async () => {
    const data = dicomParser.parseDicom(await writeUltrasoundCine(phantom.clip, names));
    expect(data.string('x00080016')).toBe('1.2.840.10008.5.1.4.1.1.3.1');
    expect(data.string('x00100010')).toBe('SIMULATED^NOBODY');
    expect(data.string('x00280300')).toBe('YES');
    expect(data.intString('x00280008')).toBe(phantom.clip.frameCount);
    expect(data.floatString('x00181063')).toBeCloseTo(1000 / 30, 10);
    const region = data.elements.x00186011?.items?.[0]?.dataSet;
    expect(region?.uint16('x00186024')).toBe(3);
    expect(10 * (region?.double('x0018602c') ?? 0)).toBeCloseTo(
      phantom.clip.regions[0]?.scale?.lateral ?? 0,
      12,
    );
    expect(region?.uint32('x0018601c')).toBe(phantom.clip.regions[0]?.right);
  });

  test('keeps every pixel, stored as it is in either byte order', async () => {
    for (const pixels of ['explicit-little', 'explicit-big'] as const) {
      const file = await writeUltrasoundCine(phantom.clip, { ...names, pixels });
      const data = dicomParser.parseDicom(file);
      expect(data.uint16('x00280011')).toBe(160);
      const at = data.elements.x7fe00010?.dataOffset ?? 0;
      const size = 160 * 120;
      const third = file.subarray(at + 3 * size, at + 4 * size);
      expect(Buffer.compare(third, phantom.frameAt(3).luma)).toBe(0);
    }
  });

  test('keeps every pixel in run lengths and in JPEG-LS, each frame on its own', async () => {
    for (const pixels of ['rle', { jpegLs }] as const) {
      const file = await writeUltrasoundCine(phantom.clip, { ...names, pixels });
      const data = dicomParser.parseDicom(file);
      const element = data.elements.x7fe00010;
      if (!element) throw new Error('no pixels');
      expect(element.fragments).toHaveLength(phantom.clip.frameCount);
      const bytes = dicomParser.readEncapsulatedImageFrame(data, element, 5);
      const found =
        pixels === 'rle'
          ? Uint8Array.from(unpack(bytes).slice(0, 160 * 120))
          : Uint8Array.from((await codecs.open('jpeg-ls'))(bytes).samples);
      expect(Buffer.compare(found, phantom.frameAt(5).luma)).toBe(0);
    }
  });

  test('gives each frame its own time where they are not even', async () => {
    const times = Float64Array.from([0, 0.03, 0.07, 0.1]);
    const clip: Clip = { ...phantom.clip, frameCount: 4, times };
    const data = dicomParser.parseDicom(await writeUltrasoundCine(clip, names));
    expect(data.string('x00181065')).toMatch(/^0\\30\\40\\30/);
    expect(data.attributeTag('x00280009')).toBe('x00181065');
  });
});

test('a clip is refused that a file cannot say', async () => {
  for (const bad of [{ date: '12.3.2026' }, { patientName: 'A\\\\B' }, { time: '9:00' }])
    await expect(writeUltrasoundCine(phantom.clip, { ...names, ...bad })).rejects.toThrow(SonographyError);
});

describe('a data set', () => {
  test('refuses an element twice, and a file without identity', () => {
    const name: DicomElement = { tag: 0x00100010, vr: 'PN', value: 'A' };
    expect(() => writeDataSet([name, name])).toThrow(SonographyError);
    expect(() => writeDicomFile([name], WRITTEN_SYNTAX['explicit-little'])).toThrow(/UIDs/);
  });

  test('is read back by another parser as it was given, in both byte orders', () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(
        numbers,
        fc.double({ noNaN: true }),
        fc.string(),
        fc.boolean(),
        (shorts, double, text, big) => {
          const value = text.replace(/[^\p{L}\p{N} ]/gu, '').trim();
          const elements: DicomElement[] = [
            { tag: 0x00080016, vr: 'UI', value: '1.2.3' },
            { tag: 0x00080018, vr: 'UI', value: '1.2.3.4' },
            { tag: 0x00104000, vr: 'LT', value },
            { tag: 0x00280010, vr: 'US', value: shorts },
            {
              tag: 0x00186011,
              vr: 'SQ',
              value: { items: [[{ tag: 0x0018602c, vr: 'FD', value: [double] }], []] },
            },
          ];
          const syntax = WRITTEN_SYNTAX[big ? 'explicit-big' : 'explicit-little'];
          const data = dicomParser.parseDicom(writeDicomFile(elements.toReversed(), syntax));
          expect(shorts.map((_, n) => data.uint16('x00280010', n))).toEqual(shorts);
          const items = data.elements.x00186011?.items;
          expect(items).toHaveLength(2);
          expect(items?.[0]?.dataSet?.double('x0018602c')).toBe(double);
          const { dataOffset = 0, length = 0 } = data.elements.x00104000 ?? {};
          const stored = new TextDecoder().decode(data.byteArray.subarray(dataOffset, dataOffset + length));
          expect(stored.trim()).toBe(value);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('writes numbers as decimal strings of at most 16 characters that mean the same', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), (value) => {
        const text = decimalString(value);
        expect(text.length).toBeLessThanOrEqual(16);
        expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-8 + Number.MIN_VALUE);
      }),
    );
  });

  test('packs any frame into run lengths that unpack to it', () => {
    const frames = fc
      .tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 }))
      .chain(([width, height, greys]) =>
        fc
          .uint8Array({ minLength: width * height, maxLength: width * height, max: greys })
          .map((luma): LumaFrame => ({ width, height, luma })),
      );
    fc.assert(
      fc.property(frames, (frame) => {
        const bytes = encodeRunLengths(frame);
        expect(bytes.length % 2).toBe(0);
        expect(unpack(bytes).slice(0, frame.luma.length)).toEqual([...frame.luma]);
      }),
    );
  });
});

describe('an identifier made from a text', () => {
  test('is a valid UID, the same for the same text and another for another', () => {
    const made = new Set(Array.from({ length: 2000 }, (_, n) => uidOf(`study ${n}`)));
    expect(made.size).toBe(2000);
    for (const uid of made) expect(uid).toMatch(/^2\.25\.[1-9]\d{30,38}$/);
    expect(uidOf('study 7')).toBe([...made][7]);
  });
});
