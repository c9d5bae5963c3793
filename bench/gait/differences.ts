/** Two curves over the frames that both of them know. */
export interface Agreement {
  readonly n: number;
  readonly rms: number;
  /** Pearson's. */
  readonly r: number;
  readonly max: number;
}

/** How far pairs of values lie apart; null where there are none. */
export function agreementOf(pairs: readonly (readonly [ours: number, theirs: number])[]): Agreement | null {
  const known = pairs.filter(([ours, theirs]) => Number.isFinite(ours) && Number.isFinite(theirs));
  const n = known.length;
  if (n === 0) return null;
  const mean = (which: 0 | 1) => known.reduce((sum, pair) => sum + pair[which], 0) / n;
  const [ours, theirs] = [mean(0), mean(1)];
  let [squares, max, both, own, other] = [0, 0, 0, 0, 0];
  for (const [a, b] of known) {
    squares += (a - b) ** 2;
    max = Math.max(max, Math.abs(a - b));
    both += (a - ours) * (b - theirs);
    own += (a - ours) ** 2;
    other += (b - theirs) ** 2;
  }
  return { n, rms: Math.sqrt(squares / n), r: both / Math.sqrt(own * other), max };
}

/** Angles apart, the short way round, in degrees. */
export function degreesApart(a: number, b: number): number {
  const apart = Math.abs(a - b) % 360;
  return Math.min(apart, 360 - apart);
}
