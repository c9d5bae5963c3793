import type { Path } from '../recording.ts';
import type { Random } from './random.ts';
import type { Capture } from './trial.ts';

/** Marker paths as a lab would see them: with noise, and lost now and then. */
export function imperfect(
  markers: ReadonlyMap<string, Path>,
  frames: number,
  { markerNoiseMm, dropouts }: Pick<Capture, 'markerNoiseMm' | 'dropouts'>,
  random: Random,
): Map<string, Path> {
  const seen = new Map(
    [...markers].map(([name, path]) => [
      name,
      markerNoiseMm > 0 ? path.map((value) => value + markerNoiseMm * random.normal()) : path.slice(),
    ]),
  );
  const names = [...seen.keys()];
  for (let n = 0; n < dropouts.count; n++) {
    const path = seen.get(names[Math.floor(random.even() * names.length)] ?? '');
    const long = 1 + Math.floor(random.even() * dropouts.longestFrames);
    const from = 1 + Math.floor(random.even() * Math.max(1, frames - long - 2));
    path?.fill(Number.NaN, 3 * from, 3 * Math.min(frames - 1, from + long));
  }
  return seen;
}
