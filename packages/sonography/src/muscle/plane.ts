/** An image of real values, row by row: what the search for lines works on. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

export function makePlane(width: number, height: number): Plane {
  return { width, height, values: new Float32Array(width * height) };
}

/** The plane blurred by a Gaussian; beyond its border the nearest value is taken. */
export function blur(plane: Plane, sigma: number): Plane {
  return sigma < 8 ? blurByKernel(plane, sigma) : blurByBoxes(plane, sigma);
}

/** What is brighter than its surroundings at one size: a narrow blur less one that is `wider` times as wide. */
export function bandPass(plane: Plane, sigma: number, wider: number): Plane {
  const near = blur(plane, sigma);
  const wide = blur(plane, sigma * wider);
  const values = near.values.map((value, at) => value - (wide.values[at] ?? 0));
  return { width: plane.width, height: plane.height, values };
}

function blurByKernel(plane: Plane, sigma: number): Plane {
  const radius = Math.max(1, Math.ceil(sigma * 3));
  const kernel = new Float32Array(2 * radius + 1);
  let sum = 0;
  for (let i = -radius; i <= radius; i++)
    sum += kernel[i + radius] = Math.exp((-i * i) / (2 * sigma * sigma));
  const scaled = kernel.map((weight) => weight / sum);
  return columns(rows(plane, scaled, radius), scaled, radius);
}

// A row is laid out with its ends repeated, so that the inner loop asks nothing.
function rows(plane: Plane, kernel: Float32Array, radius: number): Plane {
  const { width, height, values } = plane;
  const out = makePlane(width, height);
  const padded = new Float32Array(width + 2 * radius);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    padded.fill(values[row] as number, 0, radius);
    padded.set(values.subarray(row, row + width), radius);
    padded.fill(values[row + width - 1] as number, radius + width);
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let i = 0; i < kernel.length; i++) sum += (padded[x + i] as number) * (kernel[i] as number);
      out.values[row + x] = sum;
    }
  }
  return out;
}

function columns(plane: Plane, kernel: Float32Array, radius: number): Plane {
  const { width, height, values } = plane;
  const out = makePlane(width, height);
  for (let y = 0; y < height; y++) {
    for (let i = -radius; i <= radius; i++) {
      const from = Math.min(height - 1, Math.max(0, y + i)) * width;
      const weight = kernel[i + radius] ?? 0;
      const to = y * width;
      for (let x = 0; x < width; x++)
        out.values[to + x] = (out.values[to + x] as number) + weight * (values[from + x] as number);
    }
  }
  return out;
}

// Three running means are near enough to a wide Gaussian, at a cost that does not grow with its width.
function blurByBoxes(plane: Plane, sigma: number): Plane {
  const radius = Math.max(1, Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2));
  let at = plane;
  for (let pass = 0; pass < 3; pass++) at = meanDown(meanAlong(at, radius), radius);
  return at;
}

function meanAlong(plane: Plane, radius: number): Plane {
  const { width, height } = plane;
  const out = makePlane(width, height);
  for (let y = 0; y < height; y++) runningMean(plane.values, out.values, y * width, 1, width, radius);
  return out;
}

function meanDown(plane: Plane, radius: number): Plane {
  const { width, height } = plane;
  const out = makePlane(width, height);
  for (let x = 0; x < width; x++) runningMean(plane.values, out.values, x, width, height, radius);
  return out;
}

function runningMean(
  from: Float32Array,
  to: Float32Array,
  start: number,
  stride: number,
  length: number,
  radius: number,
): void {
  const last = length - 1;
  const count = 2 * radius + 1;
  let sum = 0;
  for (let i = -radius; i <= radius; i++)
    sum += from[start + (i < 0 ? 0 : i > last ? last : i) * stride] ?? 0;
  for (let i = 0; i < length; i++) {
    to[start + i * stride] = sum / count;
    const enters = i + radius + 1 > last ? last : i + radius + 1;
    const leaves = i - radius < 0 ? 0 : i - radius;
    sum += (from[start + enters * stride] ?? 0) - (from[start + leaves * stride] ?? 0);
  }
}

/**
 * The plane with its local mean at nought and its local spread at one, so that gain, gamma and depth say little.
 * `floor` keeps empty black from being blown up; it has the unit of the values.
 */
export function evenOut(plane: Plane, sigma: number, floor: number): Plane {
  const mean = blur(plane, sigma);
  const square = blur({ ...plane, values: plane.values.map((value) => value * value) }, sigma);
  const values = plane.values.map((value, at) => {
    const middle = mean.values[at] ?? 0;
    const spread = Math.sqrt(Math.max(0, (square.values[at] ?? 0) - middle * middle));
    return (value - middle) / (spread + floor);
  });
  return { ...plane, values };
}
