import { z } from 'zod';

/** Rises when an older program could no longer read the file rightly. */
export const backupFormat = 1;

const part = z.object({
  path: z.string().min(1),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const table = z.object({
  schema: z.string(),
  name: z.string(),
  /** Generated columns are left out: the database makes them again. */
  columns: z.array(z.string()),
  rows: z.number().int().nonnegative(),
  /** PostgreSQL's COPY text format, cut into parts that follow one another. */
  parts: z.array(part),
});

const sequence = z.object({
  schema: z.string(),
  name: z.string(),
  lastValue: z.string().regex(/^-?\d+$/),
  isCalled: z.boolean(),
});

const manifest = z.object({
  program: z.literal('rectus'),
  format: z.number().int().positive(),
  takenAt: z.iso.datetime(),
  migrations: z.array(z.object({ name: z.string(), hash: z.string() })),
  tables: z.array(table),
  sequences: z.array(sequence),
  files: z.array(part),
});

/** The last entry of a back-up: what it holds, and the SHA-256 of every part. */
export type Manifest = z.infer<typeof manifest>;
export type Part = z.infer<typeof part>;
export type SavedTable = z.infer<typeof table>;
export type SavedSequence = z.infer<typeof sequence>;

/** Returns undefined when the text is no manifest of any format. */
export function parseManifest(text: string): Manifest | undefined {
  try {
    return manifest.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
