/** What a search may ask for, and how it is compared. Source: DICOM PS3.18 tables 10.6.1-5; PS3.4 C.2.2.2. */
export interface Key {
  readonly keyword: string;
  readonly tag: string;
  readonly level: 'study' | 'series' | 'instance';
  readonly matching: 'uids' | 'words' | 'name' | 'range';
}

const STUDY = [
  ['StudyDate', '00080020', 'range'],
  ['StudyTime', '00080030', 'range'],
  ['AccessionNumber', '00080050', 'words'],
  ['ModalitiesInStudy', '00080061', 'uids'],
  ['StudyDescription', '00081030', 'words'],
  ['ReferringPhysicianName', '00080090', 'name'],
  ['PatientName', '00100010', 'name'],
  ['PatientID', '00100020', 'words'],
  ['PatientBirthDate', '00100030', 'range'],
  ['StudyInstanceUID', '0020000D', 'uids'],
  ['StudyID', '00200010', 'words'],
] as const;
const SERIES = [
  ['Modality', '00080060', 'uids'],
  ['SeriesInstanceUID', '0020000E', 'uids'],
  ['SeriesDescription', '0008103E', 'words'],
  ['SeriesNumber', '00200011', 'words'],
] as const;
const INSTANCE = [
  ['SOPClassUID', '00080016', 'uids'],
  ['SOPInstanceUID', '00080018', 'uids'],
  ['InstanceNumber', '00200013', 'words'],
] as const;

const keys: readonly Key[] = [
  ...STUDY.map(([keyword, tag, matching]) => ({ keyword, tag, matching, level: 'study' }) as const),
  ...SERIES.map(([keyword, tag, matching]) => ({ keyword, tag, matching, level: 'series' }) as const),
  ...INSTANCE.map(([keyword, tag, matching]) => ({ keyword, tag, matching, level: 'instance' }) as const),
];
const byName = new Map(keys.flatMap((key) => [[key.keyword, key] as const, [key.tag, key] as const]));

/** The key of this keyword or tag; null for one that is not compared. */
export function keyOf(name: string): Key | null {
  return byName.get(name) ?? byName.get(name.toUpperCase()) ?? null;
}
