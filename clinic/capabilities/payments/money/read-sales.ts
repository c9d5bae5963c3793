import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';

/** What was sold of one service, or under one name, at one tax. Minor units; what was taken back is positive too. */
export interface Sales {
  readonly serviceId: string | null;
  readonly name: string;
  readonly taxName: string | null;
  readonly taxBp: number;
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly netBackMinor: number;
  readonly taxBackMinor: number;
}

/** Sales and what refunds took back of them, by service and tax, in one statement. `span` in epoch milliseconds. */
export async function readSales(
  { tx, clinicId }: ClinicTransaction,
  span: { readonly start: number; readonly end: number },
  currency: string,
): Promise<readonly Sales[]> {
  const [from, to] = [new Date(span.start).toISOString(), new Date(span.end).toISOString()];
  const { rows } = await sql<{
    service_id: string | null;
    name: string;
    tax_name: string | null;
    tax_bp: number;
    net: number;
    tax: number;
    net_back: number;
    tax_back: number;
  }>`
    select s.id as service_id, coalesce(s.name, l.description) as name, l.tax_name, l.tax_bp,
      coalesce(-sum(e.amount_minor) filter (where e.account = 'sales' and e.amount_minor < 0), 0)::float8 as net,
      coalesce(-sum(e.amount_minor) filter (where e.account = 'tax' and e.amount_minor < 0), 0)::float8 as tax,
      coalesce(sum(e.amount_minor) filter (where e.account = 'sales' and e.amount_minor > 0), 0)::float8 as net_back,
      coalesce(sum(e.amount_minor) filter (where e.account = 'tax' and e.amount_minor > 0), 0)::float8 as tax_back
    from ledger_entry e
    left join order_line l on l.clinic_id = e.clinic_id and l.id = e.order_line_id
    left join service s on s.clinic_id = l.clinic_id and s.id = l.service_id
    where e.clinic_id = ${clinicId} and e.at >= ${from}::timestamptz and e.at < ${to}::timestamptz
      and e.currency = ${currency} and e.account in ('sales', 'tax')
    group by 1, 2, 3, 4
    order by sum(e.amount_minor), 2`.execute(tx);
  return rows.map((row) => ({
    serviceId: row.service_id,
    name: row.name ?? 'Without a line',
    taxName: row.tax_name,
    taxBp: row.tax_bp ?? 0,
    netMinor: row.net,
    taxMinor: row.tax,
    netBackMinor: row.net_back,
    taxBackMinor: row.tax_back,
  }));
}
