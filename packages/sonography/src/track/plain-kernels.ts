import { FIELD, type Kernels, MARGIN, RECORD } from './kernels.ts';

/**
 * The kernels in plain TypeScript: what the compiled ones are compared with, and what serves where WebAssembly has no
 * SIMD. The same sums in another order, so places agree to a few thousandths of a pixel.
 */
export function plainKernels(): Kernels {
  let memory = new ArrayBuffer(1 << 20);
  let end = 16;
  return {
    buffer: () => memory,
    reserve(bytes) {
      const address = end;
      end += Math.ceil(bytes / 16) * 16;
      if (end > memory.byteLength)
        memory = memory.transfer(Math.max(end, Math.ceil(1.5 * memory.byteLength)));
      return address;
    },
    smoothLuma(luma, image, stride, width, height) {
      const from = new Uint8Array(memory, luma, width * height);
      const to = new Float32Array(memory);
      smooth(from, to, image / 4, stride, width, height);
      extend(to, image / 4, stride, width, height);
    },
    halve(from, fromStride, to, toStride, width, height) {
      const pixels = new Float32Array(memory);
      halve(pixels, from / 4, fromStride, to / 4, toStride, width, height);
      extend(pixels, to / 4, toStride, width, height);
    },
    follow(reference, current, stride, width, height, half, points, count, iterations, epsilon) {
      const pixels = new Float32Array(memory);
      const size = { stride, width, height, half };
      for (let i = 0; i < count; i++) {
        const record = pixels.subarray(points / 4 + i * RECORD, points / 4 + (i + 1) * RECORD);
        const template = templateOf(pixels, reference / 4, size, record);
        align(pixels, current / 4, size, template, record, iterations, epsilon);
      }
    },
  };
}

interface Size {
  readonly stride: number;
  readonly width: number;
  readonly height: number;
  readonly half: number;
}

interface Template {
  readonly mean: number;
  readonly variance: number;
  readonly gxx: number;
  readonly gxy: number;
  readonly gyy: number;
  /** Grey values and gradients without their means, row by row. */
  readonly grey: Float32Array;
  readonly across: Float32Array;
  readonly down: Float32Array;
}

function smooth(
  from: Uint8Array,
  to: Float32Array,
  image: number,
  stride: number,
  width: number,
  height: number,
) {
  const at = (x: number, y: number) =>
    from[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))] as number;
  const row = (x: number, y: number) => at(x - 1, y) + 2 * at(x, y) + at(x + 1, y);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      to[image + y * stride + x] = (row(x, y - 1) + 2 * row(x, y) + row(x, y + 1)) / 16;
}

function halve(
  pixels: Float32Array,
  from: number,
  fromStride: number,
  to: number,
  toStride: number,
  width: number,
  height: number,
): void {
  const column = new Float64Array(2 * width + 4);
  const at = (i: number) => pixels[i] as number;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < column.length; x++) {
      const i = from + 2 * y * fromStride + x - 2;
      const outer = at(i - 2 * fromStride) + at(i + 2 * fromStride);
      column[x] = (outer + 6 * at(i) + 4 * (at(i - fromStride) + at(i + fromStride))) / 256;
    }
    for (let x = 0; x < width; x++) {
      const [a = 0, b = 0, c = 0, d = 0, e = 0] = column.subarray(2 * x, 2 * x + 5);
      pixels[to + y * toStride + x] = a + e + 6 * c + 4 * (b + d);
    }
  }
}

function extend(pixels: Float32Array, image: number, stride: number, width: number, height: number): void {
  for (let y = 0; y < height; y++) {
    const row = image + y * stride;
    pixels.fill(pixels[row] as number, row - MARGIN, row);
    pixels.fill(pixels[row + width - 1] as number, row + width, row + width + MARGIN);
  }
  const bottom = image + (height - 1) * stride;
  for (let y = 1; y <= MARGIN; y++) {
    pixels.copyWithin(image - MARGIN - y * stride, image - MARGIN, image + width + MARGIN);
    pixels.copyWithin(bottom - MARGIN + y * stride, bottom - MARGIN, bottom + width + MARGIN);
  }
}

function templateOf(pixels: Float32Array, image: number, size: Size, record: Float32Array): Template {
  const { half } = size;
  const wide = 2 * half + 1;
  const patch = readPatch(pixels, image, size, record);
  const grey = new Float32Array(wide * wide);
  const across = new Float32Array(wide * wide);
  const down = new Float32Array(wide * wide);
  for (let y = 0, to = 0; y < wide; y++)
    for (let x = 0; x < wide; x++, to++) {
      const at = (y + 1) * (wide + 2) + x + 1;
      grey[to] = patch[at] as number;
      across[to] = ((patch[at + 1] as number) - (patch[at - 1] as number)) / 2;
      down[to] = ((patch[at + wide + 2] as number) - (patch[at - wide - 2] as number)) / 2;
    }
  const mean = centre(grey);
  centre(across);
  centre(down);
  const variance = meanProduct(grey, grey);
  const [gxx, gxy, gyy] = [meanProduct(across, across), meanProduct(across, down), meanProduct(down, down)];
  record.set([gxx, gxy, gyy], FIELD.gxx);
  record[FIELD.variance] = variance;
  return { mean, variance, gxx, gxy, gyy, grey, across, down };
}

/** The template with one more pixel on every side, through the record's 2 × 2 matrix. */
function readPatch(pixels: Float32Array, image: number, size: Size, record: Float32Array): Float32Array {
  const { stride, width, height, half } = size;
  const [cx = 0, cy = 0] = record;
  const [xx = 1, xy = 0, yx = 0, yy = 1] = record.subarray(FIELD.warp);
  const reach = half + 1;
  const patch = new Float32Array((2 * reach + 1) ** 2);
  let to = 0;
  for (let j = -reach; j <= reach; j++)
    for (let i = -reach; i <= reach; i++) {
      const x = Math.min(width + MARGIN - 3, Math.max(2 - MARGIN, cx + xx * i + xy * j));
      const y = Math.min(height + MARGIN - 3, Math.max(2 - MARGIN, cy + yx * i + yy * j));
      patch[to++] = sample(pixels, image, stride, x, y);
    }
  return patch;
}

function sample(pixels: Float32Array, image: number, stride: number, x: number, y: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const at = image + y0 * stride + x0;
  const top = pixels[at] as number;
  const bottom = pixels[at + stride] as number;
  const a = top + (x - x0) * ((pixels[at + 1] as number) - top);
  const b = bottom + (x - x0) * ((pixels[at + stride + 1] as number) - bottom);
  return a + (y - y0) * (b - a);
}

function centre(values: Float32Array): number {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) - mean;
  return mean;
}

function meanProduct(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i] as number) * (other[i] as number);
  return sum / one.length;
}

function align(
  pixels: Float32Array,
  image: number,
  size: Size,
  template: Template,
  record: Float32Array,
  iterations: number,
  epsilon: number,
): void {
  const { width, height, half } = size;
  const { variance: own, gxx, gxy, gyy } = template;
  const damping = 0.001 * (gxx + gyy);
  const hxx = gxx + damping;
  const hyy = gyy + damping;
  const det = hxx * hyy - gxy * gxy;
  record[FIELD.correlation] = 0;
  record[FIELD.gain] = 1;
  record[FIELD.iterations] = 0;
  record[FIELD.step] = 0;
  if (!(det > 0) || !(own > 1e-3)) return;
  const low = half - MARGIN + 2;
  let x = record[FIELD.x] as number;
  let y = record[FIELD.y] as number;
  const [x0, y0] = [x, y];
  const [ownX, ownY] = [
    meanProduct(template.grey, template.across),
    meanProduct(template.grey, template.down),
  ];
  for (let i = 1; i <= iterations; i++) {
    x = Math.min(width + MARGIN - 3 - half, Math.max(low, x));
    y = Math.min(height + MARGIN - 3 - half, Math.max(low, y));
    const sums = compare(pixels, image, size, template, x, y);
    const variance = sums.squares - sums.mean * sums.mean;
    if (!(variance > 1e-3)) return;
    const gain = Math.sqrt(variance / own);
    const bx = sums.across / gain - ownX;
    const by = sums.down / gain - ownY;
    const dx = (hyy * bx - gxy * by) / det;
    const dy = (hxx * by - gxy * bx) / det;
    x -= dx;
    y -= dy;
    const step = Math.hypot(dx, dy);
    record[FIELD.correlation] = sums.grey / Math.sqrt(variance * own);
    record[FIELD.gain] = gain;
    record[FIELD.iterations] = i;
    record[FIELD.step] = step;
    if (step < epsilon || Math.abs(x - x0) > half || Math.abs(y - y0) > half) break;
  }
  record[FIELD.x] = x;
  record[FIELD.y] = y;
}

/** Means of the current window: alone, squared, and against the template and its gradients. */
function compare(pixels: Float32Array, image: number, size: Size, template: Template, x: number, y: number) {
  const { stride, half } = size;
  const { mean: own, grey, across, down } = template;
  const wide = 2 * half + 1;
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const [fx, fy] = [x - x0, y - y0];
  let [s, ss, st, sx, sy] = [0, 0, 0, 0, 0];
  for (let j = 0, to = 0; j < wide; j++) {
    let at = image + (y0 + j - half) * stride + x0 - half;
    for (let i = 0; i < wide; i++, at++, to++) {
      const top = pixels[at] as number;
      const bottom = pixels[at + stride] as number;
      const a = top + fx * ((pixels[at + 1] as number) - top);
      const b = bottom + fx * ((pixels[at + stride + 1] as number) - bottom);
      const value = a + fy * (b - a) - own;
      s += value;
      ss += value * value;
      st += value * (grey[to] as number);
      sx += value * (across[to] as number);
      sy += value * (down[to] as number);
    }
  }
  const n = wide * wide;
  return { mean: s / n, squares: ss / n, grey: st / n, across: sx / n, down: sy / n };
}
