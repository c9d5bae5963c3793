import { type NewContent, newContent, readC3d, type WriteOptions, writeC3d } from '@rectus/c3d';
import {
  c3dOfTrial,
  SIMULATED_ADULT,
  type SimulatedTrial,
  simulateStanding,
  simulateWalk,
  USUAL_CAPTURE,
} from '@rectus/gait';

/** About two steps a second: what the simulated adult takes. */
const STEPS_PER_SECOND = 1.86;

/** A simulated walk of about so many seconds at 100 Hz, as a lab records it. */
export function walkOf(seconds: number, seed = 1): SimulatedTrial {
  const steps = Math.max(4, Math.round(STEPS_PER_SECOND * seconds));
  return simulateWalk(SIMULATED_ADULT, undefined, { ...USUAL_CAPTURE, seed, steps });
}

export function walkFile(seconds: number, seed = 1): Uint8Array {
  return writeC3d(c3dOfTrial(walkOf(seconds, seed)));
}

export function standingFile(): Uint8Array {
  return writeC3d(c3dOfTrial(simulateStanding(SIMULATED_ADULT)));
}

/** A simulated walk again and again, until its file has about so many bytes. */
export function largeFile(bytes: number, options: WriteOptions = {}): Uint8Array {
  const walk = readC3d(writeC3d(c3dOfTrial(walkOf(3))));
  const { markers, analog, frames, rateHz } = walk;
  const numbers = 4 * markers.labels.length + analog.labels.length * analog.samplesPerFrame;
  const frameBytes = numbers * (options.storage === 'integer' ? 2 : 4);
  const times = Math.max(1, Math.round(bytes / frameBytes / frames));
  const long: NewContent = {
    rateHz,
    frames: frames * times,
    markers: { labels: markers.labels, values: repeated(markers.values, markers.labels.length, times) },
    analog: { ...analog, values: repeated(analog.values, analog.labels.length, times) },
  };
  return writeC3d(newContent(long), options);
}

/** Each of so many curves, one after the other, again and again. */
function repeated(values: Float64Array, curves: number, times: number): Float64Array {
  const length = values.length / curves;
  const result = new Float64Array(values.length * times);
  for (let curve = 0; curve < curves; curve++) {
    const own = values.subarray(curve * length, (curve + 1) * length);
    for (let turn = 0; turn < times; turn++) result.set(own, (curve * times + turn) * length);
  }
  return result;
}
