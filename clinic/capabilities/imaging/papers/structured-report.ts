import { dateAt, offsetMs, toLocal } from '@rectus/schedule';
import { type DicomElement, uidOf, WRITTEN_SYNTAX, writeDicomFile } from '@rectus/sonography';
import type { SignedContent } from '../report/signed-content.ts';
import type { DrawnAnalysis } from './drawn-shapes.ts';
import { OWN_SCHEME } from './sr-codes.ts';
import { element, type ImageReference, itemElements, plain, referenceElements } from './sr-content.ts';
import { reportTree } from './sr-tree.ts';
import { toldWords } from './told-words.ts';

/** A picture or clip as other systems know it. */
export interface SourceImage {
  readonly instanceId: string;
  readonly sopClass: string;
  readonly sopUid: string;
  readonly seriesUid: string;
  /** Of the file itself; it differs from the examination's where the machine did not take it from the worklist. */
  readonly studyUid: string;
  readonly frames: number;
}

export interface StructuredReportFacts {
  readonly content: SignedContent;
  /** Of the signed version. Everything that identifies the file follows from it. */
  readonly reportId: string;
  /** The version that this one corrects. */
  readonly correctedReportId: string | null;
  readonly clinic: { readonly name: string; readonly timeZone: string };
  readonly images: readonly SourceImage[];
  readonly analyses: readonly DrawnAnalysis[];
}

const COMPREHENSIVE_SR = '1.2.840.10008.5.1.4.1.1.88.33';

/** The unique identifier of a signed version as a structured report. */
export function reportSopUid(reportId: string): string {
  return uidOf(`rectus ultrasound report ${reportId}`);
}

/** The series that all versions of a report stand in. */
export function reportSeriesUid(examId: string): string {
  return uidOf(`rectus ultrasound reports of ${examId}`);
}

/**
 * A signed report as a DICOM Comprehensive SR document, TID 1500 Measurement Report, in explicit little endian: complete,
 * verified by its signer, each number with its UCUM unit, its error and where it was taken. The same version is the same
 * bytes.
 *
 * Source: DICOM PS3.3 A.35.3 and C.17, PS3.16 TID 1500.
 * @throws RangeError for a measurement in a unit that no measure has
 */
export function structuredReport(facts: StructuredReportFacts): Uint8Array {
  const { content, clinic } = facts;
  const referenceOf = new Map(facts.images.map((one) => [one.instanceId, one]));
  const imageOf = (instanceId: string, frame: number | null): ImageReference | null => {
    const found = referenceOf.get(instanceId);
    if (!found) return null;
    const { sopClass, sopUid, frames } = found;
    return { sopClass, sopUid, frameNumber: frame === null || frames < 2 ? null : frame + 1 };
  };
  const tree = reportTree({
    content,
    imageOf,
    analyses: new Map(facts.analyses.map((one) => [one.id, one])),
    clinicName: plain(clinic.name),
    observer: observerName(content),
    told: toldWords(content, clinic.timeZone),
  });
  const elements = [
    ...patientModule(content),
    ...studyModule(facts),
    ...seriesModule(facts),
    ...equipmentModule(clinic.name),
    ...documentModule(facts),
    ...predecessor(facts),
    ...itemElements(tree),
    element(0x0040a504, 'SQ', {
      items: [[element(0x00080105, 'CS', 'DCMR'), element(0x0040db00, 'CS', '1500')]],
    }),
  ];
  return writeDicomFile(elements, WRITTEN_SYNTAX['explicit-little']);
}

function patientModule({ exam: { patient } }: SignedContent): DicomElement[] {
  return [
    element(0x00100010, 'PN', dicomName(patient.familyName, patient.givenName)),
    element(0x00100020, 'LO', patient.id),
    element(0x00100030, 'DA', patient.birthDate?.replaceAll('-', '') ?? ''),
    element(0x00100040, 'CS', ''),
  ];
}

function studyModule({ content: { exam }, clinic }: StructuredReportFacts): DicomElement[] {
  const taken = wallOf(exam.takenAt, clinic.timeZone);
  return [
    element(0x00080020, 'DA', taken.date),
    element(0x00080030, 'TM', taken.time),
    element(0x00080050, 'SH', exam.accession),
    element(0x00080090, 'PN', ''),
    element(0x0020000d, 'UI', exam.studyUid),
    element(0x00200010, 'SH', exam.accession),
  ];
}

function seriesModule({ content: { exam } }: StructuredReportFacts): DicomElement[] {
  return [
    element(0x00080060, 'CS', 'SR'),
    element(0x0008103e, 'LO', 'Signed ultrasound reports'),
    element(0x00081111, 'SQ', { items: [] }),
    element(0x0020000e, 'UI', reportSeriesUid(exam.id)),
    element(0x00200011, 'IS', '900'),
  ];
}

function equipmentModule(clinicName: string): DicomElement[] {
  return [
    element(0x00080070, 'LO', 'Rectus'),
    element(0x00080080, 'LO', plain(clinicName)),
    element(0x00081090, 'LO', 'Rectus imaging'),
  ];
}

function documentModule(facts: StructuredReportFacts): DicomElement[] {
  const { content, clinic, reportId, images } = facts;
  const { exam } = content;
  const signed = wallOf(content.signedAt, clinic.timeZone);
  return [
    element(0x00080005, 'CS', 'ISO_IR 192'),
    element(0x00080016, 'UI', COMPREHENSIVE_SR),
    element(0x00080018, 'UI', reportSopUid(reportId)),
    element(0x00080023, 'DA', signed.date),
    element(0x00080033, 'TM', signed.time),
    element(0x00080110, 'SQ', {
      items: [
        [element(0x00080102, 'SH', OWN_SCHEME), element(0x00080115, 'ST', 'Rectus: words of its reports')],
      ],
    }),
    element(0x00080201, 'SH', signed.offset),
    element(0x00200013, 'IS', String(content.version)),
    element(0x0040a073, 'SQ', {
      items: [
        [
          element(0x0040a027, 'LO', plain(clinic.name)),
          element(0x0040a030, 'DT', `${signed.date}${signed.time}${signed.offset}`),
          element(0x0040a075, 'PN', observerName(content)),
          element(0x0040a088, 'SQ', { items: [] }),
        ],
      ],
    }),
    element(0x0040a370, 'SQ', {
      items: [
        [
          element(0x00080050, 'SH', exam.accession),
          element(0x00081110, 'SQ', { items: [] }),
          element(0x0020000d, 'UI', exam.studyUid),
          element(0x00321060, 'LO', plain(['Ultrasound', content.anatomy].filter(Boolean).join(', '))),
          element(0x00321064, 'SQ', { items: [] }),
          element(0x00401001, 'SH', exam.accession),
          element(0x00402016, 'LO', ''),
          element(0x00402017, 'LO', ''),
        ],
      ],
    }),
    element(0x0040a372, 'SQ', { items: [] }),
    ...(images.length > 0 ? [element(0x0040a375, 'SQ', { items: evidence(images) })] : []),
    element(0x0040a491, 'CS', 'COMPLETE'),
    element(0x0040a493, 'CS', 'VERIFIED'),
  ];
}

/** Studies, their series, and in these the pictures that the report speaks of. PS3.3 table 10-3b. */
function evidence(images: readonly SourceImage[]): DicomElement[][] {
  return [...Map.groupBy(images, ({ studyUid }) => studyUid)].map(([studyUid, ofStudy]) => [
    element(0x00081115, 'SQ', {
      items: [...Map.groupBy(ofStudy, ({ seriesUid }) => seriesUid)].map(([seriesUid, ofSeries]) => [
        element(0x00081199, 'SQ', {
          items: ofSeries.map((one) => referenceElements({ ...one, frameNumber: null })),
        }),
        element(0x0020000e, 'UI', seriesUid),
      ]),
    }),
    element(0x0020000d, 'UI', studyUid),
  ]);
}

function predecessor({ content: { exam }, correctedReportId }: StructuredReportFacts): DicomElement[] {
  if (correctedReportId === null) return [];
  const report = { sopClass: COMPREHENSIVE_SR, sopUid: reportSopUid(correctedReportId), frameNumber: null };
  const series = [
    element(0x00081199, 'SQ', { items: [referenceElements(report)] }),
    element(0x0020000e, 'UI', reportSeriesUid(exam.id)),
  ];
  const study = [element(0x00081115, 'SQ', { items: [series] }), element(0x0020000d, 'UI', exam.studyUid)];
  return [element(0x0040a360, 'SQ', { items: [study] })];
}

/** Given names stand before the family name, which is taken to be the last word. */
function observerName({ signer }: SignedContent): string {
  const words = signer.name.trim().split(/\s+/);
  return dicomName(words.at(-1) ?? '', words.slice(0, -1).join(' '));
}

function dicomName(family: string, given: string): string {
  const part = (name: string) => plain(name).replace(/[\^=]/g, ' ');
  return given ? `${part(family)}^${part(given)}` : part(family);
}

/** A moment on the clinic's wall, as DICOM writes it. */
function wallOf(instant: number, zone: string): { date: string; time: string; offset: string } {
  const { hour, minute } = toLocal(instant, zone);
  const second = Math.floor(instant / 1000) % 60;
  const minutes = Math.round(offsetMs(zone, instant) / 60_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const sign = minutes < 0 ? '-' : '+';
  return {
    date: dateAt(instant, zone).replaceAll('-', ''),
    time: `${two(hour)}${two(minute)}${two(second)}`,
    offset: `${sign}${two(Math.floor(Math.abs(minutes) / 60))}${two(Math.abs(minutes) % 60)}`,
  };
}
