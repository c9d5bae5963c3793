import type { Stance } from '../kinetics/floor-contacts.ts';
import type { Recording } from '../recording.ts';
import { SIDES } from '../side.ts';
import type { GaitEvent } from './event.ts';
import type { PlateContact } from './plate-contacts.ts';

/** How far the times of a contact may be from those of the stance, in seconds: events may come from elsewhere. */
const NEAR_S = 0.1;

/**
 * Every stance from a strike to the off that follows, with the plate that carried the whole of it alone, as kinetics take
 * them. A stance that began before the recording begins with it, and one that goes on ends with it: no plate is trusted
 * for these, but the swing beside them is known.
 */
export function stancesOf(
  events: readonly GaitEvent[],
  contacts: readonly PlateContact[],
  recording: Pick<Recording, 'firstTimeS' | 'frames' | 'rateHz'>,
): Stance[] {
  const firstS = recording.firstTimeS;
  const lastS = firstS + (recording.frames - 1) / recording.rateHz;
  return SIDES.flatMap((side) => {
    const own = events.filter((event) => event.side === side);
    const [first, last] = [own[0], own.at(-1)];
    const stance = (startS: number, endS: number, plate: number | null): Stance => ({
      side,
      startS,
      endS,
      plate,
    });
    return [
      ...(first?.kind === 'foot-off' ? [stance(firstS, first.timeS, null)] : []),
      ...own.flatMap((strike, index): Stance[] => {
        const off = own[index + 1];
        if (strike.kind !== 'foot-strike' || off?.kind !== 'foot-off') return [];
        const [startS, endS] = [strike.timeS, off.timeS];
        return [stance(startS, endS, plateUnder({ side, startS, endS }, contacts)?.plate ?? null)];
      }),
      ...(last?.kind === 'foot-strike' ? [stance(last.timeS, lastS, null)] : []),
    ];
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
