import type { ClinicContext } from '../../../platform/database/in-clinic.ts';
import { clinicOrigin } from '../../../platform/web/clinic-origin.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { openSignedId } from '../../../platform/web/signed-id.ts';
import type { FreeStart } from '../../booking/index.ts';
import { startCheckout } from '../core/checkout.ts';
import { orderPath } from '../core/order-path.ts';
import type { Payments } from '../core/payments.ts';
import { paymentsOf } from '../payments-of.ts';
import { ProviderRefused, ProviderUnavailable } from '../providers/provider.ts';

/** The clinic's payments as a page needs them: without a provider where the one that there is cannot be asked. */
export async function publicPayments(
  platform: Platform,
  of: { readonly context: ClinicContext; readonly clinic: Clinic },
): Promise<Payments> {
  try {
    return await paymentsOf(platform, of);
  } catch (error) {
    if (!(error instanceof ProviderUnavailable)) throw error;
    return { platform, context: of.context, clinic: of.clinic, provider: null };
  }
}

/** The id within the address of an order's page, or null when nobody here gave it out. */
export function openOrderKey(platform: Platform, key: string): string | null {
  return openSignedId(platform.config.secret ?? '', 'order', key);
}

export type WayToPay =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly nearest: readonly FreeStart[] };

/**
 * Begins to pay an order. The address is the provider's, or the order's own page saying why there is no way to pay
 * now; only a time that has gone is answered with those that are near.
 */
export async function goPay(payments: Payments, orderId: string): Promise<WayToPay> {
  const { platform, clinic } = payments;
  const page = orderPath(platform, orderId);
  try {
    const start = await startCheckout(
      payments,
      orderId,
      clinicOrigin(platform.config.publicUrl, clinic.hosts),
    );
    if (start.ok) return start;
    if (start.reason === 'time_gone') return { ok: false, nearest: start.nearest };
    const trouble = start.reason === 'nothing_due' ? '' : '?trouble=unavailable';
    return { ok: true, url: `${page}${trouble}` };
  } catch (error) {
    if (error instanceof ProviderRefused) return { ok: true, url: `${page}?trouble=refused` };
    throw error;
  }
}
