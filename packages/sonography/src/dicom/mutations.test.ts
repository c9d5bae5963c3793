import { expect, it } from 'vitest';
import { nodeCodecs } from '../../node/codecs.ts';
import { damaged, seeded } from '../../testing/damage.ts';
import { describeWith, hasUltrasoundData, ultrasoundFile } from '../../testing/shared-data.ts';
import { SonographyError } from '../sonography-error.ts';
import { readStill } from '../stills/read-still.ts';
import { deidentifyDicom } from './deidentify.ts';
import { readDicom } from './read.ts';

const RUNS = 240;
/** One read of a small file takes milliseconds; a hang is orders above this. */
const PATIENCE_MS = 4000;

const FILES = [
  'pydicom_ExplVR_BigEnd.dcm',
  'pydicom_SC_rgb_rle_2frame.dcm',
  'pydicom_SC_ybr_full_422_uncompressed.dcm',
  'pydicom_test-SR.dcm',
  'dcmjs_sample-sr.dcm',
  'cs3d_no-pixel-spacing.dcm',
  'pydicom_examples_jpeg2k.dcm',
  'pydicom_examples_ybr_color.dcm',
];

const codecs = nodeCodecs();

describeWith(hasUltrasoundData(), 'a damaged file', () => {
  it('is read as far as it goes, or refused in our words, soon', { timeout: 120_000 }, async () => {
    const samples = FILES.map((name) => ultrasoundFile('dicom', name));
    const random = seeded(20_261_122);
    const wrong: string[] = [];
    for (let run = 0; run < RUNS; run++) {
      const bytes = damaged(samples[run % samples.length] as Uint8Array, random);
      const started = performance.now();
      try {
        const clip = await readDicom(bytes, codecs);
        expect((await clip.frame(clip.frameCount - 1)).luma.length).toBe(clip.width * clip.height);
        if (run % 4 === 0) await readDicom((await deidentifyDicom(bytes, { key: 'k' })).bytes, codecs);
      } catch (error) {
        if (!(error instanceof SonographyError))
          wrong.push(`${run} ${FILES[run % samples.length]}: ${error}`);
      }
      const took = performance.now() - started;
      if (took > PATIENCE_MS) wrong.push(`${run} ${FILES[run % samples.length]}: ${took.toFixed(0)} ms`);
    }
    expect(wrong).toEqual([]);
  });

  it('that was a picture is refused in our words, or shows what is left', { timeout: 60_000 }, async () => {
    const original = ultrasoundFile('muscle', 'pennation', 'gastroc_range_of_motion_002.png');
    const random = seeded(7);
    for (let run = 0; run < 40; run++)
      await readStill(damaged(original, random), codecs).catch((error) =>
        expect(error).toBeInstanceOf(SonographyError),
      );
  });
});
