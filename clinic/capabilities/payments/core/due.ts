import { sql } from 'kysely';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { claiming } from '../../booking/index.ts';
import { ProviderUnavailable } from '../providers/provider.ts';
import { askPayment } from './checkout.ts';
import { revokeEntitlements } from './entitlements.ts';
import { applyWaiting, postFee } from './notices.ts';
import { readOrder, refreshStatus } from './orders.ts';
import type { Payments } from './payments.ts';
import { isProvider, planRefund, refundablePayments, sendRefunds } from './refunds.ts';
import { updateOrder } from './settle.ts';

const GIVEN_BACK = 'The time was gone before the payment arrived, and no other was chosen.';

/** Nobody can hand back coins by themselves: the desk sees it among what is outstanding. */
const PAID_HERE = 'It was paid in the clinic, so it has to be given back there.';

/** Everything that is due whether or not anybody looks: run it every minute. */
export async function settleDue(payments: Payments): Promise<void> {
  await askOverdue(payments);
  await applyEarly(payments);
  await expireOrders(payments);
  await giveBackUnchosen(payments);
  await sendRefunds(payments);
  await askFees(payments);
  await forgetAbandoned(payments);
}

/** Checkouts whose time is over are closed at the provider, which may say that they were paid in the last moment. */
async function askOverdue(payments: Payments): Promise<void> {
  if (!payments.provider) return;
  const { method } = payments.provider;
  const overdue = await inClinic(payments.context, ({ tx, clinicId }) =>
    tx
      .selectFrom('payment')
      .select(['id', 'provider_ref', 'status'])
      .where('clinic_id', '=', clinicId)
      .where('method', '=', method)
      .where('status', 'in', ['starting', 'open', 'processing'])
      .where((where) =>
        where.or([
          where('expires_at', '<=', sql<Date>`clock_timestamp()`),
          where('status', '=', 'processing'),
        ]),
      )
      .orderBy(sql`status = 'processing'`)
      .orderBy('expires_at')
      .limit(200)
      .execute(),
  );
  for (const payment of overdue)
    await askPayment(payments, payment, payment.status === 'processing' ? 'read' : 'expire');
}

/**
 * What was told before the payment that it is about waits for it. Where both arrive in the same moment, or the payment
 * became known without a notice, it is found here.
 */
async function applyEarly(payments: Payments): Promise<void> {
  const known = await inClinic(payments.context, ({ tx, clinicId }) =>
    tx
      .selectFrom('provider_notice as n')
      .innerJoin('payment as p', (join) =>
        join
          .onRef('p.clinic_id', '=', 'n.clinic_id')
          .onRef('p.method', '=', 'n.provider')
          .onRef('p.provider_payment', '=', 'n.waits_for'),
      )
      .select('n.waits_for')
      .distinct()
      .where('n.clinic_id', '=', clinicId)
      .where('n.provider', '=', payments.provider?.method ?? 'stripe')
      .where('n.waits_for', 'is not', null)
      .execute(),
  );
  for (const { waits_for: payment } of known) {
    if (payment)
      await claiming(payments.context, (clinic, thorough) =>
        applyWaiting(clinic, thorough, payments, payment),
      );
  }
}

async function expireOrders({ context }: Payments): Promise<void> {
  const lapsed = await inClinic(context, ({ tx, clinicId }) =>
    tx
      .selectFrom('sales_order as o')
      .select('o.id')
      .where('o.clinic_id', '=', clinicId)
      .where('o.status', '=', 'awaiting_payment')
      .where('o.expires_at', '<=', sql<Date>`clock_timestamp()`)
      .limit(200)
      .execute(),
  );
  for (const { id } of lapsed) {
    await inClinic(context, async (clinic) => {
      await readOrder(clinic, id, { lock: true });
      await refreshStatus(clinic, id);
    });
  }
}

/** Whoever paid for a time that was gone and chose no other gets everything back. */
async function giveBackUnchosen({ context, platform }: Payments): Promise<void> {
  const unchosen = await inClinic(context, ({ tx, clinicId }) =>
    tx
      .selectFrom('sales_order')
      .select('id')
      .where('clinic_id', '=', clinicId)
      .where('slot', '=', 'to_choose')
      .where('choose_by', '<=', sql<Date>`clock_timestamp()`)
      .limit(200)
      .execute(),
  );
  for (const { id } of unchosen)
    await inClinic(context, (clinic) => giveUpTime(clinic, id, GIVEN_BACK, platform.clock.now()));
}

/**
 * Gives up the time that a paid order was for: everything goes back, by itself where a provider took it. Nothing
 * happens where a time was chosen.
 */
export async function giveUpTime(
  clinic: Parameters<typeof readOrder>[0],
  orderId: string,
  reason: string,
  now: number,
): Promise<boolean> {
  const order = await readOrder(clinic, orderId, { lock: true });
  if (order?.slot !== 'to_choose') return false;
  for (const source of await refundablePayments(clinic, orderId)) {
    const failure = isProvider(source.method) ? null : PAID_HERE;
    await planRefund(clinic, orderId, source.id, source.leftMinor, reason, `given up ${source.id}`, failure);
  }
  await updateOrder(clinic, orderId, { slot: 'given_up', choose_by: null, booking: null });
  await revokeEntitlements(clinic, orderId, now);
  return true;
}

/** What the provider kept of each payment is known only a little later. */
async function askFees(payments: Payments): Promise<void> {
  const { provider } = payments;
  if (!provider?.readFee) return;
  const without = await inClinic(payments.context, ({ tx, clinicId }) =>
    tx
      .selectFrom('payment as p')
      .select(['p.id', 'p.provider_payment'])
      .where('p.clinic_id', '=', clinicId)
      .where('p.method', '=', provider.method)
      .where('p.status', '=', 'succeeded')
      .where('p.settled_at', '>', sql<Date>`clock_timestamp() - interval '7 days'`)
      .where(
        sql<boolean>`not exists (select from ledger_transaction t
          where t.clinic_id = p.clinic_id and t.payment_id = p.id and t.kind = 'fee')`,
      )
      .limit(50)
      .execute(),
  );
  for (const payment of without) {
    if (!payment.provider_payment) continue;
    try {
      const fee = await provider.readFee(payment.provider_payment);
      if (fee) await inClinic(payments.context, (clinic) => postFee(clinic, payments, payment, fee));
    } catch (error) {
      if (!(error instanceof ProviderUnavailable)) throw error;
    }
  }
}

/** How long an order that nobody paid remembers the visit that it was for, and the safety answers with it. */
const FORGET_AFTER = sql<Date>`clock_timestamp() - interval '3 days'`;

/** A payment that comes even later buys the visit itself: its time is then chosen anew. */
async function forgetAbandoned({ context }: Payments): Promise<void> {
  await inClinic(context, ({ tx, clinicId }) =>
    tx
      .updateTable('sales_order')
      .set({ booking: null, slot: 'none' })
      .where('clinic_id', '=', clinicId)
      .where('status', 'in', ['expired', 'cancelled'])
      .where('slot', '=', 'held')
      .where('created_at', '<', FORGET_AFTER)
      .execute(),
  );
}
