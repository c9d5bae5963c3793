import type { Sql } from '../../clinic/platform/database/pool.ts';

/** Entries that one order leaves in the ledger: two for its payment, four for the sale, two for the provider's fee. */
export const ENTRIES_EACH = 8;
const ORDERS_AT_ONCE = 25_000;

interface Filled {
  readonly id: string;
  readonly packageId: string;
  readonly firstId: string;
  readonly followUpId: string;
}

/**
 * Fills the books with packages that were sold and paid over three years, as the program itself writes them: orders
 * with their lines, payments, receipts, entitlements and ledger. `admin` is the superuser. Constraints that look at
 * other rows are not checked on the way, because everything is checked afterwards by `verifyBooks`.
 */
export async function fillBooks(admin: Sql, clinic: Filled, orders: number): Promise<void> {
  for (let from = 0; from < orders; from += ORDERS_AT_ONCE)
    await addOrders(admin, clinic, from, Math.min(orders, from + ORDERS_AT_ONCE), orders);
  await admin`insert into document_counter (clinic_id, series, year, last)
    select clinic_id, series, year, count(*) from document where clinic_id = ${clinic.id} group by clinic_id, series, year`;
  await admin.unsafe('vacuum analyze');
  await admin.unsafe('checkpoint');
}

async function addOrders(admin: Sql, clinic: Filled, from: number, to: number, all: number): Promise<void> {
  const { id, packageId, firstId, followUpId } = clinic;
  await admin.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`set local statement_timeout = '5min'`;
    // Ids carry the time at which they were made, as the program's own do.
    await tx`create temp table sold on commit drop as
      select n, at, email, extract(year from at at time zone 'Europe/Lisbon')::int as year,
        uuidv7(at - now()) as order_id, uuidv7(at - now()) as patient_id, uuidv7(at - now()) as line1, uuidv7(at - now()) as line2,
        uuidv7(at - now()) as payment_id, uuidv7(at - now()) as paid_tx, uuidv7(at - now()) as sale_tx, uuidv7(at - now()) as fee_tx
      from (select n, 'buyer' || n || '@example.org' as email,
          now() - interval '3 years' + n * (interval '3 years' / ${all}::int) as at
        from generate_series(${from}::int, ${to - 1}::int) n) numbers`;
    await tx`insert into patient (clinic_id, id, given_name, family_name, search_name, birth_date, email, created_at)
      select ${id}::uuid, patient_id, 'Test', 'Person ' || n, 'person ' || n || ' test', '1990-05-17', email, at from sold`;
    await tx`insert into sales_order (clinic_id, id, status, source, patient_id, payer_name, payer_email, currency, total_minor,
        due_now_minor, slot, idempotency_key, expires_at, created_at)
      select ${id}::uuid, order_id, 'paid', 'online', patient_id, 'Test Person ' || n, email, 'EUR', 15000, 15000, 'none',
        'buy ' || order_id, at + interval '31 minutes', at from sold order by n`;
    await tx`insert into order_line (clinic_id, id, order_id, position, product_id, service_id, description, quantity, unit_minor,
        amount_minor, tax_name, tax_bp, tax_minor)
      select ${id}::uuid, line1, order_id, 0, ${packageId}::uuid, ${firstId}::uuid, 'First visit', 1, 6000, 6000, null, 0, 0 from sold
      union all
      select ${id}::uuid, line2, order_id, 1, ${packageId}::uuid, ${followUpId}::uuid, 'Follow-up', 2, 4500, 9000, 'VAT 23 %', 2300, 1683 from sold`;
    await tx`insert into payment (clinic_id, id, order_id, method, status, amount_minor, currency, provider_ref, provider_payment,
        checkout_url, expires_at, idempotency_key, created_at, settled_at)
      select ${id}::uuid, payment_id, order_id, 'stripe', 'succeeded', 15000, 'EUR', 'cs_' || payment_id, 'pi_' || payment_id,
        'https://pay.example.org/' || payment_id, at + interval '31 minutes', payment_id::text, at, at + interval '1 minute' from sold`;
    await tx`insert into ledger_transaction (clinic_id, id, kind, key, order_id, payment_id, at, actor_kind, recorded_at)
      select ${id}::uuid, paid_tx, 'payment', 'payment:' || payment_id, order_id, payment_id, at, 'public', at from sold
      union all select ${id}::uuid, sale_tx, 'sale', 'sale:' || order_id, order_id, null, at, 'public', at from sold
      union all select ${id}::uuid, fee_tx, 'fee', 'fee:txn_' || payment_id, null, payment_id, at, 'public', at from sold`;
    await tx`insert into ledger_entry (clinic_id, transaction_id, position, account, amount_minor, currency, order_id, order_line_id, service_id, at)
      select ${id}::uuid, tx, position, account, minor, 'EUR', of_order, line, service, at from sold, lateral (values
        (paid_tx, 0, 'stripe', 15000, order_id, null::uuid, null::uuid), (paid_tx, 1, 'customers', -15000, order_id, null, null),
        (sale_tx, 0, 'customers', 15000, order_id, null, null), (sale_tx, 1, 'sales', -6000, order_id, line1, ${firstId}::uuid),
        (sale_tx, 2, 'sales', -7317, order_id, line2, ${followUpId}::uuid), (sale_tx, 3, 'tax', -1683, order_id, line2, ${followUpId}::uuid),
        (fee_tx, 0, 'provider_fees', 250, null, null, null), (fee_tx, 1, 'stripe', -250, null, null, null)
      ) as entry (tx, position, account, minor, of_order, line, service)`;
    await tx`insert into document (clinic_id, kind, series, year, sequence, number, order_id, payment_id, issued_at, content)
      select ${id}::uuid, 'receipt', 'R', year, before + row, 'R-' || year || '-' || lpad((before + row)::text, 5, '0'), order_id, payment_id, at,
        jsonb_build_object('clinic', jsonb_build_object('name', 'Bench clinic', 'address', '1 Quay Street, Lisbon', 'taxNumber', ''),
          'payer', jsonb_build_object('name', 'Test Person ' || n, 'address', '', 'email', email), 'patientName', 'Test Person ' || n,
          'orderNumber', n::text, 'currency', 'EUR', 'totalMinor', 15000, 'paidMinor', 15000, 'refundedMinor', 0, 'amountMinor', 15000,
          'method', 'stripe', 'reference', 'pi_' || payment_id, 'lines', jsonb_build_array(
            jsonb_build_object('description', 'First visit', 'quantity', 1, 'unitMinor', 6000, 'amountMinor', 6000, 'taxMinor', 0),
            jsonb_build_object('description', 'Follow-up', 'quantity', 2, 'unitMinor', 4500, 'amountMinor', 9000, 'taxMinor', 1683)))
      from (select s.*, row_number() over (partition by year order by n) as row, coalesce(d.count, 0) as before from sold s
        left join (select year, count(*) from document where clinic_id = ${id} and series = 'R' group by year) d using (year)) numbered`;
    await tx`insert into entitlement (clinic_id, order_id, order_line_id, patient_id, service_id, quantity, valid_until, created_at)
      select ${id}::uuid, order_id, line1, patient_id, ${firstId}::uuid, 1, at + interval '1 year', at from sold
      union all select ${id}::uuid, order_id, line2, patient_id, ${followUpId}::uuid, 2, at + interval '1 year', at from sold`;
  });
}
