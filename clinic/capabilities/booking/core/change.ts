import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import type { AppointmentStatus } from '../../../platform/database/schema.ts';
import { type AppointmentDetails, loadAppointment } from './appointment.ts';
import type { Booking } from './booking.ts';
import { readCatalogue } from './catalogue.ts';
import { chooseAndLock, claiming, type Refusal } from './claiming.ts';
import { claim, claimsOf, unclaimAppointment } from './claims.ts';
import { NEAREST } from './hold.ts';
import { mailCancelled, mailMoved } from './mails.ts';
import { nearestFree } from './search.ts';
import { claimedSpan, endOf } from './wish.ts';

export interface MoveInput {
  readonly appointmentId: string;
  readonly start: number;
  /** Whoever is asked for; anyone when absent. */
  readonly clinicianId?: string | null;
  /** Resources that must be among the chosen: where the desk dropped it. */
  readonly resourceIds?: readonly string[];
  readonly outsideHoursReason?: string | null;
  readonly by: 'patient' | 'clinic';
  /** What the screen showed; a move of what has changed since is refused. */
  readonly expectedSequence?: number;
}

export type MoveRefusal = {
  readonly ok: false;
  readonly reason: 'too_late' | 'not_movable' | 'changed_meanwhile';
};

/**
 * Moves an appointment: the new claims and the end of the old ones are one transaction, so the old time is given
 * up exactly when the new one is certain.
 */
export async function moveAppointment(
  booking: Booking,
  input: MoveInput,
): Promise<{ readonly ok: true } | Refusal | MoveRefusal> {
  const { context, clinic, platform } = booking;
  const catalogue = await readCatalogue(context, clinic.catalogueVersion);
  const now = platform.clock.now();
  const result = await claiming(context, async (tx, thorough) => {
    const before = await loadAppointment(tx, catalogue, input.appointmentId);
    const refusal = refuseMove(before, input, now, clinic.changeNoticeMin);
    if (!before || refusal) return { ok: false, reason: refusal ?? 'not_movable', wish: null } as const;
    const wish = { service: before.service, siteId: before.siteId, clinicianId: input.clinicianId ?? null };
    const holds = await holdsMoving(tx, before.id);
    const plan = {
      wish,
      start: input.start,
      rules: input.by === 'patient' ? 'public' : input.outsideHoursReason ? 'any-time' : 'opening-hours',
      wanted: input.resourceIds ?? [],
      ignoring: { appointmentId: before.id, holdIds: holds.ids },
      givenUp: [...(await claimsOf(tx, { appointmentId: before.id })), ...holds.claims],
    } as const;
    const choice = await chooseAndLock(tx, { catalogue, clinic, now, thorough }, plan);
    if (!choice.ok) return { ...choice, wish };
    // Whoever moved it meanwhile held the locks that are held here now.
    const current = await loadAppointment(tx, catalogue, before.id, true);
    if (current?.sequence !== before.sequence || current.status !== before.status) {
      return { ok: false, reason: 'changed_meanwhile', wish: null } as const;
    }
    await deleteHolds(tx, holds.ids);
    await unclaimAppointment(tx, before.id);
    await claim(
      tx,
      { appointmentId: before.id },
      choice.resourceIds,
      claimedSpan(before.service, input.start),
    );
    const after = {
      ...before,
      start: input.start,
      end: endOf(before.service, input.start),
      sequence: before.sequence + 1,
      resourceIds: choice.resourceIds,
    };
    await writeMove(tx, after, input.outsideHoursReason ?? null);
    if (tellsAnythingNew(before, after)) await mailMoved(tx, booking, catalogue, after, before);
    await record(tx, {
      action: 'appointment.moved',
      subject: { kind: 'appointment', id: before.id },
      detail: { by: input.by, outsideHours: Boolean(input.outsideHoursReason) },
    });
    return { ok: true } as const;
  });
  if (result.ok) return result;
  if (!result.wish) return { ok: false, reason: result.reason };
  const nearest = await nearestFree(context, clinic, result.wish, input.start, NEAREST, now);
  return { ok: false, reason: result.reason, nearest };
}

/** Another room is the clinic's business; another time or another person is the patient's too. */
function tellsAnythingNew(
  before: AppointmentDetails,
  after: { start: number; resourceIds: readonly string[] },
): boolean {
  return before.start !== after.start || after.resourceIds.some((id) => !before.resourceIds.includes(id));
}

function refuseMove(
  appointment: AppointmentDetails | null,
  input: MoveInput,
  now: number,
  noticeMin: number,
): MoveRefusal['reason'] | null {
  if (!appointment) return 'not_movable';
  const movable = input.by === 'patient' ? ['booked'] : ['booked', 'arrived', 'in_room'];
  if (!movable.includes(appointment.status)) return 'not_movable';
  if (input.expectedSequence !== undefined && input.expectedSequence !== appointment.sequence)
    return 'changed_meanwhile';
  if (input.by === 'patient' && isLate(appointment.start, now, noticeMin)) return 'too_late';
  return null;
}

/** Whether it is too late to move or cancel without talking to the clinic. */
export function isLate(start: number, now: number, noticeMin: number): boolean {
  return now > start - noticeMin * 60_000;
}

async function holdsMoving(tx: ClinicTransaction, appointmentId: string) {
  const rows = await tx.tx
    .selectFrom('hold')
    .select('id')
    .where('clinic_id', '=', tx.clinicId)
    .where('moves_appointment_id', '=', appointmentId)
    .execute();
  const ids = rows.map((row) => row.id);
  const claims = await Promise.all(ids.map((holdId) => claimsOf(tx, { holdId })));
  return { ids, claims: claims.flat() };
}

async function deleteHolds({ tx, clinicId }: ClinicTransaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .deleteFrom('hold')
    .where('clinic_id', '=', clinicId)
    .where('id', 'in', ids as string[])
    .execute();
}

async function writeMove(
  { tx, clinicId }: ClinicTransaction,
  after: { id: string; start: number; end: number; sequence: number },
  outsideHoursReason: string | null,
): Promise<void> {
  await tx
    .updateTable('appointment')
    .set({
      starts_at: new Date(after.start),
      ends_at: new Date(after.end),
      sequence: after.sequence,
      outside_hours_reason: outsideHoursReason,
    })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', after.id)
    .execute();
}

export interface CancelInput {
  readonly appointmentId: string;
  readonly by: 'patient' | 'clinic';
  readonly reason?: string;
}

/**
 * Cancels an appointment and frees its resources at once. A patient may until the clinic's notice; staff always,
 * and a late cancellation is remembered as one.
 */
export async function cancelAppointment(
  booking: Booking,
  input: CancelInput,
): Promise<
  | { readonly ok: true; readonly late: boolean }
  | { readonly ok: false; readonly reason: 'too_late' | 'not_cancellable' }
> {
  const { context, clinic, platform } = booking;
  const catalogue = await readCatalogue(context, clinic.catalogueVersion);
  const now = platform.clock.now();
  return inClinic(context, async (tx) => {
    const before = await loadAppointment(tx, catalogue, input.appointmentId, true);
    if (!before || !['booked', 'arrived', 'in_room'].includes(before.status))
      return { ok: false, reason: 'not_cancellable' };
    const late = isLate(before.start, now, clinic.changeNoticeMin);
    if (input.by === 'patient' && (late || before.status !== 'booked'))
      return { ok: false, reason: 'too_late' };
    await tx.tx
      .updateTable('appointment')
      .set({
        status: 'cancelled',
        sequence: before.sequence + 1,
        cancelled_at: sql<Date>`now()`,
        cancelled_by: input.by,
        cancelled_late: late,
        cancel_reason: input.reason?.trim() || null,
      })
      .where('clinic_id', '=', tx.clinicId)
      .where('id', '=', before.id)
      .execute();
    await unclaimAppointment(tx, before.id);
    const holds = await holdsMoving(tx, before.id);
    await deleteHolds(tx, holds.ids);
    await mailCancelled(tx, booking, catalogue, { ...before, sequence: before.sequence + 1 });
    await record(tx, {
      action: 'appointment.cancelled',
      subject: { kind: 'appointment', id: before.id },
      detail: { by: input.by, late },
    });
    return { ok: true, late };
  });
}

/** What may follow on what: mistakes at the desk can be taken back, a cancellation cannot. */
const CHANGEABLE: readonly AppointmentStatus[] = ['booked', 'arrived', 'in_room', 'done', 'no_show'];

/** Notes that somebody arrived, is in the room, is done or did not come. False for a cancelled or unknown appointment. */
export async function setStatus(
  booking: Booking,
  appointmentId: string,
  status: Exclude<AppointmentStatus, 'cancelled'>,
): Promise<boolean> {
  return inClinic(booking.context, async (tx) => {
    const result = await tx.tx
      .updateTable('appointment')
      .set({ status })
      .where('clinic_id', '=', tx.clinicId)
      .where('id', '=', appointmentId)
      .where('status', 'in', CHANGEABLE as AppointmentStatus[])
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) return false;
    await record(tx, {
      action: `appointment.${status}`,
      subject: { kind: 'appointment', id: appointmentId },
    });
    return true;
  });
}
