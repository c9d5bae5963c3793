import { type Provider, ProviderRefused, ProviderUnavailable } from '../providers/provider.ts';

/** A checkout that no account has. */
const NO_CHECKOUT = 'cs_test_this_one_does_not_exist';

/**
 * Whether Stripe takes the key: it is asked for a checkout that does not exist. Whoever may ask is told so.
 *
 * @returns what is wrong, in words for the owner; null when all is well
 */
export async function tryKey(provider: Provider): Promise<string | null> {
  try {
    await provider.readCheckout(NO_CHECKOUT);
    return null;
  } catch (error) {
    if (error instanceof ProviderRefused) return null;
    if (error instanceof ProviderUnavailable) return error.message;
    throw error;
  }
}
