import { C3dError } from './errors.ts';
import type { Evidence } from './evidence.ts';
import { BLOCK, declaredFrames, type Header } from './header.ts';
import { settleAnalog } from './layout-analog.ts';
import { settleFrames } from './layout-frames.ts';
import { firstCount, firstNumber, placeOf } from './parameters.ts';
import type { Processor } from './processor.ts';

/** How numbers are stored: 16-bit integers to be scaled, or 32-bit reals. */
export type Storage = 'integer' | 'real';

/** How the data section is laid out, after header and parameters have been compared. */
export interface Layout {
  readonly processor: Processor;
  readonly storage: Storage;
  readonly points: number;
  readonly channels: number;
  readonly samplesPerFrame: number;
  /** Whole frames that the file declares and holds. */
  readonly frames: number;
  /** The number that the first stored frame bore in the recording, counted from 1. */
  readonly firstFrame: number;
  readonly rateHz: number;
  /** The length of one step of an integer coordinate and of one step of a residual; positive. */
  readonly scale: number;
  readonly dataByte: number;
  readonly bytesPerFrame: number;
}

/**
 * Settles how many points, channels and frames there are, where the data starts and how numbers are stored. Where
 * header and parameters contradict each other, the reading that fits the true size of the file is taken.
 * @throws C3dError `scale`, `rate`, `frame-layout` or `no-frames`
 */
export function settleLayout(evidence: Evidence): Layout {
  const { header } = evidence;
  const signedScale = settleScale(evidence);
  const storage: Storage = signedScale < 0 ? 'real' : 'integer';
  const rateHz = settleRate(evidence);
  const dataByte = settleDataStart(evidence);
  const dataBytes = endOfData(evidence, dataByte) - dataByte;
  const size = storage === 'real' ? 4 : 2;
  const leastPoints = Math.min(header.points, firstCount(evidence.groups, 'POINT', 'USED') ?? header.points);
  const analog = settleAnalog(
    evidence,
    rateHz,
    (values) => size * (4 * leastPoints + values) * declaredFrames(header) <= dataBytes,
  );
  const bytesOf = (points: number) => size * (4 * points + analog.channels * analog.samplesPerFrame);
  const points = settlePoints(evidence, (count) => bytesOf(count) * declaredFrames(header) <= dataBytes);
  const bytesPerFrame = bytesOf(points);
  return {
    processor: header.processor,
    storage,
    points,
    ...analog,
    ...settleFrames(evidence, { dataByte, dataBytes, bytesPerFrame }),
    rateHz,
    scale: Math.abs(signedScale),
    dataByte,
    bytesPerFrame,
  };
}

const differ = (a: number, b: number, tolerance: number) => Math.abs(a - b) > tolerance * Math.abs(b);

const SCALE_TOLERANCE = 1e-4;
const RATE_TOLERANCE = 1e-3;

/** The header's scale, since it stands beside the data; POINT:SCALE where that is unusable. */
function settleScale({ header, groups, warn }: Evidence): number {
  const usable = (value: number | null): value is number =>
    value !== null && Number.isFinite(value) && value !== 0;
  const parameter = firstNumber(groups, 'POINT', 'SCALE');
  const place = placeOf(groups, 'POINT', 'SCALE');
  if (usable(header.scale)) {
    if (parameter === null) warn('parameter-missing', `The header's ${header.scale} is used.`, place);
    else if (differ(parameter, header.scale, SCALE_TOLERANCE)) {
      warn(
        'scale-mismatch',
        `It is ${parameter}, the header's is ${header.scale}; the header's is used.`,
        place,
      );
    }
    return header.scale;
  }
  if (usable(parameter)) {
    warn('scale-mismatch', `The header's is ${header.scale}; ${parameter} is used.`, place);
    return parameter;
  }
  const expected = 'a scale that is a number other than 0, in the header (byte 12) or here';
  throw new C3dError({
    code: 'scale',
    expected,
    found: `${header.scale} and ${parameter}`,
    ...{ byte: 12, ...place },
  });
}

function settleRate({ header, groups, warn }: Evidence): number {
  const usable = (value: number | null): value is number =>
    value !== null && Number.isFinite(value) && value > 0;
  const parameter = firstNumber(groups, 'POINT', 'RATE');
  const place = placeOf(groups, 'POINT', 'RATE');
  if (usable(parameter)) {
    if (differ(header.rateHz, parameter, RATE_TOLERANCE) || !Number.isFinite(header.rateHz)) {
      warn(
        'rate-mismatch',
        `It is ${parameter} Hz, the header's is ${header.rateHz}; this one is used.`,
        place,
      );
    }
    return parameter;
  }
  if (usable(header.rateHz)) {
    warn('parameter-missing', `The header's ${header.rateHz} Hz are used.`, place);
    return header.rateHz;
  }
  const expected = 'a frame rate above 0, here or in the header (byte 20)';
  throw new C3dError({
    code: 'rate',
    expected,
    found: `${parameter} and ${header.rateHz}`,
    ...{ byte: 20, ...place },
  });
}

function settleDataStart({ header, groups, fileBytes, warn }: Evidence): number {
  const byteOf = (block: number) => (block - 1) * BLOCK;
  const usable = (block: number | null): block is number =>
    block !== null && byteOf(block) > header.parameterByte && byteOf(block) <= fileBytes;
  const parameter = firstCount(groups, 'POINT', 'DATA_START');
  const place = placeOf(groups, 'POINT', 'DATA_START');
  if (usable(header.dataBlock)) {
    if (parameter !== null && parameter !== header.dataBlock) {
      warn(
        'data-start',
        `It is ${parameter}, the header's is ${header.dataBlock}; the header's is used.`,
        place,
      );
    }
    return byteOf(header.dataBlock);
  }
  if (usable(parameter)) {
    warn('data-start', `The header's is ${header.dataBlock}; ${parameter} is used.`, place);
    return byteOf(parameter);
  }
  const expected = `a block of data after the parameters and inside ${fileBytes} bytes`;
  const found = `block ${header.dataBlock} in the header and ${parameter} in POINT:DATA_START`;
  throw new C3dError({ code: 'no-frames', expected, found, ...{ byte: 16, ...place } });
}

/** Rotations, where there are any, stand in a section of their own after points and analog. */
function endOfData({ groups, fileBytes }: Evidence, dataByte: number): number {
  const block = firstCount(groups, 'ROTATION', 'DATA_START');
  const rotationByte = block === null ? fileBytes : (block - 1) * BLOCK;
  return rotationByte > dataByte && rotationByte <= fileBytes ? rotationByte : fileBytes;
}

function settlePoints({ header, groups, warn }: Evidence, fits: (points: number) => boolean): number {
  const parameter = firstCount(groups, 'POINT', 'USED');
  const place = placeOf(groups, 'POINT', 'USED');
  if (parameter === header.points) return parameter;
  if (parameter === null) {
    warn('parameter-missing', `The header's ${header.points} are used.`, place);
    return header.points;
  }
  const points = fits(parameter) ? parameter : header.points;
  const message = `It is ${parameter}, the header's is ${header.points}; ${points} fit the file.`;
  warn('point-count', message, place);
  return points;
}
