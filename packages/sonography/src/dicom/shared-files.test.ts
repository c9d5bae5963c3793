import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { nodeCodecs } from '../../node/codecs.ts';
import {
  describeWith,
  hasUltrasoundData,
  ULTRASOUND_DATA,
  ultrasoundFile,
} from '../../testing/shared-data.ts';
import type { SonographyError } from '../sonography-error.ts';
import { readDicom } from './read.ts';

interface Expected {
  readonly size: readonly [width: number, height: number];
  readonly frames: number;
  /** First half of the SHA-256 of the last frame's samples, as pydicom 3.0.2 with imagecodecs 2026.3.6 decodes them. */
  readonly last: string;
}

const pictures = new Map<string, Expected>([
  ['cs3d_no-pixel-spacing.dcm', { size: [800, 600], frames: 1, last: 'd4c564cf88bf9fe0' }],
  ['dbdicom_0020.dcm', { size: [600, 430], frames: 11, last: 'a98a801706a5feff' }],
  [
    'itkpocus_sonoque_axial-lateral-resolution-2020.dcm',
    { size: [2083, 1455], frames: 1, last: '8cb4113f1c6fbd2f' },
  ],
  ['pydicom_ExplVR_BigEnd.dcm', { size: [80, 60], frames: 1, last: '1583c4339dd36e91' }],
  ['pydicom_SC_rgb_jpeg_dcmd.dcm', { size: [256, 256], frames: 1, last: 'be7aa556b206ac44' }],
  ['pydicom_SC_rgb_rle_2frame.dcm', { size: [100, 100], frames: 2, last: 'd9d849600989153e' }],
  ['pydicom_SC_ybr_full_422_uncompressed.dcm', { size: [100, 100], frames: 1, last: 'ddb100d8f45a7fbf' }],
  ['pydicom_examples_jpeg2k.dcm', { size: [640, 480], frames: 1, last: 'e16892020c73095e' }],
  ['pydicom_examples_palette.dcm', { size: [800, 350], frames: 1, last: '322156a65198e9be' }],
  ['pydicom_examples_rgb_color.dcm', { size: [320, 240], frames: 1, last: 'a64f021b9093684b' }],
  ['pydicom_examples_ybr_color.dcm', { size: [320, 240], frames: 30, last: '40229e504a1fae6c' }],
  ['pydicomdata_JPGLosslessP14SV1_1s_1f_8b.dcm', { size: [1024, 768], frames: 1, last: '36e27e4f1e87a7d5' }],
  ['pydicomdata_OBXXXX1A_rle_2frame.dcm', { size: [800, 600], frames: 2, last: 'c495716e820348ea' }],
  ['pydicomdata_US1_J2KR.dcm', { size: [640, 480], frames: 1, last: 'e16892020c73095e' }],
  ['pydicomdata_gdcm-US-ALOKA-16.dcm', { size: [640, 480], frames: 1, last: '97697b719ccd7c15' }],
]);

const refused = new Map([
  ['dcmjs_sample-sr.dcm', /structured report/],
  ['pydicom_test-SR.dcm', /structured report/],
]);

const codecs = nodeCodecs();
const read = (name: string) => readDicom(ultrasoundFile('dicom', name), codecs);
const regionsOf = async (name: string) =>
  (await read(name)).regions.map(({ scale, refusal }) => refusal?.code ?? Number(scale?.lateral.toFixed(6)));

describeWith(hasUltrasoundData(), 'the files of real machines', () => {
  it('are all accounted for here', () => {
    const files = readdirSync(join(ULTRASOUND_DATA, 'dicom')).filter((name) => name.endsWith('.dcm'));
    expect(files.sort()).toEqual([...pictures.keys(), ...refused.keys()].sort());
  });

  it.each([...pictures])('show the very pixels that another decoder shows: %s', async (name, expected) => {
    const clip = await read(name);
    expect([clip.width, clip.height, clip.frameCount]).toEqual([...expected.size, expected.frames]);
    const { samples } = await clip.picture(clip.frameCount - 1);
    expect(createHash('sha256').update(samples).digest('hex').slice(0, 16)).toBe(expected.last);
    expect((await clip.frame(0)).luma.length).toBe(clip.width * clip.height);
  });

  it.each([...refused])('without pictures are refused and say what they are: %s', async (name, reason) => {
    await expect(read(name)).rejects.toMatchObject({
      code: 'not-this-format',
      message: expect.stringMatching(reason),
    } satisfies Partial<Record<keyof SonographyError, unknown>>);
  });

  it('are not measured where the picture was made smaller than its regions say', async () => {
    expect(await regionsOf('pydicom_examples_ybr_color.dcm')).toEqual(['outside-image']);
    expect(await regionsOf('pydicom_examples_palette.dcm')).toEqual(['outside-image', 'not-tissue']);
  });

  it('have their scale in millimetres from the centimetres of each region', async () => {
    expect(await regionsOf('pydicomdata_gdcm-US-ALOKA-16.dcm')).toEqual([0.382653, 0.382653, 'not-tissue']);
    expect(await regionsOf('pydicomdata_JPGLosslessP14SV1_1s_1f_8b.dcm')).toEqual([0.254767]);
    expect(await regionsOf('pydicomdata_OBXXXX1A_rle_2frame.dcm')).toEqual([0.262288, 'not-tissue']);
    expect(await regionsOf('cs3d_no-pixel-spacing.dcm')).toEqual([0.330542, 'not-tissue', 'not-tissue']);
  });

  it('may end on the pixel after the last, where bounds are counted from outside', async () => {
    const clip = await read('itkpocus_sonoque_axial-lateral-resolution-2020.dcm');
    expect(clip.regions).toMatchObject([
      { right: 2082, bottom: 1454, scale: { lateral: expect.closeTo(0.0291, 9) } },
    ]);
    expect(clip.warnings.map(({ code }) => code)).toContain('region-clamped');
  });

  it('without a scale say that it must be set', async () => {
    for (const name of ['dbdicom_0020.dcm', 'pydicom_ExplVR_BigEnd.dcm', 'pydicom_SC_rgb_rle_2frame.dcm'])
      expect(await regionsOf(name)).toEqual(['no-scale']);
  });

  it('that lack an identifier can be looked at, and are not known', async () => {
    const clip = await read('itkpocus_sonoque_axial-lateral-resolution-2020.dcm');
    expect(clip.identity).toBeNull();
    expect((await read('dbdicom_0020.dcm')).identity).toMatchObject({
      sopClass: '1.2.840.10008.5.1.4.1.1.3.1',
    });
  });

  it('play by their own times', async () => {
    const clip = await read('dbdicom_0020.dcm');
    expect(clip.timing).toBe('frame-time');
    expect(clip.times[10]).toBeCloseTo(0.62727, 4);
    const still = await read('pydicom_SC_rgb_rle_2frame.dcm');
    expect(still.warnings.map(({ code }) => code)).toContain('timing-assumed');
  });

  it('that are cut off show what is there', async () => {
    const whole = ultrasoundFile('dicom', 'pydicom_examples_ybr_color.dcm');
    const clip = await readDicom(whole.subarray(0, whole.length >> 1), codecs);
    expect(clip.frameCount).toBeGreaterThan(10);
    expect(clip.frameCount).toBeLessThan(20);
    expect(clip.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['frames-missing']));
  });
});
