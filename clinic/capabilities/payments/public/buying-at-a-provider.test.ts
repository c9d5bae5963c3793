import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { verifyBooks } from '../core/verify.ts';
import { sealKey } from '../providers/sealed-keys.ts';
import { type BuyingWorld, buyingWorld, MAYA, order } from '../testing/buying-world.ts';
import { type FakeStripe, startFakeStripe } from '../testing/fake-stripe.ts';
import { textAt } from '../testing/form-body.ts';

let stripe: FakeStripe;
let world: BuyingWorld;

beforeAll(async () => {
  stripe = await startFakeStripe();
  world = await buyingWorld({ stripeApiUrl: stripe.url });
  await inClinic(world.one.context, ({ tx, clinicId }) =>
    tx
      .insertInto('payment_settings')
      .values({
        clinic_id: clinicId,
        stripe_key_sealed: sealKey(world.platform, clinicId, stripe.secretKey),
        stripe_key_hint: null,
        stripe_webhook_sealed: sealKey(world.platform, clinicId, stripe.webhookSecret),
      })
      .execute(),
  );
});
afterAll(async () => {
  expect(await verifyBooks(world.one.context)).toEqual([]);
  await world.close();
  await stripe.close();
});

const sessionOf = (checkout: string) => /cs_\w+/.exec(checkout)?.[0] ?? '';

describe('buying where the money is taken on pages of somebody else', () => {
  it('lets the forms that end there lead there, and no other page’s', async () => {
    const buyer = world.buyer();
    const policy = async (path: string) => String((await buyer.get(path)).headers['content-security-policy']);
    expect(await policy('/buy/gait')).toContain(`form-action 'self' ${stripe.url};`);
    expect(await policy('/buy')).toContain("form-action 'self';");
    expect(await policy('/book')).toContain("form-action 'self';");
  });

  it('succeeds when the provider says so on the buyer’s return, without any label of practice', async () => {
    const buyer = world.buyer();
    const { checkout } = await order(buyer);
    expect(checkout).toContain(stripe.url);
    stripe.pay(sessionOf(checkout));
    const path = orderPath();
    expect((await buyer.get(`${path}/return`)).headers.location).toBe(path);
    const page = (await buyer.get(path)).body;
    expect(page).toContain('Payment success');
    expect(page).toContain('Paid online');
    expect(page).not.toContain('Practice checkout');
  });

  it('loses nothing while the provider cannot be reached', async () => {
    const buyer = world.buyer();
    stripe.failNextCalls(10, 'server');
    const { checkout: page } = await order(buyer);
    expect(page).toMatch(/^\/orders\/.*\?trouble=unavailable$/);
    expect((await buyer.get(page)).body).toContain('The payment page cannot be reached at the moment');
    stripe.failNextCalls(0, 'server');
    const again = await buyer.post(page.replace(/\?.*/, '/pay'), {});
    expect(again.headers.location).toContain(stripe.url);
  });
});

describe('a clinic that takes no money online', () => {
  it('says how a package can be bought, and its visits are paid when people come', async () => {
    await world.owner.begin(async (tx) => {
      await tx`select set_config('rectus.clinic_id', ${world.other.clinic.id}, true)`;
      await tx`update clinic set demo = false, phone = '+351 21 000 0000'`;
      await tx`update service set payment = 'in_full' where slug = 'first-visit'`;
    });
    const buyer = world.buyer(world.other);
    const page = (await buyer.get('/buy/gait')).body;
    expect(page).toContain('It cannot be paid online at the moment');
    expect(page).toContain('+351 21 000 0000');
    expect(page).not.toContain('Practice checkout');
    expect((await buyer.post('/buy/gait', { ...MAYA, terms: 'yes' })).statusCode).toBe(409);
    const visit = { service: 'first-visit', where: 'harbour', start: String(Date.UTC(2026, 2, 10, 10)) };
    await buyer.post('/book/hold', visit);
    await buyer.post('/book/safety', visit);
    expect((await buyer.get('/book/details')).body).toContain('<b>€85</b>, at the visit');
  });
});

/** The page of the order that was made last. */
function orderPath(): string {
  const last = stripe.requests.findLast((request) => request.path.endsWith('/checkout/sessions'));
  if (!last) throw new Error('No checkout was begun');
  return new URL(textAt(last.form, 'success_url') ?? '').pathname.replace(/\/return$/, '');
}
