import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { type FakeStripe, startFakeStripe } from '../testing/fake-stripe.ts';
import { ForgedNotice, ProviderUnavailable } from './provider.ts';
import { providerOf } from './provider-of.ts';
import { openSealed, sealKey } from './sealed-keys.ts';

let world: TestWorld;
let fake: FakeStripe;
beforeAll(async () => {
  [world, fake] = await Promise.all([testWorld(), startFakeStripe()]);
});
afterAll(async () => {
  await Promise.all([world?.close(), fake?.close()]);
});
beforeEach(() =>
  world.owner.begin(async (tx) => {
    for (const { ids } of [world.one, world.other]) {
      await tx`select set_config('rectus.clinic_id', ${ids.clinic ?? ''}, true)`;
      await tx`delete from payment_settings`;
    }
  }),
);

const platform = () => ({ ...world.platform, config: { ...world.platform.config, stripeApiUrl: fake.url } });
const clinicOf = (demo: boolean): Clinic => ({ ...world.one.clinic, demo });
const find = (demo: boolean) => providerOf(platform(), world.one.context, clinicOf(demo));

async function enter(key: string | null, webhook: string | null): Promise<void> {
  const { clinicId } = world.one.context;
  await world.owner.begin(async (tx) => {
    await tx`select set_config('rectus.clinic_id', ${clinicId}, true)`;
    await tx`insert into payment_settings (clinic_id, stripe_key_sealed, stripe_webhook_sealed)
      values (${clinicId}, ${key}, ${webhook})`;
  });
}
const seal = (key: string) => sealKey(platform(), world.one.context.clinicId, key);

describe('who takes money online', () => {
  it('is nobody until the owner enters a key, and the practice checkout in a demo clinic', async () => {
    expect(await find(false)).toBeNull();
    expect((await find(true))?.method).toBe('practice');
    await enter(null, null);
    expect(await find(false)).toBeNull();
  });

  it('is Stripe with the clinic’s own keys', async () => {
    await enter(seal(fake.secretKey), seal(fake.webhookSecret));
    const provider = await find(false);
    expect(provider?.method).toBe('stripe');
    await provider?.readCheckout('cs_nobody').catch(() => null);
    expect(fake.requests.at(-1)?.headers.authorization).toBe(`Bearer ${fake.secretKey}`);
    fake.payOut(100, 'EUR');
    const [event] = fake.takeEvents();
    if (!event) throw new Error('there was a payout');
    const { body, signature } = fake.sign(event);
    expect(provider?.readNotice(Buffer.from(body), signature, Date.now())).toMatchObject({
      type: 'payout.paid',
    });
  });

  it('is Stripe without the signing secret too, whose notices are then never believed', async () => {
    await enter(seal(fake.secretKey), null);
    const provider = await find(false);
    expect(() => provider?.readNotice(Buffer.from('{}'), 't=1,v1=00', Date.now())).toThrow(ForgedNotice);
  });

  it('is a Stripe that is unavailable when the key cannot be opened any more; the till goes on', async () => {
    await enter('not what was sealed', null);
    const provider = await find(false);
    expect(provider?.method).toBe('stripe');
    await expect(provider?.readCheckout('cs_1')).rejects.toThrow(ProviderUnavailable);
    expect(() => provider?.readNotice(Buffer.from('{}'), 't=1,v1=00', Date.now())).toThrow(ForgedNotice);
  });
});

describe('a kept key', () => {
  it('opens for its own clinic alone', () => {
    const sealed = seal('sk_live_1');
    expect(sealed).not.toContain('sk_live');
    expect(openSealed(platform(), world.one.context.clinicId, sealed)).toBe('sk_live_1');
    expect(openSealed(platform(), world.other.context.clinicId, sealed)).toBeNull();
    expect(openSealed(platform(), world.one.context.clinicId, null)).toBeNull();
  });
});
