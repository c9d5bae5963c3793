import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ClinicTransaction } from '../../../../platform/database/in-clinic.ts';
import { newId } from '../../../../platform/database/new-id.ts';
import type { Platform } from '../../../../platform/web/server.ts';
import { type CheckoutState, type Fact, ForgedNotice, type Notice } from '../provider.ts';

/** How old a signed notice may be, in seconds; the same as Stripe's. */
const TOLERANCE_S = 300;

const amount = { amountMinor: z.number().int().positive(), currency: z.string().length(3) };
const state = z.discriminatedUnion('state', [
  z.object({ state: z.literal('processing') }),
  z.object({ state: z.literal('expired') }),
  z.object({ state: z.literal('paid'), payment: z.string(), ...amount }),
]);
const checkout = z.object({ ref: z.string(), paymentId: z.string(), now: state });
const refund = z.object({ ref: z.string(), refundId: z.string(), payment: z.string(), ...amount });
const envelope = z.object({
  id: z.string().min(1).max(200),
  type: z.string().min(1).max(100),
  data: z.record(z.string(), z.unknown()),
});

/** Proves and reads the notices of one clinic's practice checkout. */
export interface NoticeSeals {
  /** The header `practice-signature` for these bytes, `t=<seconds>,v1=<hex>`. */
  sign(body: string | Buffer, now: number): string;
  /** @throws ForgedNotice for everything that is not proven, too old, or proven and yet no notice */
  read(body: Buffer, signature: string | undefined, now: number): Notice;
}

/** Signs as Stripe does, with a key that only this installation has and that is another one for each clinic. */
export function noticeSeals({ config }: Pick<Platform, 'config'>, clinicId: string): NoticeSeals {
  const key = Buffer.from(hkdfSync('sha256', config.secret ?? '', '', `practice notices of ${clinicId}`, 32));
  const mac = (seconds: string, body: string | Buffer) =>
    createHmac('sha256', key).update(`${seconds}.`).update(body).digest();
  return {
    sign(body, now) {
      const seconds = String(Math.floor(now / 1000));
      return `t=${seconds},v1=${mac(seconds, body).toString('hex')}`;
    },
    read(body, signature, now) {
      const [, seconds, given] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature ?? '') ?? [];
      if (!seconds || !given) throw new ForgedNotice('The notice carries no signature');
      if (!timingSafeEqual(mac(seconds, body), Buffer.from(given, 'hex')))
        throw new ForgedNotice('The signature does not fit the notice');
      if (now / 1000 - Number(seconds) > TOLERANCE_S) throw new ForgedNotice('The notice is too old');
      return noticeOf(body);
    },
  };
}

function noticeOf(body: Buffer): Notice {
  let content: unknown;
  try {
    content = JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new ForgedNotice('The notice is not JSON', { cause: error });
  }
  const parsed = envelope.safeParse(content);
  if (!parsed.success) throw new ForgedNotice('The notice is no event');
  const { id, type, data } = parsed.data;
  return { eventId: id, type, facts: factsOf(type, data) };
}

function factsOf(type: string, data: unknown): readonly Fact[] {
  if (type.startsWith('checkout.')) {
    const { data: read } = checkout.safeParse(data);
    return read ? [{ kind: 'checkout', ...read }] : [];
  }
  if (type === 'refund.succeeded') {
    const { data: read } = refund.safeParse(data);
    return read ? [{ kind: 'refund', ...read, state: 'succeeded', reason: null }] : [];
  }
  return [];
}

interface Sending {
  /** How often it is delivered, at the same moment. */
  readonly times?: number;
  readonly afterSeconds?: number;
}

/** Leaves a notice about a checkout to be delivered, in the transaction of what it tells. */
export async function queueNotice(
  clinic: ClinicTransaction,
  about: { readonly id: string; readonly paymentId: string },
  now: Extract<CheckoutState, { state: 'processing' | 'expired' | 'paid' }>,
  sending: Sending = {},
): Promise<void> {
  const data: z.infer<typeof checkout> = { ref: about.id, paymentId: about.paymentId, now };
  await queue(clinic, `checkout.${now.state}`, data, sending);
}

/** The same for a refund that was made. */
export async function queueRefundNotice(
  clinic: ClinicTransaction,
  data: z.infer<typeof refund>,
): Promise<void> {
  await queue(clinic, 'refund.succeeded', data, {});
}

async function queue(
  { tx, clinicId }: ClinicTransaction,
  type: string,
  data: Record<string, unknown>,
  { times = 1, afterSeconds = 0 }: Sending,
): Promise<void> {
  await tx
    .insertInto('practice_notice')
    .values({
      clinic_id: clinicId,
      body: JSON.stringify({ id: `evt_${newId()}`, type, data }),
      times,
      deliver_at: sql<Date>`clock_timestamp() + make_interval(secs => ${afterSeconds})`,
      delivered_at: null,
    })
    .execute();
}
