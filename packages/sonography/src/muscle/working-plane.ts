import type { LumaFrame } from '../clip.ts';
import type { Box } from './image-area.ts';
import { blur, makePlane, type Plane } from './plane.ts';

/** The picture at one size of pixel in both directions, and the way back to the stored frame. */
export interface WorkingPlane {
  readonly plane: Plane;
  readonly box: Box;
  /** Stored pixels per working pixel. */
  readonly perX: number;
  readonly perY: number;
}

/** Cuts the box out of the frame and samples it every `perX`, `perY` pixels, blurred first so that nothing folds. */
export function workingPlane(frame: LumaFrame, box: Box, perX: number, perY: number): WorkingPlane {
  const cut = cutOut(frame, box);
  const calm = Math.max(perX, perY) > 1.2 ? blur(cut, 0.4 * Math.sqrt(perX * perY)) : cut;
  const width = Math.max(1, Math.floor((cut.width - 1) / perX) + 1);
  const height = Math.max(1, Math.floor((cut.height - 1) / perY) + 1);
  const plane = makePlane(width, height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) plane.values[y * width + x] = between(calm, x * perX, y * perY);
  return { plane, box, perX, perY };
}

/** A place of the working plane in the stored frame. */
export function toFrame(working: WorkingPlane, x: number, y: number): { x: number; y: number } {
  return { x: working.box.left + x * working.perX, y: working.box.top + y * working.perY };
}

function cutOut({ width, luma }: LumaFrame, box: Box): Plane {
  const plane = makePlane(box.right - box.left + 1, box.bottom - box.top + 1);
  for (let y = 0; y < plane.height; y++)
    for (let x = 0; x < plane.width; x++)
      plane.values[y * plane.width + x] = luma[(y + box.top) * width + x + box.left] ?? 0;
  return plane;
}

function between({ width, height, values }: Plane, x: number, y: number): number {
  const left = Math.min(Math.floor(x), width - 1);
  const top = Math.min(Math.floor(y), height - 1);
  const right = Math.min(left + 1, width - 1);
  const below = Math.min(top + 1, height - 1);
  const alongX = x - left;
  const alongY = y - top;
  const upper =
    (values[top * width + left] ?? 0) * (1 - alongX) + (values[top * width + right] ?? 0) * alongX;
  const lower =
    (values[below * width + left] ?? 0) * (1 - alongX) + (values[below * width + right] ?? 0) * alongX;
  return upper * (1 - alongY) + lower * alongY;
}
