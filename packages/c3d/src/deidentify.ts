import { openBudget } from './budget.ts';
import { BLOCK, readHeader } from './header.ts';
import { settleLayout } from './layout.ts';
import { withNamesPutRight } from './misspelt.ts';
import type { Parameter, ParameterGroup, TextParameter } from './parameters.ts';
import { isPersonalGroup, listsSubjects, personalKind, type RemovalKind } from './personal.ts';
import { type Processor, readUint16 } from './processor.ts';
import { readParameters } from './read-parameters.ts';
import { decodeText, encodeText } from './text.ts';
import { type Warning, type WarningCode, warningList } from './warnings.ts';

/** One thing that was taken out; the text itself is not repeated. */
export interface Removal {
  readonly kind: RemovalKind;
  readonly group: string | null;
  readonly parameter: string | null;
  /** Where the parameter, or the run of unused bytes, starts. */
  readonly byte: number;
  /** How many texts, numbers or bytes were replaced. */
  readonly count: number;
}

export interface Deidentified {
  readonly bytes: Uint8Array;
  readonly removed: readonly Removal[];
  /** Parts of the file that could not be read and may still hold something. */
  readonly unchecked: readonly Warning[];
}

const BLANK = 0x20;
const UNCHECKED: readonly WarningCode[] = [
  'parameter-type',
  'parameter-overrun',
  'data-left-over',
  'data-truncated',
];
/** Header words 13 to 147, 152, 198 and 235 to 256, which the standard reserves; programs leave remnants there. */
const RESERVED: readonly (readonly [number, number])[] = [
  [24, 294],
  [302, 304],
  [394, 396],
  [468, BLOCK],
];
/** Shorter words of a name are left in descriptions, where they would hit what is no name. */
const SHORTEST_WORD = 3;

interface Work {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly processor: Processor;
  /** Where the parameters end. */
  readonly endByte: number;
  readonly removed: Removal[];
  /** Each subject's name, without a colon, and its pseudonym. */
  readonly pseudonyms: ReadonlyMap<string, string>;
}

/**
 * A copy of a file without what says whose it is: names (replaced by S1, S2 and so on wherever they occur, prefixes of
 * labels included), birth dates and other dates, identifiers, free text about person and visit, and remnants in
 * unused bytes. Body measurements, sex and age stay. All replacing is done in place, so that length, layout and every
 * measured value stay bit for bit. What faces and bodies look like in linked videos is beyond this file.
 * @throws C3dError as `readC3d` does for header and parameters
 */
export function deidentify(original: Uint8Array): Deidentified {
  const bytes = original.slice();
  const view = new DataView(bytes.buffer);
  const budget = openBudget(bytes.length);
  const { warn, warnings } = warningList(budget);
  const header = readHeader(bytes, view);
  const { groups, endByte } = readParameters(
    { bytes, view, processor: header.processor, budget, warn },
    header,
  );
  const named = withNamesPutRight(groups, () => undefined);
  const { dataByte } = settleLayout({ header, groups: named, fileBytes: bytes.length, warn });
  const { processor } = header;
  const work: Work = { bytes, view, processor, endByte, removed: [], pseudonyms: pseudonymsFor(groups) };
  for (const group of groups) cleanGroup(work, group);
  for (const [from, to] of RESERVED) clearUnused(work, from, to);
  clearUnused(work, endByte, Math.max(endByte, dataByte));
  return { bytes, removed: work.removed, unchecked: warnings.filter(({ code }) => UNCHECKED.includes(code)) };
}

/** A pseudonym is never longer than the name, so that it fits wherever the name stands. */
function pseudonymsFor(groups: readonly ParameterGroup[]): ReadonlyMap<string, string> {
  const names = new Set<string>();
  for (const { name: group, parameters } of groups) {
    for (const parameter of parameters) {
      const isName =
        listsSubjects(group, parameter.name) || personalKind(group, parameter.name, 'text') === 'name';
      if (parameter.type !== 'text' || !isName) continue;
      for (const value of parameter.values) names.add(value.replace(/:$/, ''));
    }
  }
  names.delete('');
  return new Map(
    [...names].map((name, index) => {
      const pseudonym = `S${index + 1}`;
      return [name, pseudonym.length <= encodeText(name).length ? pseudonym : (index % 36).toString(36)];
    }),
  );
}

function cleanGroup(work: Work, group: ParameterGroup): void {
  if (group.byte !== null) cleanGroupDescription(work, group, group.byte);
  for (const parameter of group.parameters) {
    if (parameter.byte === null) continue;
    const content = contentOf(work, parameter.byte);
    cleanNames(work, content.descriptionByte, content.endByte, group.name, parameter);
    cleanValues(work, group.name, parameter, content);
  }
}

function cleanValues(work: Work, group: string, parameter: Parameter, content: Content): void {
  if (parameter.type === 'text' && listsSubjects(group, parameter.name)) {
    replaceTexts(work, group, parameter, content, (text) => withoutNames(work, text));
    return;
  }
  const kind = personalKind(group, parameter.name, parameter.type === 'text' ? 'text' : 'number');
  if (kind !== null) {
    clearValues(work, group, parameter, content, kind);
  } else if (parameter.type === 'text') {
    const free = /^DESCRIPTIONS\d*$/i.test(parameter.name);
    const clean = (text: string) => (free ? withoutWords(work, text) : withoutNames(work, text));
    replaceTexts(work, group, parameter, content, clean);
  }
}

interface RecordContent {
  /** The first byte after the pointer to the next record. */
  readonly at: number;
  readonly endByte: number;
}

/** Where the record at a byte keeps its content. It has been read before, so that it is whole. */
function recordContent({ bytes, view, processor, endByte }: Work, byte: number): RecordContent {
  const pointerByte = byte + 2 + Math.abs(view.getInt8(byte));
  const pointer = readUint16(view, pointerByte, processor);
  return {
    at: pointerByte + 2,
    endByte: Math.min(bytes.length, pointer === 0 ? endByte : pointerByte + pointer),
  };
}

interface Content {
  readonly valueByte: number;
  /** Bytes of one text. */
  readonly width: number;
  /** Bytes of all values, as far as they lie inside the record. */
  readonly length: number;
  readonly descriptionByte: number;
  readonly endByte: number;
}

function contentOf(work: Work, byte: number): Content {
  const { at, endByte } = recordContent(work, byte);
  const size = Math.abs(work.view.getInt8(at));
  const count = work.bytes[at + 1] as number;
  const dimensions = Array.from(work.bytes.subarray(at + 2, at + 2 + count));
  const valueByte = at + 2 + count;
  const declared = dimensions.reduce((product, dimension) => product * dimension, size);
  const length = Math.min(declared, endByte - valueByte);
  return { valueByte, width: dimensions[0] ?? 1, length, descriptionByte: valueByte + declared, endByte };
}

/** A name as it stands, or as the prefix of a label. */
function withoutNames({ pseudonyms }: Work, text: string): string {
  const colon = text.indexOf(':');
  const name = colon < 0 ? text : text.slice(0, colon);
  const pseudonym = pseudonyms.get(name);
  return pseudonym === undefined ? text : pseudonym + (colon < 0 ? '' : text.slice(colon));
}

/** Names, and words of names, anywhere in a text. */
function withoutWords({ pseudonyms }: Work, text: string): string {
  let clean = text;
  for (const [name, pseudonym] of pseudonyms) {
    for (const part of [name, ...name.split(/[\s_.,;-]+/)]) {
      if (part.length < SHORTEST_WORD) continue;
      const pattern = part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      clean = clean.replace(new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'giu'), pseudonym);
    }
  }
  return clean;
}

function replaceTexts(
  { bytes, removed }: Work,
  group: string,
  parameter: TextParameter,
  { valueByte, width }: Content,
  clean: (text: string) => string,
): void {
  let count = 0;
  parameter.values.forEach((text, row) => {
    const next = clean(text);
    if (next === text) return;
    const from = valueByte + row * width;
    bytes.fill(BLANK, from, from + width);
    bytes.set(encodeText(next).subarray(0, width), from);
    count += 1;
  });
  const byte = parameter.byte ?? valueByte;
  if (count > 0) removed.push({ kind: 'name', group, parameter: parameter.name, byte, count });
}

function clearValues(
  { bytes, removed }: Work,
  group: string,
  parameter: Parameter,
  { valueByte, length }: Content,
  kind: RemovalKind,
): void {
  const count = [...parameter.values].filter((value) => value !== '' && value !== 0).length;
  if (count === 0) return;
  bytes.fill(parameter.type === 'text' ? BLANK : 0, valueByte, valueByte + length);
  removed.push({ kind, group, parameter: parameter.name, byte: parameter.byte ?? valueByte, count });
}

/** Programs note in the description of a personal group where its data came from, so that it goes as a whole. */
function cleanGroupDescription(work: Work, group: ParameterGroup, byte: number): void {
  const { at, endByte } = recordContent(work, byte);
  if (!isPersonalGroup(group.name)) {
    cleanNames(work, at, endByte, group.name, null);
    return;
  }
  if (group.description === '' || at + 1 + (work.bytes[at] as number) > endByte) return;
  work.bytes.fill(BLANK, at + 1, at + 1 + (work.bytes[at] as number));
  work.removed.push({ kind: 'free-text', group: group.name, parameter: null, byte, count: 1 });
}

/** Takes names out of the description whose length stands at a byte, if there is one inside the record. */
function cleanNames(
  work: Work,
  at: number,
  endByte: number,
  group: string,
  parameter: Parameter | null,
): void {
  const { bytes, removed } = work;
  const [from, to] = [at + 1, at + 1 + (bytes[at] ?? 0)];
  if (at >= endByte || to > endByte) return;
  const text = decodeText(bytes.subarray(from, to));
  const clean = withoutWords(work, text);
  if (clean === text) return;
  bytes.fill(BLANK, from, to);
  bytes.set(encodeText(clean).subarray(0, to - from), from);
  removed.push({ kind: 'name', group, parameter: parameter?.name ?? null, byte: from, count: 1 });
}

function clearUnused({ bytes, removed }: Work, from: number, to: number): void {
  const count = bytes.subarray(from, to).reduce((sum, byte) => sum + (byte === 0 ? 0 : 1), 0);
  if (count === 0) return;
  bytes.fill(0, from, to);
  removed.push({ kind: 'unused-bytes', group: null, parameter: null, byte: from, count });
}
