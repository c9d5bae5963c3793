import { sql } from 'kysely';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { newId } from '../../../platform/database/new-id.ts';
import {
  claiming,
  dropHold,
  extendHold,
  type FreeStart,
  readCatalogue,
  takeHold,
} from '../../booking/index.ts';
import { type CheckoutState, ProviderRefused, ProviderUnavailable } from '../providers/provider.ts';
import { orderPath } from './order-path.ts';
import { canExpire, type Order, readOrder, refreshStatus } from './orders.ts';
import type { Payments } from './payments.ts';
import { sendRefunds } from './refunds.ts';
import { settlePayment, updateOrder } from './settle.ts';

/** How long a checkout takes money: the shortest that Stripe allows is 30 minutes, and its clock is not ours. */
export const CHECKOUT_MS = 31 * 60_000;
/** A checkout that has less than this left is not worth sending anybody to. */
const WORTHWHILE_MS = 2 * 60_000;

export type CheckoutStart =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly reason: 'no_provider' | 'nothing_due' | 'unavailable' | 'not_found' }
  | { readonly ok: false; readonly reason: 'time_gone'; readonly nearest: readonly FreeStart[] };

/**
 * Begins to pay what is due of an order, and keeps the time that it is for until the checkout's own end. Beginning
 * twice leads to the same checkout. Nothing is lost when the provider cannot be reached.
 *
 * @param origin where the buyer's browser reaches the clinic, for the way back
 */
export async function startCheckout(
  payments: Payments,
  orderId: string,
  origin: string,
): Promise<CheckoutStart> {
  const { provider } = payments;
  if (!provider) return { ok: false, reason: 'no_provider' };
  const kept = await keepTime(payments, orderId);
  if (!kept.ok) return kept;
  const payment = await openPayment(payments, orderId, provider.method);
  if (!payment.ok) return payment;
  if (payment.url) return { ok: true, url: payment.url };
  const page = `${origin}${orderPath(payments.platform, orderId)}`;
  try {
    const started = await provider.startCheckout({
      paymentId: payment.id,
      orderNumber: payment.order.number,
      amountMinor: payment.amountMinor,
      currency: payment.order.currency,
      lines: payment.lines,
      payerEmail: payment.order.payer.email,
      successUrl: `${page}/return`,
      cancelUrl: `${page}/return?left=1`,
      expiresAt: payment.expiresAt,
      locale: payments.clinic.locale,
    });
    await inClinic(payments.context, ({ tx, clinicId }) =>
      tx
        .updateTable('payment')
        .set({ status: 'open', provider_ref: started.ref, checkout_url: started.url })
        .where('clinic_id', '=', clinicId)
        .where('id', '=', payment.id)
        .where('status', '=', 'starting')
        .execute(),
    );
    return { ok: true, url: started.url };
  } catch (error) {
    if (error instanceof ProviderUnavailable) return { ok: false, reason: 'unavailable' };
    if (!(error instanceof ProviderRefused)) throw error;
    const state = { state: 'failed', reason: error.message } as const;
    await claiming(payments.context, (clinic, thorough) =>
      settlePayment(clinic, thorough, payments, payment.id, state),
    );
    return { ok: false, reason: 'unavailable' };
  }
}

type Opened =
  | { readonly ok: false; readonly reason: 'not_found' | 'nothing_due' }
  | {
      readonly ok: true;
      readonly id: string;
      readonly url: string | null;
      readonly amountMinor: number;
      readonly expiresAt: number;
      readonly lines: readonly { readonly description: string; readonly amountMinor: number }[];
      readonly order: Order;
    };

/** The payment that is under way, or a new one; the hold lives as long as it does. */
async function openPayment(
  { context }: Payments,
  orderId: string,
  method: 'stripe' | 'practice',
): Promise<Opened> {
  return inClinic(context, async (clinic) => {
    const { tx, clinicId } = clinic;
    const order = await readOrder(clinic, orderId, { lock: true });
    if (!order) return { ok: false, reason: 'not_found' };
    const amountMinor = order.dueMinor || order.openMinor;
    if (amountMinor <= 0) return { ok: false, reason: 'nothing_due' };
    const known = await tx
      .selectFrom('payment')
      .select(['id', 'checkout_url', 'amount_minor', 'expires_at'])
      .where('clinic_id', '=', clinicId)
      .where('order_id', '=', orderId)
      .where('method', '=', method)
      .where('amount_minor', '=', amountMinor)
      .where('status', 'in', ['starting', 'open'])
      .where('expires_at', '>', sql<Date>`clock_timestamp() + make_interval(secs => ${WORTHWHILE_MS / 1000})`)
      .orderBy('created_at', 'desc')
      .executeTakeFirst();
    const lines = await checkoutLines(clinic, order, amountMinor);
    if (known) {
      const expiresAt = known.expires_at?.getTime() ?? 0;
      return { ok: true, id: known.id, url: known.checkout_url, amountMinor, expiresAt, lines, order };
    }
    const id = newId();
    const { expires_at } = await tx
      .insertInto('payment')
      .values({
        clinic_id: clinicId,
        id,
        order_id: orderId,
        method,
        status: 'starting',
        amount_minor: amountMinor,
        currency: order.currency,
        expires_at: sql<Date>`clock_timestamp() + make_interval(secs => ${CHECKOUT_MS / 1000})`,
        idempotency_key: id,
      })
      .returning('expires_at')
      .executeTakeFirstOrThrow();
    if (canExpire(order)) await updateOrder(clinic, orderId, { expires_at });
    if (order.holdId) await extendHold(clinic, order.holdId, CHECKOUT_MS);
    await refreshStatus(clinic, orderId);
    const expiresAt = expires_at?.getTime() ?? 0;
    return { ok: true, id, url: null, amountMinor, expiresAt, lines, order };
  });
}

/** What the provider shows: the order's lines, or one line where only a part of it is paid. */
async function checkoutLines(
  { tx, clinicId }: Parameters<typeof readOrder>[0],
  order: Order,
  amountMinor: number,
) {
  const lines = await tx
    .selectFrom('order_line')
    .select(['description', 'quantity', 'amount_minor'])
    .where('clinic_id', '=', clinicId)
    .where('order_id', '=', order.id)
    .orderBy('position')
    .execute();
  const described = lines.map((line) => ({
    description: line.quantity === 1 ? line.description : `${line.quantity} × ${line.description}`,
    amountMinor: line.amount_minor,
  }));
  if (amountMinor === order.totalMinor) return described.filter((line) => line.amountMinor > 0);
  const what = described.map((line) => line.description).join(', ');
  const part = order.paidMinor === 0 ? 'Deposit' : 'Rest';
  return [{ description: `${part}: ${what}`.slice(0, 200), amountMinor }];
}

/** Holds the order's time again where its hold has lapsed; says what is near where it is gone. */
async function keepTime(
  { context, clinic, platform }: Payments,
  orderId: string,
): Promise<
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'time_gone'; readonly nearest: readonly FreeStart[] }
> {
  const order = await inClinic(context, (tx) => readOrder(tx, orderId));
  if (!order || !needsTime(order)) return { ok: true };
  const { booking, holdId } = order;
  if (holdId && (await inClinic(context, (tx) => extendHold(tx, holdId, WORTHWHILE_MS)))) return { ok: true };
  const catalogue = await readCatalogue(context, clinic.catalogueVersion);
  const service = catalogue.service(booking.serviceId);
  if (!service) return { ok: false, reason: 'time_gone', nearest: [] };
  const wish = { service, siteId: booking.siteId, clinicianId: booking.clinicianId };
  const input = { wish, start: booking.start, viewerZone: booking.viewerZone, replaces: holdId };
  const taken = await takeHold(context, clinic, input, platform.clock.now());
  const kept = await inClinic(context, async (tx) => {
    const current = await readOrder(tx, orderId, { lock: true });
    // Pressed twice, or the money arrived meanwhile: what the other did holds, and this hold would keep a time for nobody.
    const overtaken = !current || !needsTime(current) || current.holdId !== holdId;
    if (overtaken && taken.ok) await dropHold(tx, taken.hold.id);
    else if (taken.ok) await updateOrder(tx, orderId, { hold_id: taken.hold.id });
    return taken.ok || overtaken;
  });
  return kept || taken.ok ? { ok: true } : { ok: false, reason: 'time_gone', nearest: taken.nearest };
}

/** Whether there is a time to keep for somebody who goes to pay. */
function needsTime(order: Order): order is Order & { readonly booking: NonNullable<Order['booking']> } {
  return order.booking !== null && order.slot === 'held' && order.paidMinor === 0 && order.openMinor > 0;
}

/** Asks the provider what became of an order's checkouts: when the buyer comes back, and when they should be over. */
export async function askAgain(
  payments: Payments,
  orderId: string,
  how: 'read' | 'expire' = 'read',
): Promise<void> {
  const open = await inClinic(payments.context, ({ tx, clinicId }) =>
    tx
      .selectFrom('payment')
      .select(['id', 'provider_ref'])
      .where('clinic_id', '=', clinicId)
      .where('order_id', '=', orderId)
      .where('method', '=', payments.provider?.method ?? 'stripe')
      .where('status', 'in', ['starting', 'open', 'processing', 'expired', 'failed'])
      .orderBy('created_at')
      .execute(),
  );
  for (const payment of open) await askPayment(payments, payment, how);
  await sendRefunds(payments, orderId);
}

/** The same for one payment. What the provider cannot tell now it is asked again later. */
export async function askPayment(
  payments: Payments,
  payment: { readonly id: string; readonly provider_ref: string | null },
  how: 'read' | 'expire',
): Promise<void> {
  const { provider } = payments;
  if (!provider) return;
  let state: CheckoutState | null = null;
  try {
    if (payment.provider_ref) {
      state = await (how === 'read'
        ? provider.readCheckout(payment.provider_ref)
        : provider.expireCheckout(payment.provider_ref));
    } else if (how === 'expire') {
      // Its address never reached anybody, so nobody can have paid there.
      state = { state: 'expired' };
    }
  } catch (error) {
    // A checkout that the provider does not know cannot be paid there.
    if (error instanceof ProviderRefused && how === 'expire') state = { state: 'expired' };
    else if (!(error instanceof ProviderUnavailable || error instanceof ProviderRefused)) throw error;
  }
  const known = state;
  if (known)
    await claiming(payments.context, (clinic, thorough) =>
      settlePayment(clinic, thorough, payments, payment.id, known),
    );
}
