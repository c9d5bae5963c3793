import { sql } from 'kysely';
import { inClinic } from '../../../../platform/database/in-clinic.ts';
import type { Payments } from '../../core/payments.ts';
import { receiveProviderNotice } from '../../inbox/receive.ts';
import { noticeSeals } from './notices.ts';

/** How many are delivered in one go. */
const BATCH = 100;

/**
 * Delivers the practice notices that are due, each as often as was chosen and all of its copies at once. They take the
 * way of any provider's notice, proof included. One that could not be taken in is sent again next time; two
 * deliveries at once only mean more copies.
 */
export async function deliverPracticeNotices(payments: Payments): Promise<void> {
  const { platform, clinic, context, provider } = payments;
  if (provider?.method !== 'practice') return;
  const seals = noticeSeals(platform, clinic.id);
  const due = await inClinic(context, ({ tx, clinicId }) =>
    tx
      .selectFrom('practice_notice')
      .select(['id', 'body', 'times'])
      .where('clinic_id', '=', clinicId)
      .where('delivered_at', 'is', null)
      .where('deliver_at', '<=', sql<Date>`clock_timestamp()`)
      .orderBy('deliver_at')
      .orderBy('id')
      .limit(BATCH)
      .execute(),
  );
  const troubles: unknown[] = [];
  for (const { id, body, times } of due) {
    const bytes = Buffer.from(body, 'utf8');
    const now = platform.clock.now();
    const copies = Array.from({ length: times }, () =>
      receiveProviderNotice(payments, bytes, seals.sign(bytes, now), now),
    );
    const delivered = await Promise.allSettled(copies);
    const failed = delivered.find((one) => one.status === 'rejected');
    if (failed) {
      troubles.push(failed.reason);
      continue;
    }
    await inClinic(context, ({ tx, clinicId }) =>
      tx
        .updateTable('practice_notice')
        .set({ delivered_at: sql<Date>`clock_timestamp()` })
        .where('clinic_id', '=', clinicId)
        .where('id', '=', id)
        .execute(),
    );
  }
  if (troubles.length > 0) throw new AggregateError(troubles, 'Some practice notices could not be delivered');
}
