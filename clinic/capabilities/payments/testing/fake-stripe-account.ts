import { randomBytes } from 'node:crypto';
import { type FormValues, listAt, textAt } from './form-body.ts';

/** An error as Stripe's API answers it. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: { readonly error: Readonly<Record<string, string>> };
  constructor(status: number, message: string, rest: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.body = { error: { type: 'invalid_request_error', message, ...rest } };
  }
}

export interface FakeCharge {
  readonly id: string;
  readonly amount: number;
  amountRefunded: number;
  disputed: boolean;
  readonly balance: { readonly id: string; readonly fee: number };
}

export interface FakeIntent {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  readonly metadata: FormValues;
  status: 'requires_payment_method' | 'processing' | 'succeeded';
  error: string | null;
  charge: FakeCharge | null;
}

export interface FakeSession {
  readonly id: string;
  readonly created: number;
  readonly expiresAt: number;
  readonly amount: number;
  readonly currency: string;
  readonly given: FormValues;
  status: 'open' | 'complete' | 'expired';
  paid: boolean;
  intent: FakeIntent | null;
}

export interface FakeRefund {
  readonly id: string;
  readonly intent: FakeIntent;
  readonly amount: number;
  readonly metadata: FormValues;
  status: 'pending' | 'succeeded' | 'failed';
  failure: string | null;
}

export interface FakeDispute {
  readonly id: string;
  readonly intent: FakeIntent;
  readonly amount: number;
  readonly fee: { readonly id: string; readonly fee: number };
  status: string;
}

/** What one Stripe account knows. Ids differ between accounts, so that several may work on one database. */
export class FakeAccount {
  readonly sessions = new Map<string, FakeSession>();
  /** Those of the sessions that may still be open. */
  readonly open = new Set<FakeSession>();
  readonly intents = new Map<string, FakeIntent>();
  readonly refunds = new Map<string, FakeRefund>();
  readonly disputes = new Map<string, FakeDispute>();
  readonly #name = randomBytes(5).toString('hex');
  #last = 0;

  id(prefix: string): string {
    return `${prefix}_${this.#name}${++this.#last}`;
  }

  /** Opens a session, with the checks of Stripe that a program can fall over. `nowS` in epoch seconds. */
  openSession(given: FormValues, nowS: number): FakeSession {
    const lines = listAt(given, 'line_items');
    const currencies = new Set(lines.map((line) => textAt(line, 'price_data', 'currency')));
    const amounts = lines.map((line) => Number(textAt(line, 'price_data', 'unit_amount')));
    const [currency] = currencies;
    if (currencies.size !== 1 || !currency || !/^[a-z]{3}$/.test(currency))
      throw new ApiError(400, 'Invalid currency', { param: 'line_items[0][price_data][currency]' });
    if (amounts.some((amount) => !Number.isSafeInteger(amount) || amount < 0))
      throw new ApiError(400, 'Invalid integer', { param: 'line_items[0][price_data][unit_amount]' });
    const amount = amounts.reduce((sum, one) => sum + one, 0);
    if (amount < 50)
      throw new ApiError(400, 'The total amount due is too small', { code: 'amount_too_small' });
    const expiresAt = Number(textAt(given, 'expires_at') ?? nowS + 86_400);
    if (expiresAt < nowS + 1800)
      throw new ApiError(
        400,
        'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
        { param: 'expires_at' },
      );
    if (expiresAt > nowS + 86_400)
      throw new ApiError(
        400,
        'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
        { param: 'expires_at' },
      );
    const session: FakeSession = {
      id: this.id('cs_test'),
      created: nowS,
      expiresAt,
      amount,
      currency,
      given,
      status: 'open',
      paid: false,
      intent: null,
    };
    this.sessions.set(session.id, session);
    this.open.add(session);
    return session;
  }

  /** The payment of a session, which begins when the buyer first tries. */
  intentOf(session: FakeSession): FakeIntent {
    if (session.intent) return session.intent;
    const data = session.given.payment_intent_data;
    const metadata = typeof data === 'object' ? data.metadata : undefined;
    const intent: FakeIntent = {
      id: this.id('pi'),
      amount: session.amount,
      currency: session.currency,
      metadata: typeof metadata === 'object' ? metadata : {},
      status: 'requires_payment_method',
      error: null,
      charge: null,
    };
    this.intents.set(intent.id, intent);
    session.intent = intent;
    return intent;
  }

  /** Takes the money of a payment; Stripe keeps 1.5 % and 25 minor units. */
  charge(intent: FakeIntent): FakeCharge {
    const charge: FakeCharge = {
      id: this.id('ch'),
      amount: intent.amount,
      amountRefunded: 0,
      disputed: false,
      balance: { id: this.id('txn'), fee: Math.round(intent.amount * 0.015) + 25 },
    };
    Object.assign(intent, { status: 'succeeded', error: null, charge });
    return charge;
  }

  /** Gives back, never more than is left of the charge. */
  refund(
    given: FormValues,
    status: 'pending' | 'succeeded',
  ): { readonly refund: FakeRefund; readonly charge: FakeCharge } {
    const intent = this.intents.get(textAt(given, 'payment_intent') ?? '');
    if (!intent) throw new ApiError(404, 'No such payment_intent', { code: 'resource_missing' });
    const { charge } = intent;
    if (!charge) throw new ApiError(400, 'This PaymentIntent does not have a successful charge to refund.');
    if (charge.disputed)
      throw new ApiError(400, 'This charge has been charged back.', { code: 'charge_disputed' });
    const left = charge.amount - charge.amountRefunded;
    const amount = Number(textAt(given, 'amount') ?? left);
    if (left === 0)
      throw new ApiError(400, 'The charge has already been refunded.', { code: 'charge_already_refunded' });
    if (!Number.isSafeInteger(amount) || amount <= 0 || amount > left)
      throw new ApiError(
        400,
        `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
        { param: 'amount' },
      );
    charge.amountRefunded += amount;
    const metadata = given.metadata;
    const refund: FakeRefund = {
      id: this.id('re'),
      intent,
      amount,
      metadata: typeof metadata === 'object' ? metadata : {},
      status,
      failure: null,
    };
    this.refunds.set(refund.id, refund);
    return { refund, charge };
  }
}
