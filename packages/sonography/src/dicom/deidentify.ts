import { SonographyError } from '../sonography-error.ts';
import { type DataSet, type DicomFile, parseFile, textOf } from './data-set.ts';
import { type ElementRange, elementRanges } from './element-ranges.ts';
import { type EncodedElement, encoded, fileOf } from './encode.ts';
import { TAG } from './tags.ts';
import { DEFLATED, EXPLICIT } from './transfer-syntax.ts';

export interface DeidentifyOptions {
  /**
   * Secret of whoever de-identifies. The same key gives the same new identifiers, so that the clips of one examination
   * stay together; nobody without it can go back.
   */
  readonly key: string;
  /** What the person is called from now on. */
  readonly patient?: string;
}

export interface Deidentified {
  readonly bytes: Uint8Array;
  /** What is no longer there. */
  readonly removed: readonly RemovedElement[];
  /** The picture itself may show a name: the file does not say that it does not. */
  readonly picturesMayTell: boolean;
}

export interface RemovedElement {
  /** (gggg,eeee) */
  readonly tag: string;
  readonly bytes: number;
}

/**
 * What stays: how the picture is stored, scaled and timed, and the machine's kind. Everything else goes, so that an
 * element nobody thought of cannot tell who it was. Narrower than the basic profile of DICOM PS3.15 annex E.
 */
const KEPT = new Set(
  [
    '0008:0005,0008,0016,0060,0064,0070,1090,2142,2143,2144',
    '0018:0040,0072,1063,1065,1066,1088,5012,5022,5024,5026,5027,5028,5029,6011,6031',
    '0020:0011,0013,0020',
    '0028:0002,0004,0006,0008,0009,0010,0011,0014,0030,0034,0100,0101,0102,0103,0106,0107,0301',
    '0028:1050,1051,1052,1053,1101,1102,1103,1201,1202,1203,1221,1222,1223,2110,2112,2114',
    '7fe0:0001,0002,0010',
  ].flatMap((line) => {
    const [group, elements = ''] = line.split(':');
    return elements.split(',').map((element) => `x${group}${element}`);
  }),
);

/**
 * Takes everything out of a DICOM file that could tell who the person is, and says what. Writing inside the picture is
 * not touched: `blackOut` does that.
 *
 * @throws SonographyError where the bytes are no DICOM file or lack their identifiers
 */
export async function deidentifyDicom(
  given: Uint8Array,
  { key, patient = 'Anonymous' }: DeidentifyOptions,
): Promise<Deidentified> {
  if (key === '') throw new SonographyError('bad-argument', 'De-identification needs a key.');
  const file = await parseFile(given);
  const ranges = elementRanges(file);
  const uid = async (tag: string) => newUid(key, textOf(file.data, tag) ?? tag);
  const instance = await uid(TAG.sopInstance);
  const text = (tag: string, vr: string, value: string) => encoded(tag, vr, value, file.syntax);
  const replaced = [
    text(TAG.sopInstance, 'UI', instance),
    text(TAG.study, 'UI', await uid(TAG.study)),
    text(TAG.series, 'UI', await uid(TAG.series)),
    text(TAG.patientName, 'PN', patient),
    text(TAG.patientId, 'LO', patient),
    text('x00120062', 'CS', 'YES'),
    text('x00120063', 'LO', 'Rectus: kept what shows, scales and times'),
  ];
  const kept = ranges.filter(({ tag }) => KEPT.has(tag));
  const newTags = new Set(replaced.map(({ tag }) => tag));
  const burned = textOf(file.data, TAG.burnedIn);
  return {
    bytes: written(file, kept, replaced, instance),
    removed: ranges
      .filter(({ tag, element }) => !KEPT.has(tag) && !(newTags.has(tag) && element.length === 0))
      .map(({ tag, start, end }) => ({ tag: `(${tag.slice(1, 5)},${tag.slice(5)})`, bytes: end - start })),
    picturesMayTell: burned !== 'NO',
  };
}

function written(
  file: DicomFile,
  kept: readonly ElementRange[],
  replaced: readonly EncodedElement[],
  sopInstance: string,
): Uint8Array {
  const sopClass = textOf(file.data, TAG.sopClass) ?? '';
  const transferSyntax = file.syntax.uid === DEFLATED ? EXPLICIT : file.syntax.uid;
  const copies = kept.map((range) => ({ tag: range.tag, bytes: copied(file, range) }));
  return fileOf({ sopClass, sopInstance, transferSyntax }, [...copies, ...replaced]);
}

/** The bytes of an element; what stands inside it and does not belong to the pictures is overwritten. */
function copied({ bytes }: DicomFile, { element, start, end }: ElementRange): Uint8Array {
  const copy = bytes.slice(start, end);
  for (const item of element.items ?? []) if (item.dataSet) blank(item.dataSet, copy, start);
  return copy;
}

function blank(set: DataSet, copy: Uint8Array, start: number): void {
  for (const [tag, element] of Object.entries(set.elements)) {
    const from = element.dataOffset - start;
    if (!tag.startsWith('x0018')) copy.fill(element.vr === 'UI' ? 0 : 0x20, from, from + element.length);
    else for (const item of element.items ?? []) if (item.dataSet) blank(item.dataSet, copy, start);
  }
}

/** A UUID-derived identifier (PS3.5 B.2) from a keyed hash of the old one. */
async function newUid(key: string, old: string): Promise<string> {
  const secret = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(key),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const hash = new Uint8Array(await crypto.subtle.sign('HMAC', secret, new TextEncoder().encode(old)));
  const hex = Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `2.25.${BigInt(`0x${hex}`)}`;
}
