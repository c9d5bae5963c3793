import fc from 'fast-check';
import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeStripe, type StripeEvent, startFakeStripe } from '../../testing/fake-stripe.ts';
import { ForgedNotice } from '../provider.ts';
import { stripeProvider } from './index.ts';

const NOW = Date.UTC(2026, 2, 2, 8);
let fake: FakeStripe;
let provider: ReturnType<typeof stripeProvider>;

beforeAll(async () => {
  fake = await startFakeStripe({ now: () => NOW });
  provider = stripeProvider({
    secretKey: fake.secretKey,
    webhookSecret: fake.webhookSecret,
    apiUrl: fake.url,
  });
});
beforeEach(() => void fake.takeEvents());
afterAll(() => fake.close());

const started = () =>
  provider.startCheckout({
    paymentId: `payment-${Math.random()}`,
    orderNumber: '1001',
    amountMinor: 39000,
    currency: 'EUR',
    lines: [{ description: 'Gait lab session', amountMinor: 39000 }],
    payerEmail: null,
    successUrl: 'https://clinic.example/back',
    cancelUrl: 'https://clinic.example/left',
    expiresAt: NOW + 31 * 60_000,
    locale: 'en',
  });
const read = (event: StripeEvent) => {
  const { body, signature } = fake.sign(event);
  return provider.readNotice(Buffer.from(body), signature, NOW);
};
const told = () => Object.fromEntries(fake.takeEvents().map((event) => [event.type, read(event)]));
const paid = async () => {
  const { ref } = await started();
  fake.pay(ref);
  const [, , completed] = fake.takeEvents();
  return { ref, payment: String(completed?.data.object.payment_intent) };
};
const anyEvent = (type: string, object: Record<string, unknown> = {}): StripeEvent => ({
  id: 'evt_1',
  object: 'event',
  api_version: Stripe.API_VERSION,
  created: NOW / 1000,
  livemode: false,
  type,
  data: { object },
});
const signed = (body: string | Buffer, secret = fake.webhookSecret, atS = NOW / 1000) =>
  Stripe.webhooks.generateTestHeaderString({ payload: body.toString(), secret, timestamp: atS });

describe('a proven notice of Stripe', () => {
  it('of a payment tells the checkout, our payment and the amount; the rest of the tale is quiet', async () => {
    const { ref } = await started();
    const before = fake.requests.at(-1)?.form.client_reference_id;
    fake.declineOnce(ref);
    fake.pay(ref);
    const notices = told();
    expect(notices['checkout.session.completed']?.facts).toEqual([
      {
        kind: 'checkout',
        ref,
        paymentId: before,
        now: { state: 'paid', payment: expect.stringMatching(/^pi_/), amountMinor: 39000, currency: 'EUR' },
      },
    ]);
    for (const type of ['payment_intent.payment_failed', 'payment_intent.succeeded', 'charge.succeeded'])
      expect(notices[type]).toMatchObject({ facts: [], quiet: true });
  });

  it('of a slow payment says processing, then paid or failed', async () => {
    const [one, other] = [await started(), await started()];
    fake.payLater(one.ref);
    expect(told()['checkout.session.completed']?.facts).toMatchObject([{ now: { state: 'processing' } }]);
    fake.settleLater(one.ref, 'succeeded');
    expect(told()['checkout.session.async_payment_succeeded']?.facts).toMatchObject([
      { now: { state: 'paid' } },
    ]);
    fake.payLater(other.ref);
    fake.settleLater(other.ref, 'failed');
    expect(told()['checkout.session.async_payment_failed']?.facts).toMatchObject([
      { now: { state: 'failed' } },
    ]);
  });

  it('of an abandoned checkout says expired', async () => {
    const { ref } = await started();
    fake.expire(ref);
    expect(told()['checkout.session.expired']?.facts).toMatchObject([{ ref, now: { state: 'expired' } }]);
  });

  it('of a refund tells our refund, or none where it was made at Stripe', async () => {
    const { payment } = await paid();
    fake.refundsWait(true);
    const { ref } = await provider.refund({ refundId: 'r1', payment, amountMinor: 9000, currency: 'EUR' });
    fake.refundsWait(false);
    const fact = { kind: 'refund', ref, refundId: 'r1', payment, amountMinor: 9000, currency: 'EUR' };
    const first = told();
    expect(first['refund.created']?.facts).toEqual([{ ...fact, state: 'pending', reason: null }]);
    expect(first['charge.refunded']).toMatchObject({ facts: [], quiet: true });
    fake.settleRefund(ref ?? '', 'succeeded');
    expect(told()['refund.updated']?.facts).toEqual([{ ...fact, state: 'succeeded', reason: null }]);
    fake.settleRefund(ref ?? '', 'failed', 'expired_or_canceled_card');
    expect(told()['refund.failed']?.facts).toEqual([
      { ...fact, state: 'failed', reason: 'The card has expired or was cancelled.' },
    ]);
    const atStripe = { id: 're_1', status: 'succeeded', payment_intent: payment, amount: 5, currency: 'eur' };
    expect(read(anyEvent('refund.created', { ...atStripe, metadata: {} })).facts).toMatchObject([
      { refundId: null, amountMinor: 5 },
    ]);
  });

  it('of a charge tells the fee where it is embedded, the same that the provider is asked for', async () => {
    const { payment } = await paid();
    fake.tellFee(payment);
    expect(told()['charge.updated']?.facts).toEqual([
      { kind: 'fee', payment, ...(await provider.readFee?.(payment)) },
    ]);
  });

  it('of a payout tells how much reached the bank, or did not', () => {
    const ref = fake.payOut(38000, 'EUR');
    fake.payOut(38000, 'EUR', 'failed', ref);
    const amount = { kind: 'payout', ref, amountMinor: 38000, currency: 'EUR' };
    const notices = told();
    expect(notices['payout.paid']?.facts).toEqual([{ ...amount, state: 'paid' }]);
    expect(notices['payout.failed']?.facts).toEqual([{ ...amount, state: 'failed' }]);
  });

  it('of a dispute tells what is in dispute and its fee, then how it ended; an inquiry is for people', async () => {
    const { payment } = await paid();
    const ref = fake.dispute(payment);
    const fact = { kind: 'dispute', ref, payment, amountMinor: 39000, currency: 'EUR' };
    const fee = { kind: 'fee', ref: expect.any(String), payment, amountMinor: 2000, currency: 'EUR' };
    expect(told()['charge.dispute.created']?.facts).toEqual([{ ...fact, state: 'open' }, fee]);
    fake.closeDispute(ref, 'lost');
    expect(told()['charge.dispute.closed']?.facts).toEqual([{ ...fact, state: 'lost' }, fee]);
    const inquiry = fake.dispute((await paid()).payment, 'warning_needs_response');
    expect(told()['charge.dispute.created']).toEqual(expect.not.objectContaining({ quiet: true }));
    fake.closeDispute(inquiry, 'warning_closed');
    expect(told()['charge.dispute.closed']).toMatchObject({ facts: [], quiet: true });
  });

  it('of a kind that this program does not know, or cannot read, has no facts and is not quiet', () => {
    for (const event of [
      anyEvent('radar.early_fraud_warning.created'),
      anyEvent('checkout.session.completed', { id: 'cs_1', mode: 'subscription' }),
      anyEvent('refund.created', { id: 're_1' }),
      anyEvent('payout.paid', { id: 'po_1', amount: '12', currency: 'eur', status: 'paid' }),
    ])
      expect(read(event)).toEqual({ eventId: 'evt_1', type: event.type, facts: [] });
  });
});

describe('a notice is refused', () => {
  const event = () => fake.sign(anyEvent('payout.paid'));
  const reading =
    (body: string | Buffer, signature: string | undefined, now = NOW) =>
    () =>
      provider.readNotice(Buffer.from(body), signature, now);

  it('when one byte of it was changed, or it was cut short', () => {
    const { body, signature } = event();
    expect(reading(body, signature)()).toMatchObject({ type: 'payout.paid' });
    expect(reading(body.replace('payout.paid', 'payout.said'), signature)).toThrow(ForgedNotice);
    expect(reading(body.slice(0, -1), signature)).toThrow(ForgedNotice);
    expect(reading('', signature)).toThrow(ForgedNotice);
    expect(reading(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(body)]), signature)).toThrow(
      ForgedNotice,
    );
  });

  it('when it was signed with another secret, or not at all, or there is no secret to check with', () => {
    const { body, signature } = event();
    expect(reading(body, signed(body, 'whsec_other'))).toThrow(ForgedNotice);
    for (const nothing of [undefined, '', 't=,v1=', 'v1=00', 't=1', 'nonsense', '=,=,='])
      expect(reading(body, nothing)).toThrow(ForgedNotice);
    for (const webhookSecret of [null, '', ' ']) {
      const blind = stripeProvider({ secretKey: fake.secretKey, webhookSecret, apiUrl: fake.url });
      expect(() => blind.readNotice(Buffer.from(body), signature, NOW)).toThrow(ForgedNotice);
      expect(() => blind.readNotice(Buffer.from(body), signed(body, webhookSecret ?? ''), NOW)).toThrow(
        ForgedNotice,
      );
    }
  });

  it('when it is 301 seconds old; at 300 it is taken, and so is one that our slow clock thinks is early', () => {
    const { body, signature } = event();
    expect(reading(body, signature, NOW + 300_999)()).toMatchObject({ eventId: 'evt_1' });
    expect(reading(body, signature, NOW + 301_000)).toThrow(ForgedNotice);
    expect(reading(body, signature, NOW - 600_000)()).toMatchObject({ eventId: 'evt_1' });
  });

  it('when it is proven and yet no event', () => {
    for (const body of ['not json', 'null', '[]', '"text"', '{}', '{"object":"v2.core.event","id":"evt_1"}'])
      expect(reading(body, signed(body))).toThrow(ForgedNotice);
  });

  it('when other bytes only read like those that were signed', () => {
    const { body, signature } = fake.sign(anyEvent('payout.paid', { note: '\ufffd' }));
    const bytes = Buffer.from(body);
    const at = bytes.indexOf('\ufffd');
    const alike = Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), bytes.subarray(at + 3)]);
    expect(alike.toString()).toBe(body);
    expect(reading(bytes, signature)()).toMatchObject({ eventId: 'evt_1' });
    expect(reading(alike, signature)).toThrow(ForgedNotice);
  });

  it('or read, but never anything else, whatever bytes and header arrive', () => {
    const { body, signature } = event();
    const original = Buffer.from(body);
    const change = fc.record({ at: fc.nat(original.length - 1), to: fc.nat(255) });
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 5 }),
        fc.nat(original.length),
        (changes, length) => {
          const bytes = Buffer.from(original.subarray(0, length));
          for (const { at, to } of changes) if (at < length) bytes[at] = to;
          if (bytes.equals(original)) return;
          expect(reading(bytes, signature)).toThrow(ForgedNotice);
        },
      ),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (header) => {
        expect(reading(body, header)).toThrow(ForgedNotice);
      }),
    );
  });

  it('or read, but never anything else, even when the secret signs an arbitrary object', () => {
    const types = [
      'checkout.session.completed',
      'refund.failed',
      'charge.updated',
      'payout.paid',
      'charge.dispute.closed',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.object(), (type, object) => {
        const body = JSON.stringify(anyEvent(type, object));
        expect(reading(body, signed(body))()).toMatchObject({ eventId: 'evt_1', type, facts: [] });
      }),
    );
  });
});
