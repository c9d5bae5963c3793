import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type ClientRequest, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeStripe, startFakeStripe } from '../../testing/fake-stripe.ts';
import { textAt } from '../../testing/form-body.ts';
import { type CheckoutRequest, ProviderRefused, ProviderUnavailable } from '../provider.ts';
import { stripeProvider } from './index.ts';

const MINUTE = 60_000;
let now = Date.UTC(2026, 2, 2, 8);
let fake: FakeStripe;
let provider: ReturnType<typeof stripeProvider>;
let last = 0;

beforeAll(async () => {
  fake = await startFakeStripe({ now: () => now });
  provider = stripeProvider({
    secretKey: fake.secretKey,
    webhookSecret: fake.webhookSecret,
    apiUrl: fake.url,
  });
});
beforeEach(() => {
  now = Date.UTC(2026, 2, 2, 8);
  fake.takeEvents();
});
afterAll(() => fake.close());

const lab = (changes: Partial<CheckoutRequest> = {}): CheckoutRequest => ({
  paymentId: `0199c0de-0000-7000-8000-${String(++last).padStart(12, '0')}`,
  orderNumber: '1001',
  amountMinor: 39000,
  currency: 'EUR',
  lines: [
    { description: 'Gait lab session', amountMinor: 29000 },
    { description: 'Report visit', amountMinor: 10000 },
  ],
  payerEmail: 'marta@example.test',
  successUrl: 'https://clinic.example/orders/x/return',
  cancelUrl: 'https://clinic.example/orders/x/return?left=1',
  expiresAt: now + 31 * MINUTE,
  locale: 'en-IE',
  ...changes,
});
const paidLab = async () => {
  const { ref } = await provider.startCheckout(lab());
  fake.pay(ref);
  const state = await provider.readCheckout(ref);
  if (state.state !== 'paid') throw new Error('it was paid');
  return { ref, payment: state.payment };
};

describe('a checkout at Stripe', () => {
  it('asks for exactly the lines and amount of the order, and names our payment in both places', async () => {
    const request = lab();
    const { ref, url } = await provider.startCheckout(request);
    expect(url).toBe(`${fake.url}/c/pay/${ref}`);
    expect(provider.origins).toEqual([new URL(url).origin]);
    const form = fake.requests.at(-1)?.form ?? {};
    expect(form).toMatchObject({
      mode: 'payment',
      client_reference_id: request.paymentId,
      customer_email: 'marta@example.test',
      locale: 'en',
      expires_at: String(request.expiresAt / 1000),
      success_url: request.successUrl,
      cancel_url: request.cancelUrl,
      metadata: { payment_id: request.paymentId },
      payment_intent_data: { metadata: { payment_id: request.paymentId } },
      adaptive_pricing: { enabled: 'false' },
    });
    expect(textAt(form, 'line_items', '0', 'price_data', 'unit_amount')).toBe('29000');
    expect(textAt(form, 'line_items', '1', 'price_data', 'product_data', 'name')).toBe('Report visit');
    expect(textAt(form, 'line_items', '1', 'price_data', 'currency')).toBe('eur');
  });

  it('is refused here when its lines do not add up to its amount', async () => {
    await expect(provider.startCheckout(lab({ amountMinor: 39001 }))).rejects.toThrow(RangeError);
    await expect(provider.startCheckout(lab({ amountMinor: 0, lines: [] }))).rejects.toThrow(RangeError);
  });

  it('that is started again is the same checkout, and one whose answer was lost is found again', async () => {
    const request = lab();
    const first = await provider.startCheckout(request);
    expect(await provider.startCheckout(request)).toEqual(first);
    const before = fake.requests.length;
    fake.dropAnswer(1);
    const again = lab();
    const second = await provider.startCheckout(again);
    expect(await provider.startCheckout(again)).toEqual(second);
    const keys = fake.requests.slice(before).map((one) => one.headers['idempotency-key']);
    expect(new Set(keys)).toEqual(new Set([`checkout-${again.paymentId}`]));
    expect(keys).toHaveLength(3);
  });

  it('that only arrives after minutes gets the 30 minutes that Stripe wants, the same each time', async () => {
    const request = lab();
    now += 5 * MINUTE;
    const late = await provider.startCheckout(request);
    expect(textAt(fake.requests.at(-1)?.form ?? {}, 'expires_at')).toBe(
      String((request.expiresAt + 30 * MINUTE) / 1000),
    );
    now += MINUTE;
    expect(await provider.startCheckout(request)).toEqual(late);
  });

  it('in yen counts in yen', async () => {
    const request = lab({
      amountMinor: 5000,
      currency: 'JPY',
      lines: [{ description: 'Lab', amountMinor: 5000 }],
    });
    const { ref } = await provider.startCheckout(request);
    expect(textAt(fake.requests.at(-1)?.form ?? {}, 'line_items', '0', 'price_data', 'unit_amount')).toBe(
      '5000',
    );
    fake.pay(ref);
    expect(await provider.readCheckout(ref)).toMatchObject({
      state: 'paid',
      amountMinor: 5000,
      currency: 'JPY',
    });
  });

  it('sends no telemetry, and nothing anywhere but to the address that was set', async () => {
    const asked = new Set<string>();
    const note = (message: unknown) => asked.add((message as { request: ClientRequest }).request.host);
    subscribe('http.client.request.start', note);
    const { ref } = await provider.startCheckout(lab());
    await provider.readCheckout(ref);
    await provider.expireCheckout(ref);
    unsubscribe('http.client.request.start', note);
    expect([...asked]).toEqual(['127.0.0.1']);
    for (const { headers } of fake.requests) {
      expect(headers).not.toHaveProperty('x-stripe-client-telemetry');
      const agent = JSON.parse(String(headers['x-stripe-client-user-agent'])) as object;
      expect(agent).not.toHaveProperty('telemetry_id');
      expect(agent).not.toHaveProperty('platform');
    }
  });
});

describe('how a checkout stands', () => {
  it('is open until the buyer pays, also after a declined card', async () => {
    const { ref } = await provider.startCheckout(lab());
    expect(await provider.readCheckout(ref)).toEqual({ state: 'open' });
    fake.declineOnce(ref);
    expect(await provider.readCheckout(ref)).toEqual({ state: 'open' });
    fake.pay(ref);
    expect(await provider.readCheckout(ref)).toEqual({
      state: 'paid',
      payment: expect.stringMatching(/^pi_/),
      amountMinor: 39000,
      currency: 'EUR',
    });
  });

  it('is processing while the bank thinks, then paid or failed with the bank’s reason', async () => {
    const [one, other] = [await provider.startCheckout(lab()), await provider.startCheckout(lab())];
    for (const { ref } of [one, other]) {
      fake.payLater(ref);
      expect(await provider.readCheckout(ref)).toEqual({ state: 'processing' });
    }
    fake.settleLater(one.ref, 'succeeded');
    fake.settleLater(other.ref, 'failed', 'Not enough money.');
    expect(await provider.readCheckout(one.ref)).toMatchObject({ state: 'paid', amountMinor: 39000 });
    expect(await provider.readCheckout(other.ref)).toEqual({ state: 'failed', reason: 'Not enough money.' });
  });

  it('is expired when its time is over, and then nobody can pay', async () => {
    const { ref } = await provider.startCheckout(lab());
    now += 32 * MINUTE;
    expect(await provider.readCheckout(ref)).toEqual({ state: 'expired' });
    expect(() => fake.pay(ref)).toThrow('cannot be paid');
  });

  it('is expired when we end it, however often, unless it was paid first', async () => {
    const [left, paid] = [await provider.startCheckout(lab()), await provider.startCheckout(lab())];
    expect(await provider.expireCheckout(left.ref)).toEqual({ state: 'expired' });
    expect(await provider.expireCheckout(left.ref)).toEqual({ state: 'expired' });
    fake.pay(paid.ref);
    expect(await provider.expireCheckout(paid.ref)).toMatchObject({ state: 'paid' });
  });

  it('is refused for one that Stripe does not know', async () => {
    await expect(provider.readCheckout('cs_test_nobody')).rejects.toThrow(ProviderRefused);
    await expect(provider.expireCheckout('cs_test_nobody')).rejects.toThrow(ProviderRefused);
  });
});

describe('money back through Stripe', () => {
  it('goes back once, however often it is asked for, even a day later', async () => {
    const { payment } = await paidLab();
    const request = { refundId: 'r1', payment, amountMinor: 10000, currency: 'EUR' };
    const first = await provider.refund(request);
    expect(first).toEqual({ ref: expect.stringMatching(/^re_/), state: 'succeeded', reason: null });
    expect(await provider.refund(request)).toEqual(first);
    fake.forgetKeys();
    expect(await provider.refund(request)).toEqual(first);
    expect(fake.events().filter((event) => event.type === 'refund.created')).toHaveLength(1);
  });

  it('is never more than was paid', async () => {
    const { payment } = await paidLab();
    expect(await provider.refund({ refundId: 'r2', payment, amountMinor: 39001, currency: 'EUR' })).toEqual({
      ref: null,
      state: 'failed',
      reason: expect.stringContaining('greater than'),
    });
    await provider.refund({ refundId: 'r3', payment, amountMinor: 39000, currency: 'EUR' });
    expect(await provider.refund({ refundId: 'r4', payment, amountMinor: 1, currency: 'EUR' })).toMatchObject(
      {
        state: 'failed',
        reason: expect.stringContaining('already been refunded'),
      },
    );
  });

  it('may be pending, and then succeed or fail with a reason', async () => {
    fake.refundsWait(true);
    const { payment } = await paidLab();
    const request = { refundId: 'r5', payment, amountMinor: 39000, currency: 'EUR' };
    const { ref, state } = await provider.refund(request);
    expect(state).toBe('pending');
    fake.refundsWait(false);
    fake.settleRefund(ref ?? '', 'failed', 'lost_or_stolen_card');
    expect(await provider.refund(request)).toEqual({
      ref,
      state: 'failed',
      reason: 'The card was reported lost or stolen.',
    });
  });
});

describe('the fee of a payment', () => {
  it('is known once the money is taken', async () => {
    const { ref } = await provider.startCheckout(lab());
    fake.payLater(ref);
    const processing = fake.events().at(-1)?.data.object.payment_intent;
    expect(await provider.readFee?.(String(processing))).toBeNull();
    fake.settleLater(ref, 'succeeded');
    expect(await provider.readFee?.(String(processing))).toEqual({
      ref: expect.stringMatching(/^txn_/),
      amountMinor: 610,
      currency: 'EUR',
    });
  });
});

describe('when Stripe is in trouble', () => {
  it('one failing answer is not noticed, and two make the provider unavailable', async () => {
    for (const kind of ['server', 'unreachable'] as const) {
      fake.failNextCalls(1, kind);
      expect(await provider.startCheckout(lab())).toMatchObject({ ref: expect.any(String) });
      fake.failNextCalls(2, kind);
      await expect(provider.startCheckout(lab())).rejects.toThrow(ProviderUnavailable);
    }
    fake.failNextCalls(1, 'rate_limit');
    await expect(provider.startCheckout(lab())).rejects.toThrow(ProviderUnavailable);
  });

  it('a refused key is said in words for the owner, without the key', async () => {
    const wrong = stripeProvider({ secretKey: 'sk_live_mistyped', webhookSecret: null, apiUrl: fake.url });
    const error = await wrong.startCheckout(lab()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProviderUnavailable);
    expect(String(error)).toContain('Stripe refuses the secret key');
    expect(String(error)).not.toContain('mistyped');
  });

  it('nobody at the address, or no JSON from it, counts as unavailable', async () => {
    const nobody = stripeProvider({
      secretKey: 'sk_test_x',
      webhookSecret: null,
      apiUrl: 'http://127.0.0.1:9',
    });
    await expect(nobody.readCheckout('cs_1')).rejects.toThrow(ProviderUnavailable);
    const page = createServer((_request, response) => response.end('<h1>Gateway</h1>'));
    await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
    const apiUrl = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
    const elsewhere = stripeProvider({ secretKey: 'sk_test_x', webhookSecret: null, apiUrl });
    await expect(elsewhere.readCheckout('cs_1')).rejects.toThrow(ProviderUnavailable);
    page.closeAllConnections();
    page.close();
  });

  it('an amount that Stripe will not take is refused for good', async () => {
    const small = lab({ amountMinor: 10, lines: [{ description: 'Tape', amountMinor: 10 }] });
    await expect(provider.startCheckout(small)).rejects.toThrow(ProviderRefused);
  });
});

describe('where buyers are sent', () => {
  it('is Stripe’s own pages when Stripe itself is asked', () => {
    const real = stripeProvider({
      secretKey: 'sk_test_x',
      webhookSecret: null,
      apiUrl: 'https://api.stripe.com',
    });
    expect(real.origins).toEqual(['https://checkout.stripe.com']);
  });
});
