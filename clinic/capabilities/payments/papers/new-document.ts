import { dateAt } from '@rectus/schedule';
import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { DocumentContent } from '../../../platform/database/schema-of-payments.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { paperClinic, patientNameOf } from './read-parties.ts';

/** A receipt or credit note that stands in the books. */
export interface NewDocument {
  readonly id: string;
  readonly kind: 'receipt' | 'credit_note';
  /** "R-2026-00418". */
  readonly number: string;
}

/** How a refund falls on one line of the order, in minor units. */
export interface CreditedLine {
  readonly amountMinor: number;
  readonly taxMinor: number;
}

/**
 * Writes the receipt of a payment, or returns the one it has. Call it within the transaction that settles the
 * payment, after its row says so: the number is taken there, so that a number is used or was never given.
 *
 * @param at when it is issued, epoch milliseconds; the number's year is the year in the clinic's zone
 */
export async function issueReceipt(
  transaction: ClinicTransaction,
  clinic: Clinic,
  orderId: string,
  paymentId: string,
  at: number,
): Promise<NewDocument> {
  const { tx, clinicId } = transaction;
  // The lock makes a second call wait for the first, and find what it wrote.
  const payment = await tx
    .selectFrom('payment')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', paymentId)
    .where('order_id', '=', orderId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const known = await documentOf(transaction, 'payment_id', paymentId);
  if (known) return known;
  const base = await contentOf(transaction, clinic, orderId, { payment: paymentId, refund: null });
  const content: DocumentContent = {
    ...base,
    amountMinor: payment.amount_minor,
    paidMinor: base.paidMinor + payment.amount_minor,
    method: payment.method,
    reference: payment.reference ?? payment.provider_payment,
    reason: null,
    creditOf: null,
    credited: null,
  };
  return write(transaction, clinic, { kind: 'receipt', orderId, paymentId, refundId: null, at, content });
}

/**
 * Writes the credit note of a refund, or returns the one it has, under the same rules as {@link issueReceipt}.
 *
 * @param credited how the refund falls on the order's lines, in their order; null where nothing was charged yet
 */
export async function issueCreditNote(
  transaction: ClinicTransaction,
  clinic: Clinic,
  orderId: string,
  refundId: string,
  credited: readonly CreditedLine[] | null,
  at: number,
): Promise<NewDocument> {
  const { tx, clinicId } = transaction;
  const refund = await tx
    .selectFrom('refund')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', refundId)
    .where('order_id', '=', orderId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const known = await documentOf(transaction, 'refund_id', refundId);
  if (known) return known;
  const { method } = await tx
    .selectFrom('payment')
    .select('method')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', refund.payment_id)
    .executeTakeFirstOrThrow();
  const receipt = await documentOf(transaction, 'payment_id', refund.payment_id);
  const base = await contentOf(transaction, clinic, orderId, { payment: null, refund: refundId });
  const content: DocumentContent = {
    ...base,
    amountMinor: refund.amount_minor,
    refundedMinor: base.refundedMinor + refund.amount_minor,
    method,
    reference: refund.provider_ref || null,
    reason: refund.reason,
    creditOf: receipt?.number ?? null,
    credited: credited?.map(({ amountMinor, taxMinor }) => ({ amountMinor, taxMinor })) ?? null,
  };
  return write(transaction, clinic, { kind: 'credit_note', orderId, paymentId: null, refundId, at, content });
}

async function documentOf(
  { tx, clinicId }: ClinicTransaction,
  column: 'payment_id' | 'refund_id',
  id: string,
): Promise<NewDocument | undefined> {
  return tx
    .selectFrom('document')
    .select(['id', 'kind', 'number'])
    .where('clinic_id', '=', clinicId)
    .where(column, '=', id)
    .executeTakeFirst();
}

/** What every paper of an order says, with what was paid and given back besides the payment or refund it is for. */
async function contentOf(
  transaction: ClinicTransaction,
  clinic: Clinic,
  orderId: string,
  besides: { readonly payment: string | null; readonly refund: string | null },
) {
  const { tx, clinicId } = transaction;
  const order = await tx
    .selectFrom('sales_order')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', orderId)
    .executeTakeFirstOrThrow();
  const lines = await tx
    .selectFrom('order_line')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('order_id', '=', orderId)
    .orderBy('position')
    .orderBy('id')
    .execute();
  return {
    clinic: await paperClinic(transaction, clinic),
    payer: { name: order.payer_name, address: order.payer_address, email: order.payer_email },
    patientName: await patientNameOf(transaction, order),
    orderNumber: order.number,
    currency: order.currency,
    lines: lines.map((line) => ({
      description: line.description,
      quantity: line.quantity,
      unitMinor: line.unit_minor,
      amountMinor: line.amount_minor,
      taxName: line.tax_name,
      taxBp: line.tax_bp,
      taxMinor: line.tax_minor,
      procedureCode: line.procedure_code,
      diagnosisCode: line.diagnosis_code,
    })),
    totalMinor: order.total_minor,
    paidMinor: await succeededSum(transaction, 'payment', orderId, besides.payment),
    refundedMinor: await succeededSum(transaction, 'refund', orderId, besides.refund),
  };
}

async function succeededSum(
  { tx, clinicId }: ClinicTransaction,
  table: 'payment' | 'refund',
  orderId: string,
  besides: string | null,
): Promise<number> {
  const { sum } = await tx
    .selectFrom(table)
    .select(sql<number>`coalesce(sum(amount_minor), 0)::float8`.as('sum'))
    .where('clinic_id', '=', clinicId)
    .where('order_id', '=', orderId)
    .where('status', '=', 'succeeded')
    .where(sql<boolean>`id is distinct from ${besides}::uuid`)
    .executeTakeFirstOrThrow();
  return sum;
}

interface Draft {
  readonly kind: 'receipt' | 'credit_note';
  readonly orderId: string;
  readonly paymentId: string | null;
  readonly refundId: string | null;
  readonly at: number;
  readonly content: DocumentContent;
}

async function write(transaction: ClinicTransaction, clinic: Clinic, draft: Draft): Promise<NewDocument> {
  const { tx, clinicId } = transaction;
  const series = draft.kind === 'receipt' ? 'R' : 'C';
  const year = Number(dateAt(draft.at, clinic.timeZone).slice(0, 4));
  // The row of the counter stays locked until the end: who comes later waits, and a rollback gives the number back.
  const { last } = await tx
    .insertInto('document_counter')
    .values({ clinic_id: clinicId, series, year, last: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['clinic_id', 'series', 'year'])
        .doUpdateSet({ last: sql<number>`document_counter.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  const number = `${series}-${year}-${`${last}`.padStart(5, '0')}`;
  return tx
    .insertInto('document')
    .values({
      clinic_id: clinicId,
      kind: draft.kind,
      series,
      year,
      sequence: last,
      number,
      order_id: draft.orderId,
      payment_id: draft.paymentId,
      refund_id: draft.refundId,
      issued_at: new Date(draft.at),
      content: draft.content,
    })
    .returning(['id', 'kind', 'number'])
    .executeTakeFirstOrThrow();
}
