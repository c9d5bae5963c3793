import type { Span } from '@rectus/schedule';
import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import { ahead, type ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { newId } from '../../../platform/database/new-id.ts';
import type { SafetyAnswers } from '../../../platform/database/schema.ts';
import { answersUrgency } from '../safety/advice.ts';
import type { Booking } from './booking.ts';
import { type Catalogue, readCatalogue } from './catalogue.ts';
import { chooseAndLock, claiming, LostRace, type Refusal } from './claiming.ts';
import { claim, claimsOf, lockClaims } from './claims.ts';
import { holdRow, NEAREST } from './hold.ts';
import { mailBooked } from './mails.ts';
import { addPatient, findPatient, type PersonInput } from './patient.ts';
import { nearestFree } from './search.ts';
import { claimedSpan, endOf, type Wish } from './wish.ts';

export interface BookInput {
  readonly wish: Wish;
  readonly start: number;
  readonly person: PersonInput | { readonly patientId: string };
  /** The same key books the same appointment, however often it is sent. */
  readonly idempotencyKey: string;
  readonly source: 'online' | 'desk' | 'request';
  /** The hold that was taken for this booking. One that expired is simply booked anew, if still free. */
  readonly holdId?: string | null;
  /** Resources that the desk chose; the rest is chosen here. */
  readonly resourceIds?: readonly string[];
  /** Staff only: why this lies outside opening hours. */
  readonly outsideHoursReason?: string | null;
  readonly viewerZone?: string | null;
  /** Only what the person sends to the clinic; a flagged answer opens a task. */
  readonly safety?: SafetyAnswers | null;
  readonly requestId?: string | null;
  /** What must happen together with the booking, in its transaction: both or neither. */
  readonly also?: (
    tx: ClinicTransaction,
    booked: { readonly appointmentId: string; readonly patientId: string },
  ) => Promise<void>;
}

export interface Booked {
  readonly ok: true;
  readonly appointmentId: string;
  /** True when this key had booked before: nothing new was written. */
  readonly repeated: boolean;
}

/** How soon somebody must have read the answers that a patient sent. */
const READ_WITHIN = { emergency: '15 minutes', same_day: '2 hours' } as const;

/**
 * Books in one transaction: claims, patient, appointment, mails, audit. Returns the appointment, or why the time
 * cannot be had with the nearest that can.
 */
export async function book(booking: Booking, input: BookInput): Promise<Booked | Refusal> {
  const { context, clinic, platform } = booking;
  const result = await claiming(context, (tx, thorough) => bookWithin(tx, thorough, booking, input));
  if (result.ok) return result;
  const now = platform.clock.now();
  return { ...result, nearest: await nearestFree(context, clinic, input.wish, input.start, NEAREST, now) };
}

/**
 * The same as part of a larger transaction, which {@link claiming} must run, because whoever loses a race has to
 * begin the whole of it anew. A refusal has written nothing.
 */
export async function bookWithin(
  tx: ClinicTransaction,
  thorough: boolean,
  booking: Booking,
  input: BookInput,
): Promise<Booked | Omit<Refusal, 'nearest'>> {
  const { context, clinic, platform } = booking;
  const catalogue = await readCatalogue(context, clinic.catalogueVersion);
  const now = platform.clock.now();
  const known = await knownPatient(tx, input.person);
  const held = input.holdId ? await liveHold(tx, input.holdId, input) : null;
  const choice = held ?? (await chooseAndLock(tx, { catalogue, clinic, now, thorough }, planOf(input)));
  // Read after the locks: a twin of this request, or a rival, that was faster has committed by now.
  const { before, taken } = await afterLocks(tx, input.idempotencyKey, 'span' in choice ? choice : null);
  if (before) return { ok: true, appointmentId: before, repeated: true };
  if (!choice.ok) return choice;
  if (taken) throw new LostRace();
  const { appointmentId, patientId } = await write(tx, booking, catalogue, input, { ...choice, known });
  if (held) await convertHold(tx, held.holdId, appointmentId);
  else await claim(tx, { appointmentId }, choice.resourceIds, claimedSpan(input.wish.service, input.start));
  await input.also?.(tx, { appointmentId, patientId });
  return { ok: true, appointmentId, repeated: false };
}

function planOf(input: BookInput) {
  const rules =
    input.source === 'online' ? 'public' : input.outsideHoursReason ? 'any-time' : 'opening-hours';
  return {
    wish: input.wish,
    start: input.start,
    rules,
    wanted: input.resourceIds ?? [],
    ignoring: { holdIds: input.holdId ? [input.holdId] : [] },
  } as const;
}

/** The hold with its resources locked, if it lives and is for exactly this visit. */
async function liveHold(tx: ClinicTransaction, holdId: string, { wish, start }: BookInput) {
  const claims = await claimsOf(tx, { holdId });
  if (claims.length === 0) return null;
  await lockClaims(tx, claims);
  const row = await holdRow(tx, holdId);
  const matches =
    row && row.remaining_ms > 0 && row.service_id === wish.service.id && row.starts_at.getTime() === start;
  if (!matches || row.site_id !== wish.siteId) {
    // Its claims must not stand in the way of booking the time anew.
    await tx.tx.deleteFrom('hold').where('clinic_id', '=', tx.clinicId).where('id', '=', holdId).execute();
    return null;
  }
  return { ok: true, holdId, resourceIds: claims.map((one) => one.resourceId) } as const;
}

async function convertHold(
  { tx, clinicId }: ClinicTransaction,
  holdId: string,
  appointmentId: string,
): Promise<void> {
  await tx
    .updateTable('claim')
    .set({ appointment_id: appointmentId, hold_id: null, expires_at: null })
    .where('clinic_id', '=', clinicId)
    .where('hold_id', '=', holdId)
    .execute();
  await tx.deleteFrom('hold').where('clinic_id', '=', clinicId).where('id', '=', holdId).execute();
}

/** What became certain when the locks were had: whether this key has booked, and whether the choice is gone. */
async function afterLocks(
  { tx, clinicId }: ClinicTransaction,
  idempotencyKey: string,
  choice: { readonly resourceIds: readonly string[]; readonly span: Span } | null,
): Promise<{ readonly before: string | null; readonly taken: boolean }> {
  const { start, end } = choice?.span ?? { start: 0, end: 0 };
  const { rows } = await sql<{ before: string | null; taken: boolean }>`
    select
      (select id from appointment where clinic_id = ${clinicId} and idempotency_key = ${idempotencyKey}) as before,
      exists (
        select from claim
        where clinic_id = ${clinicId} and resource_id = any(${(choice?.resourceIds ?? []) as string[]}::uuid[])
          and starts_at < ${new Date(end).toISOString()}::timestamptz
          and starts_at > ${new Date(start).toISOString()}::timestamptz - interval '16 hours'
          and ends_at > ${new Date(start).toISOString()}::timestamptz
          and (expires_at is null or expires_at > clock_timestamp())
      ) as taken`.execute(tx);
  return rows[0] ?? { before: null, taken: false };
}

async function write(
  clinic: ClinicTransaction,
  booking: Booking,
  catalogue: Catalogue,
  input: BookInput,
  { resourceIds, known }: { readonly resourceIds: readonly string[]; readonly known: KnownPatient | null },
): Promise<{ readonly appointmentId: string; readonly patientId: string }> {
  // Others wait for the locks that are held here, so nothing here waits for an answer.
  const tx = ahead(clinic);
  const { service, siteId } = input.wish;
  const patient = known ?? (await newPatient(tx, input.person));
  const id = newId();
  const end = endOf(service, input.start);
  await tx.tx
    .insertInto('appointment')
    .values({
      clinic_id: tx.clinicId,
      id,
      service_id: service.id,
      site_id: siteId,
      patient_id: patient.id,
      starts_at: new Date(input.start),
      ends_at: new Date(end),
      source: input.source,
      idempotency_key: input.idempotencyKey,
      viewer_zone: input.viewerZone ?? null,
      price_minor: service.priceMinor,
      currency: service.currency,
      outside_hours_reason: input.outsideHoursReason ?? null,
      created_by: tx.actor.id,
    })
    .execute();
  const viewerZone = input.viewerZone ?? null;
  const { start } = input;
  const appointment = { id, service, siteId, start, end, sequence: 0, viewerZone, resourceIds, patient };
  await mailBooked(tx, booking, catalogue, appointment);
  if (input.safety) await openSafetyTask(tx, input.safety, { patientId: patient.id, appointmentId: id });
  if (input.requestId) await closeRequest(tx, input.requestId, id);
  await record(tx, {
    action: 'appointment.booked',
    subject: { kind: 'appointment', id },
    detail: { patient: patient.id, source: input.source, outsideHours: Boolean(input.outsideHoursReason) },
  });
  return { appointmentId: id, patientId: patient.id };
}

interface KnownPatient {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string | null;
}

/** Whom the booking is for, if the clinic knows them. */
async function knownPatient(
  tx: ClinicTransaction,
  person: BookInput['person'],
): Promise<KnownPatient | null> {
  if (!('patientId' in person)) {
    const id = await findPatient(tx, person);
    return id ? named(id, person) : null;
  }
  const row = await tx.tx
    .selectFrom('patient')
    .select(['id', 'given_name', 'family_name', 'email'])
    .where('clinic_id', '=', tx.clinicId)
    .where('id', '=', person.patientId)
    .executeTakeFirstOrThrow();
  return { id: row.id, givenName: row.given_name, familyName: row.family_name, email: row.email };
}

async function newPatient(tx: ClinicTransaction, person: BookInput['person']): Promise<KnownPatient> {
  if ('patientId' in person) throw new Error('A patient who is named by an id must be known');
  return named(await addPatient(tx, person), person);
}

function named(id: string, { givenName, familyName, email }: PersonInput): KnownPatient {
  return { id, givenName: givenName.trim(), familyName: familyName.trim(), email };
}

/** Opens the task that makes somebody read answers which a patient sent; nothing for answers without a flag. */
export async function openSafetyTask(
  { tx, clinicId }: ClinicTransaction,
  safety: SafetyAnswers,
  about: { readonly patientId?: string; readonly appointmentId?: string; readonly requestId?: string },
): Promise<void> {
  const urgency = answersUrgency(safety);
  if (!urgency) return;
  await tx
    .insertInto('task')
    .values({
      clinic_id: clinicId,
      kind: 'safety_answer',
      urgency,
      detail: { version: safety.version, yes: safety.yes },
      patient_id: about.patientId ?? null,
      appointment_id: about.appointmentId ?? null,
      request_id: about.requestId ?? null,
      due_at: sql<Date>`now() + ${READ_WITHIN[urgency]}::interval`,
    })
    .execute();
}

async function closeRequest(
  { tx, clinicId, actor }: ClinicTransaction,
  requestId: string,
  appointmentId: string,
): Promise<void> {
  await tx
    .updateTable('request')
    .set({
      status: 'booked',
      appointment_id: appointmentId,
      answered_by: actor.id,
      answered_at: sql<Date>`now()`,
    })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', requestId)
    .where('status', '=', 'open')
    .execute();
}
