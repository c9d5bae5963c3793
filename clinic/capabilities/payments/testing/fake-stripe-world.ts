import Stripe from 'stripe';
import {
  FakeAccount,
  type FakeCharge,
  type FakeIntent,
  type FakeRefund,
  type FakeSession,
} from './fake-stripe-account.ts';
import {
  chargeJson,
  disputeJson,
  intentJson,
  type Json,
  refundJson,
  sessionJson,
} from './fake-stripe-objects.ts';
import type { FormValues } from './form-body.ts';

/** An event as Stripe sends it. */
export interface StripeEvent {
  readonly id: string;
  readonly object: 'event';
  readonly api_version: string;
  /** Epoch seconds. */
  readonly created: number;
  readonly livemode: false;
  readonly type: string;
  readonly data: { readonly object: Json };
}

/** What buyers, banks and Stripe do; everything that happens leaves the events that Stripe would send. */
export class FakeWorld {
  readonly account = new FakeAccount();
  readonly #now: () => number;
  #origin = '';
  #happened: StripeEvent[] = [];
  #refundsWait = false;

  /** @param now Stripe's clock, epoch milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The origin of the API and of the pages where buyers pay. */
  get url(): string {
    return this.#origin;
  }

  set url(origin: string) {
    this.#origin = origin;
  }

  nowS(): number {
    return Math.floor(this.#now() / 1000);
  }

  /** The buyer pays at once. @throws Error when the session is no longer open */
  pay(sessionId: string): void {
    const session = this.#open(sessionId);
    this.#take(this.account.intentOf(session));
    Object.assign(session, { status: 'complete', paid: true });
    this.#tellSession('completed', session);
  }

  /** The buyer's card is declined. The session stays open for another try. */
  declineOnce(sessionId: string, message = 'Your card was declined.'): void {
    const intent = this.account.intentOf(this.#open(sessionId));
    intent.error = message;
    this.#tell('payment_intent.payment_failed', intentJson(intent));
  }

  /** The buyer is done; whether the money follows is said with {@link settleLater}. */
  payLater(sessionId: string): void {
    const session = this.#open(sessionId);
    this.account.intentOf(session).status = 'processing';
    session.status = 'complete';
    this.#tellSession('completed', session);
  }

  settleLater(
    sessionId: string,
    how: 'succeeded' | 'failed',
    message = 'The account has too little in it.',
  ): void {
    const session = this.account.sessions.get(sessionId);
    if (session?.intent?.status !== 'processing') throw new Error(`Nothing is under way for ${sessionId}`);
    if (how === 'succeeded') {
      this.#take(session.intent);
      session.paid = true;
    } else Object.assign(session.intent, { status: 'requires_payment_method', error: message });
    this.#tellSession(`async_payment_${how}`, session);
  }

  /** The session ends now, whatever its time. */
  expire(sessionId: string): void {
    this.#end(this.#open(sessionId));
  }

  /** Ends every open session whose time is over. */
  lapse(): void {
    for (const session of this.account.open) {
      if (session.status === 'open' && this.nowS() >= session.expiresAt) this.#end(session);
      if (session.status !== 'open') this.account.open.delete(session);
    }
  }

  /** Gives back; from {@link refundsWait} on the money waits for {@link settleRefund}. */
  refund(given: FormValues): FakeRefund {
    const { refund, charge } = this.account.refund(given, this.#refundsWait ? 'pending' : 'succeeded');
    this.#tell('refund.created', refundJson(refund));
    this.#tell('charge.refunded', chargeJson(refund.intent, charge));
    return refund;
  }

  refundsWait(wait: boolean): void {
    this.#refundsWait = wait;
  }

  /** How a refund ended; one that had succeeded may still fail. */
  settleRefund(ref: string, how: 'succeeded' | 'failed', failure = 'declined'): void {
    const refund = this.account.refunds.get(ref);
    const charge = refund?.intent.charge;
    if (!refund || !charge) throw new Error(`There is no refund ${ref}`);
    Object.assign(refund, { status: how, failure: how === 'failed' ? failure : null });
    if (how === 'failed') charge.amountRefunded -= refund.amount;
    this.#tell(how === 'failed' ? 'refund.failed' : 'refund.updated', refundJson(refund));
  }

  /** The payer disputes a payment, or with a status that begins with "warning" only asks. Returns the dispute's id. */
  dispute(payment: string, status = 'needs_response'): string {
    const { intent, charge } = this.#paid(payment);
    const fee = { id: this.account.id('txn'), fee: 2000 };
    const dispute = { id: this.account.id('du'), intent, amount: intent.amount, fee, status };
    charge.disputed = !/^warning/.test(status);
    this.account.disputes.set(dispute.id, dispute);
    this.#tell('charge.dispute.created', disputeJson(dispute));
    return dispute.id;
  }

  closeDispute(ref: string, status: 'won' | 'lost' | 'warning_closed'): void {
    const dispute = this.account.disputes.get(ref);
    if (!dispute) throw new Error(`There is no dispute ${ref}`);
    dispute.status = status;
    this.#tell('charge.dispute.closed', disputeJson(dispute));
  }

  /** Stripe sends the clinic's money to its bank. Returns the payout's id. */
  payOut(
    amount: number,
    currency: string,
    status: 'paid' | 'failed' = 'paid',
    id = this.account.id('po'),
  ): string {
    this.#tell(`payout.${status}`, {
      id,
      object: 'payout',
      amount,
      currency: currency.toLowerCase(),
      status,
    });
    return id;
  }

  /** Tells of a charge with its booking on the balance embedded, which Stripe seldom does. */
  tellFee(payment: string): void {
    const { intent, charge } = this.#paid(payment);
    this.#tell('charge.updated', chargeJson(intent, charge, true));
  }

  /** Everything that happened since the events were last taken, oldest first. */
  events(): readonly StripeEvent[] {
    this.lapse();
    return [...this.#happened];
  }

  /** The same, and forgets them. */
  takeEvents(): readonly StripeEvent[] {
    const taken = this.events();
    this.#happened = [];
    return taken;
  }

  #open(sessionId: string): FakeSession {
    this.lapse();
    const session = this.account.sessions.get(sessionId);
    if (session?.status !== 'open')
      throw new Error(`The checkout ${sessionId} cannot be paid: it is ${session?.status ?? 'unknown'}`);
    return session;
  }

  #end(session: FakeSession): void {
    session.status = 'expired';
    this.#tellSession('expired', session);
  }

  #take(intent: FakeIntent): void {
    const charge = this.account.charge(intent);
    this.#tell('charge.succeeded', chargeJson(intent, charge));
    this.#tell('payment_intent.succeeded', intentJson(intent));
  }

  #paid(payment: string): { readonly intent: FakeIntent; readonly charge: FakeCharge } {
    const intent = this.account.intents.get(payment);
    if (!intent?.charge) throw new Error(`Nothing was paid with ${payment}`);
    return { intent, charge: intent.charge };
  }

  #tellSession(what: string, session: FakeSession): void {
    this.#tell(`checkout.session.${what}`, sessionJson(session, this.url));
  }

  #tell(type: string, object: Json): void {
    this.#happened.push({
      id: this.account.id('evt'),
      object: 'event',
      api_version: Stripe.API_VERSION,
      created: this.nowS(),
      livemode: false,
      type,
      data: { object },
    });
  }
}
