interface ParameterBase {
  readonly name: string;
  readonly description: string;
  /** Set where the program that wrote the file asks others not to change it. */
  readonly locked: boolean;
  /** The byte at which its record starts, or null for one that came from no file. */
  readonly byte: number | null;
}

/** A parameter of text: one string for each row, without the padding. */
export interface TextParameter extends ParameterBase {
  readonly type: 'text';
  /** How the strings are arranged; the length of a string is not part of it. */
  readonly dimensions: readonly number[];
  readonly values: readonly string[];
}

/** A parameter of numbers, in the file's order: the first dimension varies fastest. */
export interface NumberParameter extends ParameterBase {
  readonly type: 'byte' | 'integer' | 'real';
  readonly dimensions: readonly number[];
  readonly values: Int8Array | Int16Array | Float32Array;
}

export type Parameter = TextParameter | NumberParameter;

/** A named group of parameters, such as POINT or ANALOG. */
export interface ParameterGroup {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly locked: boolean;
  /** The byte at which its record starts, or null for one that came from no file. */
  readonly byte: number | null;
  readonly parameters: readonly Parameter[];
}

/** Parameters by group and name in capitals; the first of each name. Made once for each list of groups. */
const indices = new WeakMap<readonly ParameterGroup[], ReadonlyMap<string, Parameter>>();

function indexOf(groups: readonly ParameterGroup[]): ReadonlyMap<string, Parameter> {
  const known = indices.get(groups);
  if (known !== undefined) return known;
  const index = new Map<string, Parameter>();
  const seen = new Set<string>();
  for (const group of groups) {
    const name = group.name.toUpperCase();
    if (seen.has(name)) continue;
    seen.add(name);
    for (const parameter of group.parameters) {
      const key = `${name}:${parameter.name.toUpperCase()}`;
      if (!index.has(key)) index.set(key, parameter);
    }
  }
  indices.set(groups, index);
  return index;
}

export function findGroup(groups: readonly ParameterGroup[], group: string): ParameterGroup | null {
  return groups.find(({ name }) => name.toUpperCase() === group.toUpperCase()) ?? null;
}

/** The parameter of that name; case does not matter. */
export function findParameter(
  groups: readonly ParameterGroup[],
  group: string,
  parameter: string,
): Parameter | null {
  return indexOf(groups).get(`${group.toUpperCase()}:${parameter.toUpperCase()}`) ?? null;
}

/** No more rows of 255 are needed for the 65535 points or channels that a file can have. */
const MOST_CONTINUATIONS = 257;

/** A parameter and its continuations: NAME, NAME2, NAME3 and so on, as far as they go without a gap. */
export function withContinuations(
  groups: readonly ParameterGroup[],
  group: string,
  parameter: string,
): readonly Parameter[] {
  const found: Parameter[] = [];
  for (let number = 1; number <= MOST_CONTINUATIONS; number += 1) {
    const next = findParameter(groups, group, number === 1 ? parameter : `${parameter}${number}`);
    if (next === null) break;
    found.push(next);
  }
  return found;
}

/** All strings of a text parameter and its continuations; none where it is missing or of another type. */
export function textsOf(groups: readonly ParameterGroup[], group: string, parameter: string): string[] {
  return withContinuations(groups, group, parameter).flatMap((one) =>
    one.type === 'text' ? one.values : [],
  );
}

/** All numbers of a parameter and its continuations; none where it is missing or text. */
export function numbersOf(groups: readonly ParameterGroup[], group: string, parameter: string): number[] {
  return withContinuations(groups, group, parameter).flatMap((one) =>
    one.type === 'text' ? [] : Array.from(one.values),
  );
}

/** The same, with integers and bytes taken as unsigned, as counts and block numbers are. */
export function countsOf(groups: readonly ParameterGroup[], group: string, parameter: string): number[] {
  return withContinuations(groups, group, parameter).flatMap((one) => {
    if (one.type === 'text') return [];
    const mask = one.type === 'byte' ? 0xff : 0xffff;
    return Array.from(one.values, (value) => (one.type === 'real' ? value : value & mask));
  });
}

export function firstText(
  groups: readonly ParameterGroup[],
  group: string,
  parameter: string,
): string | null {
  return textsOf(groups, group, parameter)[0] ?? null;
}

export function firstNumber(
  groups: readonly ParameterGroup[],
  group: string,
  parameter: string,
): number | null {
  return numbersOf(groups, group, parameter)[0] ?? null;
}

export function firstCount(
  groups: readonly ParameterGroup[],
  group: string,
  parameter: string,
): number | null {
  return countsOf(groups, group, parameter)[0] ?? null;
}

/** The place of a parameter for warnings and errors. */
export function placeOf(groups: readonly ParameterGroup[], group: string, parameter: string) {
  const byte = findParameter(groups, group, parameter)?.byte ?? null;
  return byte === null ? { group, parameter } : { byte, group, parameter };
}
