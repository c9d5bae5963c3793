import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import Stripe from 'stripe';
import { FakeAccount, type FakeIntent, type FakeSession } from './fake-stripe-account.ts';
import { type Failure, fakeApi, type SeenRequest } from './fake-stripe-api.ts';
import {
  chargeJson,
  disputeJson,
  intentJson,
  type Json,
  refundJson,
  sessionJson,
} from './fake-stripe-objects.ts';

export type { Failure, SeenRequest } from './fake-stripe-api.ts';

/** An event as Stripe sends it. */
export interface StripeEvent {
  readonly id: string;
  readonly object: 'event';
  readonly api_version: string;
  readonly created: number;
  readonly livemode: false;
  readonly type: string;
  readonly data: { readonly object: Json };
}

/** An event with the header that proves it. */
export interface SignedEvent {
  readonly body: string;
  readonly signature: string;
}

export interface FakeStripeOptions {
  readonly secretKey?: string;
  readonly webhookSecret?: string;
  /** Stripe's clock, epoch milliseconds. */
  readonly now?: () => number;
}

/** How signed events arrive at the clinic. */
export interface Delivery {
  /** The clinic's host name. */
  readonly host: string;
  /** When they are signed, epoch milliseconds; Stripe's clock unless told. */
  readonly at?: number;
}

export type FakeStripe = Awaited<ReturnType<typeof startFakeStripe>>;

/**
 * A Stripe on this machine's loopback, for tests and benchmarks: the calls that payments make, and levers for what
 * buyers, banks and broken lines do. Like the real one it takes no money for an expired checkout and never gives
 * back more than was charged.
 */
export async function startFakeStripe(options: FakeStripeOptions = {}) {
  const { secretKey = 'sk_test_fake', webhookSecret = 'whsec_fake', now = Date.now } = options;
  const account = new FakeAccount();
  const requests: SeenRequest[] = [];
  let happened: StripeEvent[] = [];
  let failures: Failure[] = [];
  let answersToLose = 0;
  let refundsWait = false;
  let origin = '';

  const nowS = () => Math.floor(now() / 1000);
  const tell = (type: string, object: Json): StripeEvent => {
    const event: StripeEvent = {
      id: account.id('evt'),
      object: 'event',
      api_version: Stripe.API_VERSION,
      created: nowS(),
      livemode: false,
      type,
      data: { object },
    };
    happened.push(event);
    return event;
  };
  const tellSession = (what: string, session: FakeSession) =>
    tell(`checkout.session.${what}`, sessionJson(session, origin));

  function expireSession(session: FakeSession): void {
    session.status = 'expired';
    tellSession('expired', session);
  }

  function lapse(): void {
    for (const session of account.sessions.values())
      if (session.status === 'open' && nowS() >= session.expiresAt) expireSession(session);
  }

  /** A session that the buyer can still pay. @throws Error when there is none */
  function open(sessionId: string): FakeSession {
    lapse();
    const session = account.sessions.get(sessionId);
    if (session?.status !== 'open')
      throw new Error(`The checkout ${sessionId} cannot be paid: it is ${session?.status ?? 'unknown'}`);
    return session;
  }

  function take(intent: FakeIntent): void {
    const charge = account.charge(intent);
    tell('charge.succeeded', chargeJson(intent, charge));
    tell('payment_intent.succeeded', intentJson(intent));
  }

  function paidIntent(payment: string): FakeIntent {
    const intent = account.intents.get(payment);
    if (!intent?.charge) throw new Error(`Nothing was paid with ${payment}`);
    return intent;
  }

  const levers = {
    /** The buyer pays at once. @throws Error when the session is no longer open */
    pay(sessionId: string): void {
      const session = open(sessionId);
      take(account.intentOf(session));
      Object.assign(session, { status: 'complete', paid: true });
      tellSession('completed', session);
    },
    /** The buyer's card is declined. The session stays open for another try. */
    declineOnce(sessionId: string, message = 'Your card was declined.'): void {
      const intent = account.intentOf(open(sessionId));
      intent.error = message;
      tell('payment_intent.payment_failed', intentJson(intent));
    },
    /** The buyer is done, and the money will follow or not: {@link settleLater}. */
    payLater(sessionId: string): void {
      const session = open(sessionId);
      account.intentOf(session).status = 'processing';
      session.status = 'complete';
      tellSession('completed', session);
    },
    /** What became of a payment that took its time. */
    settleLater(
      sessionId: string,
      how: 'succeeded' | 'failed',
      message = 'The account has too little in it.',
    ): void {
      const session = account.sessions.get(sessionId);
      if (session?.intent?.status !== 'processing') throw new Error(`Nothing is under way for ${sessionId}`);
      if (how === 'succeeded') {
        take(session.intent);
        session.paid = true;
      } else Object.assign(session.intent, { status: 'requires_payment_method', error: message });
      tellSession(`async_payment_${how}`, session);
    },
    /** The session ends now, whatever its time. */
    expire: (sessionId: string): void => expireSession(open(sessionId)),
    /** From now on refunds stay pending until {@link settleRefund}. */
    refundsWait(wait: boolean): void {
      refundsWait = wait;
    },
    settleRefund(ref: string, how: 'succeeded' | 'failed', failure = 'declined'): void {
      const refund = account.refunds.get(ref);
      const charge = refund?.intent.charge;
      if (!refund || !charge) throw new Error(`There is no refund ${ref}`);
      Object.assign(refund, { status: how, failure: how === 'failed' ? failure : null });
      if (how === 'failed') charge.amountRefunded -= refund.amount;
      tell(how === 'failed' ? 'refund.failed' : 'refund.updated', refundJson(refund));
    },
    /** The payer disputes a payment, or with a "warning" only asks. Returns the dispute's id. */
    dispute(payment: string, status = 'needs_response'): string {
      const intent = paidIntent(payment);
      const dispute = {
        id: account.id('du'),
        intent,
        amount: intent.amount,
        fee: { id: account.id('txn'), fee: 2000 },
        status,
      };
      if (intent.charge && !/^warning/.test(status)) intent.charge.disputed = true;
      account.disputes.set(dispute.id, dispute);
      tell('charge.dispute.created', disputeJson(dispute));
      return dispute.id;
    },
    closeDispute(ref: string, status: 'won' | 'lost' | 'warning_closed'): void {
      const dispute = account.disputes.get(ref);
      if (!dispute) throw new Error(`There is no dispute ${ref}`);
      dispute.status = status;
      tell('charge.dispute.closed', disputeJson(dispute));
    },
    /** Stripe sends the clinic's money to its bank. Returns the payout's id. */
    payOut(
      amount: number,
      currency: string,
      status: 'paid' | 'failed' = 'paid',
      ref = account.id('po'),
    ): string {
      tell(`payout.${status}`, {
        id: ref,
        object: 'payout',
        amount,
        currency: currency.toLowerCase(),
        status,
      });
      return ref;
    },
    /** Tells of a charge with its booking on the balance embedded, which Stripe seldom does. */
    tellFee(payment: string): void {
      const intent = paidIntent(payment);
      if (intent.charge) tell('charge.updated', chargeJson(intent, intent.charge, true));
    },
    /** The next calls fail before anything is done. The library itself tries each call twice. */
    failNextCalls(times: number, kind: Failure): void {
      failures = Array.from({ length: times }, () => kind);
    },
    /** The next calls are done, and their answers get lost on the way. */
    dropAnswer(times = 1): void {
      answersToLose = times;
    },
  };

  const api = fakeApi({
    account,
    secretKey,
    pages: () => origin,
    nowS,
    seen: (request) => requests.push(request),
    nextFailure: () => failures.shift() ?? null,
    losesAnswer: () => answersToLose > 0 && answersToLose-- > 0,
    lapse,
    expire: levers.expire,
    refund(form) {
      const refund = account.refund(form, refundsWait ? 'pending' : 'succeeded');
      tell('refund.created', refundJson(refund));
      const { charge } = refund.intent;
      if (charge) tell('charge.refunded', chargeJson(refund.intent, charge));
      return refund.id;
    },
  });
  const server = createServer((request, response) => {
    api.handle(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const sign = (event: StripeEvent, at = now()): SignedEvent => {
    const body = JSON.stringify(event);
    const timestamp = Math.floor(at / 1000);
    const signature = Stripe.webhooks.generateTestHeaderString({
      payload: body,
      secret: webhookSecret,
      timestamp,
    });
    return { body, signature };
  };

  return {
    ...levers,
    /** Stripe keeps idempotency keys for a day. */
    forgetKeys: api.forgetKeys,
    url: origin,
    secretKey,
    webhookSecret,
    /** Every call so far, oldest first. */
    requests: requests as readonly SeenRequest[],
    /** Everything that happened since the events were last taken, oldest first. */
    events(): readonly StripeEvent[] {
      lapse();
      return [...happened];
    },
    /** The same, and forgets them. */
    takeEvents(): readonly StripeEvent[] {
      lapse();
      const taken = happened;
      happened = [];
      return taken;
    },
    sign,
    /** Posts events to the clinic's inbox one after the other, as Stripe does; says how each was answered. */
    async deliver(
      app: FastifyInstance,
      delivery: Delivery,
      ...events: readonly StripeEvent[]
    ): Promise<number[]> {
      const answers: number[] = [];
      for (const event of events) {
        const { body, signature } = sign(event, delivery.at);
        const { statusCode } = await app.inject({
          method: 'POST',
          url: '/webhooks/stripe',
          headers: { host: delivery.host, 'content-type': 'application/json', 'stripe-signature': signature },
          payload: body,
        });
        answers.push(statusCode);
      }
      return answers;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
