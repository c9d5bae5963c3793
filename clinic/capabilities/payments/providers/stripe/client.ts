import Stripe from 'stripe';
import { ProviderRefused, ProviderUnavailable } from '../provider.ts';

/** How long one call may take. A buyer may be waiting for it. */
const TIMEOUT_MS = 10_000;
/** One more attempt; every call that changes something carries an idempotency key. */
const RETRIES = 1;
/** Far more keys than an installation has clinics; the map must only not grow for ever. */
const MOST_CLIENTS = 1000;

const clients = new Map<string, Stripe>();

/**
 * Stripe's library for one secret key, kept for the life of the process. It sends no telemetry and speaks the version
 * of the API that its own types describe.
 *
 * @param apiUrl the origin that is asked
 */
export function stripeClient(secretKey: string, apiUrl: string): Stripe {
  const name = `${apiUrl} ${secretKey}`;
  const known = clients.get(name);
  if (known) return known;
  const { protocol, hostname, port } = new URL(apiUrl);
  const secure = protocol === 'https:';
  const client = new Stripe(secretKey, {
    apiVersion: Stripe.API_VERSION,
    telemetry: false,
    maxNetworkRetries: RETRIES,
    timeout: TIMEOUT_MS,
    protocol: secure ? 'https' : 'http',
    host: hostname,
    port: port || (secure ? 443 : 80),
  });
  if (clients.size >= MOST_CLIENTS) clients.clear();
  clients.set(name, client);
  return client;
}

/**
 * Runs a call and says in the words of {@link Provider} what went wrong.
 *
 * @throws ProviderUnavailable when trying later is right, which includes a key that the owner must correct
 * @throws ProviderRefused when Stripe understood and said no
 */
export async function asking<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw inOurWords(error);
  }
}

function inOurWords(error: unknown): unknown {
  const { errors } = Stripe;
  if (error instanceof errors.StripeAuthenticationError)
    return new ProviderUnavailable(
      'Stripe refuses the secret key. Enter a valid one in the settings for payments.',
      { cause: error },
    );
  if (error instanceof errors.StripePermissionError)
    return new ProviderUnavailable(
      `Stripe refuses the key for this: ${error.message}. It needs to write Checkout Sessions and refunds and to read payments.`,
      { cause: error },
    );
  if (error instanceof errors.StripeConnectionError)
    return new ProviderUnavailable(`Stripe could not be reached: ${error.message}`, { cause: error });
  if (error instanceof errors.StripeAPIError || error instanceof errors.StripeRateLimitError)
    return new ProviderUnavailable(`Stripe could not answer: ${error.message}`, { cause: error });
  if (error instanceof errors.StripeError)
    return new ProviderRefused(`Stripe refused: ${error.message}`, { cause: error });
  return error;
}
