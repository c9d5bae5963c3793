import type { Clock } from '../../platform/clock.ts';

const QUIET_MS = 60_000;
/** So many titles are noted in a minute. Whoever tries names by the thousand fills no log with them. */
const MOST_TITLES = 60;

/** Says which refusals are worth a note: each only once a minute, and not too many at once. */
export function createRefusalNotes(clock: Clock): { isNew(what: string): boolean } {
  const noted = new Map<string, number>();
  return {
    isNew(what) {
      const now = clock.now();
      for (const [known, at] of noted) if (now - at >= QUIET_MS) noted.delete(known);
      if (noted.has(what) || noted.size >= MOST_TITLES) return false;
      noted.set(what, now);
      return true;
    },
  };
}

export type RefusalNotes = ReturnType<typeof createRefusalNotes>;
