import { C3dError } from './errors.ts';
import type { Evidence } from './evidence.ts';
import { BLOCK, declaredFrames } from './header.ts';
import { countsOf, firstCount, firstNumber, placeOf } from './parameters.ts';

/** The largest number that the header's 16 bits can hold, which longer recordings put there. */
const SATURATED = 65535;

/** 16 reals and a reliability. */
const BYTES_PER_ROTATION = 68;

interface DataSize {
  readonly dataByte: number;
  readonly dataBytes: number;
  readonly bytesPerFrame: number;
}

interface Frames {
  readonly frames: number;
  readonly firstFrame: number;
}

/**
 * Settles how many frames are read. The header counts in 16 bits; longer recordings give their length in
 * POINT:LONG_FRAMES or in TRIAL:ACTUAL_START_FIELD and ACTUAL_END_FIELD (C3D user guide, "Long frames"). Of these the
 * first is taken that the file has room for.
 * @throws C3dError `frame-layout` if a frame is empty, `no-frames` if there is not one whole frame
 */
export function settleFrames(evidence: Evidence, size: DataSize): Frames {
  const { dataBytes, bytesPerFrame } = size;
  const rotations = firstCount(evidence.groups, 'ROTATION', 'USED') ?? 0;
  if (bytesPerFrame === 0 && rotations === 0) {
    const place = { byte: 2, group: 'POINT', parameter: 'USED' };
    throw new C3dError({
      code: 'frame-layout',
      expected: 'points or analog channels',
      found: 'neither',
      ...place,
    });
  }
  // A file of rotations alone has empty frames; what the rotations take bounds their number.
  const leastBytes = bytesPerFrame === 0 ? rotations * BYTES_PER_ROTATION : bytesPerFrame;
  const available = Math.floor((bytesPerFrame === 0 ? evidence.fileBytes : dataBytes) / leastBytes);
  const declared = declaredCounts(evidence);
  const wanted = declared.find((count) => count <= available) ?? declared[0] ?? available;
  const frames = Math.min(wanted, available);
  if (!(frames > 0)) {
    const found = `${dataBytes} bytes of data and frames of ${bytesPerFrame}`;
    throw new C3dError({
      code: 'no-frames',
      expected: 'at least one whole frame',
      found,
      byte: size.dataByte,
    });
  }
  warnOfCount(evidence, frames, declared);
  warnOfSize(evidence, size, wanted, frames);
  return { frames, firstFrame: firstFrame(evidence) };
}

/** The counts that header and parameters declare, in the order in which they are believed. */
function declaredCounts({ header, groups }: Evidence): number[] {
  const fromHeader = declaredFrames(header);
  const saturated = header.lastFrame === SATURATED;
  const fromPoint = firstCount(groups, 'POINT', 'FRAMES') ?? 0;
  const start = trialField(countsOf(groups, 'TRIAL', 'ACTUAL_START_FIELD'));
  const end = trialField(countsOf(groups, 'TRIAL', 'ACTUAL_END_FIELD'));
  const fromTrial = start !== null && end !== null ? end - start + 1 : 0;
  const long = firstNumber(groups, 'POINT', 'LONG_FRAMES') ?? 0;
  const counts = saturated ? [long, fromTrial] : [fromHeader, fromPoint, fromTrial, long];
  if (saturated && fromPoint !== SATURATED) counts.push(fromPoint);
  return counts.map(Math.floor).filter((count) => count > 0 && Number.isFinite(count));
}

/** A frame number that TRIAL keeps as two 16-bit halves, the lower one first. */
function trialField([low, high]: readonly number[]): number | null {
  return low === undefined ? null : low + 65536 * (high ?? 0);
}

function firstFrame({ header, groups }: Evidence): number {
  const start = trialField(countsOf(groups, 'TRIAL', 'ACTUAL_START_FIELD'));
  return Math.max(1, header.firstFrame === SATURATED && start !== null ? start : header.firstFrame);
}

function warnOfCount({ header, groups, warn }: Evidence, frames: number, declared: readonly number[]): void {
  const place = placeOf(groups, 'POINT', 'FRAMES');
  const fromPoint = firstCount(groups, 'POINT', 'FRAMES');
  const fromHeader = declaredFrames(header);
  if (declared.length === 0)
    warn('frame-count', `No length is declared; the file holds ${frames} frames.`, place);
  else if (fromPoint === null)
    warn('parameter-missing', `${frames} frames are read, as the header says.`, place);
  else if (
    (fromPoint !== frames && fromPoint !== SATURATED) ||
    (fromHeader !== frames && header.lastFrame !== SATURATED)
  ) {
    const message = `It is ${fromPoint}, and the header declares ${fromHeader}; ${frames} are read.`;
    warn('frame-count', message, place);
  }
}

function warnOfSize({ warn }: Evidence, size: DataSize, wanted: number, frames: number): void {
  const { dataByte, dataBytes, bytesPerFrame } = size;
  if (frames < wanted) {
    const byte = dataByte + frames * bytesPerFrame;
    warn('data-truncated', `The file ends after ${frames} of ${wanted} frames.`, { byte });
  }
  const left = dataBytes - frames * bytesPerFrame;
  if (bytesPerFrame > 0 && left >= Math.max(BLOCK, bytesPerFrame)) {
    warn('data-left-over', `${left} bytes follow the last frame.`, {
      byte: dataByte + frames * bytesPerFrame,
    });
  }
}
