import type { Budget } from './budget.ts';
import { BLOCK, type Header } from './header.ts';
import type { NumberParameter, Parameter, ParameterGroup } from './parameters.ts';
import { type Processor, readInt16, readReal, readUint16 } from './processor.ts';
import { decodeText } from './text.ts';
import type { Warn } from './warnings.ts';

interface Source {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly processor: Processor;
  readonly budget: Budget;
  readonly warn: Warn;
}

/** One record of the section: the start of a group or of a parameter, up to what its pointer names. */
interface RecordFrame {
  readonly byte: number;
  readonly id: number;
  readonly name: string;
  readonly locked: boolean;
  /** The first byte after the pointer to the next record. */
  readonly contentByte: number;
  readonly endByte: number;
  readonly last: boolean;
}

interface MutableGroup extends Omit<ParameterGroup, 'parameters'> {
  readonly parameters: Parameter[];
}

/** Memory of one group or parameter without its values, as counted against the budget. */
const RECORD_COST = 320;
const TEXT_COST = 48;
const DIMENSIONS_LIMIT = 7;
const BYTES_OF_TYPE = { text: 1, byte: 1, integer: 2, real: 4 } as const;

/**
 * Reads all groups with their parameters (C3D user guide, "The Parameter Section"). Where pointers, lengths and types
 * contradict each other the pointers are believed, and each contradiction is a warning.
 */
export function readParameters(
  source: Source,
  header: Header,
): { groups: readonly ParameterGroup[]; endByte: number } {
  const start = header.parameterByte + 4;
  const limit = sectionLimit(source.bytes.length, header);
  const groups = new Map<number, MutableGroup>();
  const orphans: { id: number; parameter: Parameter }[] = [];
  let at = start;
  let ended = false;
  while (!ended && at < limit) {
    const record = readRecord(source, at, limit);
    if (record === null) break;
    if (record.id < 0) addGroup(source, groups, record);
    else addParameter(source, groups, orphans, record);
    at = record.endByte;
    ended = record.last || source.bytes[at] === 0;
  }
  for (const { id, parameter } of orphans) adoptOrphan(source, groups, id, parameter);
  const found = [...groups.values()];
  warnOfNamesakes(found, source.warn);
  warnOfLength(source, header, at);
  return { groups: found, endByte: at };
}

/** Parameters end where the data starts, or where the file ends if the header names no place for the data. */
function sectionLimit(fileBytes: number, header: Header): number {
  const dataByte = (header.dataBlock - 1) * BLOCK;
  return dataByte > header.parameterByte && dataByte <= fileBytes ? dataByte : fileBytes;
}

function cutShort({ warn }: Source, byte: number, why: string): null {
  warn('parameters-cut-short', `The parameters end here, because ${why}.`, { byte });
  return null;
}

function readRecord(source: Source, at: number, limit: number): RecordFrame | null {
  const { bytes, view, processor } = source;
  const nameLength = view.getInt8(at);
  if (nameLength === 0) return null;
  const pointerByte = at + 2 + Math.abs(nameLength);
  if (pointerByte + 3 > limit) return cutShort(source, at, 'the next one would reach into the data');
  const id = view.getInt8(at + 1);
  const name = decodeText(bytes.subarray(at + 2, pointerByte));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what tells that a name is none.
  if (id === 0 || name === '' || /[\u0000-\u001f]/.test(name))
    return cutShort(source, at, 'what follows is no parameter');
  const pointer = readUint16(view, pointerByte, processor);
  const last = pointer === 0;
  const endByte = last ? limit : pointerByte + pointer;
  if (pointer > 0 && pointer < 3) return cutShort(source, at, 'its pointer leads nowhere');
  if (endByte > limit) return cutShort(source, at, 'the next one would reach into the data');
  return { byte: at, id, name, locked: nameLength < 0, contentByte: pointerByte + 2, endByte, last };
}

function addGroup(source: Source, groups: Map<number, MutableGroup>, record: RecordFrame): void {
  const { byte, name, locked, contentByte } = record;
  source.budget.claim(RECORD_COST, 'parameters', { byte, group: name });
  const id = -record.id;
  if (groups.has(id)) {
    source.warn('duplicate-name', `Group number ${id} is defined twice.`, { byte, group: name });
    return;
  }
  const description = readDescription(source, record, contentByte, name);
  groups.set(id, { id, name, description, locked, byte, parameters: [] });
}

function addParameter(
  source: Source,
  groups: Map<number, MutableGroup>,
  orphans: { id: number; parameter: Parameter }[],
  record: RecordFrame,
): void {
  const group = groups.get(record.id);
  const parameter = readParameter(source, record, group?.name ?? `group ${record.id}`);
  if (parameter === null) return;
  if (group === undefined) orphans.push({ id: record.id, parameter });
  else group.parameters.push(parameter);
}

/** Parameters may stand before their group; those without any are kept in a group that is named by its number. */
function adoptOrphan(
  source: Source,
  groups: Map<number, MutableGroup>,
  id: number,
  parameter: Parameter,
): void {
  const known = groups.get(id);
  if (known !== undefined) {
    known.parameters.push(parameter);
    return;
  }
  const name = `GROUP_${id}`;
  source.warn('group-undefined', `Group number ${id} is defined nowhere.`, {
    group: name,
    parameter: parameter.name,
  });
  groups.set(id, { id, name, description: '', locked: false, byte: null, parameters: [parameter] });
}

function readParameter(source: Source, record: RecordFrame, group: string): Parameter | null {
  const { bytes, warn, budget } = source;
  const { byte, name, contentByte, endByte, locked } = record;
  const place = { byte, group, parameter: name };
  budget.claim(RECORD_COST, 'parameters', place);
  const type = typeOfCode(source.view.getInt8(contentByte));
  const count = bytes[contentByte + 1] ?? 0;
  const valueByte = contentByte + 2 + count;
  if (type === null || count > DIMENSIONS_LIMIT || valueByte > endByte) {
    warn('parameter-type', 'This parameter has a type or dimensions that the standard does not know.', place);
    return null;
  }
  const dimensions = Array.from(bytes.subarray(contentByte + 2, valueByte));
  const size = BYTES_OF_TYPE[type];
  const wanted = dimensions.reduce((product, dimension) => product * dimension, size);
  const room = endByte - valueByte;
  if (wanted > room)
    warn('parameter-overrun', `It declares ${wanted} bytes of values where ${room} fit.`, place);
  const values = { byte: valueByte, length: Math.min(wanted, room) };
  const description = wanted > room ? '' : readDescription(source, record, valueByte + wanted, group, name);
  const common = { name, description, locked, byte };
  if (type === 'text') return { ...common, type, ...readTexts(source, dimensions, values, wanted > room) };
  const numbers = readNumbers(source, type, values, place);
  return { ...common, type, dimensions: wanted > room ? [numbers.length] : dimensions, values: numbers };
}

function typeOfCode(code: number): Parameter['type'] | null {
  if (code === -1) return 'text';
  if (code === 1) return 'byte';
  if (code === 2) return 'integer';
  return code === 4 ? 'real' : null;
}

function readTexts(
  { bytes, budget }: Source,
  dimensions: readonly number[],
  { byte, length }: { byte: number; length: number },
  clipped: boolean,
): { dimensions: readonly number[]; values: readonly string[] } {
  const width = dimensions[0] ?? 1;
  const rows = width === 0 ? 0 : Math.floor(length / width);
  budget.claim(length + TEXT_COST * rows, 'texts of parameters', { byte });
  const values = Array.from({ length: rows }, (_, row) =>
    decodeText(bytes.subarray(byte + row * width, byte + (row + 1) * width)),
  );
  return { values, dimensions: clipped || width === 0 ? [rows] : dimensions.slice(1) };
}

function readNumbers(
  { view, budget, processor }: Source,
  type: NumberParameter['type'],
  { byte, length }: { byte: number; length: number },
  place: { byte: number; group: string; parameter: string },
): NumberParameter['values'] {
  budget.claim(length, 'numbers of parameters', place);
  const count = Math.floor(length / BYTES_OF_TYPE[type]);
  if (type === 'byte') return Int8Array.from({ length: count }, (_, index) => view.getInt8(byte + index));
  return type === 'integer'
    ? Int16Array.from({ length: count }, (_, index) => readInt16(view, byte + 2 * index, processor))
    : Float32Array.from({ length: count }, (_, index) => readReal(view, byte + 4 * index, processor));
}

/** The description that ends a record; the standard puts a length byte even where there is none. */
function readDescription(
  { bytes, warn }: Source,
  { byte, endByte, last }: RecordFrame,
  at: number,
  group: string,
  parameter?: string,
): string {
  const length = at < endByte ? (bytes[at] as number) : 0;
  const fits = at < endByte && at + 1 + length <= endByte;
  if (!last && at + 1 + length !== endByte) {
    const place = { byte, group, ...(parameter === undefined ? {} : { parameter }) };
    const message = `Its pointer leads to byte ${endByte}, and its content ends at ${at + 1 + length}.`;
    warn('parameter-offset', message, place);
  }
  return fits ? decodeText(bytes.subarray(at + 1, at + 1 + length)) : '';
}

function warnOfNamesakes(groups: readonly ParameterGroup[], warn: Warn): void {
  const seen = new Set<string>();
  for (const group of groups) {
    if (seen.has(group.name.toUpperCase())) {
      warn('duplicate-name', 'Two groups bear this name; the first is used.', { group: group.name });
    }
    seen.add(group.name.toUpperCase());
    const names = new Set(group.parameters.map(({ name }) => name.toUpperCase()));
    const twice = group.parameters.length - names.size;
    if (twice === 0) continue;
    const message = `${twice} of its parameters bear a name that stands before; the first of each name is used.`;
    warn('duplicate-name', message, { group: group.name });
  }
}

function warnOfLength({ warn, bytes }: Source, header: Header, endByte: number): void {
  const declared = header.parameterByte + header.parameterBlocks * BLOCK;
  const byte = header.parameterByte + 2;
  if (endByte > declared) {
    warn('section-length', `It declares to end at byte ${declared}, and its parameters end at ${endByte}.`, {
      byte,
    });
  } else if (declared > sectionLimit(bytes.length, header)) {
    warn('section-length', `It declares to end at byte ${declared}, and the data starts before that.`, {
      byte,
    });
  }
}
