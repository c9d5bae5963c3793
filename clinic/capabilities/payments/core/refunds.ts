import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import { newId } from '../../../platform/database/new-id.ts';
import type { PaymentMethod } from '../../../platform/database/schema-of-payments.ts';
import { issueCreditNote } from '../papers/new-document.ts';
import { ProviderUnavailable, type RefundState } from '../providers/provider.ts';
import { restoreEntitlements, revokeEntitlements } from './entitlements.ts';
import { ACCOUNT_OF, post } from './ledger.ts';
import { mailRefund } from './mails.ts';
import { allocate } from './money.ts';
import { readOrder, refreshStatus } from './orders.ts';
import type { Payments } from './payments.ts';

export interface RefundInput {
  readonly orderId: string;
  readonly amountMinor: number;
  readonly reason: string;
  /** The same key gives the same money back once, however often it is sent. */
  readonly key: string;
}

export type RefundRefusal =
  | { readonly ok: false; readonly reason: 'not_found' | 'not_positive' | 'no_reason' }
  | { readonly ok: false; readonly reason: 'too_much'; readonly refundableMinor: number };

/**
 * Gives money back, newest payment first. What was paid here is noted as handed back at once; what a provider took
 * goes back through the provider, now or as soon as it can be reached.
 */
export async function refundOrder(
  payments: Payments,
  input: RefundInput,
): Promise<{ readonly ok: true; readonly settled: boolean } | RefundRefusal> {
  if (!Number.isSafeInteger(input.amountMinor) || input.amountMinor <= 0)
    return { ok: false, reason: 'not_positive' };
  if (input.reason.trim() === '') return { ok: false, reason: 'no_reason' };
  const planned = await inClinic(payments.context, async (clinic) => {
    const order = await readOrder(clinic, input.orderId, { lock: true });
    if (!order) return { ok: false, reason: 'not_found' } as const;
    if (await refundedBefore(clinic, input.key)) return { ok: true } as const;
    const sources = await refundablePayments(clinic, order.id);
    const refundableMinor = sources.reduce((sum, one) => sum + one.leftMinor, 0);
    if (input.amountMinor > refundableMinor)
      return { ok: false, reason: 'too_much', refundableMinor } as const;
    let left = input.amountMinor;
    for (const [index, source] of sources.entries()) {
      const amount = Math.min(left, source.leftMinor);
      if (amount <= 0) continue;
      left -= amount;
      const refundId = await planRefund(
        clinic,
        order.id,
        source.id,
        amount,
        input.reason,
        `${input.key} ${index}`,
      );
      if (!isProvider(source.method)) {
        await applyRefund(clinic, payments, refundId, { ref: '', state: 'succeeded', reason: null });
      }
    }
    return { ok: true } as const;
  });
  if (!planned.ok) return planned;
  return { ok: true, settled: (await sendRefunds(payments, input.orderId)) === 0 };
}

const MADE_THERE = 'provider ';

/** The key of a refund that was made at the provider's own pages. */
export function keyOfMadeThere(providerRef: string): string {
  return MADE_THERE + providerRef;
}

/** How much of each payment of an order can still be given back, newest first. */
export async function refundablePayments(
  { tx, clinicId }: ClinicTransaction,
  orderId: string,
): Promise<readonly { readonly id: string; readonly method: PaymentMethod; readonly leftMinor: number }[]> {
  const rows = await tx
    .selectFrom('payment as p')
    .select(['p.id', 'p.method'])
    .select(
      sql<number>`(p.amount_minor - coalesce((
        select sum(r.amount_minor) from refund r
        where r.clinic_id = p.clinic_id and r.payment_id = p.id and r.status <> 'failed'), 0))::float8`.as(
        'left_minor',
      ),
    )
    .where('p.clinic_id', '=', clinicId)
    .where('p.order_id', '=', orderId)
    .where('p.status', '=', 'succeeded')
    .orderBy('p.created_at', 'desc')
    .execute();
  return rows
    .filter((row) => row.left_minor > 0)
    .map((row) => ({ id: row.id, method: row.method, leftMinor: row.left_minor }));
}

/**
 * Writes down that money is to go back. The order must be locked.
 *
 * @param failure why it cannot go back by itself: then somebody has to see to it
 */
export async function planRefund(
  clinic: ClinicTransaction,
  orderId: string,
  paymentId: string,
  amountMinor: number,
  reason: string,
  key = `automatic ${paymentId}`,
  failure: string | null = null,
): Promise<string> {
  const id = newId();
  const { currency } = await clinic.tx
    .selectFrom('payment')
    .select('currency')
    .where('clinic_id', '=', clinic.clinicId)
    .where('id', '=', paymentId)
    .executeTakeFirstOrThrow();
  await clinic.tx
    .insertInto('refund')
    .values({
      clinic_id: clinic.clinicId,
      id,
      order_id: orderId,
      payment_id: paymentId,
      status: failure === null ? 'pending' : 'failed',
      failure,
      amount_minor: amountMinor,
      currency,
      reason: reason.trim().slice(0, 300),
      idempotency_key: key,
      requested_by: clinic.actor.id,
    })
    .execute();
  await record(clinic, {
    action: 'refund.asked',
    subject: { kind: 'order', id: orderId },
    detail: { refund: id, amountMinor },
  });
  return id;
}

/**
 * Brings a refund to what is known of it. The order must be locked. Once it has succeeded the sale is taken back in
 * proportion to its lines, and a credit note says so.
 */
export async function applyRefund(
  clinic: ClinicTransaction,
  payments: Payments,
  refundId: string,
  now: RefundState,
): Promise<void> {
  const { tx, clinicId } = clinic;
  const refund = await tx
    .selectFrom('refund as r')
    .innerJoin('payment as p', (join) =>
      join.onRef('p.clinic_id', '=', 'r.clinic_id').onRef('p.id', '=', 'r.payment_id'),
    )
    .select(['r.id', 'r.order_id', 'r.payment_id', 'r.status', 'r.amount_minor', 'r.currency', 'p.method'])
    .select('r.provider_ref')
    .where('r.clinic_id', '=', clinicId)
    .where('r.id', '=', refundId)
    .executeTakeFirstOrThrow();
  const at = payments.platform.clock.now();
  // How the provider calls it is worth knowing before it has ended: that is how its next notice is recognised.
  if (refund.status === 'pending' && now.state === 'pending' && now.ref) {
    await tx
      .updateTable('refund')
      .set({ provider_ref: now.ref })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', refundId)
      .execute();
  }
  // One that was refused was never made. When the provider tells of it all the same, another try had got through.
  const refused = refund.status === 'failed' && refund.provider_ref === null && now.ref !== null;
  if ((refund.status === 'failed' && !refused) || refund.status === now.state) return;
  // A bank may send money back days after the provider said that it had arrived.
  if (refund.status === 'succeeded' && now.state !== 'failed') return;
  await tx
    .updateTable('refund')
    .set({
      status: now.state,
      ...(now.ref ? { provider_ref: now.ref } : {}),
      failure: now.state === 'failed' ? (now.reason ?? 'The provider did not say why.') : null,
      settled_at: now.state === 'pending' ? null : new Date(at),
    })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', refundId)
    .execute();
  const about = { at, currency: refund.currency, orderId: refund.order_id, refundId };
  if (refund.status === 'succeeded') {
    await post(clinic, {
      ...about,
      kind: 'refund',
      key: `refund_returned:${refundId}`,
      paymentId: refund.payment_id,
      entries: [
        { account: ACCOUNT_OF[refund.method], amountMinor: refund.amount_minor },
        { account: 'customers', amountMinor: -refund.amount_minor },
      ],
    });
    await refreshStatus(clinic, refund.order_id);
    await restoreEntitlements(clinic, refund.order_id);
    await record(clinic, { action: 'refund.returned', subject: { kind: 'order', id: refund.order_id } });
    return;
  }
  if (now.state !== 'succeeded') return;
  const credited = await reverseSale(clinic, refund.order_id, refund.amount_minor, about);
  await post(clinic, {
    ...about,
    kind: 'refund',
    key: `refund:${refundId}`,
    paymentId: refund.payment_id,
    entries: [
      { account: 'customers', amountMinor: refund.amount_minor },
      { account: ACCOUNT_OF[refund.method], amountMinor: -refund.amount_minor },
    ],
  });
  const note = await issueCreditNote(clinic, payments.clinic, refund.order_id, refundId, credited, at);
  const status = await refreshStatus(clinic, refund.order_id);
  if (status === 'refunded') await revokeEntitlements(clinic, refund.order_id, at);
  await record(clinic, {
    action: 'refund.settled',
    subject: { kind: 'order', id: refund.order_id },
    detail: { refund: refundId, amountMinor: refund.amount_minor, creditNote: note.number },
  });
  await mailRefund(clinic, payments, refund.order_id, note, refund.amount_minor);
}

interface Credited {
  readonly amountMinor: number;
  readonly taxMinor: number;
}

/**
 * Takes back as much of the sale as this refund is more than what was paid too much. Nothing is taken back where no
 * sale was booked, as with a deposit.
 *
 * @returns what falls on each line of the order
 */
async function reverseSale(
  clinic: ClinicTransaction,
  orderId: string,
  amountMinor: number,
  about: { at: number; currency: string; orderId: string; refundId: string },
): Promise<readonly Credited[] | null> {
  const { tx, clinicId } = clinic;
  const lines = await tx
    .selectFrom('order_line as l')
    .select(['l.id', 'l.service_id'])
    .select((line) => [
      leftOf('sales', line.ref('l.id')).as('net_left'),
      leftOf('tax', line.ref('l.id')).as('tax_left'),
    ])
    .where('l.clinic_id', '=', clinicId)
    .where('l.order_id', '=', orderId)
    .orderBy('l.position')
    .execute();
  const { balance } = await tx
    .selectFrom('ledger_entry')
    .select(sql<number>`coalesce(sum(amount_minor), 0)::float8`.as('balance'))
    .where('clinic_id', '=', clinicId)
    .where('order_id', '=', orderId)
    .where('account', '=', 'customers')
    .executeTakeFirstOrThrow();
  // A negative balance is money of the customer's that no sale has used: a deposit, or what was paid twice.
  const amount = Math.max(0, amountMinor + Math.min(0, balance));
  if (amount === 0) return null;
  const left = lines.map((line) => line.net_left + line.tax_left);
  const parts = allocate(amount, left);
  const credited = lines.map((line, index) => {
    const part = parts[index] ?? 0;
    const whole = left[index] ?? 0;
    const taxMinor =
      whole === 0 ? 0 : part === whole ? line.tax_left : Math.round((part * line.tax_left) / whole);
    return { amountMinor: part, taxMinor };
  });
  await post(clinic, {
    ...about,
    kind: 'sale_reversal',
    key: `reversal:${about.refundId}`,
    entries: [
      ...lines.flatMap((line, index) => {
        const { amountMinor: part, taxMinor } = credited[index] ?? { amountMinor: 0, taxMinor: 0 };
        const ofLine = { orderLineId: line.id, serviceId: line.service_id };
        return [
          { account: 'sales', amountMinor: part - taxMinor, ...ofLine },
          { account: 'tax', amountMinor: taxMinor, ...ofLine },
        ] as const;
      }),
      { account: 'customers', amountMinor: -amount },
    ],
  });
  return credited;
}

function leftOf(account: 'sales' | 'tax', lineId: unknown) {
  return sql<number>`coalesce((
    select -sum(e.amount_minor) from ledger_entry e
    where e.clinic_id = l.clinic_id and e.order_id = l.order_id and e.account = ${account}
      and e.order_line_id = ${lineId}), 0)::float8`;
}

/**
 * Sends what is to go back through a provider, and writes down what became of it. A provider that cannot be reached
 * is asked again later.
 *
 * @param orderId only this order's, or everything of the clinic
 * @returns how many are still under way
 */
export async function sendRefunds(payments: Payments, orderId?: string): Promise<number> {
  const { provider } = payments;
  const waiting = await inClinic(payments.context, ({ tx, clinicId }) => {
    let query = tx
      .selectFrom('refund as r')
      .innerJoin('payment as p', (join) =>
        join.onRef('p.clinic_id', '=', 'r.clinic_id').onRef('p.id', '=', 'r.payment_id'),
      )
      .select(['r.id', 'r.order_id', 'r.amount_minor', 'r.currency', 'p.method', 'p.provider_payment'])
      .where('r.clinic_id', '=', clinicId)
      .where('r.status', '=', 'pending')
      // Those that were made at the provider's own pages are under way there: sending them would give back twice.
      .where(sql<boolean>`r.idempotency_key is distinct from ${MADE_THERE} || r.provider_ref`);
    if (orderId) query = query.where('r.order_id', '=', orderId);
    return query.orderBy('r.created_at').limit(200).execute();
  });
  let left = 0;
  for (const refund of waiting) {
    if (!provider || provider.method !== refund.method || !refund.provider_payment) {
      left++;
      continue;
    }
    const state = await tryRefund(payments, {
      refundId: refund.id,
      payment: refund.provider_payment,
      amountMinor: refund.amount_minor,
      currency: refund.currency,
    });
    if (state?.state !== 'succeeded') left++;
    if (!state) continue;
    await inClinic(payments.context, async (clinic) => {
      await readOrder(clinic, refund.order_id, { lock: true });
      await applyRefund(clinic, payments, refund.id, state);
    });
  }
  return left;
}

async function tryRefund(
  { provider }: Payments,
  request: { refundId: string; payment: string; amountMinor: number; currency: string },
): Promise<RefundState | null> {
  try {
    return provider ? await provider.refund(request) : null;
  } catch (error) {
    if (error instanceof ProviderUnavailable) return null;
    throw error;
  }
}

async function refundedBefore({ tx, clinicId }: ClinicTransaction, key: string): Promise<boolean> {
  const row = await tx
    .selectFrom('refund')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('idempotency_key', 'like', `${key.replaceAll(/[\\%_]/g, '\\$&')} %`)
    .executeTakeFirst();
  return row !== undefined;
}

export function isProvider(method: PaymentMethod): method is 'stripe' | 'practice' {
  return method === 'stripe' || method === 'practice';
}
