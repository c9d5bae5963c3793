import type { Span } from '@rectus/schedule';
import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';

/** Claims that do not count: those of a hold or appointment which is about to be replaced. */
export interface Ignoring {
  readonly holdIds?: readonly string[];
  readonly appointmentId?: string | null;
}

/** The longest claim that the schema allows (table claim): an overlap can begin no earlier than this before. */
const LONGEST_CLAIM = '16 hours';
/** 1 January 2000, from which PostgreSQL counts the microseconds of a timestamptz. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);

/**
 * When each resource is claimed within the span; expired holds do not count. PostgreSQL packs the claims of a
 * resource into one value, sixteen bytes each (start and end as it keeps them itself), because a month of a clinic
 * has thousands of them and writing and reading rows would cost more than finding them.
 */
export async function busySpans(
  { tx }: ClinicTransaction,
  resourceIds: readonly string[],
  span: Span,
  ignoring: Ignoring = {},
): Promise<ReadonlyMap<string, readonly Span[]>> {
  const [start, end] = [new Date(span.start).toISOString(), new Date(span.end).toISOString()];
  const { rows } = await sql<{ resource_id: string; packed: Buffer | null }>`
    select wanted.resource_id, claims.packed
    from unnest(${resourceIds as string[]}::uuid[]) as wanted (resource_id)
    cross join lateral (
      select string_agg(timestamptz_send(starts_at) || timestamptz_send(ends_at), ''::bytea) as packed
      from claim
      where claim.clinic_id = (select current_clinic())
        and claim.resource_id = wanted.resource_id
        and starts_at < ${end}::timestamptz
        and starts_at > ${start}::timestamptz - ${sql.lit(LONGEST_CLAIM)}::interval
        and ends_at > ${start}::timestamptz
        and (expires_at is null or expires_at > clock_timestamp())
        ${notOf(ignoring)}
    ) as claims`.execute(tx);
  return new Map(rows.map((row) => [row.resource_id, row.packed ? unpack(row.packed) : []]));
}

/** Named only where something is ignored: the index alone answers a search that ignores nothing. */
function notOf({ holdIds = [], appointmentId }: Ignoring) {
  const notHeld = sql`and (hold_id is null or hold_id <> all(${holdIds as string[]}::uuid[]))`;
  const notBooked = sql`and appointment_id is distinct from ${appointmentId}::uuid`;
  return sql`${holdIds.length > 0 ? notHeld : sql``} ${appointmentId ? notBooked : sql``}`;
}

function unpack(packed: Uint8Array): readonly Span[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const instantAt = (at: number) =>
    (view.getInt32(at) * 2 ** 32 + view.getUint32(at + 4)) / 1000 + POSTGRES_EPOCH_MS;
  const spans: Span[] = [];
  for (let at = 0; at < packed.byteLength; at += 16) {
    spans.push({ start: instantAt(at), end: instantAt(at + 8) });
  }
  return spans;
}
