import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { damaged, seeded } from '../../testing/damage.ts';
import { describeWith, hasUltrasoundData, ultrasoundFile } from '../../testing/shared-data.ts';
import { type DicomElement, writeDataSet, writeDicomFile } from '../dicom-write/index.ts';
import { SonographyError } from '../sonography-error.ts';
import { bulkOf, dicomJson } from './json.ts';
import { valuesOf } from './json-values.ts';

const EXPLICIT = '1.2.840.10008.1.2.1';
const BIG = '1.2.840.10008.1.2.2';
const identity: readonly DicomElement[] = [
  { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.6.1' },
  { tag: 0x00080018, vr: 'UI', value: '1.2.3.4' },
];
const noDictionary = () => null;
const jsonOf = (elements: readonly DicomElement[], syntax = EXPLICIT) =>
  dicomJson(writeDicomFile([...identity, ...elements], syntax), noDictionary);
const ascii = (text: string) => new TextEncoder().encode(text);

describe('an element as JSON', () => {
  it('of numbers holds numbers, in either byte order', async () => {
    const elements: DicomElement[] = [
      { tag: 0x00280010, vr: 'US', value: [480] },
      { tag: 0x00189219, vr: 'SS', value: [-3] },
      { tag: 0x00186018, vr: 'UL', value: [70_000, 1] },
      { tag: 0x00186020, vr: 'SL', value: [-70_000] },
      {
        tag: 0x0018602c,
        vr: 'FD',
        value: [0.0125, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      },
      { tag: 0x00189073, vr: 'FL', value: [0.1] },
      { tag: 0x00280009, vr: 'AT', value: [0x00181063] },
    ];
    for (const syntax of [EXPLICIT, BIG])
      expect(await jsonOf(elements, syntax)).toMatchObject({
        '00280010': { vr: 'US', Value: [480] },
        '00189219': { vr: 'SS', Value: [-3] },
        '00186018': { vr: 'UL', Value: [70_000, 1] },
        '00186020': { vr: 'SL', Value: [-70_000] },
        '0018602C': { vr: 'FD', Value: [0.0125, 'NaN', 'inf', '-inf'] },
        '00189073': { vr: 'FL', Value: [0.1] },
        '00280009': { vr: 'AT', Value: ['00181063'] },
      });
  });

  it('of written numbers holds numbers where they are some, and their text where not', async () => {
    const json = await jsonOf([
      { tag: 0x00181063, vr: 'DS', value: '33.30 \\\\ 1e2' },
      { tag: 0x00280008, vr: 'IS', value: '87' },
      { tag: 0x00200013, vr: 'IS', value: 'one' },
    ]);
    expect(json['00181063']).toEqual({ vr: 'DS', Value: [33.3, null, 100] });
    expect(json['00280008']).toEqual({ vr: 'IS', Value: [87] });
    expect(json['00200013']).toEqual({ vr: 'IS', Value: ['one'] });
  });

  it('of whole numbers of 64 bits stays exact', () => {
    const bytes = new Uint8Array(16);
    new DataView(bytes.buffer).setBigUint64(0, 2n ** 63n + 1n, true);
    new DataView(bytes.buffer).setBigUint64(8, 12n, true);
    expect(valuesOf('UV', bytes, { little: true, sets: [] })).toEqual(['9223372036854775809', 12]);
  });

  it('that is empty has no value, and keeps its representation', async () => {
    const json = await jsonOf([
      { tag: 0x00080050, vr: 'SH', value: '' },
      { tag: 0x00100010, vr: 'PN', value: '' },
      { tag: 0x00186011, vr: 'SQ', value: { items: [] } },
    ]);
    expect(json).toMatchObject({ '00080050': { vr: 'SH' }, '00186011': { vr: 'SQ' } });
    expect(json['00100010']).toEqual({ vr: 'PN' });
  });

  it('of one long text keeps backslashes; others are divided by them', async () => {
    const json = await jsonOf([
      { tag: 0x00104000, vr: 'LT', value: ' a \\ b ' },
      { tag: 0x00080008, vr: 'CS', value: 'ORIGINAL\\PRIMARY\\\\0001' },
    ]);
    expect(json['00104000']?.Value).toEqual([' a \\ b']);
    expect(json['00080008']?.Value).toEqual(['ORIGINAL', 'PRIMARY', null, '0001']);
  });

  it('of bytes stands in line while it is short, and is fetched by its path where it is long', async () => {
    const long = Uint8Array.from({ length: 5_000 }, (_, n) => n % 251);
    const inside: DicomElement[] = [{ tag: 0x00091010, vr: 'OB', value: long }];
    const elements: DicomElement[] = [
      { tag: 0x00091011, vr: 'OW', value: new Uint8Array([1, 2, 3, 4]) },
      { tag: 0x00091012, vr: 'OB', value: long },
      { tag: 0x00186011, vr: 'SQ', value: { items: [[], inside] } },
    ];
    const file = writeDicomFile([...identity, ...elements], EXPLICIT);
    const json = await dicomJson(file, noDictionary);
    expect(json['00091011']).toEqual({ vr: 'OW', InlineBinary: 'AQIDBA==' });
    expect(json['00091012']).toEqual({ vr: 'OB', BulkDataURI: '00091012' });
    expect(json['00186011']?.Value?.[1]).toEqual({
      '00091010': { vr: 'OB', BulkDataURI: '00186011/1/00091010' },
    });
    expect(await bulkOf(file, '00091012', noDictionary)).toEqual(long);
    expect(await bulkOf(file, '00186011/1/00091010', noDictionary)).toEqual(long);
    for (const nowhere of ['', 'x', '00186011', '00186011/9/00091010', '00186011/1', '../00091012'])
      expect(await bulkOf(file, nowhere, noDictionary)).toBeNull();
    expect((await jsonOf(elements.slice(0, 1), BIG))['00091011']?.InlineBinary).toBe('AgEEAw==');
  });

  it('of pixels, and what only says how a file is written, is left out', async () => {
    const json = await jsonOf([
      { tag: 0x7fe00010, vr: 'OB', value: { fragments: [ascii('ab'), ascii('cd')] } },
    ]);
    expect(Object.keys(json)).toEqual(['00080016', '00080018']);
  });
});

describe('a name as JSON', () => {
  const named = async (sets: string, bytes: Uint8Array) => {
    const json = await jsonOf([
      { tag: 0x00080005, vr: 'CS', value: sets },
      { tag: 0x00100010, vr: 'PN', value: bytes },
    ]);
    expect(json['00080005']?.Value).toEqual(['ISO_IR 192']);
    return json['00100010']?.Value;
  };
  const hex = (text: string) => Uint8Array.from(text.split(' '), (byte) => Number.parseInt(byte, 16));

  it('is divided into its groups', async () => {
    expect(await named('ISO_IR 192', ascii('Wang^XiaoDong=王^小东='))).toEqual([
      { Alphabetic: 'Wang^XiaoDong', Ideographic: '王^小东' },
    ]);
  });

  it('is read in Latin, Greek and Chinese sets', async () => {
    expect(await named('ISO_IR 100', hex('42 75 63 5e 4a e9 72 f4 6d 65'))).toEqual([
      { Alphabetic: 'Buc^Jérôme' },
    ]);
    expect(await named('ISO_IR 126', hex('c4 e9 ef ed'))).toEqual([{ Alphabetic: 'Διον' }]);
    expect(await named('GB18030', hex('57 3d cd f5 5e d0 a1'))).toEqual([
      { Alphabetic: 'W', Ideographic: '王^小' },
    ]);
  });

  // The bytes of DICOM PS3.5 annexes H.3.1, H.3.2 and I.2.
  it('may switch between sets by escape sequences', async () => {
    const kanji =
      '1b 24 42 3b 33 45 44 1b 28 42 5e 1b 24 42 42 40 4f 3a 1b 28 42 3d 1b 24 42 24 64 24 5e 24 40 1b 28 42 5e 1b 24 42 24 3f 24 6d 24 26 1b 28 42';
    const roman = '59 61 6d 61 64 61 5e 54 61 72 6f 75 3d ';
    const japanese = [{ Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎', Phonetic: 'やまだ^たろう' }];
    expect(await named('\\ISO 2022 IR 87', hex(roman + kanji))).toEqual(japanese);
    const half = 'd4 cf c0 de 5e c0 db b3 3d ';
    expect(await named('ISO 2022 IR 13\\ISO 2022 IR 87', hex(half + kanji))).toMatchObject([
      { Alphabetic: 'ﾔﾏﾀﾞ^ﾀﾛｳ', Ideographic: '山田^太郎' },
    ]);
    const korean =
      '48 6f 6e 67 5e 47 69 6c 64 6f 6e 67 3d 1b 24 29 43 fb f3 5e 1b 24 29 43 d1 ce d4 d7 3d 1b 24 29 43 c8 ab 5e 1b 24 29 43 b1 e6 b5 bf';
    expect(await named('\\ISO 2022 IR 149', hex(korean))).toEqual([
      { Alphabetic: 'Hong^Gildong', Ideographic: '洪^吉洞', Phonetic: '홍^길동' },
    ]);
  });

  it('in a set that nobody knows is still shown', async () => {
    expect(await named('NOBODY KNOWS', hex('4a e9 72'))).toEqual([{ Alphabetic: 'Jér' }]);
  });
});

describe('a file without value representations', () => {
  const dictionary: Readonly<Record<string, string>> = {
    '00080016': 'UI',
    '00080018': 'UI',
    '00100010': 'PN',
    '00280103': 'US',
    '00280106': 'xs',
    '00281201': 'OW',
    '00186011': 'SQ',
    '00186012': 'US',
  };
  /** The same elements without their representations, as implicit little endian writes them. */
  const implicit = (elements: readonly DicomElement[]) => {
    const parts = elements.map(({ tag, vr, value }) => {
      const whole = writeDataSet([{ tag, vr, value }]);
      const start = ['OB', 'OW', 'SQ', 'UN'].includes(vr) ? 12 : 8;
      const head = new DataView(new ArrayBuffer(8));
      head.setUint16(0, tag >>> 16, true);
      head.setUint16(2, tag & 0xffff, true);
      head.setUint32(4, whole.length - start, true);
      return Buffer.concat([new Uint8Array(head.buffer), whole.subarray(start)]);
    });
    return new Uint8Array(Buffer.concat(parts));
  };

  it('gets them from the dictionary; private elements stay unknown', async () => {
    const json = await dicomJson(
      implicit([
        ...identity,
        { tag: 0x00091010, vr: 'LO', value: 'our secret' },
        { tag: 0x00100010, vr: 'PN', value: 'Silva^Ana' },
        { tag: 0x00280103, vr: 'US', value: [1] },
        { tag: 0x00280106, vr: 'SS', value: [-7] },
        { tag: 0x00289999, vr: 'LO', value: 'made up' },
      ]),
      (tag) => dictionary[tag] ?? null,
    );
    expect(json).toMatchObject({
      '00080018': { vr: 'UI', Value: ['1.2.3.4'] },
      '00091010': { vr: 'UN', InlineBinary: btoa('our secret') },
      '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Silva^Ana' }] },
      '00280106': { vr: 'SS', Value: [-7] },
      '00289999': { vr: 'UN' },
    });
  });
});

describe('any text', () => {
  it('comes out of JSON as it went in', async () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((text) => !/[\\\p{Cc}]/u.test(text));
    await fc.assert(
      fc.asyncProperty(words, async (text) => {
        const json = await jsonOf([
          { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 192' },
          { tag: 0x0008103e, vr: 'LO', value: text },
        ]);
        expect(json['0008103E']?.Value?.[0] ?? '').toBe(text.trim());
      }),
    );
  });
});

describeWith(hasUltrasoundData(), 'a damaged file', () => {
  it('becomes JSON that a database can hold, or is refused in our words', { timeout: 60_000 }, async () => {
    const names = [
      'pydicom_test-SR.dcm',
      'dcmjs_sample-sr.dcm',
      'pydicom_ExplVR_BigEnd.dcm',
      'pydicom_examples_ybr_color.dcm',
    ];
    const samples = names.map((name) => ultrasoundFile('dicom', name).slice(0, 300_000));
    const random = seeded(20_261_123);
    for (let run = 0; run < 300; run++)
      try {
        const json = await dicomJson(
          damaged(samples[run % samples.length] as Uint8Array, random),
          noDictionary,
        );
        expect(JSON.stringify(json)).not.toContain('\\u0000');
      } catch (error) {
        expect(error).toBeInstanceOf(SonographyError);
      }
  });
});
