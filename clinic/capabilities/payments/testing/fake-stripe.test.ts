import Fastify from 'fastify';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeStripe, startFakeStripe } from './fake-stripe.ts';
import { listAt, parseForm, textAt } from './form-body.ts';

let fake: FakeStripe;
let stripe: Stripe;
let now = Date.UTC(2026, 2, 2, 8);
beforeAll(async () => {
  fake = await startFakeStripe({ now: () => now });
  const { hostname: host, port } = new URL(fake.url);
  const options = { host, port, protocol: 'http', telemetry: false } as const;
  stripe = new Stripe(fake.secretKey, { ...options, maxNetworkRetries: 0 });
});
afterAll(() => fake.close());

const open = (options: { idempotencyKey?: string; amount?: number } = {}) =>
  stripe.checkout.sessions.create(
    {
      mode: 'payment',
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: 'eur',
            unit_amount: options.amount ?? 5000,
            product_data: { name: 'Visit' },
          },
        },
      ],
      success_url: 'https://clinic.example/back',
      expires_at: Math.floor(now / 1000) + 1800,
    },
    options.idempotencyKey ? { idempotencyKey: options.idempotencyKey } : {},
  );

describe('the Stripe of the tests', () => {
  it('takes no money for an expired checkout, nor twice for one', async () => {
    const [late, twice] = [await open(), await open()];
    fake.pay(twice.id);
    expect(() => fake.pay(twice.id)).toThrow('it is complete');
    now += 1_800_000;
    expect(() => fake.pay(late.id)).toThrow('it is expired');
    expect(fake.takeEvents().map((event) => event.type)).toEqual([
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
      'checkout.session.expired',
    ]);
  });

  it('opens one checkout for one idempotency key, and refuses the key for anything else', async () => {
    const first = await open({ idempotencyKey: 'k' });
    expect((await open({ idempotencyKey: 'k' })).id).toBe(first.id);
    await expect(open({ idempotencyKey: 'k', amount: 6000 })).rejects.toThrow('same parameters');
    expect((await open()).id).not.toBe(first.id);
  });

  it('never gives back more than it took, even when asked at once', async () => {
    const { id } = await open();
    fake.pay(id);
    const { payment_intent } = await stripe.checkout.sessions.retrieve(id);
    const refunds = await Promise.allSettled(
      [3000, 3000, 2000, 1].map((amount) =>
        stripe.refunds.create({ payment_intent: String(payment_intent), amount }),
      ),
    );
    const given = refunds.flatMap((one) => (one.status === 'fulfilled' ? [one.value.amount] : []));
    expect(given.reduce((sum, amount) => sum + amount, 0)).toBeLessThanOrEqual(5000);
    expect(given).toHaveLength(2);
  });

  it('delivers its events as signed bytes that the real library proves', async () => {
    const app = Fastify();
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    const arrived: string[] = [];
    app.post('/webhooks/stripe', (request) => {
      const signature = String(request.headers['stripe-signature']);
      const body = request.body as Buffer;
      const event = Stripe.webhooks.constructEvent(body, signature, fake.webhookSecret, 300, undefined, now);
      arrived.push(`${request.hostname} ${event.type}`);
      return 'thanks';
    });
    fake.takeEvents();
    fake.payOut(100, 'EUR');
    const events = fake.takeEvents();
    expect(await fake.deliver(app, { host: 'one.test' }, ...events, ...events)).toEqual([200, 200]);
    expect(await fake.deliver(app, { host: 'one.test', at: now - 301_000 }, ...events)).toEqual([500]);
    expect(arrived).toEqual(['one.test payout.paid', 'one.test payout.paid']);
    await app.close();
  });

  it('reads nested forms as the library writes them', () => {
    const form = parseForm('a[0][b][c]=1&a[1][b]=two+words&expand[0]=x&plain=%C3%BC&__proto__[polluted]=1');
    expect(textAt(form, 'a', '0', 'b', 'c')).toBe('1');
    expect(listAt(form, 'a').map((one) => textAt(one, 'b'))).toEqual([null, 'two words']);
    expect(textAt(form, 'plain')).toBe('ü');
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});
