import { randomUUID } from 'node:crypto';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import type { TestWorld } from '../../../platform/database/testing.ts';
import { readCatalogue, takeHold } from '../../booking/index.ts';
import { createOrder } from '../core/orders.ts';
import type { Payments } from '../core/payments.ts';
import { freezePrice } from '../core/prices.ts';
import type { CheckoutRequest, CheckoutState, Notice, Provider, RefundState } from '../providers/provider.ts';

/** A provider in memory that does exactly what a test tells it. */
export interface TestProvider extends Provider {
  readonly checkouts: ReadonlyMap<string, CheckoutRequest & { state: CheckoutState }>;
  /** The latest checkout that was started. */
  last(): string;
  /** The buyer pays, as the provider sees it; nobody is told. */
  pay(ref: string): CheckoutState;
  set(ref: string, state: CheckoutState): void;
  readonly refunds: Map<string, RefundState>;
  /** What the provider would tell about a checkout. */
  notice(ref: string, state?: CheckoutState): Notice;
}

export function testProvider(): TestProvider {
  const checkouts = new Map<string, CheckoutRequest & { state: CheckoutState }>();
  const refunds = new Map<string, RefundState>();
  const of = (ref: string) => {
    const checkout = checkouts.get(ref);
    if (!checkout) throw new Error(`no checkout ${ref}`);
    return checkout;
  };
  return {
    method: 'stripe',
    origins: [],
    checkouts,
    refunds,
    last: () => [...checkouts.keys()].at(-1) ?? '',
    pay(ref) {
      const { amountMinor, currency } = of(ref);
      of(ref).state = { state: 'paid', payment: `pi_${ref}`, amountMinor, currency };
      return of(ref).state;
    },
    set(ref, state) {
      of(ref).state = state;
    },
    notice: (ref, state) => ({
      eventId: `evt_${randomUUID()}`,
      type: 'checkout',
      facts: [{ kind: 'checkout', ref, paymentId: of(ref).paymentId, now: state ?? of(ref).state }],
    }),
    async startCheckout(request) {
      const ref = `cs_${request.paymentId}`;
      if (!checkouts.has(ref)) checkouts.set(ref, { ...request, state: { state: 'open' } });
      return { ref, url: `https://pay.example.org/${ref}` };
    },
    readCheckout: async (ref) => of(ref).state,
    async expireCheckout(ref) {
      const checkout = of(ref);
      if (checkout.state.state === 'open' || checkout.state.state === 'failed')
        checkout.state = { state: 'expired' };
      return checkout.state;
    },
    async refund({ refundId }) {
      const state = refunds.get(refundId) ?? { ref: `re_${refundId}`, state: 'succeeded', reason: null };
      refunds.set(refundId, state);
      return state;
    },
    readNotice() {
      throw new Error('Notices are handed over already proven');
    },
  };
}

/** The first test clinic with a provider, and short ways to sell things in it. */
export async function testTill(world: TestWorld, provider: Provider = testProvider()) {
  const payments: Payments = {
    platform: world.platform,
    context: world.one.context,
    clinic: world.one.clinic,
    provider,
  };
  const packageId = await addPackage(world);
  const person = (name: string) => ({
    givenName: name,
    familyName: 'Test',
    birthDate: '1990-05-17',
    email: `${name.toLowerCase()}@example.org`,
    phone: null,
  });
  return {
    payments,
    packageId,
    person,
    /** Somebody buys the package; the order waits for its payment. */
    async buyPackage(name: string): Promise<string> {
      return inClinic(payments.context, async (clinic) => {
        const price = await freezePrice(clinic, { productId: packageId });
        if (!price) throw new Error('no price');
        return createOrder(clinic, {
          source: 'online',
          key: randomUUID(),
          person: person(name),
          payer: { name: `${name} Test`, email: person(name).email },
          prices: [price],
        });
      });
    },
    /** Somebody holds a first visit and is about to pay for it. */
    async buyVisit(name: string, start: number, depositMinor: number | null = null): Promise<string> {
      const { context, clinic } = payments;
      const catalogue = await readCatalogue(context, clinic.catalogueVersion);
      const service = catalogue.serviceBySlug('first-visit');
      if (!service) throw new Error('no service');
      const siteId = world.one.ids.site ?? null;
      const wish = { service, siteId, clinicianId: null };
      const taken = await takeHold(context, clinic, { wish, start, viewerZone: null }, world.clock.now());
      if (!taken.ok) throw new Error(`the time is ${taken.reason}`);
      return inClinic(context, async (tx) => {
        const price = await freezePrice(tx, { serviceId: service.id });
        if (!price) throw new Error('no price');
        return createOrder(tx, {
          source: 'online',
          key: randomUUID(),
          person: person(name),
          payer: { name: `${name} Test`, email: person(name).email },
          prices: [price],
          depositMinor,
          booking: {
            serviceId: service.id,
            siteId,
            clinicianId: null,
            start,
            viewerZone: null,
            safety: null,
          },
          holdId: taken.hold.id,
        });
      });
    },
    /** The time to pay is over, for the checkout and for the hold, by the database's clock. */
    async letExpire(orderId: string): Promise<void> {
      await world.owner.begin(async (sql) => {
        await sql`select set_config('rectus.clinic_id', ${world.one.clinic.id}, true)`;
        await sql`update hold set expires_at = now() - interval '1 second' where id = (select hold_id from sales_order where id = ${orderId})`;
        await sql`update claim set expires_at = now() - interval '1 second' where hold_id = (select hold_id from sales_order where id = ${orderId})`;
        await sql`update payment set expires_at = now() - interval '1 second' where order_id = ${orderId} and expires_at is not null`;
        await sql`update sales_order set expires_at = now() - interval '1 second' where id = ${orderId} and expires_at is not null`;
      });
    },
  };
}

export type TestTill = Awaited<ReturnType<typeof testTill>>;

/** One first visit at 60.00 and two follow-ups at 45.00 each, 23 % tax within the latter; valid for a year. */
async function addPackage(world: TestWorld): Promise<string> {
  return world.owner.begin(async (sql) => {
    await sql`select set_config('rectus.clinic_id', ${world.one.clinic.id}, true)`;
    const [tax] = await sql<{ id: string }[]>`
      insert into tax (clinic_id, name, rate_bp) values (current_clinic(), 'VAT 23 %', 2300) returning id`;
    const [product] = await sql<{ id: string }[]>`
      insert into product (clinic_id, slug, kind, name, valid_months, online)
      values (current_clinic(), 'starter', 'package', 'Starter package', 12, true) returning id`;
    const [{ first, follow } = { first: '', follow: '' }] = await sql<{ first: string; follow: string }[]>`
      select (select id from service where slug = 'first-visit') as first,
        (select id from service where slug = 'follow-up') as follow`;
    if (!product || !tax) throw new Error('nothing was inserted');
    await sql`insert into product_part (clinic_id, product_id, position, service_id, quantity, unit_minor, tax_id) values
      (current_clinic(), ${product.id}, 0, ${first}, 1, 6000, null),
      (current_clinic(), ${product.id}, 1, ${follow}, 2, 4500, ${tax.id})`;
    return product.id;
  });
}
