import { concat } from '../concat.ts';
import { SonographyError } from '../sonography-error.ts';

/** One data element to write. A sequence holds data sets; compressed pixels hold their fragments. */
export interface DicomElement {
  /** Group and element number, 0xggggeeee. */
  readonly tag: number;
  readonly vr: string;
  /**
   * Text (several values joined by backslashes), numbers (of a binary VR), bytes that are already laid out in the
   * order of the file, the items of a sequence, or fragments of encapsulated pixels.
   */
  readonly value: string | readonly number[] | Uint8Array | DicomItems | DicomFragments;
}

export interface DicomItems {
  readonly items: readonly (readonly DicomElement[])[];
}

export interface DicomFragments {
  /** One for each frame; an odd one is padded. */
  readonly fragments: readonly Uint8Array[];
}

/** PS3.5 7.1.2: value representations with two reserved bytes and a length of 32 bits. */
export const LONG_FORMS: ReadonlySet<string> = new Set([
  'OB',
  'OD',
  'OF',
  'OL',
  'OV',
  'OW',
  'SQ',
  'SV',
  'UC',
  'UN',
  'UR',
  'UT',
  'UV',
]);
/** Bytes in one number of a binary VR, and how it is set. */
const BINARY: Readonly<
  Record<string, [number, (view: DataView, at: number, value: number, little: boolean) => void]>
> = {
  US: [2, (view, at, value, little) => view.setUint16(at, value, little)],
  SS: [2, (view, at, value, little) => view.setInt16(at, value, little)],
  OW: [2, (view, at, value, little) => view.setUint16(at, value, little)],
  UL: [4, (view, at, value, little) => view.setUint32(at, value, little)],
  SL: [4, (view, at, value, little) => view.setInt32(at, value, little)],
  FL: [4, (view, at, value, little) => view.setFloat32(at, value, little)],
  FD: [8, (view, at, value, little) => view.setFloat64(at, value, little)],
  OB: [1, (view, at, value) => view.setUint8(at, value)],
  AT: [
    4,
    (view, at, value, little) => {
      view.setUint16(at, value >>> 16, little);
      view.setUint16(at + 2, value & 0xffff, little);
    },
  ],
};
const UNDEFINED_LENGTH = 0xffffffff;
const ITEM = 0xfffee000;
const SEQUENCE_END = 0xfffee0dd;
const LONGEST_SHORT = 0xfffe;

/**
 * A data set with explicit value representations, its elements in the order of their tags. Text is written as UTF-8.
 *
 * Source: DICOM PS3.5 section 7 and annex A.4 (encapsulated pixels).
 * @throws SonographyError (bad-argument) for an element twice, or a value that its representation cannot hold
 */
export function writeDataSet(elements: readonly DicomElement[], bigEndian = false): Uint8Array {
  const sorted = [...elements].sort((a, b) => a.tag - b.tag);
  sorted.forEach(({ tag }, n) => {
    if (sorted[n - 1]?.tag === tag)
      throw new SonographyError('bad-argument', `The element ${nameOf(tag)} is given twice.`);
  });
  return concat(sorted.flatMap((element) => partsOf(element, !bigEndian)));
}

function partsOf(element: DicomElement, little: boolean): Uint8Array[] {
  const { tag, vr, value } = element;
  if (typeof value === 'object' && 'fragments' in value)
    return [header(tag, vr, UNDEFINED_LENGTH, little), ...fragmentParts(value.fragments, little)];
  const body = bodyOf(element, little);
  // PS3.5 6.2.2: a value too long for its representation is written as unknown.
  const written = !LONG_FORMS.has(vr) && body.length > LONGEST_SHORT ? 'UN' : vr;
  return [header(tag, written, body.length, little), body];
}

function bodyOf({ tag, vr, value }: DicomElement, little: boolean): Uint8Array {
  if (typeof value === 'string') return padded(new TextEncoder().encode(value), vr === 'UI' ? 0 : 0x20);
  if (value instanceof Uint8Array) return padded(value, 0);
  if ('items' in value) {
    return concat(
      value.items.flatMap((item) => {
        const body = writeDataSet(item, !little);
        return [bare(ITEM, body.length, little), body];
      }),
    );
  }
  if ('fragments' in value) return new Uint8Array();
  const [size, set] = BINARY[vr] ?? [0, null];
  if (!set)
    throw new SonographyError('bad-argument', `${nameOf(tag)} of type ${vr} cannot be written from numbers.`);
  const bytes = new Uint8Array(size * value.length);
  const view = new DataView(bytes.buffer);
  value.forEach((one, n) => {
    set(view, n * size, one, little);
  });
  return padded(bytes, 0);
}

function fragmentParts(fragments: readonly Uint8Array[], little: boolean): Uint8Array[] {
  const bodies = fragments.map((one) => padded(one, 0));
  const offsets = new Uint8Array(4 * bodies.length);
  const view = new DataView(offsets.buffer);
  let at = 0;
  let fits = true;
  bodies.forEach((body, n) => {
    view.setUint32(4 * n, at, little);
    at += body.length + 8;
    fits &&= at < UNDEFINED_LENGTH;
  });
  const table = fits ? offsets : new Uint8Array();
  return [
    bare(ITEM, table.length, little),
    table,
    ...bodies.flatMap((body) => [bare(ITEM, body.length, little), body]),
    bare(SEQUENCE_END, 0, little),
  ];
}

function header(tag: number, vr: string, length: number, little: boolean): Uint8Array {
  const long = LONG_FORMS.has(vr);
  const bytes = new Uint8Array(long ? 12 : 8);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, tag >>> 16, little);
  view.setUint16(2, tag & 0xffff, little);
  bytes[4] = vr.charCodeAt(0);
  bytes[5] = vr.charCodeAt(1);
  if (long) view.setUint32(8, length, little);
  else view.setUint16(6, length, little);
  return bytes;
}

/** Items and their ends have no value representation. */
function bare(tag: number, length: number, little: boolean): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, tag >>> 16, little);
  view.setUint16(2, tag & 0xffff, little);
  view.setUint32(4, length, little);
  return bytes;
}

function padded(bytes: Uint8Array, filler: number): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  const even = new Uint8Array(bytes.length + 1);
  even.set(bytes);
  even[bytes.length] = filler;
  return even;
}

function nameOf(tag: number): string {
  const hex = tag.toString(16).padStart(8, '0');
  return `(${hex.slice(0, 4)},${hex.slice(4)})`;
}

/** A number as a decimal string: at most 16 characters, as near as they allow (PS3.5 6.2, DS). */
export function decimalString(value: number): string {
  for (let digits = 15; digits > 0; digits--) {
    const rounded = Number(value.toPrecision(digits));
    const text = [String(rounded), rounded.toExponential()].find(({ length }) => length <= 16);
    if (text && Number.isFinite(rounded)) return text;
  }
  throw new SonographyError('bad-argument', `${value} cannot be written as a decimal string.`);
}
