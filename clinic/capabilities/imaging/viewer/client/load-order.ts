/** A run of frames, both ends included. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/** The second run is short, so that pictures move soon; later ones are longer. */
const FIRST_RUN = 4;
const GROWTH = 2;

/**
 * In which runs the frames of a clip are fetched: the one that is looked at first, then outwards on both sides, mostly
 * forwards. No run is longer than `longest`.
 */
export function loadOrder(frames: number, start: number, longest: number): readonly Run[] {
  const runs: Run[] = [{ from: start, to: start }];
  let [next, before] = [start + 1, start - 1];
  for (let length = FIRST_RUN; next < frames || before >= 0; length *= GROWTH) {
    const size = Math.max(1, Math.min(length, longest));
    if (next < frames) {
      runs.push({ from: next, to: Math.min(frames - 1, next + size - 1) });
      next += size;
    }
    if (before >= 0) {
      runs.push({ from: Math.max(0, before - size + 1), to: before });
      before -= size;
    }
  }
  return runs;
}

/** The frames that are due next, the one that stands first, around the end of a loop to its beginning. */
export function framesAhead(frame: number, count: number, loop: { first: number; last: number }): number[] {
  const length = loop.last - loop.first + 1;
  if (frame < loop.first || frame > loop.last || length < 1) return [frame];
  return Array.from(
    { length: Math.min(count, length) },
    (_, step) => loop.first + ((frame - loop.first + step) % length),
  );
}
