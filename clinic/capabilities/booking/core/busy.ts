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
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * When each resource is claimed within the span; expired holds do not count. PostgreSQL packs the claims of a
 * resource into one value, eight bytes each (start and end in whole minutes), because a month of a clinic has
 * thousands of them and parsing rows would cost more than finding them.
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
      select string_agg(
        int4send(floor(extract(epoch from starts_at) / 60)::int) || int4send(ceil(extract(epoch from ends_at) / 60)::int),
        ''::bytea order by starts_at) as packed
      from claim
      where claim.clinic_id = (select current_clinic())
        and claim.resource_id = wanted.resource_id
        and starts_at < ${end}::timestamptz
        and starts_at > ${start}::timestamptz - ${LONGEST_CLAIM}::interval
        and ends_at > ${start}::timestamptz
        and (expires_at is null or expires_at > clock_timestamp())
        and (hold_id is null or hold_id <> all(${(ignoring.holdIds ?? []) as string[]}::uuid[]))
        and appointment_id is distinct from ${ignoring.appointmentId ?? NOBODY}::uuid
    ) as claims`.execute(tx);
  return new Map(rows.map((row) => [row.resource_id, row.packed ? unpack(row.packed) : []]));
}

function unpack(packed: Uint8Array): readonly Span[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const spans: Span[] = [];
  for (let at = 0; at < packed.byteLength; at += 8) {
    spans.push({ start: view.getInt32(at) * 60_000, end: view.getInt32(at + 4) * 60_000 });
  }
  return spans;
}
