import { bothSides, type Sided } from '../side.ts';
import type { EventKind, GaitEvent } from './event.ts';
import type { PlateContact } from './plate-contacts.ts';

/** The loading and the unloading of each contact whose foot is known; those of a partial hit are not usable. */
export function plateEvents(contacts: readonly PlateContact[]): GaitEvent[] {
  return contacts.flatMap((contact) => {
    const { side, plate, startS, endS, strikeWhole, offWhole, faults } = contact;
    if (!side) return [];
    const event = (kind: EventKind, timeS: number, whole: boolean): GaitEvent => ({
      side,
      kind,
      timeS,
      source: 'force-plate',
      confidence: whole ? 'high' : 'low',
      why: whole
        ? `plate ${plate + 1} ${kind === 'foot-strike' ? 'carries more' : 'carries less'} than 20 N`
        : `plate ${plate + 1} was hit in part only: ${faults.join(', ')}`,
      plate,
      usable: whole,
    });
    return [event('foot-strike', startS, strikeWhole), event('foot-off', endS, offWhole)];
  });
}

/** The whole stances of each foot on a plate: what kinetics may be computed from. */
export function wholeContacts(contacts: readonly PlateContact[]): Sided<readonly PlateContact[]> {
  return bothSides((side) => contacts.filter((contact) => contact.whole && contact.side === side));
}
