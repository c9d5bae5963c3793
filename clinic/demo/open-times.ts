import { addDays, type Exception, openSpans, type Span, union, type WeeklyRule } from '@rectus/schedule';
import type { ClinicPlan, ClosurePlan, HoursPlan, ResourcePlan } from './plan.ts';

/**
 * When a resource of the plan can be booked at a site, or by video where `siteId` is null. The closures of a site
 * close the hours that are worked there, the closures of a person all of that person's hours.
 */
export function openTimes(
  plan: ClinicPlan,
  resource: ResourcePlan,
  siteId: string | null,
  within: Span,
): Span[] {
  const usable = resource.hours.filter((hours) =>
    siteId === null ? hours.telehealth : hours.siteId === siteId,
  );
  const places = new Set(usable.map((hours) => hours.siteId));
  let open: Span[] = [];
  for (const place of places) {
    const rules = usable.filter((hours) => hours.siteId === place).flatMap(weeklyRules);
    const closures = plan.closures.filter(
      (closure) =>
        (closure.siteId === null || closure.siteId === place) &&
        (closure.resourceId === null || closure.resourceId === resource.id),
    );
    open = union(open, openSpans(rules, closures.map(exceptionOf), within));
  }
  return open;
}

/** The plan's hours as the scheduler's rules, one for each weekday. */
export function weeklyRules({ weekdays, from, to, timeZone }: HoursPlan): WeeklyRule[] {
  return weekdays.map((weekday) => ({ weekday, from, to, timeZone }));
}

function exceptionOf({ first, last, timeZone }: ClosurePlan): Exception {
  return { kind: 'closed', from: `${first}T00:00`, to: `${addDays(last, 1)}T00:00`, timeZone };
}
