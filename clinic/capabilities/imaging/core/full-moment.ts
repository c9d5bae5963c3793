import { dateAt } from '@rectus/schedule';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { shortDate, wallTime } from '../../../platform/web/wall-clock.ts';

/** "Tue 24 Nov 2026, 9:15", by the clinic's clock: papers are read in other years. */
export function fullMoment(
  instant: number,
  { timeZone, locale }: Pick<Clinic, 'timeZone' | 'locale'>,
): string {
  return `${shortDate(dateAt(instant, timeZone), locale, true)}, ${wallTime(instant, timeZone)}`;
}
