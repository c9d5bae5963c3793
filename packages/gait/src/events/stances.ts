import type { Stance } from '../kinetics/floor-contacts.ts';
import { SIDES } from '../side.ts';
import type { GaitEvent } from './event.ts';
import type { PlateContact } from './plate-contacts.ts';

/** How far the times of a contact may be from those of the stance, in seconds: events may come from elsewhere. */
const NEAR_S = 0.1;

/**
 * Every stance from a strike to the off that follows, with the plate that carried the whole of it alone, as kinetics take
 * them. A stance that began before the recording or ends after it is left out.
 */
export function stancesOf(events: readonly GaitEvent[], contacts: readonly PlateContact[]): Stance[] {
  return SIDES.flatMap((side) => {
    const own = events.filter((event) => event.side === side);
    return own.flatMap((strike, index): Stance[] => {
      const off = own[index + 1];
      if (strike.kind !== 'foot-strike' || off?.kind !== 'foot-off') return [];
      const [startS, endS] = [strike.timeS, off.timeS];
      return [{ side, startS, endS, plate: plateUnder({ side, startS, endS }, contacts)?.plate ?? null }];
    });
  }).toSorted((a, b) => a.startS - b.startS);
}

/** The contact of a whole stance; null where no plate carried it alone. */
export function plateUnder(
  { side, startS, endS }: Pick<Stance, 'side' | 'startS' | 'endS'>,
  contacts: readonly PlateContact[],
): PlateContact | null {
  const found = contacts.find(
    (contact) =>
      contact.whole &&
      contact.side === side &&
      Math.abs(contact.startS - startS) < NEAR_S &&
      Math.abs(contact.endS - endS) < NEAR_S,
  );
  return found ?? null;
}
