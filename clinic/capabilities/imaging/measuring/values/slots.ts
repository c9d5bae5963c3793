import type { Reading, State } from './reading.ts';

/** Readings of one thing: repetitions, or its rest and its contraction from two clips. */
export interface Slot {
  readonly bodySite: string | null;
  readonly readings: readonly Reading[];
}

/**
 * Puts together what belongs together. Repetitions of the same place share a slot; with tools whose measures are things of their
 * own, a second one at the same place is numbered, so that no two numbers of an examination have the same name.
 */
export function slotsOf(readings: readonly Reading[]): readonly Slot[] {
  const groups = new Map<string, Reading[]>();
  for (const one of readings) {
    const key = [one.tool.id, one.bodySite?.trim().toLowerCase() ?? '', one.side ?? ''].join('|');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { bodySite } = first;
    if (first.tool.repeats === 'averaged') return [{ bodySite, readings: group }];
    return apart(group).map((readings, n) => ({
      bodySite: n === 0 ? bodySite : numbered(bodySite, n + 1),
      readings,
    }));
  });
}

function numbered(bodySite: string | null, n: number): string {
  return bodySite ? `${bodySite} (${n})` : `(${n})`;
}

/** Each reading goes where nothing stands for the same state yet. */
function apart(readings: readonly Reading[]): Reading[][] {
  const slots: Reading[][] = [];
  for (const one of readings) {
    const free = slots.find((slot) => slot.every((other) => !overlap(statesOf(one), statesOf(other))));
    if (free) free.push(one);
    else slots.push([one]);
  }
  return slots;
}

function statesOf({ values }: Reading): readonly State[] {
  return Object.keys(values[0] ?? {}) as State[];
}

/** A value that stands for nothing but itself is a thing of its own. */
function overlap(some: readonly State[], others: readonly State[]): boolean {
  return some.includes('at') || others.includes('at') || some.some((state) => others.includes(state));
}
