import { settleDue } from '../../clinic/capabilities/payments/core/due.ts';
import { randomFrom } from '../../clinic/demo/random.ts';
import { withClients } from '../lib/clients.ts';
import { BUYER, settleLater } from './buyer-actions.ts';
import { type Fault, findFaults, findLeakedHolds, openEnds } from './checks.ts';
import { CLINIC, letExpire } from './clinic-actions.ts';
import { makeOrder, personOf } from './orders.ts';
import { PostOffice } from './post-office.ts';
import { endRefund, PROVIDER } from './provider-actions.ts';
import { KINDS, type Schedule, WORKER } from './schedule.ts';
import { openTill, type Till, type TillDatabase } from './till.ts';

export interface ScheduleOptions {
  readonly seed: number;
  readonly schedules: number;
  /** So many run interleaved in one clinic; then everything comes to rest and is checked. */
  readonly atOnce: number;
  /** Only the batch of this schedule, whose trace is told. */
  readonly only?: number | null;
  /** Told a line at a time: progress, faults and what led to them. */
  readonly say: (line: string) => void;
}

export interface ScheduleResult {
  readonly schedules: number;
  readonly steps: number;
  readonly notices: number;
  readonly serverErrors: number;
  readonly forgeriesAccepted: number;
  /** Schedules that ended in an error that nothing explains. */
  readonly broken: number;
  readonly imbalances: number;
  readonly ownerlessSlots: number;
  readonly unsettledPayments: number;
  /** How many orders ended in which state, and their money. */
  readonly states: Readonly<Record<string, number>>;
}

const ACTIONS = [...BUYER, ...CLINIC, ...PROVIDER];
const FEWEST_STEPS = 6;
const MOST_STEPS = 22;
const WANTED_TIMES = 8;
const ROUNDS = 15;
/** While one waits for a provider that is down, another goes on. */
const BATCHES_AT_ONCE = 2;

/** Runs random schedules, batch after batch, each batch in a clinic of its own, and counts what is wrong afterwards. */
export async function runSchedules(
  database: TillDatabase,
  options: ScheduleOptions,
): Promise<ScheduleResult> {
  const { schedules, atOnce, only = null } = options;
  const total = { steps: 0, notices: 0, serverErrors: 0, forgeriesAccepted: 0, broken: 0, run: 0 };
  const faults: Fault[] = [];
  const states: Record<string, number> = {};
  const batches = Array.from({ length: Math.ceil(schedules / atOnce) }, (_, index) => index * atOnce);
  let done = 0;
  await withClients(BATCHES_AT_ONCE, batches, async (from) => {
    const to = Math.min(schedules, from + atOnce);
    if (only !== null && (only < from || only >= to)) return;
    const till = await openTill(database);
    try {
      const batch = await runBatch(till, from, to, options);
      faults.push(...batch.faults);
      total.run += to - from;
      total.steps += batch.steps;
      total.broken += batch.broken;
      total.forgeriesAccepted += batch.post.accepted;
      for (const [status, count] of batch.post.answers) {
        total.notices += count;
        if (status >= 500) total.serverErrors += count;
      }
      for (const { status, count } of await statesOf(till)) states[status] = (states[status] ?? 0) + count;
    } finally {
      await till.close();
    }
    if (++done % 10 === 0) options.say(`${total.run} schedules, ${faults.length} faults`);
  });
  const count = (kind: Fault['kind']) => faults.filter((one) => one.kind === kind).length;
  const { run, ...counted } = total;
  return {
    schedules: run,
    ...counted,
    imbalances: count('imbalance'),
    ownerlessSlots: count('ownerless'),
    unsettledPayments: count('unsettled'),
    states,
  };
}

async function runBatch(till: Till, from: number, to: number, options: ScheduleOptions) {
  const post = new PostOffice(till);
  const chosen = randomFrom(options.seed * 7_919 + from);
  const wanted = Array.from({ length: WANTED_TIMES }, () => chosen.pick(till.starts));
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  const begun = await Promise.all(numbers.map((number) => begin(till, post, wanted, number, options.seed)));
  const schedules = begun.filter((one) => one !== null);
  const broken = new Set<Schedule>();
  let steps = 0;
  await Promise.all(
    schedules.map(async (schedule) => {
      try {
        const taken = await live(schedule);
        steps += taken;
      } catch (error) {
        schedule.trace.push(`BROKE: ${(error as Error).stack}`);
        broken.add(schedule);
      }
    }),
  );
  const leaked = await findLeakedHolds(till);
  const left = await rest(schedules, post, till, chosen);
  const faults = [...leaked, ...left, ...(await findFaults(till, post.sent))];
  await tell(schedules, faults, broken, options);
  return { post, faults, steps, broken: broken.size };
}

async function begin(
  till: Till,
  post: PostOffice,
  wanted: readonly number[],
  number: number,
  seed: number,
): Promise<Schedule | null> {
  const random = randomFrom(seed * 1_000_003 + number);
  const kind = random.pick(KINDS);
  const person = personOf(number, random);
  const orderId = await makeOrder(kind, { till, person, random, wanted });
  return orderId === null ? null : { number, kind, random, till, post, person, wanted, orderId, trace: [] };
}

/** One thing after another; the others do theirs at the same time. Returns how many there were. */
async function live(schedule: Schedule): Promise<number> {
  const { random, trace } = schedule;
  const steps = FEWEST_STEPS + random.below(MOST_STEPS - FEWEST_STEPS);
  for (let step = 0; step < steps; step++) {
    for (let tries = 0; tries < 12; tries++) {
      const action = step === 0 && tries === 0 ? BUYER[0] : random.weighted(ACTIONS);
      if (!action) break;
      trace.push(`${action.name} …`);
      const result = await action.run(schedule);
      trace.pop();
      if (result === null) continue;
      trace.push(`${action.name}${result ? `: ${result}` : ''}`);
      break;
    }
  }
  return steps;
}

/** Lines work again, time passes, every notice arrives at last, the worker does its work: until nothing is under way. */
async function rest(
  schedules: readonly Schedule[],
  post: PostOffice,
  till: Till,
  random: ReturnType<typeof randomFrom>,
): Promise<readonly Fault[]> {
  till.fake.failNextCalls(0, 'server');
  till.fake.dropAnswer(0);
  till.fake.refundsWait(false);
  for (let round = 0; round < ROUNDS; round++) {
    for (const schedule of schedules) {
      if (round === 0) await letExpire(schedule);
      while (settleLater(schedule)) schedule.trace.push('at last: the later payment ends');
      while (endRefund(schedule, true)) schedule.trace.push('at last: the refund ends');
    }
    if (round === 2)
      await till.admin`update sales_order set choose_by = now() - interval '1 second' where clinic_id = ${till.id} and slot = 'to_choose'`;
    for (const payer of post.payers())
      for (const event of [...post.waitingFor(payer)].sort(() => random.next() - 0.5))
        await post.deliver(payer, event, 1, false);
    await settleDue(till.as(WORKER));
    if (round > 2 && post.waiting === 0 && (await openEnds(till)).length === 0) return [];
  }
  const undelivered = post.payers().map((payer) => ({
    kind: 'unsettled' as const,
    what: `a notice about ${payer} is never thanked for`,
    orderId: null,
  }));
  return [...undelivered, ...(await openEnds(till))];
}

/** The faults with the trace of each schedule that they are about. */
async function tell(
  schedules: readonly Schedule[],
  faults: readonly Fault[],
  broken: ReadonlySet<Schedule>,
  { say, seed, only }: ScheduleOptions,
): Promise<void> {
  for (const fault of faults.filter((one) => !schedules.some(({ orderId }) => orderId === one.orderId)))
    say(`${fault.kind}: ${fault.what} ${fault.orderId ?? ''}`);
  for (const schedule of schedules) {
    const own = faults.filter((one) => one.orderId === schedule.orderId);
    if (own.length === 0 && schedule.number !== only && !broken.has(schedule)) continue;
    say(
      `schedule ${schedule.number} (${schedule.kind}, order ${schedule.orderId}); again: --seed ${seed} --only ${schedule.number}`,
    );
    for (const line of schedule.trace) say(`    ${line}`);
    for (const line of await recordOf(schedule)) say(`    ${line}`);
    for (const fault of own) say(`  ${fault.kind}: ${fault.what}`);
  }
}

function statesOf({ admin, id }: Till) {
  return admin<{ status: string; count: number }[]>`
    select status, count(*)::int from sales_order where clinic_id = ${id} group by status`;
}

/** What is written about an order, a line for each row. */
async function recordOf({ till, orderId }: Schedule): Promise<readonly string[]> {
  const rows = await till.admin<{ line: string }[]>`
    select * from (
      select 'payment ' || concat_ws(' ', id, method, status, amount_minor, provider_payment) as line, created_at as at from payment
        where clinic_id = ${till.id} and order_id = ${orderId}
      union all
      select 'refund ' || concat_ws(' ', id, status, amount_minor, provider_ref, idempotency_key, failure), created_at from refund
        where clinic_id = ${till.id} and order_id = ${orderId}
      union all
      select 'ledger ' || concat_ws(' ', t.kind, t.key, (select string_agg(e.account || ' ' || e.amount_minor, ', ')
        from ledger_entry e where e.clinic_id = t.clinic_id and e.transaction_id = t.id)), recorded_at from ledger_transaction t
        where clinic_id = ${till.id} and order_id = ${orderId}
      union all
      select 'notice ' || concat_ws(' ', event_id, type, outcome, detail, waits_for), received_at from provider_notice n
        where clinic_id = ${till.id} and exists (select from payment p where p.clinic_id = n.clinic_id and p.order_id = ${orderId}
          and (n.body like '%"' || p.provider_payment || '"%' or n.body like '%"' || p.provider_ref || '"%'))
    ) rows order by at`;
  return rows.map(({ line }) => line);
}
