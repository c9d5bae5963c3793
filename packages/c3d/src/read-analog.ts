import type { Budget } from './budget.ts';
import type { Analog } from './content.ts';
import type { StoredNumbers } from './frame-blocks.ts';
import { readLabels, readTextsFor } from './labels.ts';
import type { Layout } from './layout.ts';
import { countsOf, firstNumber, firstText, numbersOf, type ParameterGroup, placeOf } from './parameters.ts';
import type { Warn } from './warnings.ts';

interface Scaling {
  readonly generalScale: number;
  readonly scales: readonly number[];
  readonly offsets: readonly number[];
  readonly unsigned: boolean;
}

const BYTES_PER_CHANNEL = 160;

/** Channels on their way: `take` decodes some frames, `finish` gives them all. */
export interface AnalogReader {
  readonly take: (numbers: StoredNumbers, firstFrame: number, frames: number) => void;
  readonly finish: () => Analog;
}

/** Prepares reading the analog channels, within the budget (C3D user guide, "Analog Data Storage"). */
export function analogReader(
  layout: Layout,
  groups: readonly ParameterGroup[],
  budget: Budget,
  warn: Warn,
): AnalogReader {
  const { channels, samplesPerFrame, frames, rateHz } = layout;
  const samples = channels === 0 ? 0 : samplesPerFrame * frames;
  const cost = channels * (8 * samples + BYTES_PER_CHANNEL);
  budget.claim(cost, `${channels} channels of ${samples} samples`, {
    byte: layout.dataByte,
    group: 'ANALOG',
  });
  const scaling = readScaling(groups, layout, warn);
  const values = new Float64Array(channels * samples);
  return {
    take: (numbers, first, count) => decodeSamples(values, layout, scaling, numbers, first, count),
    finish: () => ({
      rateHz: samplesPerFrame * rateHz,
      samplesPerFrame,
      samples,
      labels: channels === 0 ? [] : readLabels(groups, 'ANALOG', channels, warn),
      descriptions: readTextsFor(groups, 'ANALOG', 'DESCRIPTIONS', channels),
      units: readTextsFor(groups, 'ANALOG', 'UNITS', channels),
      values,
      ...scaling,
    }),
  };
}

function readScaling(groups: readonly ParameterGroup[], { channels, storage }: Layout, warn: Warn): Scaling {
  const unsigned = readUnsigned(groups, warn);
  if (channels === 0) return { generalScale: 1, scales: [], offsets: [], unsigned };
  const general = firstNumber(groups, 'ANALOG', 'GEN_SCALE');
  const generalScale = general !== null && Number.isFinite(general) ? general : 1;
  const place = (parameter: string) => placeOf(groups, 'ANALOG', parameter);
  if (general === null) warn('parameter-missing', 'The general scale is taken to be 1.', place('GEN_SCALE'));
  const offsets = unsigned ? countsOf(groups, 'ANALOG', 'OFFSET') : numbersOf(groups, 'ANALOG', 'OFFSET');
  const scales = numbersOf(groups, 'ANALOG', 'SCALE');
  const fill = (parameter: string, values: readonly number[], otherwise: number) => {
    if (values.length < channels) {
      const message = `It covers ${values.length} of ${channels} channels; ${otherwise} stands in for the others.`;
      warn('analog-scaling', message, place(parameter));
    }
    return Array.from({ length: channels }, (_, channel) => {
      const value = values[channel] ?? otherwise;
      return Number.isFinite(value) ? value : otherwise;
    });
  };
  if (!unsigned && storage === 'real' && offsets.includes(-32768)) {
    const message =
      'An offset of -32768 with signed samples looks like 32768 with unsigned ones; it is used as declared.';
    warn('analog-format', message, place('OFFSET'));
  }
  return { generalScale, unsigned, scales: fill('SCALE', scales, 1), offsets: fill('OFFSET', offsets, 0) };
}

function readUnsigned(groups: readonly ParameterGroup[], warn: Warn): boolean {
  const format = (firstText(groups, 'ANALOG', 'FORMAT') ?? 'SIGNED').toUpperCase();
  if (format !== 'SIGNED' && format !== 'UNSIGNED') {
    const message = `${JSON.stringify(format)} is neither SIGNED nor UNSIGNED; SIGNED is taken.`;
    warn('analog-format', message, placeOf(groups, 'ANALOG', 'FORMAT'));
  }
  return format === 'UNSIGNED';
}

/** Decodes the samples of some frames: (stored − offset) × scale × general scale. */
function decodeSamples(
  values: Float64Array,
  layout: Layout,
  { scales, offsets, generalScale, unsigned }: Scaling,
  numbers: StoredNumbers,
  first: number,
  count: number,
): void {
  const { points, channels, samplesPerFrame, frames, storage } = layout;
  const stride = layout.bytesPerFrame / numbers.BYTES_PER_ELEMENT;
  const wraps = storage === 'integer' && unsigned;
  for (let channel = 0; channel < channels; channel += 1) {
    const [offset, factor] = [offsets[channel] as number, (scales[channel] as number) * generalScale];
    let index = channel * samplesPerFrame * frames + first * samplesPerFrame;
    for (let frame = 0; frame < count; frame += 1) {
      let at = frame * stride + 4 * points + channel;
      for (let sample = 0; sample < samplesPerFrame; sample += 1, at += channels, index += 1) {
        const stored = numbers[at] as number;
        values[index] = ((wraps ? stored & 0xffff : stored) - offset) * factor;
      }
    }
  }
}
