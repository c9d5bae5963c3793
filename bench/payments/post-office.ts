import type { StripeEvent } from '../../clinic/capabilities/payments/testing/fake-stripe.ts';
import type { Random } from '../../clinic/demo/random.ts';
import type { Till } from './till.ts';

const MINUTE_MS = 60_000;

/** What the provider wants to tell and has not been thanked for; each event belongs to the payer that it is about. */
export class PostOffice {
  readonly #till: Till;
  readonly #waiting = new Map<string, StripeEvent[]>();
  /** Every event that was ever sent with its proof. */
  readonly sent = new Set<string>();
  /** Answers by their status. */
  readonly answers = new Map<number, number>();
  /** Forged notices that were not refused. */
  accepted = 0;

  constructor(till: Till) {
    this.#till = till;
  }

  /** The events that wait for one payer, in the order in which they happened. */
  waitingFor(payer: string): readonly StripeEvent[] {
    this.#collect();
    return this.#waiting.get(payer) ?? [];
  }

  /** How many wait for anybody. */
  get waiting(): number {
    this.#collect();
    return [...this.#waiting.values()].reduce((sum, events) => sum + events.length, 0);
  }

  /**
   * Delivers an event so many times at once. It waits no longer once an answer thanks for it, unless that answer gets
   * lost on its way.
   */
  async deliver(
    payer: string,
    event: StripeEvent,
    times: number,
    answerLost: boolean,
  ): Promise<readonly number[]> {
    this.sent.add(event.id);
    const { body, signature } = this.#till.fake.sign(event);
    const answers = await Promise.all(Array.from({ length: times }, () => this.#post(body, signature)));
    if (answers.includes(200) && !answerLost) this.#forget(payer, event);
    return answers;
  }

  /** Delivers something that must be refused. */
  async forge(event: StripeEvent, random: Random): Promise<string> {
    const { fake } = this.#till;
    const honest = fake.sign(event);
    const forgeries = {
      'tampered body': { ...honest, body: honest.body.replace('"livemode":false', '"livemode":true ') },
      'wrong signature': { ...honest, signature: honest.signature.replace(/v1=..../, 'v1=0000') },
      'no signature': { ...honest, signature: '' },
      'old timestamp': fake.sign(event, Date.now() - 5 * MINUTE_MS - 1_000),
    } as const;
    const name = random.pick(Object.keys(forgeries) as (keyof typeof forgeries)[]);
    const { body, signature } = forgeries[name];
    const status = await this.#post(body, signature);
    if (status !== 400) this.accepted++;
    return `${name}: ${status}`;
  }

  /** Everybody whom an event waits for. */
  payers(): readonly string[] {
    this.#collect();
    return [...this.#waiting].filter(([, events]) => events.length > 0).map(([payer]) => payer);
  }

  async #post(body: string, signature: string): Promise<number> {
    const status = await this.#till.post(body, signature);
    this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
    return status;
  }

  #forget(payer: string, event: StripeEvent): void {
    this.#waiting.set(
      payer,
      (this.#waiting.get(payer) ?? []).filter((one) => one.id !== event.id),
    );
  }

  #collect(): void {
    for (const event of this.#till.fake.takeEvents()) {
      const payer = payerOf(this.#till, event) ?? '';
      const before = this.#waiting.get(payer);
      if (before) before.push(event);
      else this.#waiting.set(payer, [event]);
    }
  }
}

/** The address that was given for the checkout which an event is about; null for a payout. */
function payerOf({ fake }: Till, { data: { object } }: StripeEvent): string | null {
  const sessions = [...fake.account.sessions.values()];
  const id = object.object === 'checkout.session' ? object.id : null;
  const intent = object.object === 'payment_intent' ? object.id : object.payment_intent;
  const session = sessions.find((one) => (id ? one.id === id : intent && one.intent?.id === intent));
  return session ? String(session.given.customer_email) : null;
}
