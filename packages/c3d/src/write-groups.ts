import type { C3dContent, ModelOutputs, OutputKind } from './content.ts';
import type { C3dEvent } from './events.ts';
import { CHANNELS_OF_TYPE, type ForcePlate } from './force-plates.ts';
import type { Storage } from './layout.ts';
import { withNamesPutRight } from './misspelt.ts';
import { findGroup, type Parameter, type ParameterGroup, textsOf } from './parameters.ts';
import type { StoredScaling } from './stored-scaling.ts';
import { byteParameter, integerParameter, realParameter, textParameter } from './write-parameters.ts';

/** Where the sections lie, in blocks from 1; they are known only when the parameters have been measured once. */
export interface Blocks {
  readonly data: number;
  readonly rotations: number;
}

const ROWS = 255;
const LONGEST_COUNT = 65535;
const TYPE_OF_KIND: Readonly<Record<OutputKind, string | null>> = {
  angle: 'ANGLE',
  moment: 'MOMENT',
  power: 'POWER',
  force: 'FORCE',
  scalar: 'SCALAR',
  other: null,
};

/** All groups of a file: those that describe the content anew, and whatever else it came with as it was. */
export function groupsFor(
  content: C3dContent,
  labels: readonly string[],
  descriptions: readonly string[],
  storage: Storage,
  scaling: StoredScaling,
  blocks: Blocks,
): ParameterGroup[] {
  const kept = withNamesPutRight(content.groups, () => undefined);
  const events = content.events.filter(({ source }) => source === 'event-group');
  const described: [string, Parameter[]][] = [
    ['POINT', pointParameters(content, kept, labels, descriptions, storage, scaling, blocks)],
    ['ANALOG', analogParameters(content, scaling)],
    ['TRIAL', trialParameters(content)],
  ];
  const plates = content.forcePlates;
  // Plates that could not be understood stay as they were described.
  if (plates.length > 0 || findGroup(kept, 'FORCE_PLATFORM') === null)
    described.push(['FORCE_PLATFORM', plateParameters(plates)]);
  if (events.length > 0 || findGroup(kept, 'EVENT') !== null)
    described.push(['EVENT', eventParameters(events)]);
  if (content.rotations !== null) described.push(['ROTATION', rotationParameters(content, blocks)]);
  const groups = [...withoutRotations(kept, content)];
  for (const [name, parameters] of described) describe(groups, name, parameters);
  return withFreeNumbers(groups);
}

/** Rotations that could not be read are not written, so that nothing may point to them. */
function withoutRotations(
  groups: readonly ParameterGroup[],
  { rotations }: C3dContent,
): readonly ParameterGroup[] {
  return rotations === null ? groups.filter(({ name }) => name.toUpperCase() !== 'ROTATION') : groups;
}

/** Puts parameters into a group, in the place of those of the same name and of their continuations. */
function describe(groups: ParameterGroup[], name: string, parameters: readonly Parameter[]): void {
  const index = groups.findIndex((group) => group.name.toUpperCase() === name);
  const group = groups[index] ?? { id: 0, name, description: '', locked: false, byte: null, parameters: [] };
  const bases = new Set(parameters.map((parameter) => parameter.name));
  const replaced = (one: Parameter) =>
    bases.has(one.name.toUpperCase()) || bases.has(one.name.toUpperCase().replace(/\d+$/, ''));
  const described = parameters.map((parameter) => {
    const before = group.parameters.find((one) => one.name.toUpperCase() === parameter.name);
    return before === undefined
      ? parameter
      : { ...parameter, description: before.description, locked: before.locked };
  });
  const next = { ...group, parameters: [...described, ...group.parameters.filter((one) => !replaced(one))] };
  if (index < 0) groups.push(next);
  else groups[index] = next;
}

function withFreeNumbers(groups: readonly ParameterGroup[]): ParameterGroup[] {
  const taken = new Set(groups.map(({ id }) => id));
  let next = 1;
  return groups.map((group) => {
    if (group.id > 0) return group;
    while (taken.has(next)) next += 1;
    taken.add(next);
    return { ...group, id: next };
  });
}

/** Rows of 255: NAME, NAME2, NAME3 and so on. */
function continued<T>(
  name: string,
  rows: readonly T[],
  make: (name: string, rows: readonly T[]) => Parameter,
): Parameter[] {
  const count = Math.max(1, Math.ceil(rows.length / ROWS));
  return Array.from({ length: count }, (_, index) =>
    make(index === 0 ? name : `${name}${index + 1}`, rows.slice(index * ROWS, (index + 1) * ROWS)),
  );
}

const texts = (name: string, rows: readonly string[]) => continued(name, rows, textParameter);
const single = (name: string, text: string) => textParameter(name, [text], []);

function pointParameters(
  content: C3dContent,
  kept: readonly ParameterGroup[],
  labels: readonly string[],
  descriptions: readonly string[],
  storage: Storage,
  { pointScale }: StoredScaling,
  blocks: Blocks,
): Parameter[] {
  const { frames } = content;
  return [
    integerParameter('USED', [labels.length], []),
    integerParameter('FRAMES', [Math.min(frames, LONGEST_COUNT)], []),
    ...(frames > LONGEST_COUNT ? [realParameter('LONG_FRAMES', [frames], [])] : []),
    realParameter('SCALE', [storage === 'real' ? -pointScale : pointScale], []),
    realParameter('RATE', [content.rateHz], []),
    integerParameter('DATA_START', [blocks.data], []),
    ...(content.markers.unit === '' ? [] : [single('UNITS', content.markers.unit)]),
    ...texts('LABELS', labels),
    ...texts('DESCRIPTIONS', descriptions),
    ...outputParameters(content.modelOutputs, kept),
  ];
}

/** The lists by which model outputs are told from markers, their units, and the list of these lists. */
function outputParameters(outputs: readonly ModelOutputs[], kept: readonly ParameterGroup[]): Parameter[] {
  if (outputs.length === 0) return [];
  const pairs = textsOf(kept, 'POINT', 'TYPE_GROUPS');
  const typeOf = ({ kind, group }: ModelOutputs) =>
    TYPE_OF_KIND[kind] ?? pairs[pairs.indexOf(group) + 1] ?? group.replace(/S$/, '');
  const typed = outputs.map((output) => ({ output, type: typeOf(output) }));
  return [
    ...typed.flatMap(({ output, type }) => [
      ...texts(output.group, output.labels),
      ...(output.unit === '' ? [] : [single(`${type}_UNITS`, output.unit)]),
    ]),
    textParameter(
      'TYPE_GROUPS',
      typed.flatMap(({ output, type }) => [output.group, type]),
      [2, typed.length],
    ),
  ];
}

function analogParameters({ analog }: C3dContent, scaling: StoredScaling): Parameter[] {
  const { analogOffsets } = scaling;
  const whole = analogOffsets.every(
    (offset) => Number.isInteger(offset) && offset >= -32768 && offset <= 65535,
  );
  return [
    integerParameter('USED', [analog.labels.length], []),
    realParameter('RATE', [analog.rateHz], []),
    realParameter('GEN_SCALE', [analog.generalScale], []),
    single('FORMAT', analog.unsigned ? 'UNSIGNED' : 'SIGNED'),
    ...continued('SCALE', scaling.analogScales, realParameter),
    ...continued('OFFSET', analogOffsets, whole ? integerParameter : realParameter),
    ...texts('UNITS', analog.units),
    ...texts('LABELS', analog.labels),
    ...texts('DESCRIPTIONS', analog.descriptions),
  ];
}

/** A frame number as two 16-bit halves, the lower one first. */
const halves = (frame: number) => [frame % 65536, Math.floor(frame / 65536)];

function trialParameters({ firstFrame, frames }: C3dContent): Parameter[] {
  return [
    integerParameter('ACTUAL_START_FIELD', halves(firstFrame)),
    integerParameter('ACTUAL_END_FIELD', halves(firstFrame + frames - 1)),
  ];
}

function plateParameters(plates: readonly ForcePlate[]): Parameter[] {
  const places = plates.reduce((most, { type }) => Math.max(most, CHANNELS_OF_TYPE[type]), 6);
  const count = plates.length;
  const rows = (channels: readonly number[]) =>
    Array.from({ length: places }, (_, place) =>
      channels[place] === undefined ? 0 : (channels[place] as number) + 1,
    );
  const calibrated = plates.some(({ calibration }) => calibration !== null);
  const none = new Array<number>(36).fill(0);
  return [
    integerParameter('USED', [count], []),
    integerParameter(
      'TYPE',
      plates.map(({ type }) => type),
    ),
    integerParameter(
      'CHANNEL',
      plates.flatMap(({ channels }) => rows(channels)),
      [places, count],
    ),
    realParameter(
      'CORNERS',
      plates.flatMap(({ corners }) => [...corners]),
      [3, 4, count],
    ),
    realParameter(
      'ORIGIN',
      plates.flatMap(({ origin }) => [...origin]),
      [3, count],
    ),
    ...(calibrated
      ? [
          realParameter(
            'CAL_MATRIX',
            plates.flatMap(({ calibration }) => [...(calibration ?? none)]),
            [6, 6, count],
          ),
        ]
      : []),
    integerParameter('ZERO', [...(plates[0]?.unloadedFrames ?? [1, 0])]),
  ];
}

function eventParameters(events: readonly C3dEvent[]): Parameter[] {
  const minutes = (timeS: number) => Math.floor(timeS / 60);
  const times = events.flatMap(({ timeS }) => [minutes(timeS), timeS - 60 * minutes(timeS)]);
  return [
    integerParameter('USED', [events.length], []),
    ...texts(
      'CONTEXTS',
      events.map(({ context }) => context),
    ),
    ...texts(
      'LABELS',
      events.map(({ label }) => label),
    ),
    ...texts(
      'DESCRIPTIONS',
      events.map(({ description }) => description),
    ),
    ...texts(
      'SUBJECTS',
      events.map(({ subject }) => subject),
    ),
    ...continuedPairs('TIMES', times),
    ...continued(
      'ICON_IDS',
      events.map(({ iconId }) => iconId),
      integerParameter,
    ),
    ...continued(
      'GENERIC_FLAGS',
      events.map(({ genericFlag }) => genericFlag),
      byteParameter,
    ),
  ];
}

function continuedPairs(name: string, values: readonly number[]): Parameter[] {
  const pairs = Array.from({ length: values.length / 2 }, (_, index) =>
    values.slice(2 * index, 2 * index + 2),
  );
  return continued(name, pairs, (part, rows) => realParameter(part, rows.flat(), [2, rows.length]));
}

function rotationParameters({ rotations, rateHz }: C3dContent, blocks: Blocks): Parameter[] {
  if (rotations === null) return [];
  return [
    integerParameter('USED', [rotations.labels.length], []),
    integerParameter('DATA_START', [blocks.rotations], []),
    realParameter('RATE', [rotations.rateHz], []),
    integerParameter('RATIO', [Math.round(rotations.rateHz / rateHz)], []),
    ...texts('LABELS', rotations.labels),
    ...texts('DESCRIPTIONS', rotations.descriptions),
  ];
}
