import { type PlainDate, toInstant } from '@rectus/schedule';
import { record } from '../../../platform/audit/record.ts';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { bumpCatalogue } from '../../booking/index.ts';
import { type StandingAppointment, standingAppointments } from '../parts/standing.tsx';
import type { About, ClosureFacts } from './closure-form.ts';

/** A stored closure or extra opening. Times are by the clock of `timeZone`: 'YYYY-MM-DDTHH:MM'. */
export interface Closure extends About {
  readonly id: string;
  readonly kind: 'closed' | 'open';
  readonly starts: string;
  readonly ends: string;
  readonly timeZone: string;
  readonly reason: string;
}

/** Every exception that is not over by `today`, in order of time. */
export async function readClosures(context: ClinicContext, today: PlainDate): Promise<readonly Closure[]> {
  return inClinic(context, async ({ tx, clinicId }) => {
    const rows = await tx
      .selectFrom('opening_exception')
      .selectAll()
      .where('clinic_id', '=', clinicId)
      .where('ends', '>', `${today} 00:00:00`)
      .orderBy('starts')
      .orderBy('id')
      .execute();
    return rows.map(closureOf);
  });
}

interface ClosureRow {
  readonly id: string;
  readonly kind: 'closed' | 'open';
  readonly site_id: string | null;
  readonly resource_id: string | null;
  readonly starts: string;
  readonly ends: string;
  readonly time_zone: string;
  readonly reason: string;
}

function closureOf(row: ClosureRow): Closure {
  const wall = (text: string): string => text.slice(0, 16).replace(' ', 'T');
  return {
    id: row.id,
    kind: row.kind,
    siteId: row.site_id,
    resourceId: row.resource_id,
    starts: wall(row.starts),
    ends: wall(row.ends),
    timeZone: row.time_zone,
    reason: row.reason,
  };
}

/** One exception with the appointments that stand in it, or null. */
export async function readClosure(
  context: ClinicContext,
  id: string,
): Promise<{ readonly closure: Closure; readonly standing: readonly StandingAppointment[] } | null> {
  return inClinic(context, async (clinic) => {
    const row = await clinic.tx
      .selectFrom('opening_exception')
      .selectAll()
      .where('clinic_id', '=', clinic.clinicId)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) return null;
    const closure = closureOf(row);
    return { closure, standing: closure.kind === 'closed' ? await standingIn(clinic, closure) : [] };
  });
}

function standingIn(
  clinic: ClinicTransaction,
  { starts, ends, timeZone, siteId, resourceId }: Pick<Closure, 'starts' | 'ends' | 'timeZone' | keyof About>,
): Promise<readonly StandingAppointment[]> {
  // A repeated hour at the edge is closed on both passes, as the scheduler has it.
  const span = { start: toInstant(starts, timeZone, 'earlier'), end: toInstant(ends, timeZone, 'later') };
  return standingAppointments(clinic, { span, siteId, resourceId });
}

/** The clock by which an exception is meant: that of its site, or of its resource's site, or of the clinic. */
async function zoneOf(
  { tx, clinicId }: ClinicTransaction,
  clinic: Clinic,
  { siteId, resourceId }: About,
): Promise<string> {
  const home = resourceId
    ? await tx
        .selectFrom('resource')
        .select('site_id')
        .where('clinic_id', '=', clinicId)
        .where('id', '=', resourceId)
        .executeTakeFirst()
    : undefined;
  const site = await tx
    .selectFrom('site')
    .select('time_zone')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', siteId ?? home?.site_id ?? '00000000-0000-0000-0000-000000000000')
    .executeTakeFirst();
  return site?.time_zone ?? clinic.timeZone;
}

export type Added =
  | { readonly ok: true; readonly ids: readonly string[] }
  | { readonly ok: false; readonly standing: readonly StandingAppointment[] };

/**
 * Adds a closure or an extra opening. Where appointments stand in the time to be closed it does nothing and shows
 * them, until the owner has seen them and says so with `confirmed`.
 */
export async function addClosure(
  context: ClinicContext,
  clinic: Clinic,
  facts: ClosureFacts,
  confirmed: boolean,
): Promise<Added> {
  return inClinic(context, async (transaction): Promise<Added> => {
    const rows: (About & { readonly timeZone: string })[] = [];
    for (const about of facts.about) {
      rows.push({ ...about, timeZone: await zoneOf(transaction, clinic, about) });
    }
    if (facts.kind === 'closed' && !confirmed) {
      const found: StandingAppointment[] = [];
      for (const row of rows) found.push(...(await standingIn(transaction, { ...facts, ...row })));
      if (found.length > 0) return { ok: false, standing: found };
    }
    const added = await transaction.tx
      .insertInto('opening_exception')
      .values(
        rows.map(({ siteId, resourceId, timeZone }) => ({
          clinic_id: transaction.clinicId,
          kind: facts.kind,
          site_id: siteId,
          resource_id: resourceId,
          starts: facts.starts,
          ends: facts.ends,
          time_zone: timeZone,
          reason: facts.reason,
        })),
      )
      .returning('id')
      .execute();
    await bumpCatalogue(transaction);
    const action = facts.kind === 'closed' ? 'closure.added' : 'extra_opening.added';
    for (const { id } of added)
      await record(transaction, { action, subject: { kind: 'opening_exception', id } });
    return { ok: true, ids: added.map(({ id }) => id) };
  });
}

/** Takes an exception back, so that the weekly hours hold again. Returns false where there is none. */
export async function removeClosure(context: ClinicContext, id: string): Promise<boolean> {
  return inClinic(context, async (clinic) => {
    const removed = await clinic.tx
      .deleteFrom('opening_exception')
      .where('clinic_id', '=', clinic.clinicId)
      .where('id', '=', id)
      .returning(['kind', 'starts', 'ends', 'site_id', 'resource_id'])
      .executeTakeFirst();
    if (!removed) return false;
    await bumpCatalogue(clinic);
    await record(clinic, {
      action: removed.kind === 'closed' ? 'closure.removed' : 'extra_opening.removed',
      subject: { kind: 'opening_exception', id },
      detail: { ...removed },
    });
    return true;
  });
}
