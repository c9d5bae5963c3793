import { sql } from 'kysely';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import type { AppointmentStatus } from '../../../platform/database/schema.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { type Catalogue, readCatalogue, type Service } from './catalogue.ts';

/** One appointment with its patient and what it claims. Instants in epoch milliseconds. */
export interface AppointmentDetails {
  readonly id: string;
  readonly service: Service;
  readonly siteId: string | null;
  readonly patient: {
    readonly id: string;
    readonly givenName: string;
    readonly familyName: string;
    readonly birthDate: string | null;
    readonly email: string | null;
    readonly phone: string | null;
  };
  readonly start: number;
  readonly end: number;
  readonly status: AppointmentStatus;
  readonly source: 'online' | 'desk' | 'request';
  readonly sequence: number;
  readonly viewerZone: string | null;
  readonly priceMinor: number;
  readonly currency: string;
  readonly outsideHoursReason: string | null;
  readonly cancelReason: string | null;
  readonly cancelledLate: boolean;
  readonly resourceIds: readonly string[];
  readonly createdAt: number;
}

/** The appointment, or null when this clinic has none of that id. */
export async function readAppointment(
  context: ClinicContext,
  clinic: Clinic,
  id: string,
): Promise<AppointmentDetails | null> {
  const catalogue = await readCatalogue(context, clinic.catalogueVersion);
  return inClinic(context, (tx) => loadAppointment(tx, catalogue, id));
}

/** The same within a transaction; `lock` keeps others from changing it until the end. */
export async function loadAppointment(
  { tx, clinicId }: ClinicTransaction,
  catalogue: Catalogue,
  id: string,
  lock = false,
): Promise<AppointmentDetails | null> {
  let query = tx
    .selectFrom('appointment as a')
    .innerJoin('patient as p', (join) =>
      join.onRef('p.clinic_id', '=', 'a.clinic_id').onRef('p.id', '=', 'a.patient_id'),
    )
    .selectAll('a')
    .select(['p.given_name', 'p.family_name', 'p.birth_date', 'p.email', 'p.phone'])
    .select(
      sql<string[]>`array(select c.resource_id::text from claim c
        where c.clinic_id = ${clinicId} and c.appointment_id = a.id order by c.id)`.as('resource_ids'),
    )
    .where('a.clinic_id', '=', clinicId)
    .where('a.id', '=', id);
  if (lock) query = query.forUpdate('a');
  const row = await query.executeTakeFirst();
  const service = row && catalogue.service(row.service_id);
  if (!row || !service) return null;
  return {
    id: row.id,
    service,
    siteId: row.site_id,
    patient: {
      id: row.patient_id,
      givenName: row.given_name,
      familyName: row.family_name,
      birthDate: row.birth_date,
      email: row.email,
      phone: row.phone,
    },
    start: row.starts_at.getTime(),
    end: row.ends_at.getTime(),
    status: row.status,
    source: row.source,
    sequence: row.sequence,
    viewerZone: row.viewer_zone,
    priceMinor: row.price_minor,
    currency: row.currency,
    outsideHoursReason: row.outside_hours_reason,
    cancelReason: row.cancel_reason,
    cancelledLate: row.cancelled_late,
    resourceIds: row.resource_ids,
    createdAt: row.created_at.getTime(),
  };
}
