import { toLocal } from '@rectus/schedule';
import { sql } from 'kysely';
import { record } from '../../../platform/audit/record.ts';
import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { BYTE_ORDER_MARK, type Cell, csvAmount, csvRecord } from './csv.ts';
import { daysOfMonth } from './periods.ts';

export type ExportName = 'ledger' | 'orders' | 'payments';
export const EXPORTS: readonly ExportName[] = ['ledger', 'orders', 'payments'];

/** How many rows one statement fetches. */
const PAGE = 5_000;

/** Before every id. */
const NOWHERE = '00000000-0000-0000-0000-000000000000';

/** A row of an export: its cells, and the text after which the next page begins. */
interface ExportRow {
  readonly cursor: string;
  readonly cells: readonly Cell[];
}

interface Export {
  readonly head: readonly string[];
  readonly page: (
    clinic: ClinicTransaction,
    span: { readonly from: string; readonly to: string },
    after: string,
    say: Say,
  ) => Promise<readonly ExportRow[]>;
}

/** Writes instants and amounts the way the clinic reads them. */
interface Say {
  readonly moment: (at: Date) => readonly [date: string, time: string];
  readonly amount: (minor: number, currency: string) => string;
}

/**
 * A month as CSV for a table program, piece by piece: UTF-8 with its mark, days and times of the clinic's zone,
 * amounts with a point. Nobody is named; the order's number leads to whom it is about.
 *
 * @param month `2026-11`
 */
export async function* exportMonth(
  context: ClinicContext,
  clinic: Clinic,
  name: ExportName,
  month: string,
): AsyncGenerator<string> {
  const days = daysOfMonth(month, clinic);
  const span = { from: new Date(days.start).toISOString(), to: new Date(days.end).toISOString() };
  const { head, page } = ALL[name];
  await inClinic(context, (tx) => record(tx, { action: 'money.exported', detail: { what: name, month } }));
  yield BYTE_ORDER_MARK + csvRecord(head);
  const say = sayFor(clinic);
  let after = '';
  for (;;) {
    const rows = await inClinic(context, (tx) => page(tx, span, after, say));
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map((row) => csvRecord(row.cells)).join('');
    if (rows.length < PAGE) return;
    after = last.cursor;
  }
}

function sayFor(clinic: Clinic): Say {
  const two = (value: number) => String(value).padStart(2, '0');
  const digits = new Map<string, number>();
  return {
    moment(at) {
      const local = toLocal(at.getTime(), clinic.timeZone);
      return [local.date, `${two(local.hour)}:${two(local.minute)}`];
    },
    amount(minor, currency) {
      const known =
        digits.get(currency) ??
        new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
          .maximumFractionDigits ??
        2;
      digits.set(currency, known);
      return csvAmount(minor, known);
    },
  };
}

const LEDGER: Export = {
  head: [
    'date',
    'time',
    'transaction',
    'kind',
    'account',
    'debit',
    'credit',
    'currency',
    'order',
    'service',
    'recorded for',
  ],
  async page({ tx, clinicId }, { from, to }, after, say) {
    const [at = from, transaction = NOWHERE, position = '-1'] = after === '' ? [] : after.split(' ');
    const { rows } = await sql<{
      cursor: string;
      at: Date;
      transaction_id: string;
      kind: string;
      account: string;
      amount_minor: number;
      currency: string;
      number: string | null;
      service: string | null;
      key: string;
    }>`
      select concat_ws(' ', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.transaction_id, e.position) as cursor,
        e.at, e.transaction_id, t.kind, e.account, e.amount_minor, e.currency, o.number::text, s.name as service, t.key
      from ledger_entry e
      join ledger_transaction t on t.clinic_id = e.clinic_id and t.id = e.transaction_id
      left join sales_order o on o.clinic_id = e.clinic_id and o.id = e.order_id
      left join service s on s.clinic_id = e.clinic_id and s.id = e.service_id
      where e.clinic_id = ${clinicId} and e.at >= ${from}::timestamptz and e.at < ${to}::timestamptz
        and (e.at, e.transaction_id, e.position) > (${at}::timestamptz, ${transaction}::uuid, ${position}::int)
      order by e.at, e.transaction_id, e.position limit ${PAGE}`.execute(tx);
    return rows.map((row) => ({
      cursor: row.cursor,
      cells: [
        ...say.moment(row.at),
        row.transaction_id,
        row.kind,
        row.account,
        row.amount_minor > 0 ? say.amount(row.amount_minor, row.currency) : '',
        row.amount_minor < 0 ? say.amount(-row.amount_minor, row.currency) : '',
        row.currency,
        row.number,
        row.service,
        row.key,
      ],
    }));
  },
};

const ORDERS: Export = {
  head: ['date', 'time', 'order', 'status', 'source', 'what', 'total', 'paid', 'given back', 'currency'],
  async page({ tx, clinicId }, { from, to }, after, say) {
    const { rows } = await sql<{
      number: string;
      created_at: Date;
      status: string;
      source: string;
      what: string | null;
      total_minor: number;
      paid: number;
      refunded: number;
      currency: string;
    }>`
      select o.number::text, o.created_at, o.status, o.source, o.total_minor, o.currency,
        (select string_agg(case when l.quantity = 1 then l.description else l.quantity || ' x ' || l.description end,
          '; ' order by l.position) from order_line l where l.clinic_id = o.clinic_id and l.order_id = o.id) as what,
        sums.paid, sums.refunded
      from sales_order o cross join lateral (
        select coalesce(-sum(e.amount_minor) filter (where t.kind = 'payment'), 0)::float8 as paid,
          coalesce(sum(e.amount_minor) filter (where t.kind = 'refund'), 0)::float8 as refunded
        from ledger_entry e join ledger_transaction t on t.clinic_id = e.clinic_id and t.id = e.transaction_id
        where e.clinic_id = o.clinic_id and e.order_id = o.id and e.account = 'customers') sums
      where o.clinic_id = ${clinicId} and o.created_at >= ${from}::timestamptz and o.created_at < ${to}::timestamptz
        and o.number > ${after === '' ? '0' : after}::bigint
      order by o.number limit ${PAGE}`.execute(tx);
    return rows.map((row) => ({
      cursor: row.number,
      cells: [
        ...say.moment(row.created_at),
        row.number,
        row.status,
        row.source,
        row.what,
        say.amount(row.total_minor, row.currency),
        say.amount(row.paid, row.currency),
        say.amount(row.refunded, row.currency),
        row.currency,
      ],
    }));
  },
};

const PAYMENTS: Export = {
  head: [
    'date',
    'time',
    'kind',
    'order',
    'method',
    'amount',
    'currency',
    'paper',
    'reference',
    'provider id',
    'reason',
  ],
  async page({ tx, clinicId }, { from, to }, after, say) {
    const { rows } = await sql<{
      id: string;
      at: Date;
      kind: string;
      number: string;
      method: string;
      amount_minor: number;
      currency: string;
      paper: string | null;
      reference: string | null;
      provider_id: string | null;
      reason: string | null;
    }>`
      select t.id::text, t.at, t.kind, o.number::text, p.method, p.currency, p.reference, r.reason,
        -e.amount_minor as amount_minor,
        case when t.kind = 'refund' then note.number else receipt.number end as paper,
        case when t.kind = 'refund' then nullif(r.provider_ref, '') else p.provider_payment end as provider_id
      from ledger_transaction t
      join ledger_entry e on e.clinic_id = t.clinic_id and e.transaction_id = t.id and e.account = 'customers'
      join payment p on p.clinic_id = t.clinic_id and p.id = t.payment_id
      join sales_order o on o.clinic_id = p.clinic_id and o.id = p.order_id
      left join refund r on r.clinic_id = t.clinic_id and r.id = t.refund_id
      left join document receipt on receipt.clinic_id = t.clinic_id and receipt.payment_id = t.payment_id
        and t.kind = 'payment'
      left join document note on note.clinic_id = t.clinic_id and note.refund_id = t.refund_id
      where t.clinic_id = ${clinicId} and t.at >= ${from}::timestamptz and t.at < ${to}::timestamptz
        and t.kind in ('payment', 'refund') and t.id > ${after === '' ? NOWHERE : after}::uuid
      order by t.id limit ${PAGE}`.execute(tx);
    return rows.map((row) => ({
      cursor: row.id,
      cells: [
        ...say.moment(row.at),
        row.kind,
        row.number,
        row.method,
        say.amount(row.amount_minor, row.currency),
        row.currency,
        row.paper,
        row.reference,
        row.provider_id,
        row.reason,
      ],
    }));
  },
};

const ALL: Readonly<Record<ExportName, Export>> = { ledger: LEDGER, orders: ORDERS, payments: PAYMENTS };
