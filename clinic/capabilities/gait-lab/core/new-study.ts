import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { readEntitlements } from '../../payments/index.ts';
import { lockVisit, personNow } from '../../records/index.ts';
import { StudyError } from './study-error.ts';

/**
 * What a session begins with: a visit, something that was bought, or the person alone. Whoever says beside a visit or a
 * purchase whose it is, is held to it.
 */
export type Beginning =
  | { readonly appointmentId: string; readonly patientId?: string }
  | { readonly entitlementId: string; readonly patientId?: string }
  | { readonly patientId: string };

/**
 * Opens a session, or finds the one that this visit has already, or the one that begins with the same purchase and is still
 * without files: a second press opens nothing twice. How the person walked is taken over from their last
 * session, to be put right where it differs. Returns its id.
 *
 * @throws StudyError where the visit, the purchase or the person is not there, or is of somebody else
 */
export async function openStudy(clinic: ClinicTransaction, from: Beginning, now: number): Promise<string> {
  const { tx, clinicId } = clinic;
  const begun = await resolve(clinic, from, now);
  if (from.patientId !== undefined && (await personNow(clinic, from.patientId)) !== begun.patientId)
    throw new StudyError('This visit or purchase is of another person. Nothing was begun.');
  const known = await knownStudy(clinic, begun);
  if (known) return known;
  const last = await tx
    .selectFrom('study')
    .select(['condition', 'footwear', 'walking_aid'])
    .where('clinic_id', '=', clinicId)
    .where('kind', '=', 'gait')
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
  if ('appointmentId' in from) return fromVisit(clinic, from.appointmentId, now);
  if ('entitlementId' in from) return fromPurchase(clinic, from.entitlementId, now);
  const patientId = await personNow(clinic, from.patientId);
  if (!patientId) throw new StudyError('This person is not in the records.');
  return { patientId, appointmentId: null, entitlementId: null, takenAt: now };
}

async function fromVisit(clinic: ClinicTransaction, appointmentId: string, now: number): Promise<Begun> {
  const { tx, clinicId } = clinic;
  const visit = await lockVisit(clinic, appointmentId);
  if (!visit.ok) throw new StudyError(visit.reason);
  const used = await tx
    .selectFrom('entitlement_use')
    .select('entitlement_id')
    .where('clinic_id', '=', clinicId)
    .where('appointment_id', '=', appointmentId)
    .executeTakeFirst();
  return {
    patientId: visit.patientId,
    appointmentId,
    entitlementId: used?.entitlement_id ?? null,
    takenAt: Math.min(now, visit.start),
  };
}

async function fromPurchase(clinic: ClinicTransaction, entitlementId: string, now: number): Promise<Begun> {
  const of = await clinic.tx
    .selectFrom('entitlement')
    .select('patient_id')
    .where('clinic_id', '=', clinic.clinicId)
    .where('id', '=', entitlementId)
    .executeTakeFirst();
  if (of) await personNow(clinic, of.patient_id);
  await clinic.tx
    .selectFrom('entitlement')
    .select('id')
    .where('clinic_id', '=', clinic.clinicId)
    .where('id', '=', entitlementId)
    .forUpdate()
    .execute();
  const [bought] = await readEntitlements(clinic, { id: entitlementId });
  if (!bought) throw new StudyError('What was bought has been refunded, or was never there.');
  return { patientId: bought.patientId, appointmentId: null, entitlementId, takenAt: now };
}

async function knownStudy(
  { tx, clinicId }: ClinicTransaction,
  { appointmentId, entitlementId }: Begun,
): Promise<string | null> {
  if (!appointmentId && !entitlementId) return null;
  const studies = tx
    .selectFrom('study as s')
    .select('s.id')
    .where('s.clinic_id', '=', clinicId)
    .where('s.kind', '=', 'gait');
  const known = appointmentId
    ? studies.where('s.appointment_id', '=', appointmentId)
    : studies
        .where('s.entitlement_id', '=', entitlementId)
        .where('s.appointment_id', 'is', null)
        .where('s.status', '=', 'draft')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('study_file as f')
                .select('f.file_id')
                .whereRef('f.clinic_id', '=', 's.clinic_id')
                .whereRef('f.study_id', '=', 's.id'),
            ),
          ),
        );
  const row = await known.limit(1).executeTakeFirst();
  return row?.id ?? null;
}
