import type { Connection } from '../../clinic/platform/database/pool.ts';
import { openPool, type Sql } from '../../clinic/platform/database/pool.ts';
import { connectionAs } from '../../clinic/platform/database/roles.ts';
import { withClients } from '../lib/clients.ts';
import type { RaceClinic } from './race-clinic.ts';

const DAY_MS = 86_400_000;

/** What one booking claimed. */
export interface Claimed {
  readonly resourceIds: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** What the bookings of the attempts with this seed claimed, in the order in which they came. */
export async function claimedIn(owner: Sql, clinic: RaceClinic, seed: number): Promise<readonly Claimed[]> {
  const rows = await owner<{ ids: string[]; start: number; end: number }[]>`
    select array_agg(resource_id::text) as ids, (extract(epoch from min(c.starts_at)) * 1000)::float8 as start,
      (extract(epoch from max(c.ends_at)) * 1000)::float8 as end
    from claim c join appointment a on a.id = c.appointment_id
    where c.clinic_id = ${clinic.id} and a.idempotency_key like ${`race-${seed}-%`}
    group by a.id, a.created_at order by a.created_at`;
  return rows.map(({ ids, start, end }) => ({ resourceIds: ids, start, end }));
}

/**
 * The limit: the same claims as bare transactions straight from a database client, under the same locks, constraints
 * and row-level security, but with nothing around them. Returns transactions per second.
 */
export async function bareBookingsPerSecond(
  admin: Connection,
  secret: string,
  clinic: RaceClinic,
  claims: readonly Claimed[],
  { clients, connections }: { readonly clients: number; readonly connections: number },
): Promise<number> {
  const app = openPool(connectionAs(admin, 'rectus_app', secret), connections);
  try {
    await Promise.all(Array.from({ length: connections }, () => app`select pg_sleep(0.02)`));
    const patientId = await addPatient(app, clinic);
    const begun = performance.now();
    await withClients(clients, claims, (one) => bareBooking(app, clinic, patientId, one));
    return (claims.length / (performance.now() - begun)) * 1000;
  } finally {
    await app.end();
  }
}

async function bareBooking(app: Sql, clinic: RaceClinic, patientId: string, one: Claimed): Promise<void> {
  const [start, end] = [new Date(one.start), new Date(one.end)];
  const ids = one.resourceIds.toSorted();
  const locks = ids.map((id) => `${id} ${Math.floor(one.start / DAY_MS)}`);
  await app.begin(async (tx) => {
    await tx`select set_config('rectus.clinic_id', ${clinic.id}, true)`;
    await tx`select pg_advisory_xact_lock(hashtextextended(name, 0)) from unnest(${locks}::text[]) name`;
    const [row] = await tx`
      insert into appointment (clinic_id, service_id, site_id, patient_id, starts_at, ends_at, source, price_minor, currency)
      values (${clinic.id}, ${clinic.serviceId}, ${clinic.siteId}, ${patientId}, ${start}, ${end}, 'desk', 12000, 'EUR')
      returning id`;
    await tx`
      insert into claim (clinic_id, resource_id, starts_at, ends_at, appointment_id)
      select ${clinic.id}::uuid, id, ${start}, ${end}, ${row?.id} from unnest(${ids}::uuid[]) id`;
  });
}

async function addPatient(app: Sql, clinic: RaceClinic): Promise<string> {
  return app.begin(async (tx) => {
    await tx`select set_config('rectus.clinic_id', ${clinic.id}, true)`;
    const [row] = await tx`insert into patient (clinic_id, given_name, family_name, search_name)
      values (${clinic.id}, 'Test', 'Person', 'person test') returning id`;
    return String(row?.id);
  }) as unknown as Promise<string>;
}
