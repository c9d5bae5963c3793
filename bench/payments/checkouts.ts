import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { takeHold } from '../../clinic/capabilities/booking/index.ts';
import { startCheckout } from '../../clinic/capabilities/payments/core/checkout.ts';
import { createOrder } from '../../clinic/capabilities/payments/core/orders.ts';
import type { Payments } from '../../clinic/capabilities/payments/core/payments.ts';
import { freezePrice, priceMark } from '../../clinic/capabilities/payments/core/prices.ts';
import type { Provider } from '../../clinic/capabilities/payments/providers/provider.ts';
import { inClinic } from '../../clinic/platform/database/in-clinic.ts';
import { withClients } from '../lib/clients.ts';
import { percentile } from '../lib/report.ts';
import { openTill, type Till, type TillDatabase } from './till.ts';

export interface CheckoutTimes {
  /** From pressing the button to the address of the provider's page, milliseconds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The part of it that was spent asking the provider, here a fake on the loopback. */
  readonly providerP50Ms: number;
  readonly providerP99Ms: number;
}

const CLIENTS = 8;
const WARM_UP = 40;
const ORIGIN = 'http://bench.test';

/**
 * Starts checkouts with eight clients: every second one a package over the public form, the others a visit whose time
 * is held and is kept until the checkout's end.
 */
export async function measureCheckouts(database: TillDatabase, checkouts: number): Promise<CheckoutTimes> {
  const asked: number[] = [];
  const till = await openTill(database);
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const timed: Payments = { ...till.payments, provider: timing(till.payments.provider, asked) };
  try {
    const price = await inClinic(till.payments.context, (tx) =>
      freezePrice(tx, { productId: till.packageId }),
    );
    if (!price) throw new Error('The package of the bench has no price');
    const buy = () => buyPackage(till, agent, priceMark(price));
    const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
    const visits = await holdVisits(till, WARM_UP + checkouts);
    const visit = (number: number) => payVisit(timed, till, visits[number % visits.length]);
    const run = (from: number) => (number: number) =>
      number % 2 === 0 ? buy() : visit(from + (number - 1) / 2);
    await withClients(CLIENTS, numbers(WARM_UP), run(0));
    asked.length = 0;
    const times = await withClients(CLIENTS, numbers(checkouts), run(WARM_UP / 2));
    return {
      p50Ms: percentile(times, 0.5),
      p99Ms: percentile(times, 0.99),
      providerP50Ms: percentile(asked, 0.5),
      providerP99Ms: percentile(asked, 0.99),
    };
  } finally {
    agent.destroy();
    await till.close();
  }
}

interface Visit {
  readonly start: number;
  readonly holdId: string;
}

/** Holds every time there is once, as the page before the button does. */
async function holdVisits(
  { payments, services, siteId, starts }: Till,
  most: number,
): Promise<readonly Visit[]> {
  const wish = { service: services.first, siteId, clinicianId: null };
  const visits: Visit[] = [];
  for (const start of starts) {
    if (visits.length >= most / 2) break;
    const taken = await takeHold(
      payments.context,
      payments.clinic,
      { wish, start, viewerZone: null },
      Date.now(),
    );
    if (taken.ok) visits.push({ start, holdId: taken.hold.id });
  }
  return visits;
}

async function payVisit(payments: Payments, till: Till, visit: Visit | undefined): Promise<number> {
  if (!visit) throw new Error('No time was left to be held');
  const { first: service } = till.services;
  const begun = performance.now();
  const orderId = await inClinic(payments.context, async (tx) => {
    const price = await freezePrice(tx, { serviceId: service.id });
    if (!price) throw new Error('The visit of the bench has no price');
    return createOrder(tx, {
      source: 'online',
      key: randomUUID(),
      person: person(),
      payer: { name: 'Test Person', email: 'buyer@example.org' },
      prices: [price],
      booking: {
        serviceId: service.id,
        siteId: till.siteId,
        clinicianId: null,
        start: visit.start,
        viewerZone: null,
        safety: null,
      },
      holdId: visit.holdId,
    });
  });
  const started = await startCheckout(payments, orderId, ORIGIN);
  const took = performance.now() - begun;
  if (!started.ok) throw new Error(`A checkout did not start: ${started.reason}`);
  return took;
}

const person = () => ({
  givenName: 'Test',
  familyName: 'Person',
  birthDate: '1990-05-17',
  email: 'buyer@example.org',
  phone: null,
});

async function buyPackage(till: Till, agent: Agent, price: string): Promise<number> {
  const form = new URLSearchParams({
    key: randomUUID(),
    price,
    terms: 'yes',
    givenName: 'Test',
    familyName: 'Person',
    birthDay: '17',
    birthMonth: '5',
    birthYear: '1990',
    email: 'buyer@example.org',
  });
  const begun = performance.now();
  const location = await send(till, agent, form.toString());
  const took = performance.now() - begun;
  if (!location.startsWith(till.fake.url)) throw new Error(`The buyer was sent to ${location}`);
  return took;
}

function send({ host, port }: Till, agent: Agent, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({
      agent,
      host: '127.0.0.1',
      port,
      method: 'POST',
      path: '/buy/starter',
      headers: {
        host,
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(body),
        // One address may buy only so often.
        'x-forwarded-for': Array.from({ length: 4 }, () => Math.floor(Math.random() * 250)).join('.'),
      },
    });
    sent.once('error', reject);
    sent.once('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.once('end', () =>
        answer.statusCode === 303
          ? resolve(String(answer.headers.location))
          : reject(new Error(`Buying was answered with ${answer.statusCode}: ${text.slice(0, 2_000)}`)),
      );
    });
    sent.end(body);
  });
}

function timing(provider: Provider | null, asked: number[]): Provider | null {
  return (
    provider && {
      ...provider,
      async startCheckout(request) {
        const begun = performance.now();
        const started = await provider.startCheckout(request);
        asked.push(performance.now() - begun);
        return started;
      },
    }
  );
}
