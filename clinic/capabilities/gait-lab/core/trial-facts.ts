/** What the session page tells of a file, and what its measurements are prefilled with. */
export interface TrialFacts {
  readonly rateHz: number;
  readonly frames: number;
  readonly seconds: number;
  readonly markers: number;
  readonly plates: number;
  /** What the reader found odd and could live with, in words. */
  readonly warnings: readonly string[];
  /** PROCESSING values by our own names; lengths in mm, the mass in kg. */
  readonly measurements: Readonly<Record<string, number>>;
}
