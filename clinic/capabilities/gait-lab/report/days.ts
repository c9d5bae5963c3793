import type { PlainDate } from '@rectus/schedule';

/** A day as a report writes it: "24 November 2026". */
export function longDay(date: PlainDate, locale: string): string {
  const parts = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, parts).format(new Date(`${date}T12:00Z`));
}
