import Stripe from 'stripe';
import { z } from 'zod';
import { ForgedNotice, type Notice } from '../provider.ts';
import { factsOf } from './facts.ts';

/** How old a signed notice may be, in seconds. Stripe signs each attempt to deliver anew. */
const TOLERANCE_S = 300;

const event = z.object({
  id: z.string().min(1).max(200),
  object: z.literal('event'),
  type: z.string().min(1).max(200),
  data: z.object({ object: z.record(z.string(), z.unknown()) }),
});

/**
 * Proves with the endpoint's secret that Stripe sent exactly these bytes, and reads them. A signature from the future
 * is accepted: only Stripe can have made it, so our clock is slow.
 *
 * @param now epoch milliseconds
 * @throws ForgedNotice for everything that is not proven, or proven and yet no event
 */
export function readNotice(
  body: Buffer,
  signature: string | undefined,
  secret: string | null,
  now: number,
): Notice {
  const text = body.toString('utf8');
  // The library reads bytes leniently, so that other bytes could pass for those which were signed.
  if (!Buffer.from(text, 'utf8').equals(body)) throw new ForgedNotice('The notice is not UTF-8');
  const parsed = event.safeParse(proven(text, signature, secret, now));
  if (!parsed.success) throw new ForgedNotice('The notice is no event of Stripe');
  const { id, type, data } = parsed.data;
  return { eventId: id, type, ...factsOf(type, data.object) };
}

function proven(text: string, signature: string | undefined, secret: string | null, now: number): unknown {
  if (!secret) throw new ForgedNotice('There is no signing secret to prove the notice with');
  try {
    return Stripe.webhooks.constructEvent(text, signature ?? '', secret, TOLERANCE_S, undefined, now);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ForgedNotice(why.split('\n')[0] ?? why, { cause: error });
  }
}
