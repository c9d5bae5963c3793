import { parseArgs } from 'node:util';
import { numbersOf } from '@rectus/c3d';
import { recordingOf } from '@rectus/gait';
import { UsageError } from '../../lib/console.ts';
import { writeResult } from '../../lib/write-result.ts';
import { type NamedFile, readTrial } from '../files.ts';
import { markerSetOf } from '../session.ts';

const MEASUREMENTS = [
  'Bodymass',
  'Height',
  'LLegLength',
  'RLegLength',
  'LKneeWidth',
  'RKneeWidth',
  'LAnkleWidth',
  'RAnkleWidth',
  'InterAsisDistance',
];

/** Tells what is in C3D files. */
export async function infoCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean' }, markers: { type: 'string' } },
  });
  if (positionals.length === 0) throw new UsageError('Name at least one C3D file.');
  const files = positionals.map((path) => describe(readTrial(path), markerSetOf(values.markers)));
  writeResult(undefined, values.json ? `${JSON.stringify(files, null, 2)}\n` : files.map(inWords).join('\n'));
}

function describe({ name, file }: NamedFile, set: ReturnType<typeof markerSetOf>) {
  const {
    processor,
    storage,
    rateHz,
    frames,
    firstFrame,
    markers,
    modelOutputs,
    analog,
    events,
    forcePlates,
  } = file;
  return {
    name,
    form: `${processor}, ${storage}`,
    rateHz,
    firstFrame,
    frames,
    seconds: frames / rateHz,
    unit: markers.unit,
    markers: markers.labels,
    markerSet: markers.mmPerUnit === null ? null : markerSetIn(recordingOf(file, set)),
    modelOutputs: modelOutputs.flatMap(({ labels }) => labels),
    analog: { channels: analog.labels.length, rateHz: analog.rateHz },
    plates: forcePlates.map(({ type }) => type),
    events: events.map(({ context, label, timeS }) => ({ context, label, timeS })),
    measurements: Object.fromEntries(
      MEASUREMENTS.flatMap((one) => {
        const value = numbersOf(file.groups, 'PROCESSING', one)[0] ?? 0;
        return value > 0 ? [[one, value]] : [];
      }),
    ),
    warnings: file.warnings.map(({ code, message }) => ({ code, message })),
  };
}

function markerSetIn({ markerSet, atOrigin = [] }: ReturnType<typeof recordingOf>) {
  return { name: markerSet?.set.name ?? null, missing: markerSet?.missing ?? [], notSeenAtOrigin: atOrigin };
}

function setInWords(set: ReturnType<typeof describe>['markerSet']): string {
  if (set === null || set.name === null) return 'not told, because the file names no unit of length';
  if (set.missing.length === 0) return set.name;
  return `none in full; of “${set.name}” there is no ${set.missing.join(', no ')}`;
}

function inWords(about: ReturnType<typeof describe>): string {
  const list = (words: readonly string[]) => (words.length > 0 ? words.join(' ') : 'none');
  const lines = [
    ['form', about.form],
    [
      'frames',
      `${about.frames} at ${about.rateHz} Hz, ${about.seconds.toFixed(2)} s, from frame ${about.firstFrame}`,
    ],
    ['markers', `${about.markers.length} in ${about.unit || 'an unknown unit'}: ${list(about.markers)}`],
    ['set', setInWords(about.markerSet)],
    [
      'model',
      about.modelOutputs.length > 0 ? `${about.modelOutputs.length} curves of another program` : 'none',
    ],
    ['analog', `${about.analog.channels} channels at ${about.analog.rateHz} Hz`],
    ['plates', about.plates.length > 0 ? about.plates.map((type) => `type ${type}`).join(', ') : 'none'],
    [
      'events',
      list(
        about.events
          .map(({ context, label, timeS }) => `${context} ${label} ${timeS.toFixed(3)} s`.trim())
          .map((one) => `${one};`),
      ),
    ],
    [
      'measured',
      list(Object.entries(about.measurements).map(([name, value]) => `${name} ${Number(value.toFixed(2))};`)),
    ],
    ...about.warnings.map(({ code, message }) => ['warning', `${code}: ${message}`]),
  ];
  return `${about.name}\n${lines.map(([key = '', value]) => `  ${key.padEnd(9)} ${value}`).join('\n')}\n`;
}
