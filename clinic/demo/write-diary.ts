import { searchName } from '../capabilities/booking/index.ts';
import type { ClinicTransaction } from '../platform/database/in-clinic.ts';
import { soundName } from '../platform/names/sound-key.ts';
import type { AppointmentPlan, Diary } from './diary.ts';
import type { PatientPlan } from './patients.ts';
import type { RequestPlan } from './story.ts';
import { insertAll } from './write-clinic.ts';

const READ_WITHIN_MS = 15 * 60_000;

/** Writes the patients and everything in the diary, each appointment with the claims that keep its time. */
export async function writeDiary(
  clinic: ClinicTransaction,
  patients: readonly PatientPlan[],
  diary: Diary,
  currency: string,
  deskUserId: string | null,
): Promise<void> {
  await insertAll(clinic, 'patient', patients.map(patientRow));
  const inOrder = diary.appointments.toSorted((a, b) => a.start - b.start);
  await insertAll(
    clinic,
    'appointment',
    inOrder.map((appointment) => appointmentRow(appointment, currency, deskUserId)),
  );
  await insertAll(
    clinic,
    'block',
    diary.blocks.map((block) => ({
      id: block.id,
      label: block.label,
      starts_at: new Date(block.start),
      ends_at: new Date(block.end),
      created_by: deskUserId,
    })),
  );
  await insertAll(clinic, 'claim', [
    ...inOrder.flatMap((appointment) =>
      appointment.resourceIds.map((resourceId) => ({
        resource_id: resourceId,
        starts_at: new Date(appointment.start),
        ends_at: new Date(appointment.claimedUntil),
        appointment_id: appointment.id,
        block_id: null,
      })),
    ),
    ...diary.blocks.flatMap((block) =>
      block.resourceIds.map((resourceId) => ({
        resource_id: resourceId,
        starts_at: new Date(block.start),
        ends_at: new Date(block.end),
        appointment_id: null,
        block_id: block.id,
      })),
    ),
  ]);
}

function patientRow(patient: PatientPlan) {
  const { id, givenName, familyName, birthDate, email, phone } = patient;
  return {
    id,
    given_name: givenName,
    family_name: familyName,
    search_name: searchName(givenName, familyName),
    sound_name: soundName(givenName, familyName),
    birth_date: birthDate,
    email,
    phone,
  };
}

function appointmentRow(appointment: AppointmentPlan, currency: string, deskUserId: string | null) {
  const cancelled = appointment.status === 'cancelled';
  // Half an hour after it was made: always in the past, as making it is.
  const cancelledAt = appointment.createdAt + 30 * 60_000;
  return {
    id: appointment.id,
    service_id: appointment.service.id,
    site_id: appointment.siteId,
    patient_id: appointment.patient.id,
    starts_at: new Date(appointment.start),
    ends_at: new Date(appointment.end),
    status: appointment.status,
    source: appointment.source,
    sequence: cancelled ? 1 : 0,
    price_minor: appointment.service.priceMinor,
    currency,
    cancelled_at: cancelled ? new Date(cancelledAt) : null,
    cancelled_by: cancelled ? ('patient' as const) : null,
    created_by: appointment.source === 'desk' ? deskUserId : null,
    created_at: new Date(appointment.createdAt),
  };
}

/** Writes the open requests, each with the task that its safety answers call for. */
export async function writeRequests(
  clinic: ClinicTransaction,
  requests: readonly RequestPlan[],
): Promise<void> {
  await insertAll(
    clinic,
    'request',
    requests.map((request) => ({
      id: request.id,
      mode: request.mode,
      site_id: request.siteId,
      service_id: request.serviceId,
      given_name: request.givenName,
      family_name: request.familyName,
      search_name: searchName(request.givenName, request.familyName),
      birth_date: request.birthDate,
      email: request.email,
      phone: request.phone,
      reason: request.reason,
      preferred: request.preferred,
      viewer_zone: request.viewerZone,
      safety: request.safety,
      idempotency_key: `demo ${request.id}`,
      created_at: new Date(request.createdAt),
    })),
  );
  await insertAll(
    clinic,
    'task',
    requests.flatMap(({ id, safety, createdAt }) =>
      safety
        ? [
            {
              kind: 'safety_answer' as const,
              urgency: 'emergency' as const,
              detail: { ...safety },
              request_id: id,
              due_at: new Date(createdAt + READ_WITHIN_MS),
              created_at: new Date(createdAt),
            },
          ]
        : [],
    ),
  );
}
