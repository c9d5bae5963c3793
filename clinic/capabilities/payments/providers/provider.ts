import type { Clinic } from '../../../platform/web/clinics.ts';

/** Something that is to be paid at a provider's own pages. */
export interface CheckoutRequest {
  /** Ours: it identifies the checkout even before the provider's answer has arrived, and makes a repeat harmless. */
  readonly paymentId: string;
  readonly orderNumber: string;
  /** Whole minor units, with its ISO 4217 currency. */
  readonly amountMinor: number;
  readonly currency: string;
  readonly lines: readonly { readonly description: string; readonly amountMinor: number }[];
  readonly payerEmail: string | null;
  /** Where the buyer comes back to. Neither is proof of anything. */
  readonly successUrl: string;
  readonly cancelUrl: string;
  /** Epoch milliseconds; the provider takes no money afterwards. */
  readonly expiresAt: number;
  readonly locale: string;
}

export interface StartedCheckout {
  /** The provider's id of the checkout. */
  readonly ref: string;
  /** Where the buyer pays. */
  readonly url: string;
}

/** What a provider says about one checkout. */
export type CheckoutState =
  | { readonly state: 'open' }
  /** The buyer is done, the money is not there yet; a notice will follow. */
  | { readonly state: 'processing' }
  | {
      readonly state: 'paid';
      /** The provider's id of the payment itself, which refunds name. */
      readonly payment: string;
      readonly amountMinor: number;
      readonly currency: string;
    }
  | { readonly state: 'failed'; readonly reason: string }
  | { readonly state: 'expired' };

/** One thing that a provider tells, already proven to come from it. */
export type Fact =
  | {
      readonly kind: 'checkout';
      readonly ref: string;
      /** Our payment's id as the provider was given it; null when it tells none. */
      readonly paymentId: string | null;
      readonly now: CheckoutState;
    }
  | {
      readonly kind: 'refund';
      readonly ref: string;
      /** Our refund's id; null for one that was made at the provider's own pages. */
      readonly refundId: string | null;
      readonly payment: string;
      readonly amountMinor: number;
      readonly currency: string;
      readonly state: 'pending' | 'succeeded' | 'failed';
      readonly reason: string | null;
    }
  | {
      readonly kind: 'fee';
      /** What identifies the fee: the same fee is told by several notices. */
      readonly ref: string;
      readonly payment: string;
      readonly amountMinor: number;
      readonly currency: string;
    }
  | {
      readonly kind: 'payout';
      readonly ref: string;
      readonly amountMinor: number;
      readonly currency: string;
      readonly state: 'paid' | 'failed';
    }
  | {
      readonly kind: 'dispute';
      readonly ref: string;
      readonly payment: string;
      readonly amountMinor: number;
      readonly currency: string;
      readonly state: 'open' | 'won' | 'lost';
    };

/** A proven notice. `facts` is empty for a kind that this program does not know: it is kept for people to see. */
export interface Notice {
  readonly eventId: string;
  readonly type: string;
  readonly facts: readonly Fact[];
  /** A kind that is known and needs nothing: it may be kept, and nobody has to look at it. */
  readonly quiet?: true;
}

/** What the provider kept for itself of one payment. `ref` is that of the fact of the same fee. */
export interface ProviderFee {
  readonly ref: string;
  readonly amountMinor: number;
  readonly currency: string;
}

export type RefundState = {
  /** Null where the provider refused and made none. */
  readonly ref: string | null;
  readonly state: 'pending' | 'succeeded' | 'failed';
  readonly reason: string | null;
};

/** A notice that did not come from the provider, or too late to be trusted. */
export class ForgedNotice extends Error {
  override readonly name = 'ForgedNotice';
}

/** The provider could not be reached or answered with an error of its own. Trying again later is right. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
}

/** The provider will not do what was asked, and asking again would not help. The message says why. */
export class ProviderRefused extends Error {
  override readonly name = 'ProviderRefused';
}

/**
 * Somebody who takes money for the clinic on pages of their own. Every call may be repeated: the ids that we give
 * make the second call return what the first did.
 */
export interface Provider {
  readonly method: 'stripe' | 'practice';
  /** The origins that a form's redirect may lead to, for the content security policy. */
  readonly origins: readonly string[];
  /** @throws ProviderUnavailable, ProviderRefused */
  startCheckout(request: CheckoutRequest): Promise<StartedCheckout>;
  /** Asks again. @throws ProviderUnavailable, ProviderRefused when it knows no such checkout */
  readCheckout(ref: string): Promise<CheckoutState>;
  /** Takes no more money for it, and says how it ended: it may have been paid meanwhile. @throws as readCheckout */
  expireCheckout(ref: string): Promise<CheckoutState>;
  /** A refund that the provider will not make comes back as failed. @throws ProviderUnavailable */
  refund(request: {
    readonly refundId: string;
    readonly payment: string;
    readonly amountMinor: number;
    readonly currency: string;
  }): Promise<RefundState>;
  /**
   * Proves a notice and reads it.
   *
   * @param body the bytes as they arrived
   * @param signature the header that proves them
   * @param now epoch milliseconds
   * @throws ForgedNotice
   */
  readNotice(body: Buffer, signature: string | undefined, now: number): Notice;
  /** The fee of a payment, or null while it is not known yet. @throws ProviderUnavailable */
  readFee?(payment: string): Promise<ProviderFee | null>;
}

/** The providers of one clinic: at most one, and null where it takes money only at the desk. */
export type ProviderOf = (clinic: Clinic) => Promise<Provider | null>;
