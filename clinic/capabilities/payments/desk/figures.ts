import type { Clinic } from '../../../platform/web/clinics.ts';
import { formatMoney } from '../../../platform/web/layout/index.ts';
import { shortMoment } from '../../../platform/web/wall-clock.ts';
import { formatAmount } from '../papers/format.ts';

/** How the desk writes amounts and moments of one order. */
export interface Figures {
  /** "€85": in a sentence or on a button. */
  readonly money: (minor: number) => string;
  /** "€85.00": below others in a column. */
  readonly exact: (minor: number) => string;
  /** "Tue 24 Nov, 9:15", by the clinic's clock. */
  readonly moment: (at: number) => string;
}

export function figuresOf({ locale, timeZone }: Clinic, currency: string): Figures {
  return {
    money: (minor) => formatMoney(minor, currency, locale),
    exact: (minor) => formatAmount(minor, { locale, currency, timeZone }),
    moment: (at) => shortMoment(at, timeZone, locale),
  };
}
