import { measureDistance, px, readDicom } from '@rectus/sonography';
import { nodeCodecs } from '@rectus/sonography/node';
import dcmjs from 'dcmjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { reportSopUid, structuredReport } from './structured-report.ts';
import { type ReportSample, reportSample } from './testing.ts';

interface Coded {
  readonly CodeValue?: string;
  readonly LongCodeValue?: string;
  readonly CodingSchemeDesignator: string;
  readonly CodeMeaning: string;
}

/** An item as dcmjs names its elements. */
interface Item {
  readonly RelationshipType?: string;
  readonly ValueType: string;
  readonly ConceptNameCodeSequence?: readonly Coded[];
  readonly ConceptCodeSequence?: readonly Coded[];
  readonly MeasuredValueSequence?: readonly {
    readonly NumericValue: number | readonly number[];
    readonly FloatingPointValue: number;
    readonly MeasurementUnitsCodeSequence: readonly Coded[];
  }[];
  readonly TextValue?: string;
  readonly GraphicType?: string;
  readonly GraphicData?: readonly number[];
  readonly ReferencedSOPSequence?: readonly Reference[];
  readonly ContentSequence?: readonly Item[];
}

interface Reference {
  readonly ReferencedSOPClassUID: string;
  readonly ReferencedSOPInstanceUID: string;
  readonly ReferencedFrameNumber?: number;
}

type Document = Item & Readonly<Record<string, unknown>>;

let sample: ReportSample;
beforeAll(async () => {
  dcmjs.log.setLevel('silent');
  sample = await reportSample();
});

const write = (change: Partial<ReportSample['content']> = {}, corrected: string | null = null) =>
  structuredReport({
    content: { ...sample.content, ...change },
    reportId: 'report-1',
    correctedReportId: corrected,
    clinic: { name: 'Clínica Um', timeZone: 'Europe/Lisbon' },
    images: [sample.image],
    analyses: [sample.analysis],
  });

function read(bytes: Uint8Array) {
  const file = dcmjs.data.DicomMessage.readFile(Uint8Array.from(bytes).buffer);
  const { naturalizeDataset } = dcmjs.data.DicomMetaDictionary;
  return {
    meta: naturalizeDataset(file.meta) as Readonly<Record<string, unknown>>,
    document: naturalizeDataset(file.dict) as Document,
  };
}

const name = ({ ConceptNameCodeSequence }: Item) => ConceptNameCodeSequence?.[0]?.CodeMeaning;
const below = (item: Item): readonly Item[] => [...(item.ContentSequence ?? [])];
const everything = (item: Item): Item[] => [item, ...below(item).flatMap(everything)];
const named = (item: Item, meaning: string) => everything(item).filter((one) => name(one) === meaning);
const measuredIn = (item: Item | undefined) => {
  const measured = item?.MeasuredValueSequence?.[0];
  const [text] = [measured?.NumericValue].flat();
  return {
    value: measured?.FloatingPointValue,
    text: Number(text),
    unit: measured?.MeasurementUnitsCodeSequence[0]?.CodeValue,
    scheme: measured?.MeasurementUnitsCodeSequence[0]?.CodingSchemeDesignator,
  };
};
const groups = (document: Item) => named(document, 'Measurement Group');
const numbersIn = (group: Item) => below(group).filter(({ ValueType }) => ValueType === 'NUM');

describe('a signed report as a DICOM structured report', () => {
  it('says in its head how it is written, and is complete and verified by its signer', () => {
    const { meta, document } = read(write());
    expect(meta.TransferSyntaxUID).toBe('1.2.840.10008.1.2.1');
    expect(meta.MediaStorageSOPClassUID).toBe('1.2.840.10008.5.1.4.1.1.88.33');
    expect(meta.MediaStorageSOPInstanceUID).toBe(reportSopUid('report-1'));
    expect(document).toMatchObject({
      Modality: 'SR',
      SOPInstanceUID: reportSopUid('report-1'),
      StudyInstanceUID: sample.content.exam.studyUid,
      AccessionNumber: 'US1001',
      PatientID: sample.content.exam.patient.id,
      PatientBirthDate: '19960719',
      CompletionFlag: 'COMPLETE',
      VerificationFlag: 'VERIFIED',
      ContentDate: '20260302',
      ContentTime: '100000',
      InstanceNumber: 1,
    });
    expect(JSON.stringify(document.PatientName)).toContain('Faria^Tomás');
    // The library reads texts within sequences without regard to the character set: her ê is not looked at.
    expect(JSON.stringify(document.VerifyingObserverSequence)).toContain('Duarte^In');
    expect(JSON.stringify(document.ContentTemplateSequence)).toContain('1500');
  });

  it('holds every number with its unit and error, exactly as it was measured', () => {
    const { document } = read(write());
    const { measurements } = sample.content;
    expect(groups(document)).toHaveLength(measurements.length);
    groups(document).forEach((group, n) => {
      const expected = measurements[n];
      const [number] = numbersIn(group);
      if (!number || !expected) throw new Error('A measurement is missing');
      expect(name(number)).toBe(expected.label);
      expect(measuredIn(number)).toMatchObject({
        value: expected.value,
        unit: expected.unit,
        scheme: 'UCUM',
      });
      expect(measuredIn(number).text).toBeCloseTo(expected.value, 12);
      const [error] = named(number, 'Standard error');
      expect(measuredIn(error)).toMatchObject({ value: expected.standardError, unit: expected.unit });
      const [detectable] = named(number, 'Minimal detectable change');
      expect(measuredIn(detectable).value).toBe(expected.minimalDetectableChange ?? undefined);
      expect(named(number, 'Source of the minimal detectable change')[0]?.TextValue).toBe(
        expected.citation ?? undefined,
      );
      expect(named(group, 'Algorithm Version')[0]?.TextValue).toBe(expected.methodVersion);
    });
    const units = new Set(
      everything(document).flatMap((item) => (item.MeasuredValueSequence ? measuredIn(item).unit : [])),
    );
    expect([...units]).toEqual(['mm']);
  });

  it('tells lengths in millimetres though the file is calibrated in centimetres', async () => {
    const clip = await readDicom(sample.bytes, nodeCodecs());
    const file = dcmjs.data.DicomMessage.readFile(Uint8Array.from(sample.bytes).buffer);
    const [region] = (
      dcmjs.data.DicomMetaDictionary.naturalizeDataset(file.dict) as {
        SequenceOfUltrasoundRegions: readonly { PhysicalUnitsXDirection: number; PhysicalDeltaX: number }[];
      }
    ).SequenceOfUltrasoundRegions;
    expect(region?.PhysicalUnitsXDirection).toBe(3);
    const [group] = groups(read(write()).document).filter((one) =>
      JSON.stringify(one).includes('us.gap.contraction'),
    );
    const { value, unit } = measuredIn(numbersIn(group as Item)[0]);
    const centimetres = 55 * (region?.PhysicalDeltaX ?? 0);
    expect(unit).toBe('mm');
    expect(value).toBeCloseTo(10 * centimetres, 6);
    expect(value).toBeGreaterThan(10);
    expect(clip.regions[0]?.scale?.lateral).toBeCloseTo(10 * (region?.PhysicalDeltaX ?? 0), 12);
  });

  it('points to the frame and to the ends that were marked, counted from the corner of the first pixel', async () => {
    const { document } = read(write());
    const [, contraction] = groups(document);
    const [ends] = everything(contraction as Item).filter(({ ValueType }) => ValueType === 'SCOORD');
    expect(ends?.GraphicType).toBe('POLYLINE');
    const [source] = below(ends as Item);
    expect(source?.ReferencedSOPSequence?.[0]).toMatchObject({
      ReferencedSOPInstanceUID: sample.image.sopUid,
      ReferencedFrameNumber: 5,
    });
    // Measured anew from what stands in the file: the same number.
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ends?.GraphicData ?? [];
    const place = (x: number, y: number) => ({ x: px(x - 0.5), y: px(y - 0.5), standardError: px(0) });
    const { regions } = await readDicom(sample.bytes, nodeCodecs());
    const again = measureDistance(regions, place(x1, y1), place(x2, y2));
    expect(again.value).toBeCloseTo(sample.content.measurements[1]?.value ?? 0, 4);
  });

  it('says where each number is from: structure, side, and the clip for a number of more than one frame', () => {
    const { document } = read(write());
    const [rest, , apart, wall] = groups(document);
    expect(named(rest as Item, 'Finding Site')[0]?.ConceptCodeSequence?.[0]).toMatchObject({
      CodeValue: 'rectus-femoris',
      CodingSchemeDesignator: '99RECTUS',
      CodeMeaning: 'Rectus femoris',
    });
    expect(named(rest as Item, 'Laterality')[0]?.ConceptCodeSequence?.[0]).toMatchObject({
      CodeValue: '24028007',
    });
    expect(named(wall as Item, 'Finding Site')[0]?.ConceptCodeSequence?.[0]).toMatchObject({
      CodeValue: '1142228004',
    });
    expect(named(wall as Item, 'Laterality')[0]?.ConceptCodeSequence?.[0]).toMatchObject({
      CodeValue: '7771000',
    });
    const [source] = named(apart as Item, 'Source of Measurement');
    expect(source?.ReferencedSOPSequence?.[0]?.ReferencedFrameNumber).toBeUndefined();
    expect(numbersIn(wall as Item)[0]?.ConceptNameCodeSequence?.[0]?.LongCodeValue).toBe(
      'transversus-thickness.rest',
    );
  });

  it('lists the clips as evidence, shows the key frames, and keeps what was found and who was told', () => {
    const { document } = read(write());
    const evidence = JSON.stringify(document.CurrentRequestedProcedureEvidenceSequence);
    for (const uid of [sample.image.studyUid, sample.image.seriesUid, sample.image.sopUid])
      expect(evidence).toContain(uid);
    const frames = named(document, 'Best illustration of finding').map(
      (one) => one.ReferencedSOPSequence?.[0]?.ReferencedFrameNumber,
    );
    expect(frames).toEqual([1, 5]);
    expect(named(document, 'Finding')[0]?.ConceptCodeSequence?.[0]?.CodeMeaning).toBe('Complete tear');
    expect(named(document, 'Grade given by the clinician')[0]?.TextValue).toContain('Peetrons 3');
    expect(named(document, 'Conclusion')[0]?.TextValue).toBe(sample.content.conclusion);
    const [told] = named(document, 'Who was told, and urgent referral');
    expect(told?.TextValue).toContain('Dr Helena Matos was told by telephone on Monday 2 March 2026, 9:00.');
    expect(named(document, 'Rule that was not kept, and why')[0]?.TextValue).toContain('operated on');
  });

  it('that corrects another names it, in the same series', () => {
    const { document } = read(
      write({ version: 2, correction: { ofVersion: 1, reason: 'Other side.' } }, 'report-0'),
    );
    const predecessor = JSON.stringify(document.PredecessorDocumentsSequence);
    expect(predecessor).toContain(reportSopUid('report-0'));
    expect(predecessor).toContain(document.SeriesInstanceUID as string);
    expect(document.InstanceNumber).toBe(2);
  });

  it('of the same version is the same bytes', () => {
    expect(Buffer.compare(write(), write())).toBe(0);
  });

  it('writes every unit that measures have as its UCUM code, whatever words stand beside it', () => {
    const [first] = sample.content.measurements;
    if (!first) throw new Error('no measurement');
    const units = ['mm', 'mm2', 'mL', 'deg', '%', '1'];
    const label = `A label \\ with a break\nand more words than a meaning may have: ${'x'.repeat(80)}`;
    const measurements = units.map((unit, n) => ({
      ...first,
      code: `us.made.${n}`,
      unit,
      label,
      value: n / 7,
    }));
    const numbers = groups(read(write({ measurements })).document).map((group) => numbersIn(group)[0]);
    expect(numbers.map((number) => measuredIn(number).unit)).toEqual(units);
    expect(numbers.map((number) => measuredIn(number).value)).toEqual(units.map((_, n) => n / 7));
    for (const number of numbers) expect([...(name(number as Item) ?? '')]).toHaveLength(64);
  });

  it('is refused for a unit that no measure has, rather than written wrong', () => {
    const [first, ...rest] = sample.content.measurements;
    if (!first) throw new Error('no measurement');
    expect(() => write({ measurements: [{ ...first, unit: 'cm' }, ...rest] })).toThrow(
      /in cm cannot be written/,
    );
  });
});
