import { addDays, type PlainDate } from '@rectus/schedule';

/** A day on which a site stays closed, under the name that people there know. */
export interface Holiday {
  readonly date: PlainDate;
  readonly name: string;
}

interface Calendar {
  /** 'MM-DD' */
  readonly fixed: Readonly<Record<string, string>>;
  /** Days after Easter Sunday. */
  readonly fromEaster: Readonly<Record<number, string>>;
}

/** Portugal: Código do Trabalho, article 234; 13 June is Lisbon's own. */
export const LISBON: Calendar = {
  fixed: {
    '01-01': 'New Year',
    '04-25': 'Freedom Day',
    '05-01': 'Labour Day',
    '06-10': 'Portugal Day',
    '06-13': 'Saint Anthony, Lisbon',
    '08-15': 'Assumption',
    '10-05': 'Republic Day',
    '11-01': 'All Saints',
    '12-01': 'Restoration of Independence',
    '12-08': 'Immaculate Conception',
    '12-25': 'Christmas Day',
  },
  fromEaster: { [-2]: 'Good Friday', 0: 'Easter Sunday', 60: 'Corpus Christi' },
};

/** Berlin: Gesetz über die Sonn- und Feiertage, section 1. */
export const BERLIN: Calendar = {
  fixed: {
    '01-01': 'New Year',
    '03-08': 'International Women’s Day',
    '05-01': 'Labour Day',
    '10-03': 'German Unity Day',
    '12-25': 'Christmas Day',
    '12-26': 'Second Day of Christmas',
  },
  fromEaster: { [-2]: 'Good Friday', 1: 'Easter Monday', 39: 'Ascension Day', 50: 'Whit Monday' },
};

/** The holidays on and after `from`, before `to`, in order. */
export function holidaysBetween(calendar: Calendar, from: PlainDate, to: PlainDate): Holiday[] {
  const found: Holiday[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) {
    for (const [day, name] of Object.entries(calendar.fixed)) found.push({ date: `${year}-${day}`, name });
    for (const [days, name] of Object.entries(calendar.fromEaster)) {
      found.push({ date: addDays(easterSunday(year), Number(days)), name });
    }
  }
  return found
    .filter(({ date }) => date >= from && date < to)
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** Easter Sunday of the Gregorian calendar. Source: anonymous algorithm in Nature, 20 April 1876, as in Meeus 1991. */
export function easterSunday(year: number): PlainDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const shift = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const days = epact + toSunday - 7 * shift + 114;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${year}-${two(Math.floor(days / 31))}-${two((days % 31) + 1)}`;
}
