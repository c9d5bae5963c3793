import { sql } from 'kysely';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import type { AppointmentStatus } from '../../../platform/database/schema.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { readCatalogue } from './catalogue.ts';

/** Something that stands in the day: an appointment, a block, or a time held for somebody. */
export interface DayEntry {
  readonly kind: 'appointment' | 'block' | 'hold';
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly resourceIds: readonly string[];
  /** The patient's name, the block's label, or nothing for a hold. */
  readonly label: string;
  readonly serviceId: string | null;
  readonly serviceName: string;
  readonly status: AppointmentStatus | null;
  readonly sequence: number;
  readonly expiresAt: number | null;
  readonly patientId: string | null;
  readonly siteId: string | null;
}

interface Row {
  kind: DayEntry['kind'];
  id: string;
  starts_at: Date;
  ends_at: Date;
  resource_ids: string[];
  label: string;
  service_id: string | null;
  status: AppointmentStatus | null;
  sequence: number;
  expires_at: Date | null;
  patient_id: string | null;
  site_id: string | null;
}

/**
 * Everything that touches the span, in order of time. Cancelled appointments claim nothing and are left out;
 * a no-show keeps its place. Holds are those alive by the database's clock.
 */
export async function readDay(
  context: ClinicContext,
  clinic: Clinic,
  span: { readonly start: number; readonly end: number },
): Promise<readonly DayEntry[]> {
  const catalogue = await readCatalogue(context, clinic.catalogueVersion);
  const [start, end] = [new Date(span.start).toISOString(), new Date(span.end).toISOString()];
  const { rows } = await inClinic(context, ({ tx, clinicId }) =>
    sql<Row>`
      with standing as (
        select appointment_id, block_id, hold_id, array_agg(resource_id::text order by id) as resource_ids, max(expires_at) as expires_at
        from claim
        where clinic_id = ${clinicId} and starts_at < ${end}::timestamptz
          and starts_at > ${start}::timestamptz - interval '16 hours' and ends_at > ${start}::timestamptz
          and (expires_at is null or expires_at > clock_timestamp())
        group by appointment_id, block_id, hold_id
      )
      select case when a.id is not null then 'appointment' when b.id is not null then 'block' else 'hold' end as kind,
        coalesce(a.id, b.id, h.id) as id,
        coalesce(a.starts_at, b.starts_at, h.starts_at) as starts_at,
        coalesce(a.ends_at, b.ends_at, h.ends_at) as ends_at,
        s.resource_ids, coalesce(p.given_name || ' ' || p.family_name, b.label, '') as label,
        coalesce(a.service_id, h.service_id) as service_id, a.status, coalesce(a.sequence, 0) as sequence,
        s.expires_at, a.patient_id, coalesce(a.site_id, h.site_id) as site_id
      from standing s
      left join appointment a on a.clinic_id = ${clinicId} and a.id = s.appointment_id
      left join patient p on p.clinic_id = ${clinicId} and p.id = a.patient_id
      left join block b on b.clinic_id = ${clinicId} and b.id = s.block_id
      left join hold h on h.clinic_id = ${clinicId} and h.id = s.hold_id
      order by starts_at, id`.execute(tx),
  );
  return rows.map((row) => ({
    kind: row.kind,
    id: row.id,
    start: row.starts_at.getTime(),
    end: row.ends_at.getTime(),
    resourceIds: row.resource_ids,
    label: row.label,
    serviceId: row.service_id,
    serviceName: (row.service_id && catalogue.service(row.service_id)?.name) || '',
    status: row.status,
    sequence: row.sequence,
    expiresAt: row.expires_at?.getTime() ?? null,
    patientId: row.patient_id,
    siteId: row.site_id,
  }));
}
