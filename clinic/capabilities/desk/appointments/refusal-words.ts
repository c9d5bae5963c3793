import type { Clinic } from '../../../platform/web/clinics.ts';
import { shortMoment } from '../../../platform/web/wall-clock.ts';
import type { FreeStart, RefusalReason } from '../../booking/index.ts';

/** Everything that can keep the desk from booking or moving. */
export type DeskRefusal = RefusalReason | 'too_late' | 'not_movable' | 'changed_meanwhile';

/** Why a time cannot be had, in words of the desk. */
export function refusalWords(reason: DeskRefusal): string {
  switch (reason) {
    case 'taken':
      return 'Not free then: somebody or something that this visit needs is taken.';
    case 'closed':
      return 'This lies outside opening hours. It can be booked with a reason.';
    case 'past':
      return 'This time is past.';
    case 'changed_meanwhile':
      return 'Another desk has changed this visit meanwhile. Look at it again, then decide.';
    case 'not_movable':
    case 'too_late':
      return 'A visit that is done, missed or cancelled stays where it is.';
    default:
      return 'This visit cannot be booked then.';
  }
}

/** A free time as a button says it: "Wed 25 Nov, 9:15". */
export interface NearestTime {
  readonly start: number;
  readonly label: string;
}

export function nearestTimes(
  nearest: readonly FreeStart[],
  zone: string,
  clinic: Clinic,
): readonly NearestTime[] {
  return nearest.map(({ start }) => ({ start, label: shortMoment(start, zone, clinic.locale) }));
}
