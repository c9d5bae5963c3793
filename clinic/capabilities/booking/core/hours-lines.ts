import { addDays, type PlainDate, type WeeklyRule, weekdayOf } from '@rectus/schedule';

interface Minutes {
  readonly from: number;
  readonly to: number;
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/**
 * The opening hours of a site as lines ready to print: `Mon to Fri 8:00 to 19:00`, `Sat 9:00 to 13:00`. A site is
 * open while any of the given rules is; days with the same hours share a line. With `on`, rules that have ended by
 * that date, or that begin more than a week after it, are left out.
 */
export function hoursLines(rules: readonly WeeklyRule[], on?: PlainDate): string[] {
  const current = rules.filter((rule) => on === undefined || holdsAround(rule, on));
  const weekdaysByHours = new Map<string, number[]>();
  for (let weekday = 1; weekday <= 7; weekday++) {
    const hours = hoursText(joined(current.filter((rule) => rule.weekday === weekday)));
    if (hours === '') continue;
    weekdaysByHours.set(hours, [...(weekdaysByHours.get(hours) ?? []), weekday]);
  }
  return [...weekdaysByHours].map(([hours, weekdays]) => `${daysText(weekdays)} ${hours}`);
}

/** Whether the rule holds on its own weekday within the week that begins with `on`. */
function holdsAround(rule: WeeklyRule, on: PlainDate): boolean {
  const next = addDays(on, (rule.weekday - weekdayOf(on) + 7) % 7);
  return (rule.validFrom ?? next) <= next && next <= (rule.validTo ?? next);
}

function joined(rules: readonly WeeklyRule[]): Minutes[] {
  const spans = rules
    .map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }))
    .sort((a, b) => a.from - b.from);
  const apart: Minutes[] = [];
  for (const span of spans) {
    const last = apart.at(-1);
    if (last && span.from <= last.to) apart[apart.length - 1] = { ...last, to: Math.max(last.to, span.to) };
    else apart.push(span);
  }
  return apart;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function hoursText(spans: readonly Minutes[]): string {
  return spans.map(({ from, to }) => `${clockText(from)} to ${clockText(to)}`).join(' and ');
}

function clockText(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** `Mon to Fri`, `Sat and Sun`, `Mon, Wed to Fri`. */
function daysText(weekdays: readonly number[]): string {
  const runs: number[][] = [];
  for (const weekday of weekdays) {
    const run = runs.at(-1);
    if (run?.at(-1) === weekday - 1) run.push(weekday);
    else runs.push([weekday]);
  }
  const names = runs.flatMap((run) => {
    const all = run.map((weekday) => DAYS[weekday - 1] ?? '');
    return all.length > 2 ? [`${all[0]} to ${all.at(-1)}`] : all;
  });
  const last = names.at(-1) ?? '';
  const comma = weekdays.length > 3 && runs.some((run) => run.length > 2) ? ', ' : ' and ';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')}${comma}${last}`;
}
