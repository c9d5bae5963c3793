import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { readEntitlements } from '../../payments/index.ts';
import { StudyError } from './study-error.ts';

/** What a session begins with: a visit, something that was bought, or the person alone. */
export type Beginning =
  | { readonly appointmentId: string }
  | { readonly entitlementId: string }
  | { readonly patientId: string };

/**
 * Opens a session, or finds the one that this visit has already. How the person walked is taken over from their last
 * session, to be put right where it differs. Returns its id.
 *
 * @throws StudyError where the visit, the purchase or the person is not there
 */
export async function openStudy(clinic: ClinicTransaction, from: Beginning, now: number): Promise<string> {
  const { tx, clinicId } = clinic;
  const begun = await resolve(clinic, from, now);
  if (begun.appointmentId) {
    const known = await tx
      .selectFrom('study')
      .select('id')
      .where('clinic_id', '=', clinicId)
      .where('appointment_id', '=', begun.appointmentId)
      .executeTakeFirst();
    if (known) return known.id;
  }
  const last = await tx
    .selectFrom('study')
    .select(['condition', 'footwear', 'walking_aid'])
    .where('clinic_id', '=', clinicId)
    .where('patient_id', '=', begun.patientId)
    .orderBy('taken_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const { id } = await tx
    .insertInto('study')
    .values({
      clinic_id: clinicId,
      patient_id: begun.patientId,
      appointment_id: begun.appointmentId,
      entitlement_id: begun.entitlementId,
      ...last,
      taken_at: new Date(begun.takenAt),
      worked_at: null,
      failure: null,
      result_id: null,
      created_by: clinic.actor.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await record(clinic, {
    action: 'study.opened',
    subject: { kind: 'study', id },
    detail: { patient: begun.patientId, appointment: begun.appointmentId },
  });
  return id;
}

interface Begun {
  readonly patientId: string;
  readonly appointmentId: string | null;
  readonly entitlementId: string | null;
  readonly takenAt: number;
}

async function resolve(clinic: ClinicTransaction, from: Beginning, now: number): Promise<Begun> {
  const { tx, clinicId } = clinic;
  if ('appointmentId' in from) {
    const visit = await tx
      .selectFrom('appointment as a')
      .leftJoin('entitlement_use as u', (join) =>
        join.onRef('u.clinic_id', '=', 'a.clinic_id').onRef('u.appointment_id', '=', 'a.id'),
      )
      .select(['a.patient_id', 'a.starts_at', 'a.status', 'u.entitlement_id'])
      .where('a.clinic_id', '=', clinicId)
      .where('a.id', '=', from.appointmentId)
      .executeTakeFirst();
    if (!visit || visit.status === 'cancelled') throw new StudyError('This visit is not in the diary.');
    return {
      patientId: visit.patient_id,
      appointmentId: from.appointmentId,
      entitlementId: visit.entitlement_id,
      takenAt: Math.min(now, visit.starts_at.getTime()),
    };
  }
  if ('entitlementId' in from) {
    const [bought] = await readEntitlements(clinic, { id: from.entitlementId });
    if (!bought) throw new StudyError('What was bought has been refunded, or was never there.');
    const { patientId, id } = bought;
    return { patientId, appointmentId: null, entitlementId: id, takenAt: now };
  }
  const patient = await tx
    .selectFrom('patient')
    .select(['id', 'merged_into'])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', from.patientId)
    .executeTakeFirst();
  if (!patient) throw new StudyError('This person is not in the records.');
  return {
    patientId: patient.merged_into ?? patient.id,
    appointmentId: null,
    entitlementId: null,
    takenAt: now,
  };
}
