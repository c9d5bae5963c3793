import type { Span } from '@rectus/schedule';
import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';

/** Whom claims belong to: exactly one of the three. */
export type ClaimOwner =
  | { readonly appointmentId: string }
  | { readonly holdId: string; readonly expiresInMs: number }
  | { readonly blockId: string };

/**
 * Waits until no other transaction is claiming any of these resources. Always in one order, so that two
 * bookings can wait for each other only one way round.
 */
export async function lockResources(
  { tx }: ClinicTransaction,
  resourceIds: readonly string[],
): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(key)
    from (select distinct hashtextextended(id, 0) as key from unnest(${resourceIds as string[]}::text[]) id order by key offset 0) keys`.execute(
    tx,
  );
}

/**
 * Claims each resource for the span, under the locks of {@link lockResources}. Claims of expired holds in the way
 * are deleted first. PostgreSQL refuses with an exclusion violation if anything else is in the way.
 */
export async function claim(
  { tx, clinicId }: ClinicTransaction,
  owner: ClaimOwner,
  resourceIds: readonly string[],
  span: Span,
): Promise<void> {
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

/** The resources that an appointment or a hold claims. */
export async function claimedResources(
  { tx, clinicId }: ClinicTransaction,
  owner: { readonly appointmentId: string } | { readonly holdId: string },
): Promise<readonly string[]> {
  const [column, id] =
    'holdId' in owner
      ? (['hold_id', owner.holdId] as const)
      : (['appointment_id', owner.appointmentId] as const);
  const rows = await tx
    .selectFrom('claim')
    .select('resource_id')
    .where('clinic_id', '=', clinicId)
    .where(column, '=', id)
    .execute();
  return rows.map((row) => row.resource_id);
}
