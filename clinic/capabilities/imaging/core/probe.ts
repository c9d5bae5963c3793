import { z } from 'zod';

/** Where on the body the probe stood, and how it was turned. */
export interface Probe {
  readonly view: 'front' | 'back' | 'left' | 'right';
  /** Share of the drawn body's width and height, from its top left. */
  readonly x: number;
  readonly y: number;
  /** Degrees that the probe's long side is turned from upright, clockwise. */
  readonly angle: number;
  readonly axis: 'long' | 'short';
  /** Where the marker points, and distances from landmarks. */
  readonly words: string;
}

export const probeSchema = z.object({
  view: z.enum(['front', 'back', 'left', 'right']),
  x: z.coerce.number().min(0).max(1),
  y: z.coerce.number().min(0).max(1),
  angle: z.coerce.number().min(-180).max(180),
  axis: z.enum(['long', 'short']),
  words: z.string().trim().max(300).default(''),
});

/** What is stored as a probe's place; null where it is none. */
export function probeOf(stored: unknown): Probe | null {
  const read = probeSchema.safeParse(stored);
  return read.success ? read.data : null;
}
