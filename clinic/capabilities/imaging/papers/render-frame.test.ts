import {
  blockScene,
  clipOfStills,
  type DicomElement,
  encodePng,
  makePhantom,
  type Picture,
  readDicom,
  readStill,
  uidOf,
  WRITTEN_SYNTAX,
  writeDicomFile,
  writeUltrasoundCine,
} from '@rectus/sonography';
import { nodeCodecs, nodeJpegLsEncoder } from '@rectus/sonography/node';
import { describe, expect, it } from 'vitest';
import { renderFrame } from './render-frame.ts';

const codecs = nodeCodecs();
const phantom = makePhantom({
  scene: blockScene({ lateralMm: 1 }),
  width: 160,
  height: 120,
  contraction: { restFrames: 1, onsetFrames: 2, holdFrames: 1, releaseFrames: 1 },
});
const names = { study: 'rendered', series: '1', instance: '1' };
const png = { type: 'image/png' } as const;
const jpeg = { type: 'image/jpeg' } as const;

/** A still of four bands: red, green, blue, grey. */
const COLOURS = [
  [220, 30, 20],
  [20, 200, 60],
  [10, 40, 210],
  [128, 128, 128],
] as const;
const SIZE = 64;

function colourFile(photometric: 'RGB' | 'PALETTE COLOR'): Uint8Array {
  const band = (at: number) => Math.floor((at % SIZE) / (SIZE / COLOURS.length));
  const isPalette = photometric === 'PALETTE COLOR';
  const pixels = isPalette
    ? Uint8Array.from({ length: SIZE * SIZE }, (_, at) => band(at))
    : Uint8Array.from(
        { length: SIZE * SIZE * 3 },
        (_, at) => COLOURS[band(Math.floor(at / 3))]?.[at % 3] ?? 0,
      );
  const short = (tag: number, ...value: number[]): DicomElement => ({ tag, vr: 'US', value });
  const tables = [0, 1, 2].flatMap((channel): DicomElement[] => [
    short(0x00281101 + channel, COLOURS.length, 0, 8),
    { tag: 0x00281201 + channel, vr: 'OW', value: Uint8Array.from(COLOURS, (one) => one[channel] ?? 0) },
  ]);
  const elements: DicomElement[] = [
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.6.1' },
    { tag: 0x00080018, vr: 'UI', value: uidOf(photometric) },
    short(0x00280002, isPalette ? 1 : 3),
    { tag: 0x00280004, vr: 'CS', value: photometric },
    ...(isPalette ? tables : [short(0x00280006, 0)]),
    short(0x00280010, SIZE),
    short(0x00280011, SIZE),
    short(0x00280100, 8),
    short(0x00280101, 8),
    short(0x00280102, 7),
    short(0x00280103, 0),
    { tag: 0x7fe00010, vr: 'OB', value: pixels },
  ];
  return writeDicomFile(elements, WRITTEN_SYNTAX['explicit-little']);
}

function middleOfBands({ samples, width, height }: Picture): number[][] {
  return COLOURS.map((_, band) => {
    const at = 3 * (Math.floor(height / 2) * width + Math.floor(((band + 0.5) * width) / COLOURS.length));
    return [...samples.subarray(at, at + 3)];
  });
}

describe('a frame as a picture', () => {
  it('of a grey clip keeps every level as PNG, and nearly every level as JPEG', async () => {
    for (const pixels of ['explicit-little', 'rle', { jpegLs: await nodeJpegLsEncoder() }] as const) {
      const clip = await readDicom(await writeUltrasoundCine(phantom.clip, { ...names, pixels }), codecs);
      const exact = await readStill(await renderFrame(clip, 2, png), codecs);
      expect(exact).toMatchObject({ width: 160, height: 120, channels: 1 });
      expect(Buffer.compare(exact.samples as Uint8Array, phantom.frameAt(2).luma)).toBe(0);
      const { samples } = await readStill(await renderFrame(clip, 2, jpeg), codecs);
      const errors = Array.from(samples, (value, at) => Math.abs(value - (exact.samples[at] ?? 0)));
      expect(errors.reduce((sum, one) => sum + one, 0) / errors.length).toBeLessThan(4);
    }
  });

  it.each(['RGB', 'PALETTE COLOR'] as const)('of a %s clip keeps its colours', async (photometric) => {
    const clip = await readDicom(colourFile(photometric), codecs);
    const exact = await readStill(await renderFrame(clip, 0, png), codecs);
    expect(exact.channels).toBe(3);
    expect(middleOfBands(exact)).toEqual(COLOURS.map((colour) => [...colour]));
    const small = await readStill(await renderFrame(clip, 0, { ...jpeg, maxWidth: 32 }), codecs);
    expect(small).toMatchObject({ width: 32, height: 32, channels: 3 });
    middleOfBands(small).forEach((found, band) => {
      found.forEach((value, channel) => {
        expect(Math.abs(value - (COLOURS[band]?.[channel] ?? 0))).toBeLessThan(12);
      });
    });
  });

  it('of a still with sixteen bits or alpha is eight bits and opaque', async () => {
    const samples = Uint16Array.from({ length: 40 * 30 * 4 }, (_, at) => (at % 4 === 3 ? 0 : 0x8000));
    const still: Picture = { width: 40, height: 30, channels: 4, bits: 16, samples };
    const clip = { ...clipOfStills([still], 1), picture: async () => still };
    const back = await readStill(await renderFrame(clip, 0, png), codecs);
    expect(back).toMatchObject({ width: 40, height: 30, channels: 3, bits: 8 });
    expect(new Set(back.samples)).toEqual(new Set([0x80]));
  });

  it('is made smaller in proportion and never larger', async () => {
    const sizeAt = async (maxWidth: number) => {
      const { width, height } = await readStill(
        await renderFrame(phantom.clip, 0, { ...png, maxWidth }),
        codecs,
      );
      return [width, height];
    };
    expect(await sizeAt(40)).toEqual([40, 30]);
    expect(await sizeAt(33)).toEqual([33, 25]);
    expect(await sizeAt(500)).toEqual([160, 120]);
  });

  it('is shown through a window', async () => {
    const ramp = { width: 256, height: 1, luma: Uint8Array.from({ length: 256 }, (_, at) => at) };
    const clip = await readStill(encodePng(ramp), codecs).then((still) => clipOfStills([still], 1));
    const window = { centre: 100, width: 100 };
    const { samples } = await readStill(await renderFrame(clip, 0, { ...png, window }), codecs);
    expect([samples[40], samples[150], samples[255]]).toEqual([0, 255, 255]);
    expect(samples[100]).toBeCloseTo(129, -1);
  });

  it('that the clip has not is refused by name', async () => {
    await expect(renderFrame(phantom.clip, 99, jpeg)).rejects.toMatchObject({ name: 'SonographyError' });
  });
});
