import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../../platform/web/clinics.ts';
import type { Platform } from '../../../../platform/web/server.ts';
import { signId } from '../../../../platform/web/signed-id.ts';
import {
  type CheckoutRequest,
  type CheckoutState,
  type Provider,
  ProviderRefused,
  type StartedCheckout,
} from '../provider.ts';
import { expire, readPracticeCheckout } from './checkouts.ts';
import { noticeSeals } from './notices.ts';
import { refund } from './refund.ts';

/**
 * The provider of a demo clinic. It behaves like one that takes money, on pages of this server, and moves none.
 *
 * @throws Error for a real clinic, which must never have it
 */
export function practiceProvider(platform: Platform, context: ClinicContext, clinic: Clinic): Provider {
  if (!clinic.demo) throw new Error('Only a demo clinic has the practice checkout');
  const seals = noticeSeals(platform, clinic.id);
  const known = async (state: Promise<CheckoutState | null | undefined>): Promise<CheckoutState> => {
    const found = await state;
    if (!found) throw new ProviderRefused('The practice bank knows no such checkout');
    return found;
  };
  return {
    method: 'practice',
    // Its pages are on the clinic's own origin.
    origins: [],
    startCheckout: (request) => inClinic(context, (transaction) => start(platform, transaction, request)),
    readCheckout: (ref) =>
      known(inClinic(context, async (transaction) => (await read(transaction, ref))?.now)),
    expireCheckout: (ref) =>
      known(inClinic(context, async (transaction) => (isId(ref) ? expire(transaction, ref) : null))),
    refund: (request) => inClinic(context, (transaction) => refund(transaction, request)),
    readNotice: seals.read,
  };
}

/** The address of a checkout's page. */
export function practicePath({ config }: Pick<Platform, 'config'>, checkoutId: string): string {
  return `/practice/checkout/${signId(config.secret ?? '', 'practice', checkoutId)}`;
}

async function start(
  platform: Platform,
  { tx, clinicId }: ClinicTransaction,
  request: CheckoutRequest,
): Promise<StartedCheckout> {
  await tx
    .insertInto('practice_checkout')
    .values({
      clinic_id: clinicId,
      payment_id: request.paymentId,
      state: 'open',
      amount_minor: request.amountMinor,
      currency: request.currency,
      description: request.lines.map((line) => line.description).join('\n'),
      success_url: request.successUrl,
      cancel_url: request.cancelUrl,
      failure: null,
      pays_at: null,
      expires_at: new Date(request.expiresAt),
    })
    .onConflict((conflict) => conflict.columns(['clinic_id', 'payment_id']).doNothing())
    .execute();
  const started = await tx
    .selectFrom('practice_checkout')
    .select(['id', 'amount_minor', 'currency'])
    .where('clinic_id', '=', clinicId)
    .where('payment_id', '=', request.paymentId)
    .executeTakeFirstOrThrow();
  if (started.amount_minor !== request.amountMinor || started.currency !== request.currency)
    throw new ProviderRefused('This payment was started with another amount');
  return { ref: started.id, url: practicePath(platform, started.id) };
}

async function read(transaction: ClinicTransaction, ref: string) {
  return isId(ref) ? readPracticeCheckout(transaction, ref) : null;
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
