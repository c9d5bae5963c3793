import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { freeStarts, readCatalogue, type Service } from '../../clinic/capabilities/booking/index.ts';
import type { Payments } from '../../clinic/capabilities/payments/core/payments.ts';
import { inboxRoutes } from '../../clinic/capabilities/payments/inbox/routes.ts';
import { paymentsOf } from '../../clinic/capabilities/payments/payments-of.ts';
import { sealKey } from '../../clinic/capabilities/payments/providers/sealed-keys.ts';
import { publicPaymentRoutes } from '../../clinic/capabilities/payments/public/routes.ts';
import { type FakeStripe, startFakeStripe } from '../../clinic/capabilities/payments/testing/fake-stripe.ts';
import { openAs } from '../../clinic/place.ts';
import { systemClock } from '../../clinic/platform/clock.ts';
import { readConfig } from '../../clinic/platform/config.ts';
import type { Actor, ClinicContext } from '../../clinic/platform/database/in-clinic.ts';
import { type Connection, openDatabase, openPool, type Sql } from '../../clinic/platform/database/pool.ts';
import { readAssets } from '../../clinic/platform/web/assets.ts';
import { readClinicById } from '../../clinic/platform/web/clinics.ts';
import { createWebServer, type Platform } from '../../clinic/platform/web/server.ts';
import { addTillClinic, type TillClinic } from './clinic.ts';

/** A database with the pools that the payments of any clinic there work with. */
export interface TillDatabase {
  readonly platform: Platform;
  /** The superuser, who can set clocks back and sees every clinic. */
  readonly admin: Sql;
  close(): Promise<void>;
}

export function openTillDatabase(connection: Connection, secret: string): TillDatabase {
  const settings = {
    ...process.env,
    RECTUS_SECRET: secret,
    LOG_LEVEL: process.env.BENCH_LOG ?? 'silent',
    TRUST_PROXY: 'true',
  };
  const config = { ...readConfig(settings), secret };
  const app = openAs(connection, 'rectus_app', secret, config.databasePool);
  const admin = openPool(connection, 4, 'bench');
  return {
    platform: { db: openDatabase(app), config, clock: systemClock, assets: readAssets(null) },
    admin,
    async close() {
      await Promise.all([app.end({ timeout: 2 }), admin.end({ timeout: 2 })]);
    },
  };
}

/** One clinic that is paid through a Stripe of its own on the loopback, with its inbox open to notices. */
export interface Till extends TillClinic {
  readonly admin: Sql;
  readonly fake: FakeStripe;
  /** Where its pages are, under its host name. */
  readonly port: string;
  readonly payments: Payments;
  readonly services: { readonly first: Service; readonly followUp: Service };
  /** The starts of a first visit within the next fortnight, none of them taken at the beginning. */
  readonly starts: readonly number[];
  /** The same payments as somebody else works with them. */
  as(actor: Actor): Payments;
  /** Sends bytes to the inbox; the status of the answer. */
  post(body: string, signature: string): Promise<number>;
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;

export async function openTill({ platform: common, admin }: TillDatabase): Promise<Till> {
  const fake = await startFakeStripe();
  const platform: Platform = { ...common, config: { ...common.config, stripeApiUrl: fake.url } };
  const id = randomUUID();
  const clinic = await addTillClinic(admin, id, `till-${id.slice(0, 8)}`, {
    key: sealKey(platform, id, fake.secretKey),
    webhook: sealKey(platform, id, fake.webhookSecret),
  });
  const app = await createWebServer(platform);
  await inboxRoutes(app, platform);
  await publicPaymentRoutes(app, platform);
  const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
  const about = await readClinicById(platform.db, id);
  if (!about) throw new Error('The clinic of the bench is missing');
  const context: ClinicContext = { db: platform.db, clinicId: id, actor: { kind: 'public', id: null } };
  const payments = await paymentsOf(platform, { context, clinic: about });
  const catalogue = await readCatalogue(context, about.catalogueVersion);
  const [first, followUp] = ['first-visit', 'follow-up'].map((slug) => catalogue.serviceBySlug(slug));
  if (!first || !followUp) throw new Error('The services of the bench are missing');
  const now = platform.clock.now();
  const wish = { service: first, siteId: clinic.siteId, clinicianId: null };
  const fortnight = { start: now + 2 * DAY_MS, end: now + 16 * DAY_MS };
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return {
    ...clinic,
    admin,
    fake,
    port,
    payments,
    services: { first, followUp },
    starts: (await freeStarts(context, about, wish, fortnight, now)).map(({ start }) => start),
    as: (actor) => ({ ...payments, context: { ...context, actor } }),
    post: (body, signature) => post({ agent, port, host: clinic.host }, body, signature),
    async close() {
      agent.destroy();
      await app.close();
      await fake.close();
    },
  };
}

function post(
  to: { readonly agent: Agent; readonly port: string; readonly host: string },
  body: string,
  signature: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({
      agent: to.agent,
      host: '127.0.0.1',
      port: to.port,
      method: 'POST',
      path: '/webhooks/stripe',
      headers: {
        host: to.host,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'stripe-signature': signature,
        // Stripe sends from several addresses; each may send only so much.
        'x-forwarded-for': `10.0.0.${1 + Math.floor(Math.random() * 200)}`,
      },
    });
    sent.once('error', reject);
    sent.once('response', (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.end(body);
  });
}
