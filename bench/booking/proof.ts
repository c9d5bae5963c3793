import type { Sql } from '../../clinic/platform/database/pool.ts';
import type { Outcome } from './desk-client.ts';
import type { RaceClinic } from './race-clinic.ts';

/** What the database holds after a race, beside what the clients were told. */
export interface Proof {
  /** Pairs of claims of one resource that overlap. */
  readonly doubleBookings: number;
  /**
   * Refused attempts that could have been met. Nothing is given up during a race, so the claims in the way of an
   * attempt only grow. An attempt was refused wrongly if a sonographer (the one who was asked for, if any), a room and
   * a machine were all free of every claim that could have been there when the answer came: those of bookings
   * which had been sent before that. Claims made only afterwards cannot excuse a refusal.
   */
  readonly falseRejections: number;
  readonly booked: number;
  readonly refused: number;
}

interface ClaimRow {
  readonly key: string;
  readonly resource_id: string;
  readonly start: number;
  readonly end: number;
}

const VISIT_MS = 30 * 60_000;

/**
 * Proves a race from the database. `owner` is one connection of the role that owns the tables.
 * @throws Error when a booking that was confirmed is not there in full: three claims, mails, an audit event
 */
export async function prove(owner: Sql, clinic: RaceClinic, outcomes: readonly Outcome[]): Promise<Proof> {
  await owner`select set_config('rectus.clinic_id', ${clinic.id}, false)`;
  const [pairs] = await owner<{ count: number }[]>`
    select count(*)::int from claim a join claim b
      on b.resource_id = a.resource_id and b.id > a.id and b.starts_at < a.ends_at and b.ends_at > a.starts_at`;
  const claims = await owner<ClaimRow[]>`
    select idempotency_key as key, resource_id,
      (extract(epoch from c.starts_at) * 1000)::float8 as start, (extract(epoch from c.ends_at) * 1000)::float8 as end
    from claim c join appointment a on a.id = c.appointment_id
    where c.clinic_id = ${clinic.id}`;
  await proveComplete(owner, clinic, outcomes);
  const refused = outcomes.filter((outcome) => !outcome.booked);
  const sentAt = new Map(outcomes.map((outcome) => [outcome.attempt.key, outcome.sentAt]));
  const falseRejections = refused.filter((outcome) => {
    const known = claims.filter((claim) => (sentAt.get(claim.key) ?? 0) < outcome.answeredAt);
    return couldBeMet(clinic, known, outcome);
  });
  return {
    doubleBookings: pairs?.count ?? 0,
    falseRejections: falseRejections.length,
    booked: outcomes.length - refused.length,
    refused: refused.length,
  };
}

function couldBeMet(clinic: RaceClinic, claims: readonly ClaimRow[], { attempt }: Outcome): boolean {
  const end = attempt.start + VISIT_MS;
  const busy = new Set(
    claims.filter((one) => one.start < end && one.end > attempt.start).map((one) => one.resource_id),
  );
  const isFree = (id: string) => !busy.has(id);
  const people = attempt.clinicianId ? [attempt.clinicianId] : clinic.sonographerIds;
  return people.some(isFree) && clinic.roomIds.some(isFree) && clinic.machineIds.some(isFree);
}

async function proveComplete(owner: Sql, clinic: RaceClinic, outcomes: readonly Outcome[]): Promise<void> {
  const rows = await owner<{ key: string; claims: number; mails: number; events: number }[]>`
    select idempotency_key as key,
      (select count(distinct resource_id)::int from claim where appointment_id = a.id) as claims,
      (select count(*)::int from mail where appointment_id = a.id) as mails,
      (select count(*)::int from audit_event e
        where e.clinic_id = a.clinic_id and e.subject_kind = 'appointment' and e.subject_id = a.id::text) as events
    from appointment a where clinic_id = ${clinic.id}`;
  const found = new Map(rows.map((row) => [row.key, row]));
  for (const { attempt, booked } of outcomes) {
    const row = found.get(attempt.key);
    const complete = row && row.claims === 3 && row.mails >= 1 && row.events === 1;
    if (booked && !complete)
      throw new Error(`${attempt.key} was confirmed, but holds ${JSON.stringify(row)}`);
    if (!booked && row) throw new Error(`${attempt.key} was refused, but is booked`);
  }
}
