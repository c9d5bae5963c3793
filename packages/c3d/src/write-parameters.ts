import { C3dError } from './errors.ts';
import { BLOCK } from './header.ts';
import type { NumberParameter, Parameter, ParameterGroup } from './parameters.ts';
import { codeOfProcessor, type Processor, writeInt16, writeReal } from './processor.ts';
import { encodeText } from './text.ts';

const LONGEST_NAME = 127;
const LONGEST_BYTE = 255;
const LARGEST_RECORD = 65535;
const BYTES_OF_TYPE = { byte: 1, integer: 2, real: 4 } as const;

/** A parameter of text for a new file; without dimensions it holds one string. */
export function textParameter(
  name: string,
  values: readonly string[],
  dimensions?: readonly number[],
): Parameter {
  const shape = dimensions ?? [values.length];
  return { type: 'text', name, description: '', locked: false, byte: null, dimensions: shape, values };
}

/** A parameter of whole numbers for a new file, signed or unsigned. */
export function integerParameter(
  name: string,
  values: readonly number[],
  dimensions?: readonly number[],
): Parameter {
  const shape = dimensions ?? [values.length];
  const numbers = Int16Array.from(values);
  return {
    type: 'integer',
    name,
    description: '',
    locked: false,
    byte: null,
    dimensions: shape,
    values: numbers,
  };
}

/** A parameter of bytes for a new file. */
export function byteParameter(
  name: string,
  values: readonly number[],
  dimensions?: readonly number[],
): Parameter {
  const shape = dimensions ?? [values.length];
  return {
    type: 'byte',
    name,
    description: '',
    locked: false,
    byte: null,
    dimensions: shape,
    values: Int8Array.from(values),
  };
}

/** A parameter of reals for a new file. */
export function realParameter(
  name: string,
  values: readonly number[],
  dimensions?: readonly number[],
): Parameter {
  const shape = dimensions ?? [values.length];
  const numbers = Float32Array.from(values);
  return {
    type: 'real',
    name,
    description: '',
    locked: false,
    byte: null,
    dimensions: shape,
    values: numbers,
  };
}

/**
 * The parameter section in whole blocks, its four leading bytes included.
 * @throws C3dError `not-writable` where a name, a value or the whole is larger than the form allows
 */
export function encodeParameters(groups: readonly ParameterGroup[], processor: Processor): Uint8Array {
  const records = groups.flatMap((group) => [
    encodeGroup(group, processor),
    ...group.parameters.map((parameter) => encodeParameter(group, parameter, processor)),
  ]);
  const length = records.reduce((sum, record) => sum + record.length, 4);
  const blocks = Math.ceil((length + 1) / BLOCK);
  if (blocks > LONGEST_BYTE) {
    throw new C3dError({ code: 'not-writable', expected: 'at most 255 blocks of parameters', found: blocks });
  }
  const section = new Uint8Array(blocks * BLOCK);
  section.set([1, 0x50, blocks, codeOfProcessor(processor)]);
  let at = 4;
  for (const record of records) {
    section.set(record, at);
    at += record.length;
  }
  return section;
}

function refuse(expected: string, found: unknown, group: string, parameter?: string): never {
  const place = parameter === undefined ? { group } : { group, parameter };
  throw new C3dError({ code: 'not-writable', expected, found, ...place });
}

function encodeGroup({ id, name, description, locked }: ParameterGroup, processor: Processor): Uint8Array {
  if (id < 1 || id > LONGEST_NAME) refuse('a group number from 1 to 127', id, name);
  return encodeRecord({ id: -id, name, description, locked }, new Uint8Array(0), processor, name);
}

function encodeParameter(
  { id, name: group }: ParameterGroup,
  parameter: Parameter,
  processor: Processor,
): Uint8Array {
  const { name, description, locked } = parameter;
  const content =
    parameter.type === 'text' ? encodeTexts(parameter, group) : encodeNumbers(parameter, processor, group);
  return encodeRecord({ id, name, description, locked }, content, processor, group, name);
}

/** Name, number, pointer to the next record, content and description. */
function encodeRecord(
  { id, name, description, locked }: { id: number; name: string; description: string; locked: boolean },
  content: Uint8Array,
  processor: Processor,
  group: string,
  parameter?: string,
): Uint8Array {
  const nameBytes = encodeText(name);
  if (nameBytes.length < 1 || nameBytes.length > LONGEST_NAME)
    refuse('a name of 1 to 127 bytes', name, group, parameter);
  const descriptionBytes = encodeText(description).subarray(0, LONGEST_BYTE);
  const pointer = 3 + content.length + descriptionBytes.length;
  if (pointer > LARGEST_RECORD) refuse('at most 65535 bytes', pointer, group, parameter);
  const record = new Uint8Array(2 + nameBytes.length + pointer);
  const view = new DataView(record.buffer);
  view.setInt8(0, locked ? -nameBytes.length : nameBytes.length);
  view.setInt8(1, id);
  record.set(nameBytes, 2);
  const at = 2 + nameBytes.length;
  writeInt16(view, at, pointer, processor);
  record.set(content, at + 2);
  record[at + 2 + content.length] = descriptionBytes.length;
  record.set(descriptionBytes, at + 3 + content.length);
  return record;
}

function encodeShape(
  type: number,
  dimensions: readonly number[],
  group: string,
  parameter: string,
): number[] {
  const fits = dimensions.length <= 7 && dimensions.every((one) => one >= 0 && one <= LONGEST_BYTE);
  if (!fits) refuse('at most 7 dimensions of at most 255', dimensions.join(' × '), group, parameter);
  return [type & 0xff, dimensions.length, ...dimensions];
}

function encodeTexts(
  { name, values, dimensions }: { name: string; values: readonly string[]; dimensions: readonly number[] },
  group: string,
): Uint8Array {
  const texts = values.map(encodeText);
  const width = texts.reduce((widest, { length }) => Math.max(widest, length), 1);
  const rows = dimensions.reduce((product, dimension) => product * dimension, 1);
  if (rows !== texts.length) refuse(`${rows} texts, as its dimensions say`, texts.length, group, name);
  const head = encodeShape(-1, [width, ...dimensions], group, name);
  const content = new Uint8Array(head.length + width * texts.length).fill(0x20);
  content.set(head);
  texts.forEach((text, row) => {
    content.set(text, head.length + row * width);
  });
  return content;
}

function encodeNumbers(
  { name, type, values, dimensions }: NumberParameter,
  processor: Processor,
  group: string,
): Uint8Array {
  const size = BYTES_OF_TYPE[type];
  const count = dimensions.reduce((product, dimension) => product * dimension, 1);
  if (count !== values.length) refuse(`${count} numbers, as its dimensions say`, values.length, group, name);
  const head = encodeShape(size, dimensions, group, name);
  const content = new Uint8Array(head.length + size * values.length);
  content.set(head);
  const view = new DataView(content.buffer);
  values.forEach((value, index) => {
    const byte = head.length + size * index;
    if (size === 1) view.setInt8(byte, value);
    else if (size === 2) writeInt16(view, byte, value, processor);
    else if (!writeReal(view, byte, value, processor))
      refuse('numbers that a DEC file can hold', value, group, name);
  });
  return content;
}
