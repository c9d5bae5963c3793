import { sql } from 'kysely';
import { type ClinicContext, inClinic } from '../database/in-clinic.ts';
import type { Database } from '../database/pool.ts';

/** A clinic as every page needs it. */
export interface Clinic {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly locale: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly demo: boolean;
  readonly changeNoticeMin: number;
  readonly reminderLeadMin: number;
  readonly idleLockMin: number;
  readonly catalogueVersion: string;
  /** The host names it answers under; '*' for every name that nobody else has. */
  readonly hosts: readonly string[];
  readonly sites: readonly Site[];
}

export interface Site {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly city: string;
  readonly address: string;
  readonly timeZone: string;
  readonly note: string;
}

/** How long a web process may answer from what it last read of a clinic's own settings. */
const FRESH_MS = 2_000;

/** Which clinic answers under a host name. A host that nobody claims belongs to the installation's first clinic. */
export function clinicDirectory(db: Database): (host: string) => Promise<Clinic | null> {
  const known = new Map<string, { readonly at: number; readonly clinic: Promise<Clinic | null> }>();
  return (host) => {
    const entry = known.get(host);
    if (entry && performance.now() - entry.at < FRESH_MS) return entry.clinic;
    const clinic = readClinic(db, host);
    clinic.catch(() => known.delete(host));
    if (known.size > 10_000) known.clear();
    known.set(host, { at: performance.now(), clinic });
    return clinic;
  };
}

async function readClinic(db: Database, host: string): Promise<Clinic | null> {
  const found = await db
    .selectFrom('clinic_host')
    .select('clinic_id')
    .where('host', 'in', [host, '*'])
    .orderBy(sql`host = '*'`)
    .limit(1)
    .executeTakeFirst();
  return found ? readClinicById(db, found.clinic_id) : null;
}

/** Reads one clinic by its id, or null. */
export async function readClinicById(db: Database, clinicId: string): Promise<Clinic | null> {
  const context: ClinicContext = { db, clinicId, actor: { kind: 'system', id: 'directory' } };
  return inClinic(context, async ({ tx }) => {
    const row = await tx.selectFrom('clinic').selectAll().executeTakeFirst();
    if (!row) return null;
    const hosts = await tx
      .selectFrom('clinic_host')
      .select('host')
      .where('clinic_id', '=', clinicId)
      .execute();
    const sites = await tx
      .selectFrom('site')
      .selectAll()
      .where('active', '=', true)
      .orderBy('position')
      .execute();
    return {
      id: row.id,
      slug: row.slug,
      name: row.name,
      locale: row.locale,
      currency: row.currency,
      timeZone: row.time_zone,
      email: row.email,
      phone: row.phone,
      demo: row.demo,
      changeNoticeMin: row.change_notice_min,
      reminderLeadMin: row.reminder_lead_min,
      idleLockMin: row.idle_lock_min,
      catalogueVersion: row.catalogue_version,
      hosts: hosts.map(({ host }) => host),
      sites: sites.map((site) => ({
        id: site.id,
        slug: site.slug,
        name: site.name,
        city: site.city,
        address: site.address,
        timeZone: site.time_zone,
        note: site.note,
      })),
    };
  });
}
