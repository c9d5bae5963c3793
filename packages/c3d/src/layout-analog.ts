import type { Evidence } from './layout.ts';
import { firstCount, firstNumber, placeOf } from './parameters.ts';

interface AnalogSize {
  readonly channels: number;
  readonly samplesPerFrame: number;
}

const RATE_TOLERANCE = 1e-3;

/**
 * Settles the number of analog channels and of their samples in a frame. The header holds the product, in 16 bits, and
 * the samples; ANALOG holds the channels and a rate. The first reading whose product is the header's is taken.
 */
export function settleAnalog(evidence: Evidence, rateHz: number): AnalogSize {
  const { header, groups, warn } = evidence;
  const used = firstCount(groups, 'ANALOG', 'USED');
  const analogRateHz = firstNumber(groups, 'ANALOG', 'RATE');
  const place = placeOf(groups, 'ANALOG', 'USED');
  const { analogPerFrame, samplesPerFrame } = header;
  if (analogPerFrame === 0 && (used ?? 0) === 0) return { channels: 0, samplesPerFrame };
  const readings: AnalogSize[] = [
    { channels: used ?? 0, samplesPerFrame },
    { channels: used ?? 0, samplesPerFrame: Math.round((analogRateHz ?? 0) / rateHz) },
    { channels: used ?? 0, samplesPerFrame: analogPerFrame / (used ?? 1) },
    { channels: analogPerFrame / samplesPerFrame, samplesPerFrame },
    { channels: analogPerFrame, samplesPerFrame: 1 },
  ];
  const index = readings.findIndex((reading) => agrees(reading, analogPerFrame));
  const settled = readings[index] ?? { channels: 0, samplesPerFrame };
  if (used === null) warn('parameter-missing', `The header's ${settled.channels} channels are used.`, place);
  else if (index !== 0) {
    const declared = `${used} channels, and the header ${analogPerFrame} values in ${samplesPerFrame} samples a frame`;
    const taken = `${settled.channels} channels with ${settled.samplesPerFrame} samples are read`;
    warn('analog-count', `It declares ${declared}; ${taken}.`, place);
  }
  warnOfRate(evidence, settled.channels > 0 ? settled.samplesPerFrame * rateHz : null, analogRateHz);
  return settled;
}

function agrees({ channels, samplesPerFrame }: AnalogSize, analogPerFrame: number): boolean {
  const whole = Number.isInteger(channels) && Number.isInteger(samplesPerFrame);
  return (
    whole && channels > 0 && samplesPerFrame > 0 && (channels * samplesPerFrame) % 65536 === analogPerFrame
  );
}

function warnOfRate({ groups, warn }: Evidence, read: number | null, declared: number | null): void {
  if (read === null || declared === null || Math.abs(read - declared) <= RATE_TOLERANCE * read) return;
  const message = `It is ${declared} Hz, and the samples in a frame make ${read} Hz; these are used.`;
  warn('rate-mismatch', message, placeOf(groups, 'ANALOG', 'RATE'));
}
