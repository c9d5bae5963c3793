/** How long a picture stands that is the only one of its clip, in seconds. */
const STILL_S = 1;

/** The frame that stands at a moment: the last that began by then. Before the first and after the last, those. */
export function frameAt(times: readonly number[], seconds: number): number {
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((times[middle] ?? 0) <= seconds) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** How long a clip lasts in seconds. Its last frame stands as long as the one before it. */
export function durationOf(times: readonly number[]): number {
  const last = times.at(-1) ?? 0;
  const before = times.at(-2);
  if (before === undefined) return STILL_S;
  return last + Math.max(last - before, last / Math.max(1, times.length - 1));
}

/** How long a frame stands, in seconds. */
export function standsFor(times: readonly number[], frame: number): number {
  return (times[frame + 1] ?? durationOf(times)) - (times[frame] ?? 0);
}

/** Frames a second on average; nought for a still. */
export function rateOf(times: readonly number[]): number {
  return times.length > 1 ? times.length / durationOf(times) : 0;
}
