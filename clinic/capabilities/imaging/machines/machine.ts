import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { hashOfToken, isToken } from './token.ts';

/** A machine or a program that may send clips to the clinic, or fetch them. */
export interface Machine {
  readonly id: string;
  readonly name: string;
  /** The name that it calls itself by where it speaks DIMSE. */
  readonly aeTitle: string | null;
  /** How its token begins, where it has one. */
  readonly tokenPrefix: string | null;
  readonly mayStore: boolean;
  readonly mayRead: boolean;
  readonly active: boolean;
  /** Epoch milliseconds; to the minute. */
  readonly lastSeenAt: number | null;
}

function selectMachines({ tx, clinicId }: ClinicTransaction) {
  return tx
    .selectFrom('imaging_machine')
    .select(['id', 'name', 'ae_title', 'token_prefix', 'may_store', 'may_read', 'active', 'last_seen_at'])
    .select(sql<boolean>`coalesce(last_seen_at < now() - interval '1 minute', true)`.as('unseen'))
    .where('clinic_id', '=', clinicId);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectMachines>['execute']>>[number];

function machineOf(row: Row): Machine {
  return {
    id: row.id,
    name: row.name,
    aeTitle: row.ae_title,
    tokenPrefix: row.token_prefix,
    mayStore: row.may_store,
    mayRead: row.may_read,
    active: row.active,
    lastSeenAt: row.last_seen_at?.getTime() ?? null,
  };
}

/** Every machine of the clinic, those out of use last. */
export async function listMachines(clinic: ClinicTransaction): Promise<readonly Machine[]> {
  const rows = await selectMachines(clinic).orderBy('active', 'desc').orderBy('name').orderBy('id').execute();
  return rows.map(machineOf);
}

/** One machine, or null where the clinic has none of this id. */
export async function readMachine(clinic: ClinicTransaction, id: string): Promise<Machine | null> {
  const row = await selectMachines(clinic).where('id', '=', id).executeTakeFirst();
  return row ? machineOf(row) : null;
}

/**
 * The machine in use that holds this token, or null. That it was seen is noted. What it may do is the caller's to
 * check: `mayStore`, `mayRead`.
 */
export async function machineOfToken(clinic: ClinicTransaction, token: string): Promise<Machine | null> {
  if (!isToken(token)) return null;
  const row = await selectMachines(clinic)
    .where('token_hash', '=', hashOfToken(token))
    .where('active', '=', true)
    .executeTakeFirst();
  if (row) await noteSeen(clinic, row);
  return row ? machineOf(row) : null;
}

/** The machine in use that calls itself by this AE title, or null. That it was seen is noted. */
export async function machineOfAeTitle(clinic: ClinicTransaction, aeTitle: string): Promise<Machine | null> {
  const row = await selectMachines(clinic)
    .where('ae_title', '=', aeTitle)
    .where('active', '=', true)
    .executeTakeFirst();
  if (row) await noteSeen(clinic, row);
  return row ? machineOf(row) : null;
}

/** Writes at most once a minute, and never waits for another who writes it. */
async function noteSeen({ tx, clinicId }: ClinicTransaction, row: Row): Promise<void> {
  if (!row.unseen) return;
  await sql`
    update imaging_machine set last_seen_at = now()
    where clinic_id = ${clinicId}::uuid and id = (
      select id from imaging_machine where clinic_id = ${clinicId}::uuid and id = ${row.id}::uuid
      for no key update skip locked)`.execute(tx);
}
