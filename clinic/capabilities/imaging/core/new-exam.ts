import { randomUUID } from 'node:crypto';
import { record } from '../../../platform/audit/record.ts';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { BodySide, Suspicion } from '../../../platform/database/schema-of-imaging.ts';
import { lockVisit, personNow } from '../../records/index.ts';
import { ImagingError } from './imaging-error.ts';

/** What an examination begins with: a visit, or the person alone. */
export type ExamBeginning =
  | { readonly appointmentId: string; readonly patientId?: string }
  | { readonly patientId: string };

/** What is known of it when it begins; everything may be said later. */
export interface ExamAbout {
  readonly suspicion?: Suspicion;
  readonly anatomy?: string;
  readonly side?: BodySide | null;
  readonly question?: string;
  readonly manoeuvre?: string;
  readonly position?: string;
}

/**
 * Opens an examination, or finds the one that this visit has already: a second press opens nothing twice. Its DICOM Study
 * Instance UID is made here, for the worklist to hand out. Returns its id.
 *
 * @throws ImagingError where the visit or the person is not there, or the visit is of somebody else
 */
export async function openExam(
  clinic: ClinicTransaction,
  from: ExamBeginning,
  now: number,
  about: ExamAbout = {},
): Promise<string> {
  const { tx, clinicId } = clinic;
  const begun =
    'appointmentId' in from
      ? await fromVisit(clinic, from.appointmentId, now)
      : { patientId: await personNow(clinic, from.patientId), appointmentId: null, takenAt: now };
  if (begun.patientId === null) throw new ImagingError('This person is not in the records.');
  if (from.patientId !== undefined && (await personNow(clinic, from.patientId)) !== begun.patientId)
    throw new ImagingError('This visit is of another person. Nothing was begun.');
  const known = await knownExam(clinic, begun.appointmentId);
  if (known) return known;
  const { id } = await tx
    .insertInto('study')
    .values({
      clinic_id: clinicId,
      kind: 'ultrasound',
      patient_id: begun.patientId,
      appointment_id: begun.appointmentId,
      entitlement_id: null,
      taken_at: new Date(begun.takenAt),
      worked_at: null,
      failure: null,
      result_id: null,
      created_by: clinic.actor.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('imaging_exam')
    .values({ clinic_id: clinicId, study_id: id, study_uid: newUid(), ...about })
    .execute();
  await record(clinic, {
    action: 'study.opened',
    subject: { kind: 'study', id },
    detail: { patient: begun.patientId, appointment: begun.appointmentId },
  });
  return id;
}

/** A unique identifier that nobody can guess: a random UUID under the root for UUIDs (DICOM PS3.5 annex B.2). */
export function newUid(): string {
  return `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;
}

interface Begun {
  readonly patientId: string | null;
  readonly appointmentId: string | null;
  /** Epoch milliseconds. */
  readonly takenAt: number;
}

async function fromVisit(clinic: ClinicTransaction, appointmentId: string, now: number): Promise<Begun> {
  const visit = await lockVisit(clinic, appointmentId);
  if (!visit.ok) throw new ImagingError(visit.reason);
  return { patientId: visit.patientId, appointmentId, takenAt: Math.min(now, visit.start) };
}

async function knownExam(
  { tx, clinicId }: ClinicTransaction,
  appointmentId: string | null,
): Promise<string | null> {
  if (!appointmentId) return null;
  const row = await tx
    .selectFrom('study')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('kind', '=', 'ultrasound')
    .where('appointment_id', '=', appointmentId)
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}
