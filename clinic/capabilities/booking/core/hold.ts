import { subtract } from '@rectus/schedule';
import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import type { SafetyAnswers } from '../../../platform/database/schema.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { readCatalogue } from './catalogue.ts';
import { chooseAndLock, claiming, type Refusal } from './claiming.ts';
import { claim, claimsOf } from './claims.ts';
import { nearestFree } from './search.ts';
import { endOf, type Wish } from './wish.ts';

/** How long a time is kept for somebody who fills in the form. */
export const HOLD_MS = 10 * 60_000;
/** How many other times are offered when the wanted one cannot be had. */
export const NEAREST = 5;

/** A time kept for somebody. All instants in epoch milliseconds; what remains is by the database's clock. */
export interface Hold {
  readonly id: string;
  readonly serviceId: string;
  readonly siteId: string | null;
  /** The clinician it claims, if the service needs one. */
  readonly clinicianId: string | null;
  readonly start: number;
  readonly end: number;
  readonly expiresAt: number;
  readonly remainingMs: number;
  readonly draft: Readonly<Record<string, string>>;
  readonly safety: SafetyAnswers | null;
  readonly viewerZone: string | null;
  readonly movesAppointmentId: string | null;
  readonly resourceIds: readonly string[];
}

export interface HoldInput {
  readonly wish: Wish;
  readonly start: number;
  readonly viewerZone: string | null;
  /** The hold that this one takes the place of. What was typed there is carried over. */
  readonly replaces?: string | null;
  readonly movesAppointmentId?: string | null;
}

/** Keeps a time for {@link HOLD_MS}, or says why not and what is near. */
export async function takeHold(
  context: ClinicContext,
  clinic: Clinic,
  input: HoldInput,
  now: number,
): Promise<{ readonly ok: true; readonly hold: Hold } | Refusal> {
  const catalogue = await readCatalogue(context, clinic.catalogueVersion);
  const taken = await claiming(context, async (tx, thorough) => {
    const before = input.replaces ? await holdRow(tx, input.replaces) : null;
    const givenUp = before ? await claimsOf(tx, { holdId: before.id }) : [];
    const ignoring = { holdIds: before ? [before.id] : [], appointmentId: input.movesAppointmentId ?? null };
    const plan = { wish: input.wish, start: input.start, rules: 'public', ignoring, givenUp } as const;
    const choice = await chooseAndLock(tx, { catalogue, clinic, now, thorough }, plan);
    if (!choice.ok) return choice;
    if (before) await dropHold(tx, before.id);
    const id = await insertHold(tx, input, before);
    const own = input.movesAppointmentId
      ? await claimsOf(tx, { appointmentId: input.movesAppointmentId })
      : [];
    for (const resourceId of choice.resourceIds) {
      // A hold that moves an appointment may lie over it: it claims only what the appointment does not hold already.
      const held = own.filter((one) => one.resourceId === resourceId);
      for (const part of subtract([choice.span], held)) {
        await claim(tx, { holdId: id, expiresInMs: HOLD_MS }, [resourceId], part);
      }
    }
    await record(tx, { action: 'hold.taken', subject: { kind: 'hold', id } });
    return { ok: true, id } as const;
  });
  if (!taken.ok) {
    return { ...taken, nearest: await nearestFree(context, clinic, input.wish, input.start, NEAREST, now) };
  }
  const hold = await readHold(context, taken.id, clinic);
  if (!hold) throw new Error('A hold vanished within its own transaction');
  return { ok: true, hold };
}

/** The hold while it lives; null once it has expired, was used or never was. */
export async function readHold(
  context: ClinicContext,
  holdId: string,
  clinic?: Clinic,
): Promise<Hold | null> {
  const catalogue = clinic ? await readCatalogue(context, clinic.catalogueVersion) : null;
  return inClinic(context, async (tx) => {
    const row = await holdRow(tx, holdId);
    if (!row || row.remaining_ms <= 0) return null;
    const claims = await claimsOf(tx, { holdId });
    const resourceIds = [...new Set(claims.map((one) => one.resourceId))];
    const people = catalogue
      ? resourceIds.filter((id) => catalogue.resource(id)?.person)
      : await peopleAmong(tx, resourceIds);
    return {
      id: row.id,
      serviceId: row.service_id,
      siteId: row.site_id,
      clinicianId: people[0] ?? null,
      start: row.starts_at.getTime(),
      end: row.ends_at.getTime(),
      expiresAt: row.expires_at.getTime(),
      remainingMs: row.remaining_ms,
      draft: row.draft,
      safety: row.safety,
      viewerZone: row.viewer_zone,
      movesAppointmentId: row.moves_appointment_id,
      resourceIds,
    };
  });
}

/** Keeps what was typed, or the safety answers, for as long as the hold lives. False when it lives no more. */
export async function keepDraft(
  context: ClinicContext,
  holdId: string,
  patch: { readonly draft?: Readonly<Record<string, string>>; readonly safety?: SafetyAnswers },
): Promise<boolean> {
  if (!patch.draft && !patch.safety) return true;
  return inClinic(context, async ({ tx, clinicId }) => {
    const result = await tx
      .updateTable('hold')
      .set({
        ...(patch.draft ? { draft: patch.draft } : {}),
        ...(patch.safety ? { safety: patch.safety } : {}),
      })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', holdId)
      .where('expires_at', '>', sql<Date>`clock_timestamp()`)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  });
}

/**
 * Keeps the time for at least `ms` from now, by the database's clock, as when somebody has gone to pay. False when it
 * lives no more.
 */
export async function extendHold(
  { tx, clinicId }: ClinicTransaction,
  holdId: string,
  ms: number,
): Promise<boolean> {
  const until = sql<Date>`greatest(expires_at, clock_timestamp() + make_interval(secs => ${ms / 1000}::float8))`;
  const result = await tx
    .updateTable('hold')
    .set({ expires_at: until })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', holdId)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return false;
  const claims = await tx
    .updateTable('claim')
    .set({ expires_at: until })
    .where('clinic_id', '=', clinicId)
    .where('hold_id', '=', holdId)
    .executeTakeFirst();
  // Another may have swept claims that expired in this very moment: then there is nothing to keep.
  return claims.numUpdatedRows > 0n;
}

/** Gives the time back. Nothing happens when it is gone already. */
export async function dropHold({ tx, clinicId }: ClinicTransaction, holdId: string): Promise<void> {
  await tx.deleteFrom('hold').where('clinic_id', '=', clinicId).where('id', '=', holdId).execute();
}

type HoldRow = NonNullable<Awaited<ReturnType<typeof holdRow>>>;

export async function holdRow({ tx, clinicId }: ClinicTransaction, holdId: string) {
  return tx
    .selectFrom('hold')
    .selectAll()
    .select(
      sql<number>`(extract(epoch from expires_at - clock_timestamp()) * 1000)::float8`.as('remaining_ms'),
    )
    .where('clinic_id', '=', clinicId)
    .where('id', '=', holdId)
    .executeTakeFirst();
}

async function insertHold(
  { tx, clinicId }: ClinicTransaction,
  input: HoldInput,
  before: HoldRow | null | undefined,
): Promise<string> {
  const { service, siteId } = input.wish;
  const { id } = await tx
    .insertInto('hold')
    .values({
      clinic_id: clinicId,
      service_id: service.id,
      site_id: siteId,
      starts_at: new Date(input.start),
      ends_at: new Date(endOf(service, input.start)),
      expires_at: sql<Date>`clock_timestamp() + make_interval(secs => ${HOLD_MS / 1000})`,
      viewer_zone: input.viewerZone,
      moves_appointment_id: input.movesAppointmentId ?? null,
      ...(before ? { draft: before.draft, safety: before.safety } : {}),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function peopleAmong(
  { tx, clinicId }: ClinicTransaction,
  resourceIds: readonly string[],
): Promise<readonly string[]> {
  if (resourceIds.length === 0) return [];
  const rows = await tx
    .selectFrom('resource')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('id', 'in', resourceIds as string[])
    .where('person', '=', true)
    .execute();
  return rows.map((row) => row.id);
}

/** Removes holds that expired a minute ago or earlier, and with them what was typed and answered. */
export async function sweepHolds(context: ClinicContext): Promise<void> {
  await inClinic(context, async ({ tx, clinicId }) => {
    await tx
      .deleteFrom('hold')
      .where('clinic_id', '=', clinicId)
      .where('expires_at', '<', sql<Date>`clock_timestamp() - interval '1 minute'`)
      .execute();
  });
}
