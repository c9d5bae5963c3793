import { expect, it } from 'vitest';
import { nodeCodecs } from '../../node/codecs.ts';
import { describeWith, hasUltrasoundData, ultrasoundFile } from '../../testing/shared-data.ts';
import { blackOut } from './black-out.ts';
import { readDicom } from './read.ts';

const codecs = nodeCodecs();
const area = { left: 5, top: 3, right: 40, bottom: 12 };

describeWith(hasUltrasoundData(), 'a black-out', () => {
  it.each([
    'dbdicom_0020.dcm',
    'pydicom_ExplVR_BigEnd.dcm',
    'pydicom_examples_ybr_color.dcm',
    'pydicomdata_JPGLosslessP14SV1_1s_1f_8b.dcm',
    'pydicomdata_gdcm-US-ALOKA-16.dcm',
  ])('is written into every frame of the file, and changes nothing beside it: %s', async (name) => {
    const original = ultrasoundFile('dicom', name);
    const before = await readDicom(original, codecs);
    const after = await readDicom(await blackOut(original, [area], codecs, { nothingLeft: true }), codecs);
    expect(after.about.burnedIn).toBe(false);
    expect(after.regions).toEqual(before.regions);
    expect(after.times).toEqual(before.times);
    expect(after.identity).toEqual(before.identity);
    for (const frame of [0, before.frameCount - 1]) {
      const [was, is] = [await before.frame(frame), await after.frame(frame)];
      let [wrong, lit] = [0, 0];
      for (let at = 0; at < is.luma.length; at++) {
        const [x, y] = [at % is.width, Math.floor(at / is.width)];
        const inside = x >= area.left && x <= area.right && y >= area.top && y <= area.bottom;
        if (inside && is.luma[at] !== 0) lit += 1;
        if (!inside && is.luma[at] !== was.luma[at]) wrong += 1;
      }
      expect([wrong, lit]).toEqual([0, 0]);
    }
  });

  it('may reach beyond the picture, or lie outside of it', async () => {
    const original = ultrasoundFile('dicom', 'pydicom_ExplVR_BigEnd.dcm');
    const areas = [
      { left: -10, top: -10, right: 2, bottom: 2 },
      { left: 500, top: 500, right: 600, bottom: 600 },
    ];
    const { luma, width } = await (await readDicom(await blackOut(original, areas, codecs), codecs)).frame(0);
    expect(luma[2 * width + 2]).toBe(0);
    const before = await (await readDicom(original, codecs)).frame(0);
    expect(luma[3 * width + 3]).toBe(before.luma[3 * width + 3]);
  });
});
