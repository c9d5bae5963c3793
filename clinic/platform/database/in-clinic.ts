import { sql, type Transaction } from 'kysely';
import { sendAhead } from './pipelined-dialect.ts';
import type { Database } from './pool.ts';
import type { Schema, StaffRole } from './schema.ts';

/** Who acts. Its id is a user id for staff, the name of a job for the system, nothing for the public. */
export type Actor =
  | { readonly kind: 'public'; readonly id: null }
  | { readonly kind: 'staff'; readonly id: string; readonly role: StaffRole }
  | { readonly kind: 'system'; readonly id: string };

/** One clinic seen by one actor: what every query of a clinic's data needs to know. */
export interface ClinicContext {
  readonly db: Database;
  readonly clinicId: string;
  readonly actor: Actor;
}

/** A transaction in which only one clinic's rows exist. */
export interface ClinicTransaction {
  readonly tx: Transaction<Schema>;
  readonly clinicId: string;
  readonly actor: Actor;
}

/** How often a transaction that lost a race against others is tried again before giving up. */
const ATTEMPTS = 6;
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';

/**
 * Runs `work` in a transaction that sees the rows of `context.clinicId` alone. Transactions that PostgreSQL
 * aborts because others ran at the same time are run again, so `work` must have no effect outside of it.
 */
export async function inClinic<T>(
  context: ClinicContext,
  work: (clinic: ClinicTransaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await context.db.transaction().execute(async (tx) => {
        const clinic = { tx, clinicId: context.clinicId, actor: context.actor };
        await sql`select set_config('rectus.clinic_id', ${context.clinicId}, true)`.execute(ahead(clinic).tx);
        return work(clinic);
      });
    } catch (error) {
      if (attempt >= ATTEMPTS || !lostARace(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5 * 2 ** attempt));
    }
  }
}

/**
 * The same transaction for statements whose answer nobody needs: they are sent without waiting for it, and run in
 * order before whatever is sent next. Should one fail, its error is thrown by the next statement that is waited
 * for, or by the end of the transaction.
 */
export function ahead(clinic: ClinicTransaction): ClinicTransaction {
  return { ...clinic, tx: clinic.tx.withPlugin(sendAhead) };
}

function lostARace(error: unknown): boolean {
  const code = errorCode(error);
  return code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED;
}

/** The SQLSTATE of a database error, or null for any other. */
export function errorCode(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : null;
}
