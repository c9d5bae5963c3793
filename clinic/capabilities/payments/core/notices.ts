import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { claiming } from '../../booking/index.ts';
import type { Fact, Notice } from '../providers/provider.ts';
import { post } from './ledger.ts';
import { readOrder, refreshStatus } from './orders.ts';
import type { Payments } from './payments.ts';
import { applyRefund, keyOfMadeThere, planRefund, sendRefunds } from './refunds.ts';
import { settlePayment } from './settle.ts';

/** What came of a notice: it was applied now, had been before, or is kept for people or for what it waits for. */
export type Received = 'applied' | 'repeated' | 'unknown' | 'waiting';

/**
 * Takes in a proven notice. Its id is written in the transaction of its effect, so it takes effect once, however
 * often and however many at a time it arrives. What it is about may not be known yet: then it waits and is
 * applied as soon as it is.
 */
export async function receiveNotice(payments: Payments, notice: Notice, body: string): Promise<Received> {
  const { provider } = payments;
  if (!provider) throw new Error('A notice was proven by nobody');
  const received = await claiming(payments.context, async (clinic, thorough): Promise<Received> => {
    const { tx, clinicId } = clinic;
    const added = await tx
      .insertInto('provider_notice')
      .values({
        clinic_id: clinicId,
        provider: provider.method,
        event_id: notice.eventId,
        type: notice.type.slice(0, 100),
        body,
        facts: notice.facts,
        outcome: 'applied',
        waits_for: null,
        seen_at: null,
        seen_by: null,
      })
      .onConflict((conflict) => conflict.columns(['clinic_id', 'provider', 'event_id']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!added) return 'repeated';
    const applied = await applyFacts(clinic, thorough, payments, notice);
    if (applied.outcome === 'applied') return 'applied';
    await tx
      .updateTable('provider_notice')
      .set({ outcome: 'unknown', detail: applied.detail, waits_for: applied.waitsFor })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', added.id)
      .execute();
    return applied.waitsFor ? 'waiting' : 'unknown';
  });
  if (received === 'applied') await sendRefunds(payments);
  return received;
}

type Applied =
  | { readonly outcome: 'applied' }
  | { readonly outcome: 'unknown'; readonly detail: string; readonly waitsFor: string | null };

const APPLIED: Applied = { outcome: 'applied' };

async function applyFacts(
  clinic: ClinicTransaction,
  thorough: boolean,
  payments: Payments,
  notice: Pick<Notice, 'facts' | 'quiet' | 'type'>,
): Promise<Applied> {
  if (notice.facts.length === 0 && !notice.quiet)
    return unknown(`Nothing here knows what to do about ${notice.type}.`);
  for (const fact of notice.facts) {
    const applied = await applyFact(clinic, thorough, payments, fact);
    if (applied.outcome === 'unknown') return applied;
  }
  return APPLIED;
}

async function applyFact(
  clinic: ClinicTransaction,
  thorough: boolean,
  payments: Payments,
  fact: Fact,
): Promise<Applied> {
  switch (fact.kind) {
    case 'checkout':
      return applyCheckout(clinic, thorough, payments, fact);
    case 'payout':
      return applyPayout(clinic, payments, fact);
    case 'refund':
    case 'fee':
    case 'dispute': {
      const payment = await paymentByProvider(clinic, payments, fact.payment);
      if (!payment) {
        const detail = `It is about the payment ${fact.payment}, which is not known here yet.`;
        return { outcome: 'unknown', detail, waitsFor: fact.payment };
      }
      await readOrder(clinic, payment.order_id, { lock: true });
      if (fact.kind === 'refund') await applyRefundFact(clinic, payments, payment, fact);
      else if (fact.kind === 'fee') await postFee(clinic, payments, payment, fact);
      else await applyDispute(clinic, payments, payment, fact);
      return APPLIED;
    }
  }
}

async function applyCheckout(
  clinic: ClinicTransaction,
  thorough: boolean,
  payments: Payments,
  fact: Extract<Fact, { kind: 'checkout' }>,
): Promise<Applied> {
  const payment = await paymentOfCheckout(clinic, payments, fact);
  if (!payment) return unknown(`No payment here belongs to the checkout ${fact.ref}.`);
  const settled = await settlePayment(clinic, thorough, payments, payment, fact.now);
  if (settled === 'wrong_amount')
    return unknown('The amount or the currency is not what was asked for, so the payment was not accepted.');
  if (fact.now.state === 'paid') await applyWaiting(clinic, thorough, payments, fact.now.payment);
  return APPLIED;
}

/** Applies what arrived before the payment that it is about. */
export async function applyWaiting(
  clinic: ClinicTransaction,
  thorough: boolean,
  payments: Payments,
  providerPayment: string,
): Promise<void> {
  const { tx, clinicId } = clinic;
  const waiting = await tx
    .selectFrom('provider_notice')
    .select(['id', 'facts', 'type'])
    .where('clinic_id', '=', clinicId)
    .where('provider', '=', payments.provider?.method ?? 'stripe')
    .where('waits_for', '=', providerPayment)
    .orderBy('received_at')
    .execute();
  for (const notice of waiting) {
    const facts = notice.facts as readonly Fact[];
    const applied = await applyFacts(clinic, thorough, payments, { type: notice.type, facts });
    if (applied.outcome === 'unknown') continue;
    await tx
      .updateTable('provider_notice')
      .set({ outcome: 'applied', detail: '', waits_for: null })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', notice.id)
      .execute();
  }
}

async function applyRefundFact(
  clinic: ClinicTransaction,
  payments: Payments,
  payment: ProviderPayment,
  fact: Extract<Fact, { kind: 'refund' }>,
): Promise<void> {
  const { tx, clinicId } = clinic;
  const known = await tx
    .selectFrom('refund')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('payment_id', '=', payment.id)
    .where((where) =>
      where.or([
        where('provider_ref', '=', fact.ref),
        ...(fact.refundId && isUuid(fact.refundId) ? [where('id', '=', fact.refundId)] : []),
      ]),
    )
    .executeTakeFirst();
  // Somebody may also give money back on the provider's own pages.
  const refundId =
    known?.id ??
    (await planRefund(
      clinic,
      payment.order_id,
      payment.id,
      fact.amountMinor,
      'Given back on the pages of the payment provider.',
      keyOfMadeThere(fact.ref),
    ));
  await applyRefund(clinic, payments, refundId, fact);
}

/** Notes what the provider kept for a payment; the same fee once. */
export async function postFee(
  clinic: ClinicTransaction,
  payments: Payments,
  payment: Pick<ProviderPayment, 'id'>,
  fee: { readonly ref: string; readonly amountMinor: number; readonly currency: string },
): Promise<void> {
  if (fee.amountMinor === 0) return;
  await post(clinic, {
    kind: 'fee',
    key: `fee:${fee.ref}`,
    at: payments.platform.clock.now(),
    currency: fee.currency,
    paymentId: payment.id,
    entries: [
      { account: 'provider_fees', amountMinor: fee.amountMinor },
      { account: 'stripe', amountMinor: -fee.amountMinor },
    ],
  });
}

async function applyPayout(
  clinic: ClinicTransaction,
  payments: Payments,
  fact: Extract<Fact, { kind: 'payout' }>,
): Promise<Applied> {
  if (fact.amountMinor === 0) return APPLIED;
  const about = { at: payments.platform.clock.now(), currency: fact.currency };
  await post(clinic, {
    ...about,
    kind: 'payout',
    key: `payout:${fact.ref}`,
    entries: [
      { account: 'bank', amountMinor: fact.amountMinor },
      { account: 'stripe', amountMinor: -fact.amountMinor },
    ],
  });
  if (fact.state === 'failed') {
    await post(clinic, {
      ...about,
      kind: 'payout',
      key: `payout_failed:${fact.ref}`,
      entries: [
        { account: 'stripe', amountMinor: fact.amountMinor },
        { account: 'bank', amountMinor: -fact.amountMinor },
      ],
    });
  }
  return APPLIED;
}

/** A dispute takes the money away until it is decided. Its end may be told before its beginning. */
async function applyDispute(
  clinic: ClinicTransaction,
  payments: Payments,
  payment: ProviderPayment,
  fact: Extract<Fact, { kind: 'dispute' }>,
): Promise<void> {
  const about = {
    at: payments.platform.clock.now(),
    currency: fact.currency,
    orderId: payment.order_id,
    paymentId: payment.id,
  };
  await post(clinic, {
    ...about,
    kind: 'dispute',
    key: `dispute:${fact.ref}`,
    entries: [
      { account: 'disputed', amountMinor: fact.amountMinor },
      { account: 'stripe', amountMinor: -fact.amountMinor },
    ],
  });
  if (fact.state !== 'open') {
    await post(clinic, {
      ...about,
      kind: fact.state === 'won' ? 'dispute_won' : 'dispute_lost',
      key: `dispute_end:${fact.ref}`,
      entries: [
        { account: fact.state === 'won' ? 'stripe' : 'losses', amountMinor: fact.amountMinor },
        { account: 'disputed', amountMinor: -fact.amountMinor },
      ],
    });
  }
  await refreshStatus(clinic, payment.order_id);
}

interface ProviderPayment {
  readonly id: string;
  readonly order_id: string;
}

async function paymentByProvider(
  { tx, clinicId }: ClinicTransaction,
  { provider }: Payments,
  providerPayment: string,
): Promise<ProviderPayment | null> {
  const row = await tx
    .selectFrom('payment')
    .select(['id', 'order_id'])
    .where('clinic_id', '=', clinicId)
    .where('method', '=', provider?.method ?? 'stripe')
    .where('provider_payment', '=', providerPayment)
    .executeTakeFirst();
  return row ?? null;
}

/** By the checkout's id; or by ours, where the provider is faster than its own answer. */
async function paymentOfCheckout(
  { tx, clinicId }: ClinicTransaction,
  { provider }: Payments,
  fact: Extract<Fact, { kind: 'checkout' }>,
): Promise<string | null> {
  const row = await tx
    .selectFrom('payment')
    .select(['id', 'provider_ref'])
    .where('clinic_id', '=', clinicId)
    .where('method', '=', provider?.method ?? 'stripe')
    .where((where) =>
      where.or([
        where('provider_ref', '=', fact.ref),
        ...(fact.paymentId && isUuid(fact.paymentId) ? [where('id', '=', fact.paymentId)] : []),
      ]),
    )
    .orderBy(sql`provider_ref = ${fact.ref} desc nulls last`)
    .executeTakeFirst();
  if (!row) return null;
  if (row.provider_ref !== null && row.provider_ref !== fact.ref) return null;
  if (row.provider_ref === null) {
    await tx
      .updateTable('payment')
      .set({ provider_ref: fact.ref })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', row.id)
      .execute();
  }
  return row.id;
}

function unknown(detail: string): Applied {
  return { outcome: 'unknown', detail, waitsFor: null };
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
