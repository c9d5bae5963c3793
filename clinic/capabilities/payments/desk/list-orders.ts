import { dateAt } from '@rectus/schedule';
import { type SqlBool, sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { OrderStatus } from '../../../platform/database/schema-of-payments.ts';
import { foldName } from '../../../platform/names/fold-name.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { daySpan } from '../../../platform/web/wall-clock.ts';

export const FILTERS = ['all', 'to_pay', 'refunding', 'today'] as const;
export type OrderFilter = (typeof FILTERS)[number];

/** One line of a list of orders. Amounts in minor units, instants in epoch milliseconds. */
export interface ListedOrder {
  readonly id: string;
  readonly number: string;
  readonly status: OrderStatus;
  readonly patientName: string;
  readonly payerName: string;
  readonly what: string;
  readonly currency: string;
  readonly totalMinor: number;
  /** What was received, less what went back. */
  readonly keptMinor: number;
  readonly createdAt: number;
}

export interface OrderSearch {
  /** An order's number, or the beginning of any word of the patient's or payer's name. */
  readonly text: string;
  readonly filter: OrderFilter;
  /** Only orders that are older than this one: the next page. */
  readonly before?: string | undefined;
}

export const PAGE_OF_ORDERS = 50;

/** The newest orders that fit, at most {@link PAGE_OF_ORDERS} and one more where there are more. */
export async function listOrders(
  clinic: ClinicTransaction,
  { timeZone }: Pick<Clinic, 'timeZone'>,
  search: OrderSearch,
  now: number,
): Promise<readonly ListedOrder[]> {
  const day = daySpan(dateAt(now, timeZone), timeZone);
  return read(clinic, conditionsOf(search, day));
}

/** The orders of a person, newest first, at most {@link PAGE_OF_ORDERS} and one more. */
export function ordersOfPatient(
  clinic: ClinicTransaction,
  patientId: string,
): Promise<readonly ListedOrder[]> {
  return read(clinic, [sql<SqlBool>`o.patient_id = ${patientId}`]);
}

type Condition = ReturnType<typeof sql<SqlBool>>;

function conditionsOf(
  { text, filter, before }: OrderSearch,
  day: { start: number; end: number },
): readonly Condition[] {
  const conditions: Condition[] = [];
  if (before) {
    conditions.push(sql`(o.created_at, o.id) < (select b.created_at, b.id from sales_order b
      where b.clinic_id = o.clinic_id and b.id = ${before})`);
  }
  const number = /^(?:no\.?|№|#)?\s*(\d{1,15})$/i.exec(text.trim())?.[1];
  if (number) conditions.push(sql`o.number = ${number}`);
  else if (text.trim() !== '') {
    for (const word of text.trim().split(/\s+/).slice(0, 5)) conditions.push(beginsLike(word));
  }
  if (filter === 'to_pay') conditions.push(sql`o.status in ('awaiting_payment', 'part_paid')`);
  if (filter === 'refunding') {
    // One that failed is over once its money has gone back in another way.
    conditions.push(sql`exists (select from refund r
      join payment y on y.clinic_id = r.clinic_id and y.id = r.payment_id
      where r.clinic_id = o.clinic_id and r.order_id = o.id and (r.status = 'pending'
        or r.status = 'failed' and r.amount_minor <= y.amount_minor - coalesce((
          select sum(d.amount_minor) from refund d
          where d.clinic_id = y.clinic_id and d.payment_id = y.id and d.status <> 'failed'), 0)))`);
  }
  if (filter === 'today') {
    const [from, to] = [new Date(day.start).toISOString(), new Date(day.end).toISOString()];
    conditions.push(sql`exists (select from payment y
      where y.clinic_id = o.clinic_id and y.order_id = o.id and y.status = 'succeeded'
        and y.settled_at >= ${from}::timestamptz and y.settled_at < ${to}::timestamptz)`);
  }
  return conditions;
}

/** A word of the patient's name, whatever its accents, or of the payer's as it is written. */
function beginsLike(word: string): Condition {
  const [folded, typed] = [foldName(word), word.toLowerCase()].map((one) =>
    one.replaceAll(/[\\%_]/g, '\\$&'),
  );
  const begins = (text: string | undefined) => [`${text}%`, `% ${text}%`] as const;
  const payer = begins(typed);
  if (folded === '')
    return sql`(lower(o.payer_name) like ${payer[0]} or lower(o.payer_name) like ${payer[1]})`;
  const patient = begins(folded);
  return sql`(p.search_name like ${patient[0]} or p.search_name like ${patient[1]}
    or lower(o.payer_name) like ${payer[0]} or lower(o.payer_name) like ${payer[1]})`;
}

async function read(
  { tx, clinicId }: ClinicTransaction,
  conditions: readonly Condition[],
): Promise<readonly ListedOrder[]> {
  const all = [sql<SqlBool>`o.clinic_id = ${clinicId}`, ...conditions];
  const { rows } = await sql<{
    id: string;
    number: string;
    status: OrderStatus;
    patient_name: string | null;
    payer_name: string;
    what: string | null;
    currency: string;
    total_minor: number;
    kept_minor: number;
    created_at: Date;
  }>`
    with found as (
      select o.*, coalesce(p.given_name || ' ' || p.family_name,
        (o.person->>'givenName') || ' ' || (o.person->>'familyName')) as patient_name
      from sales_order o left join patient p on p.clinic_id = o.clinic_id and p.id = o.patient_id
      where ${sql.join(all, sql` and `)}
      order by o.created_at desc, o.id desc limit ${PAGE_OF_ORDERS + 1}
    )
    select o.id, o.number::text, o.status, o.patient_name, o.payer_name, o.currency, o.total_minor, o.created_at,
      (select string_agg(case when l.quantity = 1 then l.description else l.quantity || ' × ' || l.description end,
        ', ' order by l.position) from order_line l where l.clinic_id = o.clinic_id and l.order_id = o.id) as what,
      coalesce((select -sum(e.amount_minor) from ledger_entry e
        join ledger_transaction t on t.clinic_id = e.clinic_id and t.id = e.transaction_id
        where e.clinic_id = o.clinic_id and e.order_id = o.id and e.account = 'customers'
          and t.kind in ('payment', 'refund')), 0)::float8 as kept_minor
    from found o order by o.created_at desc, o.id desc`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    status: row.status,
    patientName: row.patient_name ?? '',
    payerName: row.payer_name,
    what: row.what ?? '',
    currency: row.currency,
    totalMinor: row.total_minor,
    keptMinor: row.kept_minor,
    createdAt: row.created_at.getTime(),
  }));
}
