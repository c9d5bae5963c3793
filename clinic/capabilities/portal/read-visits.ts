import { sql } from 'kysely';
import type { ClinicTransaction } from '../../platform/database/in-clinic.ts';
import type { AppointmentStatus } from '../../platform/database/schema.ts';
import { type Portal, shownIds } from './portal.ts';

const MOST_COMING = 50;
const MOST_EARLIER = 30;

/** A visit as its patient sees it. Instants in epoch milliseconds. */
export interface PortalVisit {
  readonly id: string;
  readonly patientId: string;
  readonly serviceId: string;
  readonly siteId: string | null;
  readonly start: number;
  readonly end: number;
  readonly status: AppointmentStatus;
  readonly cancelledBy: 'patient' | 'clinic' | null;
  readonly viewerZone: string | null;
  /** What it claims; nothing once it is cancelled. */
  readonly resourceIds: readonly string[];
}

/** Visits that are still to come or under way, the next one first. */
export async function readComing(portal: Portal, clinic: ClinicTransaction): Promise<readonly PortalVisit[]> {
  const rows = await visits(portal, clinic)
    .where('a.status', 'in', ['booked', 'arrived', 'in_room'])
    .where('a.ends_at', '>', new Date(portal.now))
    .orderBy('a.starts_at')
    .limit(MOST_COMING)
    .execute();
  return rows.map(asVisit);
}

/** Visits that are over or cancelled, the latest first. */
export async function readEarlier(
  portal: Portal,
  clinic: ClinicTransaction,
): Promise<readonly PortalVisit[]> {
  const rows = await visits(portal, clinic)
    .where((where) =>
      where.or([
        where('a.status', 'in', ['done', 'no_show', 'cancelled']),
        where('a.ends_at', '<=', new Date(portal.now)),
      ]),
    )
    .orderBy('a.starts_at', 'desc')
    .limit(MOST_EARLIER)
    .execute();
  return rows.map(asVisit);
}

function visits(portal: Portal, { tx, clinicId }: ClinicTransaction) {
  return tx
    .selectFrom('appointment as a')
    .select(['a.id', 'a.patient_id', 'a.service_id', 'a.site_id', 'a.starts_at', 'a.ends_at', 'a.status'])
    .select(['a.cancelled_by', 'a.viewer_zone'])
    .select(
      sql<string[]>`array(select c.resource_id::text from claim c
        where c.clinic_id = ${clinicId} and c.appointment_id = a.id order by c.id)`.as('resource_ids'),
    )
    .where('a.clinic_id', '=', clinicId)
    .where('a.patient_id', 'in', atLeastNobody(shownIds(portal)));
}

type VisitRow = Awaited<ReturnType<ReturnType<typeof visits>['execute']>>[number];

function asVisit(row: VisitRow): PortalVisit {
  return {
    id: row.id,
    patientId: row.patient_id,
    serviceId: row.service_id,
    siteId: row.site_id,
    start: row.starts_at.getTime(),
    end: row.ends_at.getTime(),
    status: row.status,
    cancelledBy: row.cancelled_by,
    viewerZone: row.viewer_zone,
    resourceIds: row.resource_ids,
  };
}

/** SQL knows no empty list, so a list of nobody holds an id that nobody has. */
export function atLeastNobody(ids: readonly string[]): readonly string[] {
  return ids.length > 0 ? ids : ['00000000-0000-0000-0000-000000000000'];
}
