import { record } from '../../../platform/audit/record.ts';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { type Received, receiveNotice } from '../core/notices.ts';
import type { Payments } from '../core/payments.ts';
import { ForgedNotice, ProviderUnavailable } from '../providers/provider.ts';

/**
 * Takes in what a provider sent: its proof is checked first, then it takes effect once. One that is not proven leaves
 * an event in the audit log and nothing else.
 *
 * @param body the bytes as they arrived
 * @param now epoch milliseconds
 * @throws ForgedNotice
 * @throws ProviderUnavailable when the clinic has no provider that could have sent it
 */
export async function receiveProviderNotice(
  payments: Payments,
  body: Buffer,
  signature: string | undefined,
  now: number,
): Promise<Received> {
  const { provider } = payments;
  if (!provider) throw new ProviderUnavailable('This clinic takes no payments online');
  try {
    const notice = provider.readNotice(body, signature, now);
    return await receiveNotice(payments, notice, body.toString('utf8'));
  } catch (error) {
    if (error instanceof ForgedNotice) {
      await inClinic(payments.context, (clinic) =>
        record(clinic, {
          action: 'notice.refused',
          detail: { provider: provider.method, reason: error.message.slice(0, 200), bytes: body.length },
        }),
      );
    }
    throw error;
  }
}
