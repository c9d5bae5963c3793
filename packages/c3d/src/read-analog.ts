import type { Budget } from './budget.ts';
import type { Analog } from './content.ts';
import { readLabels, readTextsFor } from './labels.ts';
import type { Layout } from './layout.ts';
import { countsOf, firstNumber, firstText, numbersOf, type ParameterGroup, placeOf } from './parameters.ts';
import { readInt16, readReal, readUint16 } from './processor.ts';
import type { Warn } from './warnings.ts';

interface Scaling {
  readonly generalScale: number;
  readonly scales: readonly number[];
  readonly offsets: readonly number[];
  readonly unsigned: boolean;
}

const BYTES_PER_CHANNEL = 160;

/** Reads the analog channels and scales them (C3D user guide, "Analog Data Storage"). */
export function readAnalog(
  view: DataView,
  layout: Layout,
  groups: readonly ParameterGroup[],
  budget: Budget,
  warn: Warn,
): Analog {
  const { channels, samplesPerFrame, frames, rateHz } = layout;
  const samples = channels === 0 ? 0 : samplesPerFrame * frames;
  const cost = channels * (8 * samples + BYTES_PER_CHANNEL);
  budget.claim(cost, `${channels} channels of ${samples} samples`, {
    byte: layout.dataByte,
    group: 'ANALOG',
  });
  const scaling = readScaling(groups, layout, warn);
  return {
    rateHz: samplesPerFrame * rateHz,
    samplesPerFrame,
    samples,
    labels: channels === 0 ? [] : readLabels(groups, 'ANALOG', channels, warn),
    descriptions: readTextsFor(groups, 'ANALOG', 'DESCRIPTIONS', channels),
    units: readTextsFor(groups, 'ANALOG', 'UNITS', channels),
    values: decodeSamples(view, layout, scaling),
    ...scaling,
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

function decodeSamples(view: DataView, layout: Layout, scaling: Scaling): Float64Array {
  const { points, channels, samplesPerFrame, frames, processor, storage, dataByte, bytesPerFrame } = layout;
  if (channels === 0) return new Float64Array(0);
  const samples = samplesPerFrame * frames;
  const values = new Float64Array(channels * samples);
  const factors = Float64Array.from(scaling.scales, (scale) => scale * scaling.generalScale);
  const offsets = Float64Array.from(scaling.offsets);
  const size = storage === 'real' ? 4 : 2;
  const readInteger = scaling.unsigned ? readUint16 : readInt16;
  for (let frame = 0; frame < frames; frame += 1) {
    let byte = dataByte + frame * bytesPerFrame + 4 * size * points;
    const start = frame * samplesPerFrame;
    for (let sample = start; sample < start + samplesPerFrame; sample += 1) {
      for (let channel = 0; channel < channels; channel += 1, byte += size) {
        const stored = size === 4 ? readReal(view, byte, processor) : readInteger(view, byte, processor);
        values[channel * samples + sample] =
          (stored - (offsets[channel] as number)) * (factors[channel] as number);
      }
    }
  }
  return values;
}
