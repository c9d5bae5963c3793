import type { DataSet, Element } from 'dicom-parser';
import dicomParser from 'dicom-parser';
import { concat } from '../concat.ts';
import { SonographyError } from '../sonography-error.ts';
import { TAG } from './tags.ts';
import { DEFLATED, IMPLICIT, type TransferSyntax, transferSyntaxOf } from './transfer-syntax.ts';
import type { ReadWarning } from './warnings.ts';

/** A parsed file: its elements, how it is laid out, and what was wrong with it. */
export interface DicomFile {
  /** The bytes that the elements point into: the file's own, or what it held deflated. */
  readonly bytes: Uint8Array;
  readonly data: DataSet;
  readonly syntax: TransferSyntax;
  /** Where in the file its data set begins, behind the meta information; 0 where there is none. */
  readonly dataStart: number;
  readonly warnings: readonly ReadWarning[];
}

export type { DataSet, Element };

/** A deflated data set that grows beyond this share of its file is a bomb, not an examination. */
const MOST_GROWTH = 10;
const PREAMBLE = 128;

/**
 * Parses a DICOM file. What is cut off at the end is left out and said.
 *
 * @throws SonographyError where it is none, or broken before its pictures begin
 */
export async function parseFile(given: Uint8Array): Promise<DicomFile> {
  // A Buffer of Node is not quite a Uint8Array: its slices are no copies.
  const file = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  const warnings: ReadWarning[] = [];
  const hasPreamble = isPart10(file);
  if (!hasPreamble && !looksLikeDataSet(file))
    throw new SonographyError('not-this-format', 'This is not a DICOM file.');
  if (!hasPreamble)
    warnings.push({
      code: 'no-preamble',
      message: 'The file begins without the preamble that DICOM files have.',
    });
  const meta = hasPreamble ? metaOf(file) : null;
  const bytes = meta?.uid === DEFLATED ? await inflated(file, meta.end) : file;
  const data = parse(bytes, hasPreamble ? {} : { TransferSyntaxUID: IMPLICIT }, warnings);
  for (const message of data.warnings) warnings.push({ code: 'parser', message });
  // What was cut off lost its meta information on the way; it is read apart.
  const uid = hasPreamble ? (meta?.uid ?? textOf(data, TAG.transferSyntax) ?? '') : IMPLICIT;
  return { bytes, data, syntax: transferSyntaxOf(uid), dataStart: meta?.end ?? 0, warnings };
}

/** Whether bytes begin as DICOM files do. */
export function isPart10(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(PREAMBLE, PREAMBLE + 4)) === 'DICM';
}

/** A data set that was stored bare begins with a small element of group 8 in little endian. */
function looksLikeDataSet(bytes: Uint8Array): boolean {
  return (
    bytes.length > 16 &&
    bytes[0] === 0x08 &&
    bytes[1] === 0 &&
    bytes[3] === 0 &&
    bytes[6] === 0 &&
    bytes[7] === 0
  );
}

interface Interrupted {
  readonly exception?: unknown;
  readonly dataSet?: DataSet;
}

function parse(
  bytes: Uint8Array,
  options: { readonly TransferSyntaxUID?: string },
  warnings: ReadWarning[],
): DataSet {
  try {
    return dicomParser.parseDicom(bytes, options);
  } catch (error) {
    // The parser hands over what it had read when it came to the end.
    const { dataSet } = (typeof error === 'object' && error !== null ? error : {}) as Interrupted;
    if (!dataSet?.elements?.[TAG.sopClass])
      throw new SonographyError('corrupt', 'The file is damaged: its elements cannot be read.');
    warnings.push({
      code: 'truncated',
      message: 'The file ends early or is damaged: what could be read is here.',
    });
    return dataSet;
  }
}

/** A file whose data set is deflated, with the data set as it was. */
async function inflated(file: Uint8Array, start: number): Promise<Uint8Array> {
  const limit = file.length * MOST_GROWTH;
  const parts: Uint8Array[] = [file.subarray(0, start)];
  let size = start;
  try {
    const plain = new Blob([file.slice(start)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    for (const reader = plain.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      size += value.length;
      if (size > limit) throw new SonographyError('too-large', 'The deflated file grows beyond any reason.');
    }
  } catch (error) {
    if (error instanceof SonographyError) throw error;
    throw new SonographyError('corrupt', 'The deflated part of the file is damaged.');
  }
  return concat(parts);
}

/** The transfer syntax of a file, and where its meta information ends. */
function metaOf(file: Uint8Array): { readonly uid: string; readonly end: number } | null {
  try {
    const meta: DataSet & { readonly position?: number } = dicomParser.readPart10Header(file);
    return { uid: textOf(meta, TAG.transferSyntax) ?? '', end: meta.position ?? file.length };
  } catch {
    return null;
  }
}

/** A text value, trimmed; undefined where the element is absent or empty. */
export function textOf(data: DataSet, tag: string): string | undefined {
  return attempt(() => data.string(tag))?.trim() || undefined;
}

/** An unsigned number of 16 bits. */
export function shortOf(data: DataSet, tag: string): number | undefined {
  return attempt(() => data.uint16(tag));
}

/** A whole number of 32 bits, signed or not as it stands in the file. */
export function longOf(data: DataSet, tag: string): number | undefined {
  return attempt(() => (data.elements[tag]?.vr === 'SL' ? data.int32(tag) : data.uint32(tag)));
}

/** A floating-point number of 64 bits. */
export function doubleOf(data: DataSet, tag: string): number | undefined {
  return attempt(() => data.double(tag));
}

/** Numbers that are written as text, such as a decimal string of several values. */
export function numbersOf(data: DataSet, tag: string): readonly number[] {
  const text = textOf(data, tag);
  return text === undefined
    ? []
    : text.split('\\').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
}

function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    // The element points beyond the end of a damaged file.
    return undefined;
  }
}
