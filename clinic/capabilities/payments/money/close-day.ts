import type { PlainDate } from '@rectus/schedule';
import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { post } from '../core/ledger.ts';
import { frozen } from './day-figures.ts';
import { dayAt, oneDay } from './periods.ts';
import { type Day, readDay } from './read-day.ts';

export interface CloseInput {
  readonly date: PlainDate;
  readonly currency: string;
  readonly countedMinor: number;
  /** What should be in the till by the page that was looked at while counting. */
  readonly seenExpectedMinor: number;
  readonly note: string;
}

export type CloseResult =
  | { readonly ok: true; readonly differenceMinor: number }
  | { readonly ok: false; readonly reason: 'closed'; readonly closedBy: string; readonly closedAt: number }
  | { readonly ok: false; readonly reason: 'later_closed'; readonly lastClosed: PlainDate }
  | { readonly ok: false; readonly reason: 'not_yet' }
  /** Cash came or went after the page was opened. */
  | { readonly ok: false; readonly reason: 'moved'; readonly expectedMinor: number }
  /** The till is not what it should be, and nobody said a word about it. */
  | { readonly ok: false; readonly reason: 'no_note'; readonly differenceMinor: number };

/**
 * Closes a day: keeps its figures as they are, and brings the till in the ledger to what was counted, both or neither.
 * What comes after is counted with the next day. A day is closed once, and none before the last closed one.
 *
 * @param now epoch milliseconds
 */
export async function closeDay(
  context: ClinicContext,
  clinic: Clinic,
  now: number,
  input: CloseInput,
): Promise<CloseResult> {
  if (input.date > dayAt(now, clinic)) return { ok: false, reason: 'not_yet' };
  return inClinic(context, async (tx) => {
    await lockTill(tx);
    const day = await readDay(tx, clinic, input.date, input.currency);
    const refusal = refusalOf(day, input);
    if (refusal) return refusal;
    const differenceMinor = input.countedMinor - day.figures.expectedMinor;
    // A day that is closed on the next morning still ends before midnight.
    const at = Math.min(now, oneDay(input.date, clinic).end - 1);
    await tx.tx
      .insertInto('day_close')
      .values({
        clinic_id: tx.clinicId,
        day: input.date,
        currency: input.currency,
        expected: frozen(day.figures),
        counted_minor: input.countedMinor,
        difference_minor: differenceMinor,
        note: input.note.trim(),
        closed_by: tx.actor.id ?? '',
        closed_at: new Date(now),
      })
      .execute();
    if (differenceMinor !== 0) {
      await post(tx, {
        kind: 'till_difference',
        key: `till:${input.date}:${input.currency}`,
        at,
        currency: input.currency,
        entries: [
          { account: 'till', amountMinor: differenceMinor },
          { account: 'till_differences', amountMinor: -differenceMinor },
        ],
      });
    }
    await record(tx, {
      action: 'day.closed',
      detail: { day: input.date, currency: input.currency, differenceMinor },
    });
    return { ok: true, differenceMinor };
  });
}

function refusalOf(day: Day, input: CloseInput): Exclude<CloseResult, { ok: true }> | null {
  const { close, lastClosed, figures } = day;
  if (close) return { ok: false, reason: 'closed', closedBy: close.closedBy, closedAt: close.closedAt };
  if (lastClosed && lastClosed > input.date) return { ok: false, reason: 'later_closed', lastClosed };
  if (figures.expectedMinor !== input.seenExpectedMinor)
    return { ok: false, reason: 'moved', expectedMinor: figures.expectedMinor };
  const differenceMinor = input.countedMinor - figures.expectedMinor;
  if (differenceMinor !== 0 && input.note.trim() === '')
    return { ok: false, reason: 'no_note', differenceMinor };
  return null;
}

/** Two people who close the same day, or bring the same cash to the bank, wait for each other here. */
export async function lockTill({ tx, clinicId }: ClinicTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`till ${clinicId}`}, 0))`.execute(tx);
}
