import { type DataSet, numbersOf, textOf } from './data-set.ts';
import { TAG } from './tags.ts';
import type { ReadWarning } from './warnings.ts';

/** When the frames of a clip were taken, and how we know. */
export interface Timing {
  /** Seconds from the first frame. */
  readonly times: Float64Array;
  /** `assumed` where the file does not say: then only the order of the frames is known. */
  readonly source: 'frame-time-vector' | 'frame-time' | 'cine-rate' | 'display-rate' | 'assumed';
}

const MS = 1e-3;
const ASSUMED_RATE_HZ = 30;
/** An hour between two frames is a damaged number. */
const LONGEST_STEP_S = 3600;

/**
 * The frame times of a clip. The vector's first value belongs to no step, whatever it is.
 *
 * Source: DICOM PS3.3 C.7.6.5, cine.
 */
export function readTiming(data: DataSet, frames: number, warnings: ReadWarning[]): Timing {
  if (frames === 1) return { times: new Float64Array(1), source: 'assumed' };
  const pointer = data.elements[TAG.frameTimeVector];
  if (pointer) {
    const steps = numbersOf(data, TAG.frameTimeVector).slice(1, frames);
    const good = steps.filter((step) => isStep(step * MS));
    if (good.length > 0) {
      if (good.length < frames - 1)
        warnings.push({
          code: 'timing-incomplete',
          message: 'Some frame times are missing or impossible; the usual step stands in for them.',
        });
      return { times: cumulative(steps, frames, median(good)), source: 'frame-time-vector' };
    }
  }
  const [step] = numbersOf(data, TAG.frameTime);
  if (step !== undefined && isStep(step * MS))
    return { times: even(frames, step * MS), source: 'frame-time' };
  for (const [tag, source] of [
    [TAG.cineRate, 'cine-rate'],
    [TAG.displayRate, 'display-rate'],
  ] as const) {
    const rate = Number(textOf(data, tag) ?? Number.NaN);
    if (isStep(1 / rate)) return { times: even(frames, 1 / rate), source };
  }
  warnings.push({
    code: 'timing-assumed',
    message: `The file does not say how fast the frames were taken; ${ASSUMED_RATE_HZ} a second are assumed.`,
  });
  return { times: even(frames, 1 / ASSUMED_RATE_HZ), source: 'assumed' };
}

function isStep(seconds: number): boolean {
  return seconds > 0 && seconds <= LONGEST_STEP_S;
}

function even(frames: number, step: number): Float64Array {
  return Float64Array.from({ length: frames }, (_, index) => index * step);
}

function cumulative(steps: readonly number[], frames: number, usual: number): Float64Array {
  const times = new Float64Array(frames);
  for (let frame = 1; frame < frames; frame++) {
    const step = steps[frame - 1] ?? Number.NaN;
    times[frame] = (times[frame - 1] ?? 0) + (isStep(step * MS) ? step : usual) * MS;
  }
  return times;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
