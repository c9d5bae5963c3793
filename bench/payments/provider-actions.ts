import { parseForm } from '../../clinic/capabilities/payments/testing/form-body.ts';
import { type Action, openSessions, paidIntents, type Schedule, sessionsOf } from './schedule.ts';

/** What the provider, the lines and the bank do. */
export const PROVIDER: readonly Action[] = [
  { name: 'a notice arrives', weight: 26, run: notice },
  { name: 'a notice arrives 50 times at once', weight: 0.5, run: storm },
  { name: 'a notice is forged', weight: 3, run: forged },
  { name: 'answers get lost', weight: 2, run: dropAnswers },
  { name: 'the provider is down for a while', weight: 2, run: outage },
  { name: 'refunds take their time', weight: 2, run: slowRefunds },
  { name: 'a refund ends', weight: 3, run: async (schedule) => endRefund(schedule) },
  { name: 'refunded on the provider’s own pages', weight: 2, run: refundOutside },
  { name: 'the payer disputes', weight: 2, run: dispute },
  { name: 'a dispute ends', weight: 3, run: async (schedule) => endDispute(schedule) },
  { name: 'a payout', weight: 1, run: payout },
  { name: 'a fee is told', weight: 2, run: tellFee },
];

/** One of those that wait, any of them first; some come twice, and some answers never reach the provider. */
async function notice({ post, person, random }: Schedule): Promise<string | null> {
  const waiting = post.waitingFor(person.email);
  if (waiting.length === 0) return null;
  const event = random.pick(waiting);
  const times = random.next() < 0.2 ? 2 + random.below(3) : 1;
  const answerLost = random.next() < 0.15;
  const answers = await post.deliver(person.email, event, times, answerLost);
  return `${event.type} ${event.id}: ${answers.join(' ')}${answerLost ? ', answer lost' : ''}`;
}

async function storm({ post, person, random }: Schedule): Promise<string | null> {
  const waiting = post.waitingFor(person.email);
  if (waiting.length === 0) return null;
  const event = random.pick(waiting);
  const answers = await post.deliver(person.email, event, 50, false);
  return `${event.type} ${event.id}: ${[...new Set(answers)].join(' ')}`;
}

async function forged({ post, person, random }: Schedule): Promise<string | null> {
  const waiting = post.waitingFor(person.email);
  return waiting.length === 0 ? null : post.forge(random.pick(waiting), random);
}

async function dropAnswers({ till, random }: Schedule): Promise<string> {
  const times = 1 + random.below(3);
  till.fake.dropAnswer(times);
  return String(times);
}

async function outage({ till, random }: Schedule): Promise<string> {
  const kind = random.pick(['server', 'rate_limit', 'unreachable', 'authentication'] as const);
  const times = 2 + random.below(5);
  till.fake.failNextCalls(times, kind);
  return `${kind} × ${times}`;
}

async function slowRefunds({ till, random }: Schedule): Promise<string> {
  const wait = random.next() < 0.4;
  till.fake.refundsWait(wait);
  return String(wait);
}

/** A refund that was pending ends, or the bank sends back one that had arrived. */
export function endRefund(schedule: Schedule, pendingOnly = false): string | null {
  const { till, random } = schedule;
  const intents = paidIntents(schedule);
  const refunds = [...till.fake.account.refunds.values()].filter((one) => intents.includes(one.intent.id));
  const pending = refunds.find((one) => one.status === 'pending');
  const arrived = refunds.find((one) => one.status === 'succeeded');
  const refund = pending ?? (pendingOnly || random.next() < 0.8 ? undefined : arrived);
  if (!refund) return null;
  const how = refund === pending && random.next() < 0.8 ? 'succeeded' : 'failed';
  till.fake.settleRefund(refund.id, how);
  return `${refund.id} ${how}`;
}

async function refundOutside(schedule: Schedule): Promise<string | null> {
  const { fake } = schedule.till;
  for (const id of paidIntents(schedule)) {
    const charge = fake.account.intents.get(id)?.charge;
    const left = charge && !charge.disputed ? charge.amount - charge.amountRefunded : 0;
    if (left <= 0) continue;
    const amount = schedule.random.next() < 0.5 ? left : 1 + schedule.random.below(left);
    return fake.refund(parseForm(`payment_intent=${id}&amount=${amount}`)).id;
  }
  return null;
}

async function dispute(schedule: Schedule): Promise<string | null> {
  const { fake } = schedule.till;
  const id = paidIntents(schedule).find((one) => !fake.account.intents.get(one)?.charge?.disputed);
  if (!id) return null;
  return fake.dispute(id, schedule.random.next() < 0.2 ? 'warning_needs_response' : 'needs_response');
}

export function endDispute(schedule: Schedule): string | null {
  const { fake } = schedule.till;
  const intents = paidIntents(schedule);
  const open = [...fake.account.disputes.values()].find(
    ({ intent, status }) => intents.includes(intent.id) && /needs_response$/.test(status),
  );
  if (!open) return null;
  const how = open.status.startsWith('warning')
    ? 'warning_closed'
    : schedule.random.pick(['won', 'lost'] as const);
  fake.closeDispute(open.id, how);
  return `${open.id} ${how}`;
}

async function payout({ till, random }: Schedule): Promise<string> {
  return till.fake.payOut(100 + random.below(10_000), 'EUR', random.next() < 0.8 ? 'paid' : 'failed');
}

async function tellFee(schedule: Schedule): Promise<string | null> {
  const [id] = paidIntents(schedule);
  if (!id) return null;
  schedule.till.fake.tellFee(id);
  return id;
}

/** Whether the provider still waits for anybody here. */
export function underWay(schedule: Schedule): boolean {
  return (
    openSessions(schedule).length > 0 ||
    sessionsOf(schedule).some((one) => one.intent?.status === 'processing')
  );
}
