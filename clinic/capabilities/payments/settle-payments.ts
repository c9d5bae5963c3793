import type { ClinicContext } from '../../platform/database/in-clinic.ts';
import type { Clinic } from '../../platform/web/clinics.ts';
import type { Platform } from '../../platform/web/server.ts';
import { settleDue } from './core/due.ts';
import { paymentsOf } from './payments-of.ts';
import { deliverPracticeNotices } from './providers/practice/deliver.ts';

/** The regular work of one clinic's payments: what providers have to tell, then everything that is due. */
export async function settlePayments(
  platform: Platform,
  of: { readonly context: ClinicContext; readonly clinic: Clinic },
): Promise<void> {
  const payments = await paymentsOf(platform, of);
  try {
    await deliverPracticeNotices(payments);
  } finally {
    // A notice that cannot be applied must not keep anybody from their money.
    await settleDue(payments);
  }
}
