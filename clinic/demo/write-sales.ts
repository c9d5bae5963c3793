import {
  type FrozenPrice,
  freezePrice,
  practicePaymentOf,
  taxWithin,
} from '../capabilities/payments/index.ts';
import { record } from '../platform/audit/record.ts';
import type { PriceLine } from '../platform/database/schema-of-payments.ts';
import type { Random } from './random.ts';
import type { SalePlan } from './sales.ts';
import {
  type Books,
  nameOf,
  type Paid,
  type Refunded,
  type Sold,
  type SoldLine,
  writeLedger,
  writePapers,
} from './write-books.ts';
import { insertAll } from './write-clinic.ts';

/**
 * Writes two weeks of sales as they would stand had each been made at its time: orders, payments, ledger, papers and
 * what they entitle to. Row by row through the desk it would take many times as long as the rest of the demo.
 */
export async function writeSales(books: Books, sales: readonly SalePlan[]): Promise<void> {
  const { clinic } = books;
  const sold = await writeOrders(books, sales);
  const paid = sold.filter((sale): sale is Paid => sale.paid !== null);
  const refunded = paid.filter((sale): sale is Refunded => sale.refund !== null);
  await writePayments(books, paid);
  await insertAll(
    clinic,
    'refund',
    refunded.map(({ id, paid: { id: paymentId }, refund }) => ({
      id: refund.id,
      order_id: id,
      payment_id: paymentId,
      status: 'succeeded' as const,
      amount_minor: refund.amountMinor,
      currency: books.plan.currency,
      reason: refund.reason,
      provider_ref: null,
      failure: null,
      idempotency_key: `demo ${refund.id} 0`,
      requested_by: books.deskUserId,
      created_at: new Date(refund.at),
      settled_at: new Date(refund.at),
    })),
  );
  await writeLedger(books, paid, refunded);
  await writePapers(books, paid, refunded);
  await writeEntitlements(books, paid);
  await record(clinic, { action: 'order.imported', detail: { count: sales.length } });
}

async function writeOrders(books: Books, sales: readonly SalePlan[]): Promise<readonly Sold[]> {
  const { clinic, plan, random, deskUserId } = books;
  const prices = new Map<string, FrozenPrice>();
  for (const item of sales.flatMap(({ items }) => items)) {
    const id = 'serviceId' in item ? item.serviceId : item.productId;
    if (prices.has(id)) continue;
    const price = await freezePrice(clinic, item);
    if (!price) throw new Error(`The demo sold ${id}, which has no price`);
    prices.set(id, price);
  }
  const sold = sales.map((sale) => {
    const lines = sale.items
      .flatMap((item) => prices.get('serviceId' in item ? item.serviceId : item.productId) ?? [])
      .flatMap((price) => price.lines.map((line) => soldLine(random, price, line)));
    return { ...sale, lines, totalMinor: lines.reduce((sum, line) => sum + line.amountMinor, 0) };
  });
  await insertAll(
    clinic,
    'sales_order',
    sold.map((sale) => ({
      id: sale.id,
      status:
        sale.refund !== null
          ? ('partly_refunded' as const)
          : sale.paid
            ? ('paid' as const)
            : ('awaiting_payment' as const),
      source: sale.source,
      patient_id: sale.patient.id,
      person: null,
      payer_name: nameOf(sale),
      payer_email: sale.patient.email,
      currency: plan.currency,
      total_minor: sale.totalMinor,
      due_now_minor: sale.totalMinor,
      appointment_id: sale.source === 'desk' ? (sale.visits[0]?.id ?? null) : null,
      booking: null,
      idempotency_key: `demo ${sale.id}`,
      created_by: sale.source === 'desk' ? deskUserId : null,
      created_at: new Date(sale.createdAt),
    })),
  );
  await insertAll(
    clinic,
    'order_line',
    sold.flatMap((sale) =>
      sale.lines.map((line, position) => ({
        id: line.id,
        order_id: sale.id,
        position,
        price_id: line.price.id,
        product_id: line.price.productId,
        service_id: line.serviceId,
        description: line.description,
        quantity: line.quantity,
        unit_minor: line.unitMinor,
        amount_minor: line.amountMinor,
        tax_name: line.taxName,
        tax_bp: line.taxBp,
        tax_minor: line.taxMinor,
        procedure_code: line.procedureCode,
        diagnosis_code: null,
      })),
    ),
  );
  const numbers = await clinic.tx
    .selectFrom('sales_order')
    .select(['id', 'number'])
    .where('clinic_id', '=', clinic.clinicId)
    .execute();
  const numberOf = new Map(numbers.map(({ id, number }) => [id, number]));
  return sold.map((sale) => ({ ...sale, number: numberOf.get(sale.id) ?? '' }));
}

function soldLine(random: Random, price: FrozenPrice, line: PriceLine): SoldLine {
  const amountMinor = line.quantity * line.unitMinor;
  return { ...line, id: random.uuid(), price, amountMinor, taxMinor: taxWithin(amountMinor, line.taxBp) };
}

async function writePayments(books: Books, paid: readonly Paid[]): Promise<void> {
  const { clinic, plan, deskUserId, publicUrl } = books;
  await insertAll(
    clinic,
    'payment',
    paid.map((sale) => {
      const { checkoutId } = sale.paid;
      return {
        id: sale.paid.id,
        order_id: sale.id,
        method: sale.paid.method,
        status: 'succeeded' as const,
        amount_minor: sale.totalMinor,
        currency: plan.currency,
        provider_ref: checkoutId,
        provider_payment: checkoutId && practicePaymentOf(checkoutId),
        checkout_url: null,
        expires_at: null,
        failure: null,
        reference: sale.paid.reference,
        taken_by: sale.source === 'desk' ? deskUserId : null,
        idempotency_key: `demo ${sale.paid.id}`,
        created_at: new Date(sale.paid.at),
        settled_at: new Date(sale.paid.at),
      };
    }),
  );
  await insertAll(
    clinic,
    'practice_checkout',
    paid.flatMap((sale) => {
      const id = sale.paid.checkoutId;
      return id
        ? [
            {
              id,
              payment_id: sale.paid.id,
              state: 'paid' as const,
              amount_minor: sale.totalMinor,
              currency: plan.currency,
              description: sale.lines.map((line) => line.description).join('\n'),
              success_url: publicUrl,
              cancel_url: publicUrl,
              failure: null,
              pays_at: null,
              expires_at: new Date(sale.createdAt + 31 * 60_000),
              created_at: new Date(sale.createdAt),
            },
          ]
        : [];
    }),
  );
}

/** What was paid for can be booked; each of its visits has used one. */
async function writeEntitlements({ clinic, shop, random }: Books, paid: readonly Paid[]): Promise<void> {
  const monthsOf = new Map(shop.products.map(({ id, validMonths }) => [id, validMonths]));
  const granted = paid.flatMap((sale) =>
    sale.lines.flatMap((line) =>
      line.serviceId
        ? [
            {
              id: random.uuid(),
              order_id: sale.id,
              order_line_id: line.id,
              patient_id: sale.patient.id,
              service_id: line.serviceId,
              quantity: line.quantity,
              valid_until: monthsLater(sale.paid.at, monthsOf.get(line.price.productId ?? '') ?? null),
              revoked_at: null,
              created_at: new Date(sale.paid.at),
            },
          ]
        : [],
    ),
  );
  await insertAll(clinic, 'entitlement', granted);
  await insertAll(
    clinic,
    'entitlement_use',
    paid.flatMap((sale) =>
      sale.visits.flatMap((visit) => {
        const entitlement = granted.find(
          (one) => one.order_id === sale.id && one.service_id === visit.service.id,
        );
        return entitlement
          ? [
              {
                entitlement_id: entitlement.id,
                appointment_id: visit.id,
                created_at: new Date(Math.max(sale.paid.at, visit.createdAt)),
              },
            ]
          : [];
      }),
    ),
  );
}

function monthsLater(instant: number, months: number | null): Date | null {
  if (months === null) return null;
  const later = new Date(instant);
  later.setUTCMonth(later.getUTCMonth() + months);
  return later;
}
