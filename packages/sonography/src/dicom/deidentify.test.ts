import dicomParser from 'dicom-parser';
import { expect, it } from 'vitest';
import { nodeCodecs } from '../../node/codecs.ts';
import { describeWith, hasUltrasoundData, ultrasoundFile } from '../../testing/shared-data.ts';
import { deidentifyDicom } from './deidentify.ts';
import { readDicom } from './read.ts';

const codecs = nodeCodecs();
const FILES = [
  'dbdicom_0020.dcm',
  'pydicom_ExplVR_BigEnd.dcm',
  'pydicom_examples_ybr_color.dcm',
  'pydicom_examples_palette.dcm',
  'pydicomdata_JPGLosslessP14SV1_1s_1f_8b.dcm',
  'pydicomdata_gdcm-US-ALOKA-16.dcm',
  'itkpocus_sonoque_axial-lateral-resolution-2020.dcm',
];

describeWith(hasUltrasoundData(), 'de-identification', () => {
  it.each(FILES)('keeps pictures, scales and times, and nothing about the person: %s', async (name) => {
    const original = ultrasoundFile('dicom', name);
    const before = await readDicom(original, codecs);
    const { bytes, removed } = await deidentifyDicom(original, { key: 'a secret', patient: 'Case 7' });
    const after = await readDicom(bytes, codecs);
    const last = before.frameCount - 1;
    expect((await after.picture(last)).samples).toEqual((await before.picture(last)).samples);
    expect(after.regions).toEqual(before.regions);
    expect(after.times).toEqual(before.times);
    expect(after.about).toMatchObject({
      patientName: 'Case 7',
      patientId: 'Case 7',
      birthDate: null,
      studyDate: null,
    });
    expect(removed.length).toBeGreaterThan(5);
    const name0 = before.about.patientName ?? '';
    if (name0.length > 3) expect(Buffer.from(bytes).includes(name0)).toBe(false);
  });

  it.each(FILES)('leaves elements that another reader reads in order: %s', async (name) => {
    const { bytes } = await deidentifyDicom(ultrasoundFile('dicom', name), { key: 'a secret' });
    const { elements, warnings } = dicomParser.parseDicom(bytes);
    const inData = Object.keys(elements).filter((tag) => !tag.startsWith('x0002'));
    expect(inData).toEqual(inData.toSorted());
    expect(inData.filter((tag) => Number.parseInt(tag.slice(1, 5), 16) % 2 === 1)).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('keeps the clips of one examination together, and only for who has the key', async () => {
    const original = ultrasoundFile('dicom', 'dbdicom_0020.dcm');
    const study = async (key: string) =>
      (await readDicom((await deidentifyDicom(original, { key })).bytes, codecs)).identity?.study;
    expect(await study('one')).toBe(await study('one'));
    expect(await study('one')).not.toBe(await study('two'));
    expect(await study('one')).toMatch(/^2\.25\.\d{1,39}$/);
  });

  it('says that a picture may still show a name, unless the file says it does not', async () => {
    const mayTell = async (name: string) =>
      (await deidentifyDicom(ultrasoundFile('dicom', name), { key: 'k' })).picturesMayTell;
    expect(await mayTell('dbdicom_0020.dcm')).toBe(true);
    expect(await mayTell('pydicomdata_JPGLosslessP14SV1_1s_1f_8b.dcm')).toBe(false);
  });
});
