import { addDays, isDate, openSpans, type Span, union } from '@rectus/schedule';
import { sql } from 'kysely';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import type { Clinic, Site } from '../../../platform/web/clinics.ts';
import { daySpan } from '../../../platform/web/wall-clock.ts';
import {
  type Catalogue,
  type CatalogueResource,
  type DayEntry,
  readCatalogue,
  readDay,
  resourceAt,
} from '../../booking/index.ts';
import { moneyOfAppointments, type VisitMoney } from '../../payments/index.ts';
import { type Board, type BoardResource, layOutBoard } from './board-layout.ts';

/** A site's day, ready to draw. */
export interface SiteDay {
  readonly clinic: Clinic;
  readonly site: Site;
  /** YYYY-MM-DD, where the site is. */
  readonly date: string;
  readonly board: Board;
  readonly catalogue: Catalogue;
  readonly lastChange: LastChange | null;
  /** The money of each visit, by appointment. */
  readonly money: ReadonlyMap<string, VisitMoney>;
}

/** The latest thing that changed a day, and who did it. Epoch milliseconds. */
export interface LastChange {
  readonly at: number;
  readonly by: string;
}

/** The site of a slug, or the clinic's first. */
export function siteOf(clinic: Clinic, slug: unknown): Site | undefined {
  return clinic.sites.find((site) => site.slug === slug) ?? clinic.sites[0];
}

/** The date asked for, or `today` where none or no real one was. */
export function dateOr(asked: unknown, today: string): string {
  return isDate(asked) && asked >= '2000-01-01' && asked <= '2199-12-31' ? asked : today;
}

export async function readSiteDay(
  context: ClinicContext,
  clinic: Clinic,
  site: Site,
  date: string,
): Promise<SiteDay> {
  const day = daySpan(date, site.timeZone);
  const [catalogue, entries, lastChange] = await Promise.all([
    readCatalogue(context, clinic.catalogueVersion),
    readDay(context, clinic, day),
    readLastChange(context),
  ]);
  const visits = entries.filter((entry) => entry.kind === 'appointment').map((entry) => entry.id);
  const money = await inClinic(context, (tx) => moneyOfAppointments(tx, visits));
  const resources = resourcesAt(catalogue, site, day, entries);
  const board = layOutBoard({
    day,
    zone: site.timeZone,
    resources,
    entries: withResources(entries, resources),
  });
  return { clinic, site, date, board, catalogue, lastChange, money };
}

function withResources(
  entries: readonly DayEntry[],
  resources: readonly BoardResource[],
): readonly DayEntry[] {
  const ids = new Set(resources.map((resource) => resource.id));
  return entries.filter((entry) => entry.resourceIds.some((id) => ids.has(id)));
}

/** The site's own resources, and whoever works at several sites and is, or is expected, at this one. People first. */
function resourcesAt(
  catalogue: Catalogue,
  site: Site,
  day: Span,
  entries: readonly DayEntry[],
): readonly BoardResource[] {
  return catalogue.resources
    .map((resource) => ({ resource, open: openAt(catalogue, resource, site.id, day) }))
    .filter(({ resource, open }) => {
      const busyHere = entries.some(
        (entry) => entry.siteId === site.id && entry.resourceIds.includes(resource.id),
      );
      if (busyHere) return true;
      if (!resource.active) return false;
      return resource.siteId === site.id || (resource.siteId === null && worksAt(resource, site.id, open));
    })
    .sort((a, b) => Number(b.resource.person) - Number(a.resource.person))
    .map(({ resource, open }) => ({
      id: resource.id,
      name: resource.name,
      title: resource.title,
      kinds: resource.kinds,
      person: resource.person,
      open,
    }));
}

function worksAt(resource: CatalogueResource, siteId: string, open: readonly Span[]): boolean {
  const atSite = resource.openings.some((opening) => opening.siteId === siteId);
  const anywhere = resource.openings.some((opening) => opening.siteId !== null);
  return atSite || (!anywhere && open.length > 0);
}

/** When a resource can be claimed at a site, or by video. */
function openAt(
  catalogue: Catalogue,
  resource: CatalogueResource,
  siteId: string,
  day: Span,
): readonly Span[] {
  const spansOf = (place: string | null) => {
    const { rules, exceptions } = resourceAt(catalogue, resource, place);
    // An extra opening is one of this place only where the resource works there at all.
    return rules.length === 0 ? [] : openSpans(rules, exceptions, day);
  };
  return union(spansOf(siteId), spansOf(null));
}

const LOOK_AHEAD_DAYS = 14;

/**
 * The day to begin with: today while anybody works at the site or anything stands in the day, else the next date on
 * which somebody works.
 */
export async function firstDate(
  context: ClinicContext,
  clinic: Clinic,
  site: Site,
  today: string,
): Promise<string> {
  const catalogue = await readCatalogue(context, clinic.catalogueVersion);
  const people = catalogue.resources.filter((resource) => resource.person && resource.active);
  const isOpen = (date: string) => {
    const day = daySpan(date, site.timeZone);
    return people.some((person) => {
      const { rules, exceptions } = resourceAt(catalogue, person, site.id);
      return openSpans(rules, exceptions, day).length > 0;
    });
  };
  if (isOpen(today)) return today;
  const entries = await readDay(context, clinic, daySpan(today, site.timeZone));
  if (entries.some((entry) => entry.siteId === site.id)) return today;
  const next = Array.from({ length: LOOK_AHEAD_DAYS }, (_, days) => addDays(today, days + 1)).find(isOpen);
  return next ?? today;
}

async function readLastChange(context: ClinicContext): Promise<LastChange | null> {
  const { rows } = await inClinic(context, ({ tx, clinicId }) =>
    sql<{ at: Date; actor_kind: string; name: string | null }>`
      select latest.at, latest.actor_kind, m.name
      from (
        select at, actor_kind, actor_id from audit_event
        where clinic_id = ${clinicId} and split_part(action, '.', 1) in ('appointment', 'block', 'hold', 'request')
          and action not like '%.viewed'
        order by id desc limit 1
      ) latest
      left join membership m on m.clinic_id = ${clinicId} and m.user_id = latest.actor_id`.execute(tx),
  );
  const row = rows[0];
  if (!row) return null;
  const others = row.actor_kind === 'public' ? 'online booking' : 'the clinic';
  return { at: row.at.getTime(), by: row.name ?? others };
}
