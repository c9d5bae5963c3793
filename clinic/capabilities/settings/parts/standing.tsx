import type { Span } from '@rectus/schedule';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { Notice } from '../../../platform/web/layout/index.ts';
import { dayAndTime, placeZone } from '../../booking/index.ts';

/** An appointment that stands in a time which is about to be closed. */
export interface StandingAppointment {
  readonly id: string;
  readonly start: number;
  readonly siteId: string | null;
  readonly patient: string;
  readonly service: string;
}

/** What is about to be closed: a resource, a site, or everything. */
export interface Closing {
  readonly span: Span;
  readonly siteId?: string | null;
  readonly resourceId?: string | null;
  readonly serviceId?: string;
}

/** As far ahead as anything can be booked. */
export const FOREVER = Date.UTC(9000, 0);

const MOST = 200;
/** More than these are shown on request. */
const LISTED = 12;
/** No appointment is longer than a claim may be. */
const LONGEST_MS = 16 * 3_600_000;

/** The appointments that stand in the way, in order of time. They are shown, never cancelled by themselves. */
export async function standingAppointments(
  { tx, clinicId }: ClinicTransaction,
  { span, siteId, resourceId, serviceId }: Closing,
): Promise<readonly StandingAppointment[]> {
  let query = tx
    .selectFrom('appointment')
    .innerJoin('patient', (on) =>
      on
        .onRef('patient.clinic_id', '=', 'appointment.clinic_id')
        .onRef('patient.id', '=', 'appointment.patient_id'),
    )
    .innerJoin('service', (on) =>
      on
        .onRef('service.clinic_id', '=', 'appointment.clinic_id')
        .onRef('service.id', '=', 'appointment.service_id'),
    )
    .where('appointment.clinic_id', '=', clinicId)
    .where('appointment.status', 'in', ['booked', 'arrived', 'in_room'])
    .where('appointment.starts_at', '<', new Date(span.end))
    .where('appointment.starts_at', '>', new Date(span.start - LONGEST_MS))
    .where('appointment.ends_at', '>', new Date(span.start));
  if (siteId) query = query.where('appointment.site_id', '=', siteId);
  if (serviceId) query = query.where('appointment.service_id', '=', serviceId);
  if (resourceId) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('claim')
          .select('claim.id')
          .where('claim.clinic_id', '=', clinicId)
          .whereRef('claim.appointment_id', '=', 'appointment.id')
          .where('claim.resource_id', '=', resourceId),
      ),
    );
  }
  const rows = await query
    .select([
      'appointment.id',
      'appointment.starts_at',
      'appointment.site_id',
      'patient.given_name',
      'patient.family_name',
      'service.name as service',
    ])
    .orderBy('appointment.starts_at')
    .limit(MOST)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    start: row.starts_at.getTime(),
    siteId: row.site_id,
    patient: `${row.given_name} ${row.family_name}`,
    service: row.service,
  }));
}

/** How many appointments stand in the time, each with a link to move it or to speak with the patient. */
export function StandingList(props: {
  clinic: Clinic;
  appointments: readonly StandingAppointment[];
  where?: string;
}) {
  const { clinic, appointments, where = 'in this time' } = props;
  const count = appointments.length;
  if (count === 0) return null;
  const many = count === MOST ? `${MOST} or more` : String(count);
  return (
    <Notice
      kind="warn"
      title={count === 1 ? `1 appointment stands ${where}` : `${many} appointments stand ${where}`}
    >
      <p>They are not cancelled by themselves. Open each to move it or to call the patient.</p>
      {count > LISTED ? (
        <details>
          <summary>Show them</summary>
          <Appointments clinic={clinic} appointments={appointments} />
        </details>
      ) : (
        <Appointments clinic={clinic} appointments={appointments} />
      )}
    </Notice>
  );
}

function Appointments(props: { clinic: Clinic; appointments: readonly StandingAppointment[] }) {
  const { clinic, appointments } = props;
  return (
    <ul class="standing">
      {appointments.map(({ id, start, siteId, patient, service }) => (
        <li key={id}>
          <a href={`/desk/appointments/${id}`}>
            {dayAndTime(start, placeZone(clinic, siteId), clinic.locale)}, {patient}
          </a>
          <span class="soft">{service}</span>
        </li>
      ))}
    </ul>
  );
}
