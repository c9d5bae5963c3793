import { type DataSet, type Element, parseFile } from './data-set.ts';
import { BYTES, type DicomJson, inLittleEndian, type JsonElement, tagName, valuesOf } from './json-values.ts';

/**
 * The value representation of a tag (GGGGEEEE) by the data dictionary of DICOM PS3.6; null for one that it does not have.
 * Where a tag may have one of two, `xs` stands for US or SS, `ox` for OB or OW, `lt` for US or OW, `up` for UL.
 */
export type VrOf = (tag: string) => string | null;

/** Longer bytes are fetched apart. */
const MOST_INLINE = 1024;
/** Longer texts and lists too. */
const MOST_VALUE = 1024 * 1024;
/** Pixels, in all the forms that they can have; where they lie is told by other means. */
const PIXELS = new Set(['7FE00010', '7FE00008', '7FE00009']);
const PADDING = 'FFFCFFFC';
const CHARACTER_SET = 'x00080005';
const SIGNED = 'x00280103';

interface Level {
  readonly bytes: Uint8Array;
  readonly little: boolean;
  readonly vrOf: VrOf;
  readonly sets: readonly string[];
  readonly signed: boolean;
  /** Where this data set stands, such as `00186011/0/`; empty for the file's own. */
  readonly path: string;
}

/**
 * A file's data set in the DICOM JSON model: no pixels and no meta information; texts decoded from their character sets.
 * Bytes up to 1 kB stand in line; of longer ones, BulkDataURI says under which path `bulkOf` finds them, such as
 * `00091010` or `00186011/0/00091010`, items counted from 0. Elements of a file without value representations get those
 * of `vrOf`, private ones UN.
 *
 * Source: DICOM PS3.18 annex F.
 * @throws SonographyError where the file is no DICOM, or broken before it names its class
 */
export async function dicomJson(bytes: Uint8Array, vrOf: VrOf): Promise<DicomJson> {
  const file = await parseFile(bytes);
  const level = { bytes: file.bytes, little: !file.syntax.bigEndian, vrOf };
  return dataSetOf(file.data, { ...level, sets: [], signed: false, path: '' });
}

/**
 * The bytes that a BulkDataURI of `dicomJson` stands for, in little endian; null where nothing is under that path.
 *
 * @throws SonographyError as `dicomJson` does
 */
export async function bulkOf(bytes: Uint8Array, path: string, vrOf: VrOf): Promise<Uint8Array | null> {
  const file = await parseFile(bytes);
  const steps = path.split('/');
  let data: DataSet | undefined = file.data;
  for (let at = 0; at + 2 < steps.length; at += 2)
    data = data?.elements[`x${steps[at]?.toLowerCase()}`]?.items?.[Number(steps[at + 1])]?.dataSet;
  const tag = steps.at(-1) ?? '';
  const element = data?.elements[`x${tag.toLowerCase()}`];
  if (!element || element.items || element.fragments || steps.length % 2 === 0) return null;
  const little = !file.syntax.bigEndian;
  const level = { bytes: file.bytes, little, vrOf, sets: [], signed: false, path: '' };
  return inLittleEndian(vrOfElement(tag, element, level), valueBytes(element, file.bytes), little);
}

function dataSetOf(data: DataSet, outer: Level): DicomJson {
  const level = {
    ...outer,
    sets: data.elements[CHARACTER_SET] ? characterSets(data, outer) : outer.sets,
    signed: data.elements[SIGNED] ? isSigned(data, outer) : outer.signed,
  };
  const json: Record<string, JsonElement> = {};
  const tags = Object.keys(data.elements).sort();
  for (const key of tags) {
    const element = data.elements[key];
    const tag = tagName(Number.parseInt(key.slice(1), 16));
    if (element && !isLeftOut(tag)) json[tag] = elementOf(tag, element, level);
  }
  return json;
}

/** Meta information, group lengths, pixels, padding and what ends an item say nothing about the picture. */
function isLeftOut(tag: string): boolean {
  return (
    tag.startsWith('0002') ||
    tag.startsWith('FFFE') ||
    tag.endsWith('0000') ||
    PIXELS.has(tag) ||
    tag === PADDING
  );
}

function elementOf(tag: string, element: Element, level: Level): JsonElement {
  const vr = vrOfElement(tag, element, level);
  // All texts are Unicode from here on.
  if (`x${tag}` === CHARACTER_SET) return { vr: 'CS', Value: ['ISO_IR 192'] };
  if (vr === 'SQ') return sequenceOf(tag, element, level);
  const bytes = valueBytes(element, level.bytes);
  if (bytes.length === 0) return { vr };
  if (bytes.length > (vr in BYTES ? MOST_INLINE : MOST_VALUE))
    return { vr, BulkDataURI: `${level.path}${tag}` };
  if (vr in BYTES) return { vr, InlineBinary: base64(inLittleEndian(vr, bytes, level.little)) };
  const values = valuesOf(vr, bytes, level);
  return values.length > 0 ? { vr, Value: values } : { vr };
}

function sequenceOf(tag: string, element: Element, level: Level): JsonElement {
  const items = element.items ?? [];
  if (items.length === 0) return { vr: 'SQ' };
  const values = items.map(({ dataSet }, n) =>
    dataSet ? dataSetOf(dataSet, { ...level, path: `${level.path}${tag}/${n}/` }) : {},
  );
  return { vr: 'SQ', Value: values };
}

function vrOfElement(tag: string, element: Element, level: Level): string {
  if (element.items) return 'SQ';
  const written = element.vr;
  if (written !== undefined && written !== 'UN') return isKnown(written) ? written : 'UN';
  // Files of unknown representations keep the values as they would be without any (PS3.5 6.2.2).
  const vr = isPrivate(tag) ? null : level.vrOf(tag);
  if (vr === null || (written === 'UN' && !level.little)) return 'UN';
  if (vr === 'xs') return level.signed ? 'SS' : 'US';
  if (vr === 'ox' || vr === 'lt') return 'OW';
  if (vr === 'up') return 'UL';
  return isKnown(vr) ? vr : 'UN';
}

/** DICOM PS3.5 section 6.2. */
const KNOWN = new Set(
  'AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV'.split(
    ' ',
  ),
);

function isKnown(vr: string): boolean {
  return KNOWN.has(vr);
}

function isPrivate(tag: string): boolean {
  return Number.parseInt(tag.slice(0, 4), 16) % 2 === 1;
}

function valueBytes(element: Element, bytes: Uint8Array): Uint8Array {
  return bytes.subarray(element.dataOffset, Math.min(bytes.length, element.dataOffset + element.length));
}

function characterSets(data: DataSet, { bytes }: Level): readonly string[] {
  const element = data.elements[CHARACTER_SET];
  const text = element ? new TextDecoder('iso-8859-1').decode(valueBytes(element, bytes)) : '';
  return text.split('\\').map((set) => set.replaceAll('\0', '').trim());
}

function isSigned(data: DataSet, { bytes, little }: Level): boolean {
  const element = data.elements[SIGNED];
  const value = element ? valueBytes(element, bytes) : new Uint8Array();
  return value[little ? 0 : 1] === 1;
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
