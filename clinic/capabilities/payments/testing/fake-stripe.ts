import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import Stripe from 'stripe';
import { type Failure, fakeApi, type SeenRequest } from './fake-stripe-api.ts';
import { FakeWorld, type StripeEvent } from './fake-stripe-world.ts';

export type { Failure, SeenRequest } from './fake-stripe-api.ts';
export type { StripeEvent } from './fake-stripe-world.ts';

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

/**
 * A Stripe on this machine's loopback, for tests and benchmarks: the calls that payments make, and levers for what
 * buyers, banks and broken lines do. Like the real one it takes no money for an expired checkout and never gives
 * back more than was charged.
 */
export class FakeStripe extends FakeWorld {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Every call so far, oldest first. */
  readonly requests: SeenRequest[] = [];
  #failures: Failure[] = [];
  #answersToLose = 0;
  readonly #now: () => number;
  readonly #api = fakeApi(this);
  readonly #server = createServer((request, response) => {
    this.#api.handle(request, response).catch((error: Error) => response.destroy(error));
  });

  constructor({
    secretKey = 'sk_test_fake',
    webhookSecret = 'whsec_fake',
    now = Date.now,
  }: FakeStripeOptions) {
    super(now);
    this.#now = now;
    this.secretKey = secretKey;
    this.webhookSecret = webhookSecret;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** The next calls fail before anything is done. The library tries most calls twice. */
  failNextCalls(times: number, kind: Failure): void {
    this.#failures = Array.from({ length: times }, () => kind);
  }

  /** The next calls are done, and their answers get lost on the way. */
  dropAnswer(times = 1): void {
    this.#answersToLose = times;
  }

  /** Stripe keeps idempotency keys for a day. */
  forgetKeys(): void {
    this.#api.forgetKeys();
  }

  nextFailure(): Failure | null {
    return this.#failures.shift() ?? null;
  }

  losesAnswer(): boolean {
    return this.#answersToLose > 0 && this.#answersToLose-- > 0;
  }

  /** An event's bytes and the header that proves them. `at`, in epoch milliseconds, is when it is signed. */
  sign(event: StripeEvent, at = this.#now()): SignedEvent {
    const body = JSON.stringify(event);
    const timestamp = Math.floor(at / 1000);
    const secret = this.webhookSecret;
    const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp });
    return { body, signature };
  }

  /** Posts events to the clinic's inbox one after the other, as Stripe does. Returns the status of each answer. */
  async deliver(
    app: FastifyInstance,
    delivery: Delivery,
    ...events: readonly StripeEvent[]
  ): Promise<number[]> {
    const answers: number[] = [];
    for (const event of events) {
      const { body, signature } = this.sign(event, delivery.at);
      const { statusCode } = await app.inject({
        method: 'POST',
        url: '/webhooks/stripe',
        headers: { host: delivery.host, 'content-type': 'application/json', 'stripe-signature': signature },
        payload: body,
      });
      answers.push(statusCode);
    }
    return answers;
  }
}

/** A {@link FakeStripe} that answers at its `url`. */
export async function startFakeStripe(options: FakeStripeOptions = {}): Promise<FakeStripe> {
  const fake = new FakeStripe(options);
  await fake.listen();
  return fake;
}
