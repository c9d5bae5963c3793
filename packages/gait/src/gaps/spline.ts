/**
 * The natural cubic spline through points, at other places between them.
 * Source: Press WH et al. Numerical Recipes, 3rd ed., 2007, section 3.3.
 *
 * @param xs rising
 */
export function naturalSpline(xs: readonly number[], ys: readonly number[], at: readonly number[]): number[] {
  const bends = secondDerivatives(xs, ys);
  return at.map((x) => {
    const right = Math.max(
      1,
      xs.findIndex((knot, index) => knot >= x || index === xs.length - 1),
    );
    const [x0, x1] = [xs[right - 1] as number, xs[right] as number];
    const [y0, y1] = [ys[right - 1] as number, ys[right] as number];
    const [b0, b1] = [bends[right - 1] as number, bends[right] as number];
    const h = x1 - x0;
    const [a, b] = [(x1 - x) / h, (x - x0) / h];
    return a * y0 + b * y1 + (((a ** 3 - a) * b0 + (b ** 3 - b) * b1) * h * h) / 6;
  });
}

/** By elimination in the tridiagonal system; 0 at both ends. */
function secondDerivatives(xs: readonly number[], ys: readonly number[]): number[] {
  const n = xs.length;
  const [upper, bends] = [new Array<number>(n).fill(0), new Array<number>(n).fill(0)];
  const [x, y] = [(i: number) => xs[i] as number, (i: number) => ys[i] as number];
  for (let i = 1; i < n - 1; i++) {
    const part = (x(i) - x(i - 1)) / (x(i + 1) - x(i - 1));
    const pivot = part * (upper[i - 1] as number) + 2;
    upper[i] = (part - 1) / pivot;
    const turn = (y(i + 1) - y(i)) / (x(i + 1) - x(i)) - (y(i) - y(i - 1)) / (x(i) - x(i - 1));
    bends[i] = ((6 * turn) / (x(i + 1) - x(i - 1)) - part * (bends[i - 1] as number)) / pivot;
  }
  bends[n - 1] = 0;
  for (let i = n - 2; i > 0; i--)
    bends[i] = (upper[i] as number) * (bends[i + 1] as number) + (bends[i] as number);
  bends[0] = 0;
  return bends;
}
