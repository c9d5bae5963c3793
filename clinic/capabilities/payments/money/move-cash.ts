import { record } from '../../../platform/audit/record.ts';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { post } from '../core/ledger.ts';
import { lockTill } from './close-day.ts';
import { dayAt, oneDay } from './periods.ts';
import { closingMinor, readBalances } from './read-balances.ts';

export interface CashMove {
  /** Into the till as change, or out of it to the bank. */
  readonly to: 'till' | 'bank';
  readonly amountMinor: number;
  readonly currency: string;
  /** The same key moves it once, however often it is sent. */
  readonly key: string;
}

export type MoveRefusal = { readonly ok: false; readonly reason: 'too_much'; readonly inTillMinor: number };

/** Brings cash from the till to the bank, or fetches change from there. More than is in the till cannot leave it. */
export async function moveCash(
  context: ClinicContext,
  clinic: Clinic,
  now: number,
  move: CashMove,
): Promise<{ readonly ok: true } | MoveRefusal> {
  return inClinic(context, async (tx) => {
    await lockTill(tx);
    const balances = await readBalances(tx, oneDay(dayAt(now, clinic), clinic), move.currency);
    const inTillMinor = closingMinor(balances, 'till');
    if (move.to === 'bank' && move.amountMinor > inTillMinor && !(await isMoved(tx, move)))
      return { ok: false, reason: 'too_much', inTillMinor };
    const sign = move.to === 'till' ? 1 : -1;
    const added = await post(tx, {
      kind: 'transfer',
      key: keyOf(move),
      at: now,
      currency: move.currency,
      entries: [
        { account: 'till', amountMinor: sign * move.amountMinor },
        { account: 'bank', amountMinor: -sign * move.amountMinor },
      ],
    });
    if (added)
      await record(tx, {
        action: 'cash.moved',
        detail: { to: move.to, amountMinor: move.amountMinor, currency: move.currency },
      });
    return { ok: true };
  });
}

function keyOf(move: CashMove): string {
  return `cash:${move.key}`;
}

async function isMoved({ tx, clinicId }: Parameters<typeof lockTill>[0], move: CashMove): Promise<boolean> {
  const row = await tx
    .selectFrom('ledger_transaction')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('key', '=', keyOf(move))
    .executeTakeFirst();
  return row !== undefined;
}
