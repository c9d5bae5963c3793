import { inClinic } from '../../../platform/database/in-clinic.ts';
import type { TestClinic } from '../../../platform/database/testing.ts';

/** An order of a visit and a band, with payments and refunds that have succeeded. */
export interface PaidOrder {
  readonly orderId: string;
  readonly paymentId: string;
  readonly refundId: string;
}

/** Writes the rows of an order of 85 + 12.30 euro, paid in cash, of which 12.30 went back. No papers yet. */
export function paidOrder(clinic: TestClinic): Promise<PaidOrder> {
  return inClinic(clinic.context, async ({ tx, clinicId }) => {
    const clinic_id = clinicId;
    const patient = { given_name: 'Nora', family_name: 'Żółć', search_name: 'zolc nora', birth_date: null };
    const { id: patient_id } = await tx
      .insertInto('patient')
      .values({ clinic_id, ...patient, email: null, phone: null, merged_into: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { id: order_id } = await tx
      .insertInto('sales_order')
      .values({
        clinic_id,
        source: 'desk',
        status: 'partly_refunded',
        patient_id,
        person: null,
        payer_name: 'Łukasz Żółć',
        payer_email: 'lukasz@example.org',
        payer_address: 'ulica 1\nWarszawa',
        currency: 'EUR',
        total_minor: 9730,
        due_now_minor: 9730,
        idempotency_key: crypto.randomUUID(),
        created_at: new Date(Date.UTC(2026, 2, 2, 8)),
        ...NO_VISIT,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const lines = [
      { description: 'First visit', unit_minor: 8500, tax_name: null, tax_bp: 0, tax_minor: 0 },
      { description: 'Elastic band', unit_minor: 1230, tax_name: 'VAT', tax_bp: 2300, tax_minor: 230 },
    ];
    await tx
      .insertInto('order_line')
      .values(
        lines.map((line, position) => ({
          clinic_id,
          order_id,
          position,
          quantity: 1,
          amount_minor: line.unit_minor,
          ...line,
          ...NO_LINKS,
        })),
      )
      .execute();
    const money = { clinic_id, order_id, currency: 'EUR', provider_ref: null, failure: null };
    const settled_at = new Date(Date.UTC(2026, 2, 2, 8, 30));
    const { id: paymentId } = await tx
      .insertInto('payment')
      .values({
        ...money,
        method: 'cash',
        status: 'succeeded',
        amount_minor: 9730,
        provider_payment: null,
        checkout_url: null,
        expires_at: null,
        reference: null,
        taken_by: 'tess',
        idempotency_key: crypto.randomUUID(),
        settled_at,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { id: refundId } = await tx
      .insertInto('refund')
      .values({
        ...money,
        payment_id: paymentId,
        status: 'succeeded',
        amount_minor: 1230,
        reason: 'The band was returned',
        idempotency_key: crypto.randomUUID(),
        requested_by: 'tess',
        settled_at,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { orderId: order_id, paymentId, refundId };
  });
}

const NO_VISIT = {
  appointment_id: null,
  booking: null,
  hold_id: null,
  choose_by: null,
  expires_at: null,
  cancelled_at: null,
  cancel_reason: null,
  created_by: null,
};
const NO_LINKS = {
  price_id: null,
  product_id: null,
  service_id: null,
  procedure_code: null,
  diagnosis_code: null,
};
