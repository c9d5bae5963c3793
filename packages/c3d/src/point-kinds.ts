import type { OutputKind } from './content.ts';
import { firstText, type ParameterGroup, placeOf, textsOf } from './parameters.ts';
import type { Warn } from './warnings.ts';

/** Points that belong together: the markers, or the outputs of one kind. */
export interface PointGroup {
  readonly kind: OutputKind;
  readonly group: string;
  readonly unit: string;
  readonly fileIndices: readonly number[];
}

/** The parameters of POINT that list outputs, and the word from which the name of their unit is made. */
const OUTPUT_GROUPS: ReadonlyMap<string, string> = new Map([
  ['ANGLES', 'ANGLE'],
  ['FORCES', 'FORCE'],
  ['MOMENTS', 'MOMENT'],
  ['POWERS', 'POWER'],
  ['SCALARS', 'SCALAR'],
]);
const KINDS: Readonly<Record<string, OutputKind>> = {
  ANGLE: 'angle',
  FORCE: 'force',
  MOMENT: 'moment',
  POWER: 'power',
  SCALAR: 'scalar',
};

/** Names of outputs in files whose lists of outputs are missing or not complete: LKneeAngles, RHipMoment. */
const OUTPUT_NAMES: readonly (readonly [RegExp, string])[] = [
  [/[a-z]Angles?V?$/, 'ANGLES'],
  [/[a-z]Moments?V?$/, 'MOMENTS'],
  [/[a-z]Powers?V?$/, 'POWERS'],
  [/[a-z](?:Forces?|GRF)V?$/, 'FORCES'],
];

/**
 * Tells markers from what models computed. Programs store both as points; POINT:ANGLES, MOMENTS, POWERS, FORCES and
 * SCALARS list the computed ones by label, and POINT:TYPE_GROUPS may name more such lists. Points that a list has
 * missed and whose name says what they are go with their kind too.
 */
export function sortPoints(
  groups: readonly ParameterGroup[],
  labels: readonly string[],
  warn: Warn,
): { markers: readonly number[]; outputs: readonly PointGroup[] } {
  const lists = new Map(OUTPUT_GROUPS);
  const pairs = textsOf(groups, 'POINT', 'TYPE_GROUPS');
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    const [group, type] = [pairs[index] as string, pairs[index + 1] as string];
    // Modelled markers are positions and stay with the markers.
    if (group !== '' && !/MARKER/i.test(group) && !lists.has(group)) lists.set(group, type);
  }
  const groupOf = new Map<number, string>();
  const byLabel = indicesByLabel(labels);
  for (const group of lists.keys()) assignListed(groups, group, byLabel, groupOf, warn);
  assignByName(labels, groupOf, warn);
  const markers: number[] = [];
  const indices = new Map<string, number[]>();
  labels.forEach((_, index) => {
    const group = groupOf.get(index);
    if (group === undefined) {
      markers.push(index);
      return;
    }
    const known = indices.get(group);
    if (known === undefined) indices.set(group, [index]);
    else known.push(index);
  });
  const outputs = [...indices].map(([group, fileIndices]) => {
    const type = lists.get(group) ?? '';
    const unit = firstText(groups, 'POINT', `${type}_UNITS`) ?? '';
    return { kind: KINDS[type] ?? ('other' as const), group, unit, fileIndices };
  });
  return { markers, outputs };
}

function indicesByLabel(labels: readonly string[]): ReadonlyMap<string, number[]> {
  const byLabel = new Map<string, number[]>();
  labels.forEach((label, index) => {
    const known = byLabel.get(label);
    if (known === undefined) byLabel.set(label, [index]);
    else known.push(index);
  });
  return byLabel;
}

function assignListed(
  groups: readonly ParameterGroup[],
  group: string,
  byLabel: ReadonlyMap<string, number[]>,
  groupOf: Map<number, string>,
  warn: Warn,
): void {
  let unknown = 0;
  for (const label of textsOf(groups, 'POINT', group)) {
    const indices = byLabel.get(label);
    if (indices === undefined && label !== '') unknown += 1;
    for (const index of indices ?? []) if (!groupOf.has(index)) groupOf.set(index, group);
  }
  if (unknown === 0) return;
  warn(
    'output-without-point',
    `${unknown} of its labels belong to no point.`,
    placeOf(groups, 'POINT', group),
  );
}

function assignByName(labels: readonly string[], groupOf: Map<number, string>, warn: Warn): void {
  let count = 0;
  labels.forEach((label, index) => {
    if (groupOf.has(index)) return;
    const group = OUTPUT_NAMES.find(([pattern]) => pattern.test(label))?.[1];
    if (group === undefined) return;
    groupOf.set(index, group);
    count += 1;
  });
  if (count === 0) return;
  const message = `${count} points are in no list of outputs, and by their names they are; they go with these.`;
  warn('output-by-name', message, { group: 'POINT', parameter: 'LABELS' });
}
