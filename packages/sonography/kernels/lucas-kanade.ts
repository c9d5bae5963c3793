// AssemblyScript. Iterative Lucas–Kanade, inverse compositional (Baker & Matthews, IJCV 2004;56:221): the template's
// gradients are taken once, and each iteration only samples the other image. The mean is taken out and the gain is
// followed, so that a brighter or darker second image does not pull.

/** The largest window is 31 × 31: eight vectors of four pixels side by side. */
const PATCH_STRIDE: i32 = 40;
const patch: usize = memory.data(40 * 36 * 4, 16);
const columns: usize = memory.data(3 * 8 * 32 * 16, 16);
const SHIFT_X: usize = 8 * 32 * 16;
const SHIFT_Y: usize = 2 * 8 * 32 * 16;
const MARGIN: i32 = 24;

/** Floats of one point; the fields are named in ../src/track/kernels.ts. */
const POINT_BYTES: usize = 16 * 4;

let meanT: f32 = 0;
let varianceT: f32 = 0;
let gxx: f32 = 0;
let gxy: f32 = 0;
let gyy: f32 = 0;
/** Template against its own gradients: nought but for rounding and the window's edge. */
let ownX: f32 = 0;
let ownY: f32 = 0;

/** Finds each point's window of `reference` in `current`, from the place that its record guesses. */
export function follow(
  reference: usize,
  current: usize,
  stride: i32,
  width: i32,
  height: i32,
  half: i32,
  points: usize,
  count: i32,
  iterations: i32,
  epsilon: f32,
): void {
  for (let i = 0; i < count; i++) {
    const point = points + <usize>i * POINT_BYTES;
    readPatch(reference, stride, width, height, half, point);
    prepare(half);
    store<f32>(point, gxx, 36);
    store<f32>(point, gxy, 40);
    store<f32>(point, gyy, 44);
    store<f32>(point, varianceT, 52);
    align(current, stride, width, height, half, point, iterations, epsilon);
  }
}

/** The template with one more pixel on every side, through the record's 2 × 2 matrix. */
function readPatch(image: usize, stride: i32, width: i32, height: i32, half: i32, point: usize): void {
  const cx = load<f32>(point);
  const cy = load<f32>(point, 4);
  const xx = load<f32>(point, 16);
  const xy = load<f32>(point, 20);
  const yx = load<f32>(point, 24);
  const yy = load<f32>(point, 28);
  const reach = half + 1;
  const size = 2 * reach + 1;
  if (xx === 1 && xy === 0 && yx === 0 && yy === 1) {
    let from = image + <usize>((<i32>cy - reach) * stride + <i32>cx - reach) * 4;
    let to = patch;
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x += 4) v128.store(to + <usize>x * 4, v128.load(from + <usize>x * 4));
      from += <usize>stride * 4;
      to += <usize>PATCH_STRIDE * 4;
    }
    return;
  }
  const low = <f32>(-MARGIN + 2);
  const right = <f32>(width + MARGIN - 3);
  const bottom = <f32>(height + MARGIN - 3);
  for (let j = -reach; j <= reach; j++) {
    const to = patch + <usize>((j + reach) * PATCH_STRIDE + reach) * 4;
    for (let i = -reach; i <= reach; i++) {
      const x = min<f32>(max<f32>(cx + xx * <f32>i + xy * <f32>j, low), right);
      const y = min<f32>(max<f32>(cy + yx * <f32>i + yy * <f32>j, low), bottom);
      const x0 = floor<f32>(x);
      const y0 = floor<f32>(y);
      const fx = x - x0;
      const at = image + <usize>(<i32>y0 * stride + <i32>x0) * 4;
      const below = at + <usize>stride * 4;
      const a = load<f32>(at) + fx * (load<f32>(at, 4) - load<f32>(at));
      const b = load<f32>(below) + fx * (load<f32>(below, 4) - load<f32>(below));
      store<f32>(to + <usize>i * 4, a + (y - y0) * (b - a));
    }
  }
}

/** Template and gradients without their means, in columns of four pixels; variance and structure tensor per pixel. */
function prepare(half: i32): void {
  const size = 2 * half + 1;
  const vectors = (size + 3) >> 2;
  const n = <f32>(size * size);
  const row = <usize>PATCH_STRIDE * 4;
  let sumT = f32x4.splat(0);
  let sumX = f32x4.splat(0);
  let sumY = f32x4.splat(0);
  for (let k = 0; k < vectors; k++) {
    const mask = maskOf(k, size);
    for (let y = 0; y < size; y++) {
      const at = patch + <usize>((y + 1) * PATCH_STRIDE + 4 * k) * 4;
      const to = columns + <usize>(k * 32 + y) * 16;
      const t = v128.and(mask, v128.load(at, 4));
      const across = v128.and(mask, f32x4.sub(v128.load(at, 8), v128.load(at)));
      const down = v128.and(mask, f32x4.sub(v128.load(at + row, 4), v128.load(at - row, 4)));
      sumT = f32x4.add(sumT, t);
      sumX = f32x4.add(sumX, across);
      sumY = f32x4.add(sumY, down);
      v128.store(to, t);
      v128.store(to + SHIFT_X, across);
      v128.store(to + SHIFT_Y, down);
    }
  }
  meanT = total(sumT) / n;
  const allT = f32x4.splat(meanT);
  const allX = f32x4.splat((total(sumX) / n) * 0.5);
  const allY = f32x4.splat((total(sumY) / n) * 0.5);
  const double = f32x4.splat(0.5);
  let tt = f32x4.splat(0);
  let xx = f32x4.splat(0);
  let xy = f32x4.splat(0);
  let yy = f32x4.splat(0);
  let tx = f32x4.splat(0);
  let ty = f32x4.splat(0);
  for (let k = 0; k < vectors; k++) {
    const mask = maskOf(k, size);
    for (let y = 0; y < size; y++) {
      const to = columns + <usize>(k * 32 + y) * 16;
      const t = v128.and(mask, f32x4.sub(v128.load(to), allT));
      const across = v128.and(mask, f32x4.sub(f32x4.mul(double, v128.load(to + SHIFT_X)), allX));
      const down = v128.and(mask, f32x4.sub(f32x4.mul(double, v128.load(to + SHIFT_Y)), allY));
      v128.store(to, t);
      v128.store(to + SHIFT_X, across);
      v128.store(to + SHIFT_Y, down);
      tt = f32x4.add(tt, f32x4.mul(t, t));
      xx = f32x4.add(xx, f32x4.mul(across, across));
      xy = f32x4.add(xy, f32x4.mul(across, down));
      yy = f32x4.add(yy, f32x4.mul(down, down));
      tx = f32x4.add(tx, f32x4.mul(t, across));
      ty = f32x4.add(ty, f32x4.mul(t, down));
    }
  }
  varianceT = total(tt) / n;
  gxx = total(xx) / n;
  gxy = total(xy) / n;
  gyy = total(yy) / n;
  ownX = total(tx) / n;
  ownY = total(ty) / n;
}

/** Moves the record's place until the step is below epsilon, and notes correlation, gain and iterations. */
function align(
  image: usize,
  stride: i32,
  width: i32,
  height: i32,
  half: i32,
  point: usize,
  iterations: i32,
  epsilon: f32,
): void {
  const size = 2 * half + 1;
  const n = <f32>(size * size);
  const damping = <f32>0.001 * (gxx + gyy);
  const hxx = gxx + damping;
  const hyy = gyy + damping;
  const det = hxx * hyy - gxy * gxy;
  store<f32>(point, 0, 32);
  store<f32>(point, 1, 48);
  store<f32>(point, 0, 56);
  store<f32>(point, 0, 60);
  if (!(det > 0) || !(varianceT > 1e-3)) return;
  const low = <f32>(half - MARGIN + 2);
  const right = <f32>(width + MARGIN - 3 - half);
  const bottom = <f32>(height + MARGIN - 3 - half);
  let x = load<f32>(point, 8);
  let y = load<f32>(point, 12);
  const x00 = x;
  const y00 = y;
  const farthest = <f32>half;
  for (let i = 1; i <= iterations; i++) {
    x = min<f32>(max<f32>(x, low), right);
    y = min<f32>(max<f32>(y, low), bottom);
    compare(image, stride, half, x, y);
    const variance = sumII / n - (sumI / n) * (sumI / n);
    if (!(variance > 1e-3)) return;
    const gain = sqrt<f32>(variance / varianceT);
    const bx = sumX / (gain * n) - ownX;
    const by = sumY / (gain * n) - ownY;
    const dx = (hyy * bx - gxy * by) / det;
    const dy = (hxx * by - gxy * bx) / det;
    x -= dx;
    y -= dy;
    const step = sqrt<f32>(dx * dx + dy * dy);
    store<f32>(point, sumIT / (n * sqrt<f32>(variance * varianceT)), 32);
    store<f32>(point, gain, 48);
    store<f32>(point, <f32>i, 56);
    store<f32>(point, step, 60);
    if (step < epsilon || abs<f32>(x - x00) > farthest || abs<f32>(y - y00) > farthest) break;
  }
  store<f32>(point, x, 8);
  store<f32>(point, y, 12);
}

let sumI: f32 = 0;
let sumII: f32 = 0;
let sumIT: f32 = 0;
let sumX: f32 = 0;
let sumY: f32 = 0;

/** Samples the image around (x, y), bilinearly, and sums it against template and gradients. */
function compare(image: usize, stride: i32, half: i32, x: f32, y: f32): void {
  const size = 2 * half + 1;
  const vectors = (size + 3) >> 2;
  const x0 = floor<f32>(x);
  const y0 = floor<f32>(y);
  const fx = f32x4.splat(x - x0);
  const fy = f32x4.splat(y - y0);
  const mean = f32x4.splat(meanT);
  const start = image + <usize>((<i32>y0 - half) * stride + <i32>x0 - half) * 4;
  const step = <usize>stride * 4;
  let i = f32x4.splat(0);
  let ii = f32x4.splat(0);
  let it = f32x4.splat(0);
  let ix = f32x4.splat(0);
  let iy = f32x4.splat(0);
  for (let k = 0; k < vectors; k++) {
    const mask = maskOf(k, size);
    let at = start + <usize>k * 16;
    let to = columns + <usize>k * 512;
    const end = to + <usize>size * 16;
    let left = f32x4.sub(v128.load(at), mean);
    let above = f32x4.add(left, f32x4.mul(fx, f32x4.sub(f32x4.sub(v128.load(at, 4), mean), left)));
    while (to < end) {
      at += step;
      left = f32x4.sub(v128.load(at), mean);
      const below = f32x4.add(left, f32x4.mul(fx, f32x4.sub(f32x4.sub(v128.load(at, 4), mean), left)));
      const value = v128.and(mask, f32x4.add(above, f32x4.mul(fy, f32x4.sub(below, above))));
      const t = v128.load(to);
      const across = v128.load(to + SHIFT_X);
      const down = v128.load(to + SHIFT_Y);
      i = f32x4.add(i, value);
      ii = f32x4.add(ii, f32x4.mul(value, value));
      it = f32x4.add(it, f32x4.mul(value, t));
      ix = f32x4.add(ix, f32x4.mul(value, across));
      iy = f32x4.add(iy, f32x4.mul(value, down));
      above = below;
      to += 16;
    }
  }
  sumI = total(i);
  sumII = total(ii);
  sumIT = total(it);
  sumX = total(ix);
  sumY = total(iy);
}

/** All ones in the lanes of vector k that lie inside a row of `size` pixels. */
function maskOf(k: i32, size: i32): v128 {
  return i32x4.lt_s(i32x4.add(i32x4.splat(4 * k), i32x4(0, 1, 2, 3)), i32x4.splat(size));
}

function total(lanes: v128): f32 {
  return (
    f32x4.extract_lane(lanes, 0) +
    f32x4.extract_lane(lanes, 1) +
    (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3))
  );
}
