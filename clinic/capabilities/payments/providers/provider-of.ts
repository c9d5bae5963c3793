import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import type { Platform } from '../../../platform/web/server.ts';
import { practiceProvider } from './practice/index.ts';
import { ForgedNotice, type Provider, ProviderUnavailable } from './provider.ts';
import { openSealed } from './sealed-keys.ts';
import { stripeProvider } from './stripe/index.ts';

/**
 * Who takes money online for a clinic: Stripe where its owner entered a key, the practice checkout in a demo clinic,
 * otherwise nobody.
 */
export async function providerOf(
  platform: Platform,
  context: ClinicContext,
  clinic: Clinic,
): Promise<Provider | null> {
  const settings = await inClinic(context, ({ tx }) =>
    tx
      .selectFrom('payment_settings')
      .select(['stripe_key_sealed', 'stripe_webhook_sealed'])
      .executeTakeFirst(),
  );
  if (settings?.stripe_key_sealed) {
    const secretKey = openSealed(platform, clinic.id, settings.stripe_key_sealed);
    if (!secretKey) return stripeWithoutKey();
    return stripeProvider({
      secretKey,
      webhookSecret: openSealed(platform, clinic.id, settings.stripe_webhook_sealed),
      apiUrl: platform.config.stripeApiUrl,
    });
  }
  return clinic.demo ? practiceProvider(platform, context, clinic) : null;
}

/** Stripe where its kept key does not open any more. The clinic's other pages, and its till, go on as before. */
function stripeWithoutKey(): Provider {
  const unavailable = async () => {
    throw new ProviderUnavailable(
      'The key for Stripe was kept under another secret of this installation. Enter it again in the settings for payments.',
    );
  };
  return {
    method: 'stripe',
    origins: [],
    startCheckout: unavailable,
    readCheckout: unavailable,
    expireCheckout: unavailable,
    refund: unavailable,
    readFee: unavailable,
    readNotice() {
      throw new ForgedNotice('There is no key of Stripe that opens');
    },
  };
}
