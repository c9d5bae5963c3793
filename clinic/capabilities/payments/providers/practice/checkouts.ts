import { type Selectable, sql } from 'kysely';
import type { ClinicTransaction } from '../../../../platform/database/in-clinic.ts';
import type { PracticeCheckoutTable } from '../../../../platform/database/schema-of-payments.ts';
import type { CheckoutState } from '../provider.ts';
import { queueNotice } from './notices.ts';

/** How long the bank takes where it is chosen to be slow, in seconds. */
export const BANK_SECONDS = 60;
export const DECLINED = 'The practice bank declined the card';

/** What can be chosen on the page of a practice checkout. */
export const CHOICES = ['pay', 'slow', 'decline', 'thrice', 'late'] as const;
export type Choice = (typeof CHOICES)[number];

/** A practice checkout as it stands by the database's clock. */
export interface PracticeCheckout {
  readonly id: string;
  readonly paymentId: string;
  readonly amountMinor: number;
  readonly currency: string;
  /** What is paid, one thing in each line. */
  readonly description: string;
  readonly successUrl: string;
  readonly cancelUrl: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly remainingMs: number;
  readonly now: CheckoutState;
}

/** The provider's own id of the payment that a checkout becomes. */
export function paymentOf(checkoutId: string): string {
  return `practice-${checkoutId}`;
}

/** The checkout behind a payment's id, or null when it is none of ours. */
export function checkoutOf(payment: string): string | null {
  return /^practice-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(payment)?.[1] ?? null;
}

/** The checkout, or null when this clinic has none of that id. `lock` keeps others from changing it until the end. */
export async function readPracticeCheckout(
  { tx, clinicId }: ClinicTransaction,
  id: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<PracticeCheckout | null> {
  let query = tx
    .selectFrom('practice_checkout')
    .selectAll()
    .select([
      sql<boolean>`coalesce(pays_at <= clock_timestamp(), false)`.as('arrived'),
      sql<number>`(extract(epoch from expires_at - clock_timestamp()) * 1000)::float8`.as('remaining'),
    ])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id);
  if (lock) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    paymentId: row.payment_id,
    amountMinor: row.amount_minor,
    currency: row.currency,
    description: row.description,
    successUrl: row.success_url,
    cancelUrl: row.cancel_url,
    expiresAt: row.expires_at.getTime(),
    remainingMs: Math.max(0, row.remaining),
    now: stateOf(row, row.arrived, row.remaining <= 0),
  };
}

/**
 * What is known of a checkout. Money that the bank sends after the end is not known of before it arrives: until then
 * the checkout is over and was not paid, as with a provider that learns of it late itself.
 */
function stateOf(row: Selectable<PracticeCheckoutTable>, arrived: boolean, over: boolean): CheckoutState {
  const paid: CheckoutState = {
    state: 'paid',
    payment: paymentOf(row.id),
    amountMinor: row.amount_minor,
    currency: row.currency,
  };
  if (row.state === 'paid') return paid;
  if (row.state === 'processing' && arrived) return paid;
  if (row.state === 'expired' || over) return { state: 'expired' };
  if (row.state === 'processing') return { state: 'processing' };
  return row.failure === null ? { state: 'open' } : { state: 'failed', reason: row.failure };
}

/**
 * Does what the buyer chose, once: a checkout that is paid, on its way or over stays as it is, however often and
 * whatever is posted to it.
 *
 * @returns the checkout afterwards, or null when there is none
 */
export async function choose(
  clinic: ClinicTransaction,
  id: string,
  choice: Choice,
): Promise<PracticeCheckout | null> {
  const checkout = await readPracticeCheckout(clinic, id, { lock: true });
  if (!checkout || (checkout.now.state !== 'open' && checkout.now.state !== 'failed')) return checkout;
  await take(clinic, checkout, choice);
  return readPracticeCheckout(clinic, id);
}

async function take(clinic: ClinicTransaction, checkout: PracticeCheckout, choice: Choice): Promise<void> {
  const paid = {
    state: 'paid',
    payment: paymentOf(checkout.id),
    amountMinor: checkout.amountMinor,
    currency: checkout.currency,
  } as const;
  switch (choice) {
    case 'pay':
    case 'thrice':
      await change(clinic, checkout.id, { state: 'paid', failure: null });
      return queueNotice(clinic, checkout, paid, { times: choice === 'pay' ? 1 : 3 });
    case 'decline':
      return change(clinic, checkout.id, { failure: DECLINED });
    case 'slow': {
      // Not after the end: that would be money which arrives late, and that is another choice.
      const seconds = Math.max(0, Math.min(BANK_SECONDS, checkout.remainingMs / 1000 - 1));
      await change(clinic, checkout.id, { state: 'processing', failure: null, pays_at: inSeconds(seconds) });
      await queueNotice(clinic, checkout, { state: 'processing' });
      return queueNotice(clinic, checkout, paid, { afterSeconds: seconds });
    }
    case 'late':
      await change(clinic, checkout.id, {
        state: 'processing',
        failure: null,
        expires_at: inSeconds(0),
        pays_at: inSeconds(BANK_SECONDS),
      });
      await queueNotice(clinic, checkout, { state: 'expired' });
      return queueNotice(clinic, checkout, paid, { afterSeconds: BANK_SECONDS });
  }
}

/** Ends a checkout that is neither paid nor on its way; says how it stands then. */
export async function expire(clinic: ClinicTransaction, id: string): Promise<CheckoutState | null> {
  const checkout = await readPracticeCheckout(clinic, id, { lock: true });
  if (!checkout) return null;
  const { now } = checkout;
  // Late money stays on its way: nobody knows of it yet.
  if (now.state !== 'open' && now.state !== 'failed') return now;
  await change(clinic, id, { state: 'expired' });
  return { state: 'expired' };
}

async function change(
  { tx, clinicId }: ClinicTransaction,
  id: string,
  to: {
    readonly state?: 'processing' | 'paid' | 'expired';
    readonly failure?: string | null;
    readonly pays_at?: ReturnType<typeof inSeconds>;
    readonly expires_at?: ReturnType<typeof inSeconds>;
  },
): Promise<void> {
  await tx
    .updateTable('practice_checkout')
    .set(to)
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .execute();
}

function inSeconds(seconds: number) {
  return sql<Date>`clock_timestamp() + make_interval(secs => ${seconds})`;
}
