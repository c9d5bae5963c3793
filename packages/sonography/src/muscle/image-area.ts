import type { LumaFrame } from '../clip.ts';
import { medianOf } from './robust-curve.ts';

/** Inclusive bounds in px of the stored frame. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const BLOCK = 8;
// Speckle differs from pixel to pixel; a screen's background, even after a lossy codec, hardly does.
const LIVE_STEP = 0.5;
// A frame grabber's background has noise of its own, about one luma: blocks of it differ less than this.
const EVEN_LUMA = 2;
const LEAST_SHARE = 0.05;
const BACKGROUND_SPREAD = 3;
const BACKGROUND_SHARE = 0.04;
const LEAST_FILLED = 0.4;

/**
 * Where the ultrasound picture lies among rulers, names and marks of the screen: the largest connected patch of
 * texture, cut to the rows and columns that it fills. Null where no patch covers a fair part of the frame.
 */
export function findImageArea(frame: LumaFrame): Box | null {
  const steps = blockSteps(frame);
  const box = patchBox(steps, LIVE_STEP);
  if (!box) return null;
  const rough = inPixels(box, frame);
  if (sidesReached(rough, frame) < 3) return fitted(frame, rough);
  // Either the picture fills the frame, or all of the screen is noisy. Then what is left out must be of one luma.
  const livelier = patchBox(steps, partingOf(steps.values) ** 2);
  const inner = livelier ? inPixels(livelier, frame) : null;
  return inner && isEvenOutside(frame, inner) ? fitted(frame, inner) : fitted(frame, rough);
}

/** The square root of the mean step of each block. */
interface BlockSteps {
  readonly across: number;
  readonly down: number;
  readonly values: Float64Array;
}

function blockSteps(frame: LumaFrame): BlockSteps {
  const across = Math.floor(frame.width / BLOCK);
  const down = Math.floor(frame.height / BLOCK);
  const values = new Float64Array(across * down);
  for (let by = 0; by < down; by++)
    for (let bx = 0; bx < across; bx++)
      values[by * across + bx] = Math.sqrt(meanStep(frame, bx * BLOCK, by * BLOCK));
  return { across, down, values };
}

// In blocks.
function patchBox({ across, down, values }: BlockSteps, threshold: number): Box | null {
  const live = Uint8Array.from(values, (step) => (step * step > threshold ? 1 : 0));
  const patch = largestPatch(closed(live, across, down), across, down);
  return patch.size < LEAST_SHARE * across * down ? null : filledBox(patch.mark, across, down);
}

function inPixels(box: Box, { width, height }: LumaFrame): Box {
  return {
    left: box.left * BLOCK,
    top: box.top * BLOCK,
    right: Math.min(width, (box.right + 1) * BLOCK) - 1,
    bottom: Math.min(height, (box.bottom + 1) * BLOCK) - 1,
  };
}

function sidesReached({ left, top, right, bottom }: Box, { width, height }: LumaFrame): number {
  const reached = [left <= 0, top <= 0, right >= width - BLOCK, bottom >= height - BLOCK];
  return reached.filter(Boolean).length;
}

function isEvenOutside(frame: LumaFrame, { left, top, right, bottom }: Box): boolean {
  const means: number[] = [];
  for (let y = 0; y + BLOCK <= frame.height; y += BLOCK)
    for (let x = 0; x + BLOCK <= frame.width; x += BLOCK)
      if (x + BLOCK <= left || x > right || y + BLOCK <= top || y > bottom)
        means.push(blockMean(frame, x, y));
  const middle = medianOf(means);
  return means.length > 0 && medianOf(means.map((mean) => Math.abs(mean - middle))) < EVEN_LUMA;
}

function blockMean({ width, luma }: LumaFrame, left: number, top: number): number {
  let sum = 0;
  for (let y = top; y < top + BLOCK; y++)
    for (let x = left; x < left + BLOCK; x++) sum += luma[y * width + x] ?? 0;
  return sum / (BLOCK * BLOCK);
}

// Each side moves out while what it meets is not the screen's background (dark deep tissue has little texture), and
// in while it stands on background.
function fitted(frame: LumaFrame, rough: Box): Box {
  const background = backgroundOf(frame, rough);
  let { left, top, right, bottom } = rough;
  const column = (x: number) => filledShare(frame, background, { left: x, right: x, top, bottom });
  const row = (y: number) => filledShare(frame, background, { left, right, top: y, bottom: y });
  while (left > 0 && column(left - 1) >= LEAST_FILLED) left--;
  while (left < right && column(left) < LEAST_FILLED) left++;
  while (right < frame.width - 1 && column(right + 1) >= LEAST_FILLED) right++;
  while (right > left && column(right) < LEAST_FILLED) right--;
  while (top > 0 && row(top - 1) >= LEAST_FILLED) top--;
  while (top < bottom && row(top) < LEAST_FILLED) top++;
  while (bottom < frame.height - 1 && row(bottom + 1) >= LEAST_FILLED) bottom++;
  while (bottom > top && row(bottom) < LEAST_FILLED) bottom--;
  return { left, top, right, bottom };
}

// 1 for each luma that is a screen's colour: those that cover a fair share of what lies beside the picture.
function backgroundOf(frame: LumaFrame, { left, top, right, bottom }: Box): Uint8Array {
  const counts = new Uint32Array(256);
  let outside = 0;
  for (let y = 0; y < frame.height; y++)
    for (let x = 0; x < frame.width; x++) {
      if (x >= left - BLOCK && x <= right + BLOCK && y >= top - BLOCK && y <= bottom + BLOCK) continue;
      const luma = frame.luma[y * frame.width + x] ?? 0;
      counts[luma] = (counts[luma] ?? 0) + 1;
      outside++;
    }
  const background = new Uint8Array(256);
  counts.forEach((count, luma) => {
    if (count > BACKGROUND_SHARE * outside)
      background.fill(1, Math.max(0, luma - BACKGROUND_SPREAD), luma + BACKGROUND_SPREAD + 1);
  });
  return background;
}

function filledShare(frame: LumaFrame, background: Uint8Array, { left, top, right, bottom }: Box): number {
  let filled = 0;
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) if (!background[frame.luma[y * frame.width + x] ?? 0]) filled++;
  return filled / ((right - left + 1) * (bottom - top + 1));
}

const BINS = 64;

// Otsu's threshold: the one that leaves two groups whose means are farthest apart for their sizes.
function partingOf(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  // Letters have far larger steps than either group, and would draw the threshold to themselves.
  const most = Math.max(1e-9, sorted[Math.floor(0.95 * sorted.length)] ?? 0);
  const counts = new Float64Array(BINS);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor((value / most) * BINS));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const total = counts.reduce((sum, count, bin) => sum + count * bin, 0);
  let [below, sum, best, at] = [0, 0, 0, 0];
  counts.forEach((count, bin) => {
    below += count;
    sum += count * bin;
    const above = values.length - below;
    if (below === 0 || above === 0) return;
    const between = below * above * (sum / below - (total - sum) / above) ** 2;
    if (between > best) [best, at] = [between, bin];
  });
  return ((at + 1) / BINS) * most;
}

function meanStep({ width, luma }: LumaFrame, left: number, top: number): number {
  let sum = 0;
  for (let y = top; y < top + BLOCK; y++)
    for (let x = left; x < left + BLOCK - 1; x++)
      sum += Math.abs((luma[y * width + x + 1] ?? 0) - (luma[y * width + x] ?? 0));
  return sum / (BLOCK * (BLOCK - 1));
}

// Dark fibres leave holes of a block or two: a block among live ones counts as live, a lone one does not.
function closed(live: Uint8Array, across: number, down: number): Uint8Array {
  const out = new Uint8Array(live.length);
  for (let y = 0; y < down; y++)
    for (let x = 0; x < across; x++) {
      let count = 0;
      let of = 0;
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          if (y + dy < 0 || y + dy >= down || x + dx < 0 || x + dx >= across) continue;
          of++;
          count += live[(y + dy) * across + x + dx] ?? 0;
        }
      out[y * across + x] = 2 * count > of ? 1 : 0;
    }
  return out;
}

function largestPatch(live: Uint8Array, across: number, down: number): { size: number; mark: Uint8Array } {
  const label = new Int32Array(live.length);
  let best = { size: 0, name: 0 };
  let name = 0;
  for (let start = 0; start < live.length; start++) {
    if (!live[start] || label[start]) continue;
    name++;
    const size = flood(live, label, across, down, start, name);
    if (size > best.size) best = { size, name };
  }
  return { size: best.size, mark: Uint8Array.from(label, (at) => (at === best.name && at > 0 ? 1 : 0)) };
}

function flood(
  live: Uint8Array,
  label: Int32Array,
  across: number,
  down: number,
  start: number,
  name: number,
): number {
  const queue = [start];
  label[start] = name;
  let size = 0;
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    size++;
    const x = at % across;
    const y = (at - x) / across;
    const near = [
      x > 0 ? at - 1 : -1,
      x < across - 1 ? at + 1 : -1,
      y > 0 ? at - across : -1,
      y < down - 1 ? at + across : -1,
    ];
    for (const next of near)
      if (next >= 0 && live[next] && !label[next]) {
        label[next] = name;
        queue.push(next);
      }
  }
  return size;
}

// Text that touches the picture adds thin tongues: only rows and columns filled like the others stay.
function filledBox(mark: Uint8Array, across: number, down: number): Box | null {
  const byRow = new Float64Array(down);
  const byColumn = new Float64Array(across);
  mark.forEach((value, at) => {
    if (!value) return;
    const x = at % across;
    const y = (at - x) / across;
    byRow[y] = (byRow[y] ?? 0) + 1;
    byColumn[x] = (byColumn[x] ?? 0) + 1;
  });
  const rows = filledSpan(byRow);
  const columns = filledSpan(byColumn);
  return rows && columns ? { left: columns[0], right: columns[1], top: rows[0], bottom: rows[1] } : null;
}

function filledSpan(counts: Float64Array): [number, number] | null {
  const sorted = Float64Array.from(counts).sort();
  const most = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  const enough = Math.max(1, most * 0.4);
  const first = counts.findIndex((count) => count >= enough);
  const last = counts.findLastIndex((count) => count >= enough);
  return first < 0 ? null : [first, last];
}
