import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../../platform/database/in-clinic.ts';
import { newId } from '../../../../platform/database/new-id.ts';
import type { Provider, RefundState } from '../provider.ts';
import { checkoutOf, readPracticeCheckout } from './checkouts.ts';
import { queueRefundNotice } from './notices.ts';

/** Gives back what a practice payment took, never more; the same refund once. */
export async function refund(
  clinic: ClinicTransaction,
  request: Parameters<Provider['refund']>[0],
): Promise<RefundState> {
  const { tx, clinicId } = clinic;
  const checkoutId = checkoutOf(request.payment);
  // The lock makes two refunds of one payment wait for each other.
  const checkout = checkoutId ? await readPracticeCheckout(clinic, checkoutId, { lock: true }) : null;
  if (checkout?.now.state !== 'paid') return refused('There is no such payment.');
  const made = await tx
    .selectFrom('practice_refund')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('refund_id', '=', request.refundId)
    .executeTakeFirst();
  if (made) return { ref: made.id, state: 'succeeded', reason: null };
  if (request.currency !== checkout.currency) return refused('The payment was made in another currency.');
  const { given } = await tx
    .selectFrom('practice_refund')
    .select(sql<number>`coalesce(sum(amount_minor), 0)::float8`.as('given'))
    .where('clinic_id', '=', clinicId)
    .where('checkout_id', '=', checkout.id)
    .executeTakeFirstOrThrow();
  if (given + request.amountMinor > checkout.amountMinor)
    return refused('That is more than is left of the payment.');
  const id = newId();
  await tx
    .insertInto('practice_refund')
    .values({
      clinic_id: clinicId,
      id,
      checkout_id: checkout.id,
      refund_id: request.refundId,
      amount_minor: request.amountMinor,
    })
    .execute();
  await queueRefundNotice(clinic, { ref: id, ...request });
  return { ref: id, state: 'succeeded', reason: null };
}

function refused(reason: string): RefundState {
  return { ref: null, state: 'failed', reason };
}
