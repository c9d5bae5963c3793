import type { Evidence } from './evidence.ts';
import { firstCount, firstNumber, placeOf } from './parameters.ts';

interface AnalogSize {
  readonly channels: number;
  readonly samplesPerFrame: number;
}

const RATE_TOLERANCE = 1e-3;

/**
 * Settles the number of analog channels and of their samples in a frame. The header holds the product, in 16 bits, and
 * the samples; ANALOG holds the channels and a rate. The first reading is taken whose product is the header's and for
 * whose frames the file has room; then one that only has room, since a wrong header is easily seen by that.
 */
export function settleAnalog(
  evidence: Evidence,
  rateHz: number,
  fits: (valuesPerFrame: number) => boolean,
): AnalogSize {
  const { header, groups, warn } = evidence;
  const used = firstCount(groups, 'ANALOG', 'USED');
  const analogRateHz = firstNumber(groups, 'ANALOG', 'RATE');
  const place = placeOf(groups, 'ANALOG', 'USED');
  const { analogPerFrame, samplesPerFrame } = header;
  if (analogPerFrame === 0 && (used ?? 0) === 0) return { channels: 0, samplesPerFrame };
  const channels = used ?? Number.NaN;
  const declared = { channels, samplesPerFrame };
  const readings = [
    declared,
    { channels, samplesPerFrame: Math.round((analogRateHz ?? 0) / rateHz) },
    { channels, samplesPerFrame: analogPerFrame / channels },
    { channels: analogPerFrame / samplesPerFrame, samplesPerFrame },
    { channels: analogPerFrame, samplesPerFrame: 1 },
  ].filter(isWhole);
  const agreeing = readings.filter((reading) => product(reading) % 65536 === analogPerFrame);
  // A broken-off file has room for none; then what ANALOG says is believed.
  const settled = [...agreeing, ...readings].find((reading) => fits(product(reading))) ??
    agreeing.find((reading) => reading.channels === used) ??
    readings[0] ?? { channels: 0, samplesPerFrame };
  if (used === null) warn('parameter-missing', `The header's ${settled.channels} channels are used.`, place);
  else if (settled !== declared || product(declared) !== analogPerFrame) {
    const found = `${used} channels, and the header ${analogPerFrame} values in ${samplesPerFrame} samples a frame`;
    const taken = `${settled.channels} channels with ${settled.samplesPerFrame} samples are read`;
    warn('analog-count', `It declares ${found}; ${taken}.`, place);
  }
  warnOfRate(evidence, settled.channels > 0 ? settled.samplesPerFrame * rateHz : null, analogRateHz);
  return settled;
}

const product = ({ channels, samplesPerFrame }: AnalogSize) => channels * samplesPerFrame;

function isWhole({ channels, samplesPerFrame }: AnalogSize): boolean {
  if (!Number.isInteger(channels) || !Number.isInteger(samplesPerFrame)) return false;
  return samplesPerFrame > 0 ? channels >= 0 : channels === 0;
}

function warnOfRate({ groups, warn }: Evidence, read: number | null, declared: number | null): void {
  if (read === null || declared === null || Math.abs(read - declared) <= RATE_TOLERANCE * read) return;
  const message = `It is ${declared} Hz, and the samples in a frame make ${read} Hz; these are used.`;
  warn('rate-mismatch', message, placeOf(groups, 'ANALOG', 'RATE'));
}
