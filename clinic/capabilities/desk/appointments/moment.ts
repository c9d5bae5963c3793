import { isDate, toInstant } from '@rectus/schedule';
import type { FormValues } from '../../../platform/web/form.ts';

const EPOCH_MS = /^\d{12,14}$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * The instant that a form asks for: a button's `pick`, else the fields `date` and `time` by the clock of the place.
 * Null where they name none.
 */
export function momentOf(values: FormValues, zone: string): number | null {
  if (EPOCH_MS.test(values.pick ?? '')) return Number(values.pick);
  const { date = '', time = '' } = values;
  if (!isDate(date) || !TIME.test(time) || date < '2000-01-01' || date > '2199-12-31') return null;
  return toInstant(`${date}T${time}`, zone);
}
