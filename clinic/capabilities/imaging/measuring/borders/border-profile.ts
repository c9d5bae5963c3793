import type { LumaFrame, PointPx } from '@rectus/sonography';

/** Mean grey along a line, at depths from `-reach` to `reach` px beside it in steps of one px: the line itself in the middle. */
export function profileAcross(
  frame: LumaFrame,
  [from, to]: readonly [PointPx, PointPx],
  reach: number,
): Float64Array {
  const long = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [acrossX, acrossY] = [-(to.y - from.y) / long, (to.x - from.x) / long];
  const samples = Math.max(2, Math.ceil(long));
  const profile = new Float64Array(2 * reach + 1);
  for (let n = 0; n <= samples; n++) {
    const share = n / samples;
    const x = from.x + share * (to.x - from.x);
    const y = from.y + share * (to.y - from.y);
    for (let d = -reach; d <= reach; d++)
      profile[d + reach] =
        (profile[d + reach] ?? 0) + greyAt(frame, x + d * acrossX, y + d * acrossY) / (samples + 1);
  }
  return profile;
}

export interface BestFit {
  /** By how many px the pattern lies deeper than where it was looked for. */
  readonly shift: number;
  /** Correlation there, −1 to 1. */
  readonly alike: number;
}

/** Where in a longer profile the pattern lies; both have their middle at the place where it was looked for. */
export function findIn(profile: Float64Array, pattern: Float64Array): BestFit {
  const reach = (profile.length - pattern.length) / 2;
  const alike = Array.from({ length: 2 * reach + 1 }, (_, at) =>
    correlation(profile.subarray(at, at + pattern.length), pattern),
  );
  const best = alike.indexOf(Math.max(...alike));
  const [before, here = 0, after] = [alike[best - 1], alike[best], alike[best + 1]];
  const bend = before === undefined || after === undefined ? 0 : before - 2 * here + after;
  const between = bend < 0 && before !== undefined && after !== undefined ? (before - after) / (2 * bend) : 0;
  return { shift: best - reach + between, alike: here };
}

function correlation(one: Float64Array, other: Float64Array): number {
  const [a, b] = [mean(one), mean(other)];
  let [both, first, second] = [0, 0, 0];
  for (let n = 0; n < one.length; n++) {
    const [x, y] = [(one[n] ?? 0) - a, (other[n] ?? 0) - b];
    both += x * y;
    first += x * x;
    second += y * y;
  }
  return first > 0 && second > 0 ? both / Math.sqrt(first * second) : 0;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function greyAt({ luma, width, height }: LumaFrame, x: number, y: number): number {
  const column = Math.min(width - 2, Math.max(0, Math.floor(x)));
  const row = Math.min(height - 2, Math.max(0, Math.floor(y)));
  const [along, down] = [Math.min(1, Math.max(0, x - column)), Math.min(1, Math.max(0, y - row))];
  const grey = (at: number) => luma[at] ?? 0;
  const at = row * width + column;
  const above = grey(at) + along * (grey(at + 1) - grey(at));
  const below = grey(at + width) + along * (grey(at + width + 1) - grey(at + width));
  return above + down * (below - above);
}
