import type { ClinicContext } from '../../platform/database/in-clinic.ts';
import type { Clinic } from '../../platform/web/clinics.ts';
import type { Platform } from '../../platform/web/server.ts';
import type { Payments } from './core/payments.ts';
import { providerOf } from './providers/provider-of.ts';

/** The request's own view of the clinic, or a job's, with whoever takes its money. */
export async function paymentsOf(
  platform: Platform,
  { context, clinic }: { readonly context: ClinicContext; readonly clinic: Clinic },
): Promise<Payments> {
  return { platform, context, clinic, provider: await providerOf(platform, context, clinic) };
}
