import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type ClinicContext, type ClinicTransaction, inClinic } from '../database/in-clinic.ts';

/** One event as it is hashed: every column that says something, in a fixed order. */
export interface SealedEvent {
  readonly id: string;
  readonly at: string;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly action: string;
  readonly subject_kind: string | null;
  readonly subject_id: string | null;
  /** As PostgreSQL writes jsonb: keys sorted, so the same value is always the same text. */
  readonly detail: string;
}

export interface Seal {
  readonly number: number;
  readonly events: number;
  readonly hash: string;
}

const BATCH = 5_000;

/**
 * Seals the clinic's events that are not sealed yet, up to {@link BATCH}. Only events whose transactions have
 * surely ended are taken, so that none can appear behind a seal's back; nobody who writes has to wait.
 * Returns the new seal, or null when there was nothing to seal.
 */
export async function sealAudit(context: ClinicContext): Promise<Seal | null> {
  return inClinic(context, async (clinic) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('seal ' || ${clinic.clinicId}, 0))`.execute(
      clinic.tx,
    );
    const last = await lastSeal(clinic);
    const events = await unsealed(clinic, last?.sealed_at ?? null);
    if (events.length === 0) return null;
    const number = Number(last?.number ?? 0) + 1;
    const hash = hashEvents(last?.hash ?? new Uint8Array(32), events);
    await clinic.tx
      .insertInto('audit_seal')
      .values({ clinic_id: clinic.clinicId, number: String(number), events: events.length, hash })
      .execute();
    await sql`
      insert into audit_sealed (clinic_id, event_id, seal_number)
      select ${clinic.clinicId}::uuid, id, ${number}::bigint from unnest(${events.map((event) => event.id)}::bigint[]) id`.execute(
      clinic.tx,
    );
    return { number, events: events.length, hash: Buffer.from(hash).toString('hex') };
  });
}

/** The hash that chains `events` to the seal before them. */
export function hashEvents(previous: Uint8Array, events: readonly SealedEvent[]): Uint8Array {
  const hash = createHash('sha256').update(previous);
  for (const event of events) {
    const { id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail } = event;
    hash.update(
      `${JSON.stringify([id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail])}\n`,
    );
  }
  return hash.digest();
}

/** The newest seal of the clinic, for publishing. */
export async function auditHead(
  context: ClinicContext,
): Promise<(Seal & { readonly sealedAt: Date }) | null> {
  return inClinic(context, async (clinic) => {
    const seal = await lastSeal(clinic);
    return seal
      ? {
          number: Number(seal.number),
          events: seal.events,
          hash: Buffer.from(seal.hash).toString('hex'),
          sealedAt: seal.sealed_at,
        }
      : null;
  });
}

async function lastSeal({ tx, clinicId }: ClinicTransaction) {
  return tx
    .selectFrom('audit_seal')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Every column in the form in which it is hashed. */
export const sealedColumns = sql`id::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  actor_kind, actor_id, action, subject_kind, subject_id, detail::text as detail`;

/**
 * A transaction number at or above the snapshot's end belongs to another server: the row came with a restored
 * back-up and is settled. `at` is when the writing transaction began; none lives for a day.
 */
async function unsealed(
  { tx, clinicId }: ClinicTransaction,
  since: Date | null,
): Promise<readonly SealedEvent[]> {
  const { rows } = await sql<SealedEvent>`
    select ${sealedColumns}
    from audit_event e
    where e.clinic_id = ${clinicId}
      and (${since}::timestamptz is null or e.at > ${since}::timestamptz - interval '1 day')
      and (e.written_in < pg_snapshot_xmin(pg_current_snapshot()) or e.written_in >= pg_snapshot_xmax(pg_current_snapshot()))
      and not exists (select 1 from audit_sealed s where s.clinic_id = e.clinic_id and s.event_id = e.id)
    order by e.id
    limit ${BATCH}`.execute(tx);
  return rows;
}
