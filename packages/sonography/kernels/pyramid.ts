// AssemblyScript. Images are 32-bit floats, row by row, with a margin on every side; `image` points at pixel (0, 0)
// and `stride` counts pixels from row to row. The plain twin of every function is in ../src/track/plain-kernels.ts.

/** Two rows of sums while a luma frame is smoothed; frames may be up to 8192 pixels wide. */
const ROW_BYTES: usize = 8192 * 4;
const rows: usize = memory.data(3 * 8192 * 4, 16);

/** Pixels of margin on every side of every level. */
export const MARGIN: i32 = 24;

/** 8-bit luma to floats, smoothed with [1 2 1]/4 both ways; beyond the border the border is repeated. */
export function smoothLuma(luma: usize, image: usize, stride: i32, width: i32, height: i32): void {
  sumRow(luma, rows, width);
  copyRow(rows, rows + ROW_BYTES, width);
  for (let y = 0; y < height; y++) {
    const above = rows + <usize>((y + 0) % 3) * ROW_BYTES;
    const here = rows + <usize>((y + 1) % 3) * ROW_BYTES;
    const below = rows + <usize>((y + 2) % 3) * ROW_BYTES;
    const next = y + 1 < height ? y + 1 : y;
    sumRow(luma + <usize>(next * width), below, width);
    const out = image + <usize>(y * stride) * 4;
    for (let x = 0; x < width; x += 8) {
      const at = <usize>x * 2;
      const middle = i16x8.shl(v128.load(here + at), 1);
      const sum = i16x8.add(i16x8.add(v128.load(above + at), middle), v128.load(below + at));
      const low = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(sum));
      const high = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(sum));
      v128.store(out + <usize>x * 4, f32x4.mul(low, f32x4.splat(0.0625)));
      v128.store(out + <usize>x * 4, f32x4.mul(high, f32x4.splat(0.0625)), 16);
    }
  }
  extend(image, stride, width, height);
}

function copyRow(from: usize, to: usize, width: i32): void {
  memory.copy(to, from, <usize>width * 2 + 16);
}

/** left + 2·here + right of one row, as 16-bit integers. */
function sumRow(luma: usize, row: usize, width: i32): void {
  const last = width - 1;
  store<i16>(row, <i16>(3 * load<u8>(luma) + load<u8>(luma + (last > 0 ? 1 : 0))));
  let x = 1;
  for (; x + 8 < last; x += 8) {
    const at = luma + <usize>x;
    const middle = i16x8.shl(v128.load8x8_u(at), 1);
    const sum = i16x8.add(i16x8.add(v128.load8x8_u(at - 1), middle), v128.load8x8_u(at + 1));
    v128.store(row + <usize>x * 2, sum);
  }
  for (; x < last; x++) {
    const at = luma + <usize>x;
    store<i16>(row + <usize>x * 2, <i16>load<u8>(at - 1) + 2 * <i16>load<u8>(at) + <i16>load<u8>(at + 1));
  }
  if (last > 0) {
    const at = luma + <usize>last;
    store<i16>(row + <usize>last * 2, <i16>load<u8>(at - 1) + 3 * <i16>load<u8>(at));
  }
}

/** Half the size: smoothed with [1 4 6 4 1]/16 both ways, every second pixel from the first on. */
export function halve(from: usize, fromStride: i32, to: usize, toStride: i32, width: i32, height: i32): void {
  const row = rows;
  const wide = 2 * width + 8;
  const step = <usize>fromStride * 4;
  const four = f32x4.splat(4);
  const six = f32x4.splat(6);
  const share = f32x4.splat(0.00390625);
  for (let y = 0; y < height; y++) {
    const top = from + <usize>((2 * y - 2) * fromStride - 4) * 4;
    for (let x = 0; x < wide; x += 4) {
      const at = top + <usize>x * 4;
      const outer = f32x4.add(v128.load(at), v128.load(at + 4 * step));
      const inner = f32x4.add(v128.load(at + step), v128.load(at + 3 * step));
      const sum = f32x4.add(outer, f32x4.mul(six, v128.load(at + 2 * step)));
      v128.store(row + <usize>x * 4, f32x4.mul(share, f32x4.add(sum, f32x4.mul(four, inner))));
    }
    const out = to + <usize>(y * toStride) * 4;
    for (let x = 0; x < width; x += 4) {
      const at = row + <usize>(2 * x + 2) * 4;
      const a0 = v128.load(at);
      const a1 = v128.load(at, 16);
      const b0 = v128.load(at, 8);
      const b1 = v128.load(at, 24);
      const c0 = v128.load(at, 16);
      const c1 = v128.load(at, 32);
      const outer = f32x4.add(v128.shuffle<f32>(a0, a1, 0, 2, 4, 6), v128.shuffle<f32>(c0, c1, 0, 2, 4, 6));
      const inner = f32x4.add(v128.shuffle<f32>(a0, a1, 1, 3, 5, 7), v128.shuffle<f32>(b0, b1, 1, 3, 5, 7));
      const sum = f32x4.add(outer, f32x4.mul(six, v128.shuffle<f32>(b0, b1, 0, 2, 4, 6)));
      v128.store(out + <usize>x * 4, f32x4.add(sum, f32x4.mul(four, inner)));
    }
  }
  extend(to, toStride, width, height);
}

/** Repeats the border into the margin. */
function extend(image: usize, stride: i32, width: i32, height: i32): void {
  for (let y = 0; y < height; y++) {
    const row = image + <usize>(y * stride) * 4;
    const first = f32x4.splat(load<f32>(row));
    const last = f32x4.splat(load<f32>(row + <usize>(width - 1) * 4));
    for (let x = 0; x < MARGIN; x += 4) {
      v128.store(row - <usize>(MARGIN - x) * 4, first);
      v128.store(row + <usize>(width + x) * 4, last);
    }
  }
  const bytes = <usize>(width + 2 * MARGIN) * 4;
  const top = image - <usize>MARGIN * 4;
  const bottom = top + <usize>((height - 1) * stride) * 4;
  for (let y = 1; y <= MARGIN; y++) {
    memory.copy(top - <usize>(y * stride) * 4, top, bytes);
    memory.copy(bottom + <usize>(y * stride) * 4, bottom, bytes);
  }
}
