import { SonographyError } from '../sonography-error.ts';
import type { DataSet, DicomFile } from './data-set.ts';
import { TAG } from './tags.ts';

/** Colours by stored value, 8 bits a channel. */
export interface Palette {
  /** The stored value of the first entry. */
  readonly first: number;
  readonly entries: number;
  readonly red: Uint8Array;
  readonly green: Uint8Array;
  readonly blue: Uint8Array;
}

/**
 * Reads the palette of a file with 8- or 16-bit tables, whole or in segments.
 *
 * Source: DICOM PS3.3 C.7.6.3.1.5, C.7.6.3.1.6 and C.7.9.2.
 *
 * @throws SonographyError where it is missing or incomplete
 */
export function readPalette({ data, bytes, syntax }: DicomFile): Palette {
  const source = { data, bytes, bigEndian: syntax.bigEndian };
  const segmented = data.elements[TAG.redSegments] !== undefined;
  const read = (descriptor: string, table: string, segments: string) =>
    segmented ? fromSegments(source, descriptor, segments) : fromTable(source, descriptor, table);
  const red = read(TAG.redDescriptor, TAG.redTable, TAG.redSegments);
  const green = read(TAG.greenDescriptor, TAG.greenTable, TAG.greenSegments);
  const blue = read(TAG.blueDescriptor, TAG.blueTable, TAG.blueSegments);
  return {
    first: red.first,
    entries: red.table.length,
    red: red.table,
    green: green.table,
    blue: blue.table,
  };
}

interface Source {
  readonly data: DataSet;
  readonly bytes: Uint8Array;
  readonly bigEndian: boolean;
}

interface Channel {
  readonly first: number;
  readonly table: Uint8Array;
}

function fromTable(source: Source, descriptor: string, tag: string): Channel {
  const { entries, first, bits } = describe(source, descriptor);
  const stored = bytesOf(source, tag);
  // Eight-bit entries are packed two in a word, or stand one in a word each.
  const isPacked = bits === 8 && stored.length < 2 * entries;
  if (stored.length < (isPacked ? entries : 2 * entries))
    throw new SonographyError('corrupt', 'The palette ends early.');
  if (!isPacked) return { first, table: toEight(wordsOf(source, stored).subarray(0, entries)) };
  // Packed entries are bytes of words, so a big-endian file has them the other way round.
  const swapped = source.bigEndian && source.data.elements[tag]?.vr === 'OW' ? 1 : 0;
  return { first, table: Uint8Array.from({ length: entries }, (_, at) => stored[at ^ swapped] ?? 0) };
}

/** Codes of a segment: values that follow, a straight line to a value, or segments that stood before. PS3.3 C.7.9.2. */
const DISCRETE = 0;
const LINEAR = 1;
const INDIRECT = 2;

function fromSegments(source: Source, descriptor: string, tag: string): Channel {
  const { entries, first } = describe(source, descriptor);
  const words = wordsOf(source, bytesOf(source, tag));
  const table = new Uint16Array(entries);
  let filled = 0;
  const expand = (start: number, count: number, mayRefer: boolean): void => {
    let at = start;
    for (let segment = 0; segment < count && at + 1 < words.length && filled < entries; segment++) {
      const [code, length = 0, value = 0] = words.subarray(at, at + 3);
      if (code === DISCRETE) {
        const values = words.subarray(at + 2, at + 2 + Math.min(length, entries - filled));
        table.set(values, filled);
        filled += values.length;
        at += 2 + length;
      } else if (code === LINEAR && filled > 0) {
        const from = table[filled - 1] ?? 0;
        for (let step = 1; step <= length && filled < entries; step++)
          table[filled++] = Math.round(from + ((value - from) * step) / length);
        at += 3;
      } else if (code === INDIRECT && mayRefer) {
        const offset = value + (words[at + 3] ?? 0) * 65_536;
        expand(offset >> 1, length, false);
        at += 4;
      } else throw new SonographyError('corrupt', 'The segments of the palette cannot be read.');
    }
  };
  expand(0, Number.POSITIVE_INFINITY, true);
  if (filled < entries) throw new SonographyError('corrupt', 'The palette ends early.');
  return { first, table: toEight(table) };
}

function describe({ data }: Source, tag: string) {
  const [entries, first, bits] = [0, 1, 2].map((index) => wordOf(data, tag, index));
  if (entries === undefined || bits === undefined) throw incomplete();
  // Nought stands for 65,536, which sixteen bits cannot say.
  return { entries: entries === 0 ? 65_536 : entries, first: first ?? 0, bits };
}

function bytesOf({ data, bytes }: Source, tag: string): Uint8Array {
  const element = data.elements[tag];
  if (!element) throw incomplete();
  return bytes.subarray(element.dataOffset, Math.min(bytes.length, element.dataOffset + element.length));
}

function incomplete(): SonographyError {
  return new SonographyError(
    'corrupt',
    'The picture has colours by number, but the file has no complete palette.',
  );
}

function wordsOf({ bigEndian }: Source, stored: Uint8Array): Uint16Array {
  const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
  return Uint16Array.from({ length: stored.length >> 1 }, (_, at) => view.getUint16(2 * at, !bigEndian));
}

/** Some machines declare 16 bits and write values of 8. */
function toEight(values: Uint16Array): Uint8Array {
  const shift = values.some((value) => value > 255) ? 8 : 0;
  return Uint8Array.from(values, (value) => value >> shift);
}

function wordOf(data: DataSet, tag: string, index: number): number | undefined {
  try {
    return data.uint16(tag, index);
  } catch {
    return undefined;
  }
}
