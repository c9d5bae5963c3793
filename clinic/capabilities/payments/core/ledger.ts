import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { newId } from '../../../platform/database/new-id.ts';
import type { Account, LedgerKind, PaymentMethod } from '../../../platform/database/schema-of-payments.ts';

/** One side of a transaction: a debit is positive, a credit negative, in whole minor units. */
export interface Entry {
  readonly account: Account;
  readonly amountMinor: number;
  readonly orderLineId?: string;
  readonly serviceId?: string | null;
}

export interface Posting {
  readonly kind: LedgerKind;
  /** What is recorded. The same key is recorded once, however often it is posted. */
  readonly key: string;
  /** When it happened, epoch milliseconds. */
  readonly at: number;
  readonly currency: string;
  readonly orderId?: string | null;
  readonly paymentId?: string | null;
  readonly refundId?: string | null;
  readonly entries: readonly Entry[];
}

/** Where money of each method arrives. */
export const ACCOUNT_OF: Readonly<Record<PaymentMethod, Account>> = {
  cash: 'till',
  card_terminal: 'card_terminal',
  bank_transfer: 'bank',
  stripe: 'stripe',
  practice: 'practice',
};

/**
 * Appends a transaction to the ledger; false when it stands there already. Entries of nothing are left out.
 *
 * @throws RangeError when it does not balance; the database would refuse it as well
 */
export async function post({ tx, clinicId, actor }: ClinicTransaction, posting: Posting): Promise<boolean> {
  const entries = posting.entries.filter((entry) => entry.amountMinor !== 0);
  const sum = entries.reduce((total, entry) => total + entry.amountMinor, 0);
  if (sum !== 0 || entries.length < 2) throw new RangeError(`${posting.key} does not balance: ${sum}`);
  const id = newId();
  const at = new Date(posting.at);
  const orderId = posting.orderId ?? null;
  const added = await tx
    .insertInto('ledger_transaction')
    .values({
      clinic_id: clinicId,
      id,
      kind: posting.kind,
      key: posting.key,
      order_id: orderId,
      payment_id: posting.paymentId ?? null,
      refund_id: posting.refundId ?? null,
      at,
      actor_kind: actor.kind,
      actor_id: actor.id,
    })
    .onConflict((conflict) => conflict.columns(['clinic_id', 'key']).doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 0n) return false;
  await tx
    .insertInto('ledger_entry')
    .values(
      entries.map((entry, position) => ({
        clinic_id: clinicId,
        transaction_id: id,
        position,
        account: entry.account,
        amount_minor: entry.amountMinor,
        currency: posting.currency,
        order_id: orderId,
        order_line_id: entry.orderLineId ?? null,
        service_id: entry.serviceId ?? null,
        at,
      })),
    )
    .execute();
  return true;
}
