/** How an instant reads in a zone: "Tuesday 24 November, 10:30". */
export function dayAndTime(instant: number, timeZone: string, locale: string): string {
  return `${longDay(instant, timeZone, locale)}, ${clockTime(instant, timeZone, locale)}`;
}

/** "Tuesday 24 November 2026" without the year while it is this one's business to be short. */
export function longDay(instant: number, timeZone: string, locale: string): string {
  return formatter(locale, timeZone, { weekday: 'long', day: 'numeric', month: 'long' })
    .format(instant)
    .replace(',', '');
}

/** "10:30" */
export function clockTime(instant: number, timeZone: string, locale: string): string {
  return formatter(locale, timeZone, { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' }).format(
    instant,
  );
}

/** The city of an IANA zone, for people: "Europe/Lisbon" is "Lisbon". */
export function zoneCity(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}

/** The offset in force, as people write it: "UTC+1". */
export function zoneOffset(instant: number, timeZone: string): string {
  const parts = formatter('en-GB', timeZone, { timeZoneName: 'shortOffset' }).formatToParts(instant);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  return name === 'GMT' ? 'UTC+0' : name.replace('GMT', 'UTC');
}

/** From when to when, one line for each zone that matters: the reader's own first, then the clinic's. */
export function whenLines(
  span: { readonly start: number; readonly end: number },
  zones: { readonly viewer: string | null; readonly place: string },
  locale: string,
): readonly string[] {
  const line = (zone: string) => {
    const day = formatter(locale, zone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
      .format(span.start)
      .replace(',', '');
    return `${day}, ${clockTime(span.start, zone, locale)} to ${clockTime(span.end, zone, locale)} (${zoneCity(zone)} time)`;
  };
  const { viewer, place } = zones;
  return viewer && !sameClock(viewer, place, span.start) ? [line(viewer), line(place)] : [line(place)];
}

/** Whether two zones show the same time on the wall at an instant. */
export function sameClock(one: string, other: string, instant: number): boolean {
  return one === other || zoneOffset(instant, one) === zoneOffset(instant, other);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(
  locale: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${Object.entries(options).join()}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone });
  formatters.set(key, made);
  return made;
}
