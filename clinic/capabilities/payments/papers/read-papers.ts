import { dateAt, type PlainDate } from '@rectus/schedule';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { paperClinic, patientNameOf } from './read-parties.ts';
import type { IssuedPaper } from './receipt-pdf.ts';
import type { Statement, StatementLine, StatementPayment, StatementRefund } from './statement.ts';

/** A receipt or credit note of this order, or null when the order has none of that id. */
export async function readPaper(
  { tx, clinicId }: ClinicTransaction,
  orderId: string,
  documentId: string,
): Promise<IssuedPaper | null> {
  const row = await tx
    .selectFrom('document')
    .select(['kind', 'number', 'issued_at', 'content'])
    .where('clinic_id', '=', clinicId)
    .where('order_id', '=', orderId)
    .where('id', '=', documentId)
    .executeTakeFirst();
  if (!row) return null;
  return { kind: row.kind, number: row.number, issuedAt: row.issued_at.getTime(), content: row.content };
}

export interface StatementWish {
  /** Orders in one currency, all of the same payer or patient. */
  readonly orderIds: readonly string[];
  /** The days that it covers, where it is not about one order. */
  readonly period: { readonly from: PlainDate; readonly to: PlainDate } | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

type OrderRow = Awaited<ReturnType<typeof readOrders>>[number];
type Money = { readonly order_id: string; readonly amount_minor: number };

/** The statement of some orders as they stand now, or null when none of them exists. */
export async function readStatement(
  transaction: ClinicTransaction,
  clinic: Clinic,
  { orderIds, period, at }: StatementWish,
): Promise<Statement | null> {
  if (orderIds.length === 0) return null;
  const orders = await readOrders(transaction, orderIds);
  const [first] = orders;
  if (!first) return null;
  const zone = clinic.timeZone;
  const payments = await readPayments(transaction, orderIds);
  const refunds = await readRefunds(transaction, orderIds);
  return {
    clinic: await paperClinic(transaction, clinic),
    about: period ? { kind: 'period', ...period } : { kind: 'order', orderNumber: first.number },
    payer: { name: first.payer_name, address: first.payer_address, email: first.payer_email },
    patientName: await patientNameOf(transaction, first),
    issuedAt: at,
    currency: first.currency,
    lines: await readLines(transaction, orders, zone),
    payments: payments.map(
      (row): StatementPayment => ({
        date: dateAt((row.settled_at ?? row.created_at).getTime(), zone),
        method: row.method,
        reference: row.reference ?? row.provider_payment,
        amountMinor: row.amount_minor,
        receiptNumber: row.number,
      }),
    ),
    refunds: refunds.map(
      (row): StatementRefund => ({
        date: dateAt((row.settled_at ?? row.created_at).getTime(), zone),
        method: row.method,
        reason: row.reason,
        amountMinor: row.amount_minor,
        creditNoteNumber: row.number,
      }),
    ),
    takenBackMinor: orders.reduce((sum, order) => sum + takenBack(order, payments, refunds), 0),
  };
}

/**
 * What an order no longer asks for. One that was cancelled, that expired, or of which money went back asks for no
 * more than what was kept of it.
 */
function takenBack(order: OrderRow, payments: readonly Money[], refunds: readonly Money[]): number {
  const of = (rows: readonly Money[]) =>
    rows.filter((row) => row.order_id === order.id).reduce((sum, row) => sum + row.amount_minor, 0);
  const refunded = of(refunds);
  const closed = order.cancelled_at !== null || order.status === 'expired' || refunded > 0;
  return closed ? Math.max(0, order.total_minor - (of(payments) - refunded)) : 0;
}

function readOrders({ tx, clinicId }: ClinicTransaction, orderIds: readonly string[]) {
  return tx
    .selectFrom('sales_order as o')
    .leftJoin('appointment as a', (join) =>
      join.onRef('a.clinic_id', '=', 'o.clinic_id').onRef('a.id', '=', 'o.appointment_id'),
    )
    .leftJoin('site as s', (join) =>
      join.onRef('s.clinic_id', '=', 'a.clinic_id').onRef('s.id', '=', 'a.site_id'),
    )
    .select(['o.id', 'o.number', 'o.status', 'o.patient_id', 'o.person', 'o.payer_name', 'o.payer_address'])
    .select(['o.payer_email', 'o.currency', 'o.total_minor', 'o.cancelled_at', 'o.created_at', 'a.starts_at'])
    .select('s.time_zone as site_zone')
    .where('o.clinic_id', '=', clinicId)
    .where('o.id', 'in', orderIds)
    .orderBy('o.number')
    .execute();
}

async function readLines(
  { tx, clinicId }: ClinicTransaction,
  orders: readonly OrderRow[],
  zone: string,
): Promise<readonly StatementLine[]> {
  const rows = await tx
    .selectFrom('order_line')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where(
      'order_id',
      'in',
      orders.map((order) => order.id),
    )
    .orderBy('position')
    .orderBy('id')
    .execute();
  const lines = orders.flatMap((order) => {
    const day = dateAt((order.starts_at ?? order.created_at).getTime(), order.site_zone ?? zone);
    return rows
      .filter((row) => row.order_id === order.id)
      .map(
        (row): StatementLine => ({
          date: day,
          orderNumber: order.number,
          description: row.description,
          procedureCode: row.procedure_code,
          diagnosisCode: row.diagnosis_code,
          quantity: row.quantity,
          unitMinor: row.unit_minor,
          amountMinor: row.amount_minor,
          taxName: row.tax_name,
          taxBp: row.tax_bp,
          taxMinor: row.tax_minor,
        }),
      );
  });
  // By day; the lines of one order stay together, because sorting is stable.
  return lines.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

function readPayments({ tx, clinicId }: ClinicTransaction, orderIds: readonly string[]) {
  return tx
    .selectFrom('payment as p')
    .leftJoin('document as d', (join) =>
      join.onRef('d.clinic_id', '=', 'p.clinic_id').onRef('d.payment_id', '=', 'p.id'),
    )
    .select(['p.order_id', 'p.method', 'p.reference', 'p.provider_payment', 'p.amount_minor'])
    .select(['p.settled_at', 'p.created_at', 'd.number'])
    .where('p.clinic_id', '=', clinicId)
    .where('p.order_id', 'in', orderIds)
    .where('p.status', '=', 'succeeded')
    .orderBy('p.settled_at')
    .orderBy('p.id')
    .execute();
}

function readRefunds({ tx, clinicId }: ClinicTransaction, orderIds: readonly string[]) {
  return tx
    .selectFrom('refund as r')
    .innerJoin('payment as p', (join) =>
      join.onRef('p.clinic_id', '=', 'r.clinic_id').onRef('p.id', '=', 'r.payment_id'),
    )
    .leftJoin('document as d', (join) =>
      join.onRef('d.clinic_id', '=', 'r.clinic_id').onRef('d.refund_id', '=', 'r.id'),
    )
    .select(['r.order_id', 'p.method', 'r.reason', 'r.amount_minor'])
    .select(['r.settled_at', 'r.created_at', 'd.number'])
    .where('r.clinic_id', '=', clinicId)
    .where('r.order_id', 'in', orderIds)
    .where('r.status', '=', 'succeeded')
    .orderBy('r.settled_at')
    .orderBy('r.id')
    .execute();
}
