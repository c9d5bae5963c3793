/** One group of numbers: prints its tables and gives what belongs in the last line. */
export type Group = (scope: Scope) => Promise<Readonly<Record<string, number>>>;

/** How much is measured. */
export interface Scope {
  /** A few seconds instead of minutes: whether it runs, not how well. */
  readonly small: boolean;
}
