import { decodeText } from './character-sets.ts';

/** A person's name by its groups of components; groups that are empty are left out. */
export interface JsonPersonName {
  readonly Alphabetic?: string;
  readonly Ideographic?: string;
  readonly Phonetic?: string;
}

export type JsonValue = string | number | null | JsonPersonName | DicomJson;

/** One element: its values, its bytes, or where its bytes can be fetched. */
export interface JsonElement {
  readonly vr: string;
  readonly Value?: readonly JsonValue[];
  /** Base64. */
  readonly InlineBinary?: string;
  readonly BulkDataURI?: string;
}

/** A data set by its tags, GGGGEEEE. */
export interface DicomJson {
  readonly [tag: string]: JsonElement;
}

/** Values of these are bytes. Their words are so long, for files in the other byte order. */
export const BYTES: Readonly<Record<string, number>> = { OB: 1, OD: 8, OF: 4, OL: 4, OV: 8, OW: 2, UN: 1 };

const IN_CHARACTER_SET = new Set(['SH', 'LO', 'ST', 'LT', 'UC', 'UT', 'PN']);
/** One value, in which a backslash is a backslash and leading spaces belong to the text. */
const ONE_TEXT = new Set(['ST', 'LT', 'UT', 'UR']);

const numbers: Readonly<
  Record<
    string,
    readonly [size: number, read: (view: DataView, at: number, little: boolean) => number | string]
  >
> = {
  US: [2, (view, at, little) => view.getUint16(at, little)],
  SS: [2, (view, at, little) => view.getInt16(at, little)],
  UL: [4, (view, at, little) => view.getUint32(at, little)],
  SL: [4, (view, at, little) => view.getInt32(at, little)],
  // As many digits as a float has, not those of the double that holds it.
  FL: [4, (view, at, little) => finite(shortFloat(view.getFloat32(at, little)))],
  FD: [8, (view, at, little) => finite(view.getFloat64(at, little))],
  UV: [8, (view, at, little) => exact(view.getBigUint64(at, little))],
  SV: [8, (view, at, little) => exact(view.getBigInt64(at, little))],
  AT: [4, (view, at, little) => tagName((view.getUint16(at, little) << 16) | view.getUint16(at + 2, little))],
};

/** The values of one element that is neither bytes nor a sequence. */
export function valuesOf(
  vr: string,
  bytes: Uint8Array,
  { little, sets }: { readonly little: boolean; readonly sets: readonly string[] },
): readonly JsonValue[] {
  const number = numbers[vr];
  if (number) return binaryNumbers(bytes, number, little);
  const text = textOf(vr, bytes, sets);
  if (text.trim() === '') return [];
  if (ONE_TEXT.has(vr)) return [text.replace(/ +$/, '')];
  const parts = text.split('\\').map((part) => part.trim());
  if (vr === 'PN') return parts.map(personName);
  return parts.map((part) => (part === '' ? null : vr === 'IS' || vr === 'DS' ? decimal(part) : part));
}

function binaryNumbers(
  bytes: Uint8Array,
  [size, read]: NonNullable<(typeof numbers)[string]>,
  little: boolean,
): readonly JsonValue[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: JsonValue[] = [];
  for (let at = 0; at + size <= bytes.length; at += size) values.push(read(view, at, little));
  return values;
}

/** How a tag is written in JSON. */
export function tagName(tag: number): string {
  return (tag >>> 0).toString(16).toUpperCase().padStart(8, '0');
}

function textOf(vr: string, bytes: Uint8Array, sets: readonly string[]): string {
  const { text } = decodeText(bytes, IN_CHARACTER_SET.has(vr) ? sets : []);
  return text.replaceAll('\0', '');
}

function personName(text: string): JsonPersonName | null {
  const [alphabetic = '', ideographic = '', phonetic = ''] = text.split('=').map((part) => part.trim());
  const name = {
    ...(alphabetic ? { Alphabetic: alphabetic } : {}),
    ...(ideographic ? { Ideographic: ideographic } : {}),
    ...(phonetic ? { Phonetic: phonetic } : {}),
  };
  return Object.keys(name).length > 0 ? name : null;
}

/** A number where the text is one; what a machine wrote wrongly stays the text that it wrote. */
function decimal(text: string): number | string {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) && Number.isFinite(Number(text))
    ? Number(text)
    : text;
}

/** PS3.18 F.2.3: what is no number in JSON is written as text. */
function finite(value: number): number | string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? 0 : value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'inf' : '-inf';
}

function shortFloat(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return rounded;
  }
  return value;
}

function exact(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

/** Bytes as they stand in a little-endian file. */
export function inLittleEndian(vr: string, bytes: Uint8Array, little: boolean): Uint8Array {
  const size = BYTES[vr] ?? 1;
  if (little || size === 1) return bytes;
  const swapped = bytes.slice();
  for (let at = 0; at + size <= swapped.length; at += size) swapped.subarray(at, at + size).reverse();
  return swapped;
}
