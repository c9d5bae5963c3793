import type { Allocated } from './allocation.ts';

/** What is fed with broken files. */
export interface FuzzTarget {
  /** The samples that are broken in turns. */
  readonly names: readonly string[];
  /** Breaks one of them as the number says, and works on it. @throws whatever is not one of the typed errors */
  readonly execute: (run: number) => Promise<Execution>;
}

/** What became of one broken file. */
export interface Execution {
  /** The steps that it reached, by name. */
  readonly reached: readonly string[];
  /** Memory as shares of what is allowed; null where it was not measured. */
  readonly shares: Allocated | null;
}

/** What makes a target the same again: the seed of its damage, and a folder of its own for files. */
export interface FuzzPlan {
  readonly seed: number;
  readonly folder: string;
}
