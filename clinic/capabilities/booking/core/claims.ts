import type { Span } from '@rectus/schedule';
import { sql } from 'kysely';
import { ahead, type ClinicTransaction } from '../../../platform/database/in-clinic.ts';

/** Whom claims belong to: exactly one of the three. */
export type ClaimOwner =
  | { readonly appointmentId: string }
  | { readonly holdId: string; readonly expiresInMs: number }
  | { readonly blockId: string };

/** One resource for one span. */
export interface Claim extends Span {
  readonly resourceId: string;
}

/** The same span of several resources. */
export function claimsFor(resourceIds: readonly string[], { start, end }: Span): readonly Claim[] {
  return resourceIds.map((resourceId) => ({ resourceId, start, end }));
}

const DAY_MS = 86_400_000;

/**
 * Waits until no other transaction is about to claim any of these resources on the same days. A lock stands for one
 * resource on one UTC day: claims that overlap share a day, so they always meet, while bookings of other days need
 * not wait. Always taken in one order, so that two bookings can wait for each other only one way round.
 */
export async function lockClaims(clinic: ClinicTransaction, claims: readonly Claim[]): Promise<void> {
  const names = [...new Set(claims.flatMap(lockNames))];
  await sql`
    select pg_advisory_xact_lock(key)
    from (select distinct hashtextextended(name, 0) as key from unnest(${names}::text[]) name order by key offset 0) keys`.execute(
    ahead(clinic).tx,
  );
}

function lockNames({ resourceId, start, end }: Claim): string[] {
  const [first, last] = [Math.floor(start / DAY_MS), Math.floor((end - 1) / DAY_MS)];
  return Array.from({ length: last - first + 1 }, (_, day) => `${resourceId} ${first + day}`);
}

/**
 * Claims each resource for the span, under the locks of {@link lockClaims}. Claims of expired holds in the way
 * are deleted first. PostgreSQL refuses with an exclusion violation, at the latest when the transaction ends, if
 * anything else is in the way.
 */
export async function claim(
  clinic: ClinicTransaction,
  owner: ClaimOwner,
  resourceIds: readonly string[],
  span: Span,
): Promise<void> {
  const { tx, clinicId } = ahead(clinic);
  const [start, end] = [new Date(span.start).toISOString(), new Date(span.end).toISOString()];
  const ids = resourceIds as string[];
  await sql`
    delete from claim
    where clinic_id = ${clinicId} and resource_id = any(${ids}::uuid[])
      and starts_at < ${end}::timestamptz and starts_at > ${start}::timestamptz - interval '16 hours'
      and ends_at > ${start}::timestamptz and expires_at <= clock_timestamp()`.execute(tx);
  const appointmentId = 'appointmentId' in owner ? owner.appointmentId : null;
  const holdId = 'holdId' in owner ? owner.holdId : null;
  const blockId = 'blockId' in owner ? owner.blockId : null;
  const expiresIn = 'holdId' in owner ? owner.expiresInMs / 1000 : null;
  await sql`
    insert into claim (clinic_id, resource_id, starts_at, ends_at, appointment_id, hold_id, block_id, expires_at)
    select ${clinicId}::uuid, id, ${start}::timestamptz, ${end}::timestamptz,
      ${appointmentId}::uuid, ${holdId}::uuid, ${blockId}::uuid,
      clock_timestamp() + make_interval(secs => ${expiresIn}::float8)
    from unnest(${ids}::uuid[]) id`.execute(tx);
}

/** Gives up every claim of an appointment. */
export async function unclaimAppointment(
  { tx, clinicId }: ClinicTransaction,
  appointmentId: string,
): Promise<void> {
  await tx
    .deleteFrom('claim')
    .where('clinic_id', '=', clinicId)
    .where('appointment_id', '=', appointmentId)
    .execute();
}

/** What an appointment or a hold claims, in order of time. */
export async function claimsOf(
  { tx, clinicId }: ClinicTransaction,
  owner: { readonly appointmentId: string } | { readonly holdId: string },
): Promise<readonly Claim[]> {
  const [column, id] =
    'holdId' in owner
      ? (['hold_id', owner.holdId] as const)
      : (['appointment_id', owner.appointmentId] as const);
  const rows = await tx
    .selectFrom('claim')
    .select(['resource_id', 'starts_at', 'ends_at'])
    .where('clinic_id', '=', clinicId)
    .where(column, '=', id)
    .orderBy('starts_at')
    .execute();
  return rows.map((row) => ({
    resourceId: row.resource_id,
    start: row.starts_at.getTime(),
    end: row.ends_at.getTime(),
  }));
}
