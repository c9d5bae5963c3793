import type { Code } from './sr-content.ts';

const dcm = (value: string, meaning: string): Code => ({ value, scheme: 'DCM', meaning });
const sct = (value: string, meaning: string): Code => ({ value, scheme: 'SCT', meaning });

/** The scheme of codes that no standard has a word for. */
export const OWN_SCHEME = '99RECTUS';
export const own = (value: string, meaning: string): Code => ({ value, scheme: OWN_SCHEME, meaning });

/** Concepts of DICOM PS3.16 (annex D) and SNOMED CT as DICOM uses it (PS3.16 chapter 8). */
export const CODES = {
  report: dcm('126000', 'Imaging Measurement Report'),
  language: dcm('121049', 'Language of Content Item and Descendants'),
  english: { value: 'en', scheme: 'RFC5646', meaning: 'English' },
  observerType: dcm('121005', 'Observer Type'),
  person: dcm('121006', 'Person'),
  personName: dcm('121008', 'Person Observer Name'),
  personOrganization: dcm('121009', "Person Observer's Organization Name"),
  procedureReported: dcm('121058', 'Procedure reported'),
  ultrasound: sct('16310003', 'Diagnostic ultrasonography'),
  imageLibrary: dcm('111028', 'Image Library'),
  imageLibraryGroup: dcm('126200', 'Image Library Group'),
  modality: dcm('121139', 'Modality'),
  modalityUs: dcm('US', 'Ultrasound'),
  imageLaterality: dcm('111027', 'Image Laterality'),
  imagingMeasurements: dcm('126010', 'Imaging Measurements'),
  measurementGroup: dcm('125007', 'Measurement Group'),
  trackingIdentifier: dcm('112039', 'Tracking Identifier'),
  trackingUid: dcm('112040', 'Tracking Unique Identifier'),
  findingSite: sct('363698007', 'Finding Site'),
  laterality: sct('272741003', 'Laterality'),
  left: sct('7771000', 'Left'),
  right: sct('24028007', 'Right'),
  algorithmName: dcm('111001', 'Algorithm Name'),
  algorithmVersion: dcm('111003', 'Algorithm Version'),
  sourceOfMeasurement: dcm('121112', 'Source of Measurement'),
  qualitativeEvaluations: { value: 'C0034375', scheme: 'UMLS', meaning: 'Qualitative Evaluations' },
  finding: dcm('121071', 'Finding'),
  conclusions: dcm('121076', 'Conclusions'),
  conclusion: dcm('121077', 'Conclusion'),
  reasonForProcedure: dcm('111401', 'Reason for Procedure'),
  keyImages: dcm('121180', 'Key Images'),
  bestIllustration: dcm('121080', 'Best illustration of finding'),
  standardError: own('standard-error', 'Standard error'),
  detectableChange: own('detectable', 'Minimal detectable change'),
  citation: own('citation', 'Source of the minimal detectable change'),
  measurementNote: own('note', 'Note on the measurement'),
  caption: own('caption', 'Caption'),
  anatomy: own('anatomy', 'Structure examined'),
  manoeuvre: own('manoeuvre', 'Manoeuvre'),
  position: own('position', 'Position of the patient'),
  location: own('location', 'Location of the finding'),
  echoPattern: own('echo-pattern', 'Echo pattern'),
  fluid: own('fluid', 'Fluid'),
  findingsText: own('findings', 'Findings in words'),
  grade: own('grade', 'Grade given by the clinician'),
  pain: own('pain', 'Pain told by the patient in the clip'),
  exception: own('exception', 'Rule that was not kept, and why'),
  told: own('told', 'Who was told, and urgent referral'),
  limit: own('limit', 'Limit of the method'),
  correction: own('correction', 'Reason for the correction'),
} as const satisfies Readonly<Record<string, Code>>;

/** UCUM codes and how they are read, by the unit of a measurement. Lengths are millimetres, never centimetres. */
const UNITS: ReadonlyMap<string, Code> = new Map(
  (
    [
      ['mm', 'mm'],
      ['mm2', 'square millimetre'],
      ['mL', 'millilitre'],
      ['deg', 'degree'],
      ['%', 'percent'],
      ['1', 'no units'],
    ] as const
  ).map(([value, meaning]) => [value, { value, scheme: 'UCUM', meaning }]),
);

/** The coded unit of a measurement. @throws RangeError for a unit that no measure here has */
export function unitCode(unit: string): Code {
  const known = UNITS.get(unit);
  if (!known) throw new RangeError(`A measurement in ${unit} cannot be written into a structured report.`);
  return known;
}

/** Structures that DICOM's own lists (PS3.16 CID 4031, 7151) have a SNOMED code for; others keep their words. */
const SITES: ReadonlyMap<string, Code> = new Map([
  ['abdominal wall', sct('1142228004', 'Abdominal wall muscle')],
  ['deltoid', sct('35259002', 'Deltoid muscle')],
  ['infraspinatus', sct('72573008', 'Infraspinatus muscle')],
  ['pectoralis major', sct('60005003', 'Pectoralis major muscle')],
  ['subscapularis', sct('90588001', 'Subscapularis muscle')],
  ['supraspinatus', sct('6423006', 'Supraspinatus muscle')],
  ['trapezius', sct('31764008', 'Trapezius muscle')],
]);

/** A structure as a code: SNOMED's where it is known, else its words under our own scheme. */
export function siteCode(words: string): Code {
  const name = words.trim().toLowerCase();
  return SITES.get(name.replace(/ muscles?$/, '')) ?? own(slug(name), words.trim());
}

/** What was measured, under our own scheme: `gap.rest`, "Gap at rest". */
export function measureCode({ code, label }: { readonly code: string; readonly label: string }): Code {
  return own(code.replace(/^us\./, ''), label);
}

function slug(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return plain.slice(0, 64) || 'unnamed';
}
