import { sql } from 'kysely';
import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import type { PaymentMethod, PaymentStatus } from '../../../platform/database/schema-of-payments.ts';
import { type Entitlement, readEntitlements } from '../core/entitlements.ts';
import { type Order, readOrder } from '../core/orders.ts';
import type { Payments } from '../core/payments.ts';
import { linesOf, type Step, stepsOf } from './offers.ts';
import { type OrderState, orderState } from './order-state.ts';

/** An order with everything that its page shows. Amounts in minor units, instants in epoch milliseconds. */
export interface OrderView {
  readonly order: Order;
  readonly state: OrderState;
  /** Whether the time to pay is over, by the database's clock. */
  readonly over: boolean;
  readonly lines: readonly OrderLine[];
  /** The package that it is about, where it is about one. */
  readonly product: OrderProduct | null;
  /** Newest first. */
  readonly payments: readonly OrderPayment[];
  readonly papers: readonly Paper[];
  /** What is on its way back to the payer, and has not arrived. */
  readonly returningMinor: number;
  readonly entitlements: readonly Entitlement[];
  readonly visits: readonly OrderVisit[];
  /** "Maya Okafor", or null where nobody is named yet. */
  readonly patientName: string | null;
  readonly refundTerms: string;
}

export interface OrderLine {
  readonly description: string;
  readonly quantity: number;
  readonly amountMinor: number;
  readonly taxName: string | null;
  readonly taxBp: number;
  readonly taxMinor: number;
  readonly serviceId: string | null;
}

export interface OrderProduct {
  readonly name: string;
  readonly slug: string;
  readonly bring: readonly string[];
  readonly steps: readonly Step[];
  readonly validMonths: number | null;
  /** Whether it can be bought again on the public pages. */
  readonly sold: boolean;
}

export interface OrderPayment {
  readonly id: string;
  readonly method: PaymentMethod;
  readonly status: PaymentStatus;
  readonly amountMinor: number;
  readonly failure: string | null;
  readonly settledAt: number | null;
  readonly expiresAt: number | null;
}

export interface Paper {
  readonly id: string;
  readonly kind: 'receipt' | 'credit_note';
  readonly number: string;
  readonly issuedAt: number;
}

/** A visit that was booked with the order. */
export interface OrderVisit {
  readonly id: string;
  readonly serviceId: string;
  readonly siteId: string | null;
  readonly start: number;
  readonly end: number;
  readonly status: string;
}

/** The order with all that belongs to it, or null when this clinic has none of that id. */
export async function readOrderView({ context }: Payments, orderId: string): Promise<OrderView | null> {
  return inClinic(context, async (clinic) => {
    const order = await readOrder(clinic, orderId);
    if (!order) return null;
    const payments = await paymentsOf(clinic, orderId);
    const { returningMinor, over } = await standOf(clinic, orderId);
    return {
      order,
      state: orderState(order, payments, { over }),
      over,
      ...(await soldOf(clinic, orderId)),
      payments,
      papers: await papersOf(clinic, orderId),
      returningMinor,
      entitlements: await readEntitlements(clinic, { orderId }),
      visits: await visitsOf(clinic, order),
      patientName: await patientNameOf(clinic, order),
      refundTerms: await refundTermsOf(clinic),
    };
  });
}

/** What the clinic says about giving money back; empty where it says nothing. */
export async function refundTermsOf({ tx, clinicId }: ClinicTransaction): Promise<string> {
  const row = await tx
    .selectFrom('payment_settings')
    .select('refund_terms')
    .where('clinic_id', '=', clinicId)
    .executeTakeFirst();
  return row?.refund_terms ?? '';
}

async function soldOf(
  { tx, clinicId }: ClinicTransaction,
  orderId: string,
): Promise<Pick<OrderView, 'lines' | 'product'>> {
  const rows = await tx
    .selectFrom('order_line')
    .select(['description', 'quantity', 'amount_minor', 'tax_name', 'tax_bp', 'tax_minor'])
    .select(['service_id', 'product_id'])
    .where('clinic_id', '=', clinicId)
    .where('order_id', '=', orderId)
    .orderBy('position')
    .execute();
  const [productId, ...others] = [...new Set(rows.map((row) => row.product_id))];
  const product =
    productId && others.length === 0
      ? await tx
          .selectFrom('product')
          .select(['name', 'slug', 'bring', 'steps', 'valid_months', 'online', 'active'])
          .where('clinic_id', '=', clinicId)
          .where('id', '=', productId)
          .executeTakeFirst()
      : null;
  return {
    lines: rows.map((row) => ({
      description: row.description,
      quantity: row.quantity,
      amountMinor: row.amount_minor,
      taxName: row.tax_name,
      taxBp: row.tax_bp,
      taxMinor: row.tax_minor,
      serviceId: row.service_id,
    })),
    product: product
      ? {
          name: product.name,
          slug: product.slug,
          bring: linesOf(product.bring),
          steps: stepsOf(product.steps),
          validMonths: product.valid_months,
          sold: product.online && product.active,
        }
      : null,
  };
}

async function paymentsOf({ tx, clinicId }: ClinicTransaction, orderId: string) {
  const rows = await tx
    .selectFrom('payment')
    .select(['id', 'method', 'status', 'amount_minor', 'failure', 'settled_at', 'expires_at'])
    .where('clinic_id', '=', clinicId)
    .where('order_id', '=', orderId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(
    (row): OrderPayment => ({
      id: row.id,
      method: row.method,
      status: row.status,
      amountMinor: row.amount_minor,
      failure: row.failure,
      settledAt: row.settled_at?.getTime() ?? null,
      expiresAt: row.expires_at?.getTime() ?? null,
    }),
  );
}

async function papersOf({ tx, clinicId }: ClinicTransaction, orderId: string): Promise<readonly Paper[]> {
  const rows = await tx
    .selectFrom('document')
    .select(['id', 'kind', 'number', 'issued_at'])
    .where('clinic_id', '=', clinicId)
    .where('order_id', '=', orderId)
    .orderBy('issued_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    number: row.number,
    issuedAt: row.issued_at.getTime(),
  }));
}

/** What is on its way back, and whether the time to pay is over by the database's clock. */
async function standOf({ tx, clinicId }: ClinicTransaction, orderId: string) {
  const row = await tx
    .selectFrom('sales_order as o')
    .select([
      sql<number>`coalesce((select sum(r.amount_minor) from refund r where r.clinic_id = o.clinic_id
        and r.order_id = o.id and r.status = 'pending'), 0)::float8`.as('returning'),
      sql<boolean>`coalesce(o.expires_at <= clock_timestamp(), false)`.as('over'),
    ])
    .where('o.clinic_id', '=', clinicId)
    .where('o.id', '=', orderId)
    .executeTakeFirstOrThrow();
  return { returningMinor: row.returning, over: row.over };
}

async function visitsOf({ tx, clinicId }: ClinicTransaction, order: Order): Promise<readonly OrderVisit[]> {
  const rows = await tx
    .selectFrom('appointment as a')
    .select(['a.id', 'a.service_id', 'a.site_id', 'a.starts_at', 'a.ends_at', 'a.status'])
    .where('a.clinic_id', '=', clinicId)
    .where((where) =>
      where.or([
        where('a.id', '=', order.appointmentId ?? order.id),
        where(
          'a.id',
          'in',
          where
            .selectFrom('entitlement_use as u')
            .innerJoin('entitlement as e', (join) =>
              join.onRef('e.clinic_id', '=', 'u.clinic_id').onRef('e.id', '=', 'u.entitlement_id'),
            )
            .select('u.appointment_id')
            .where('u.clinic_id', '=', clinicId)
            .where('e.order_id', '=', order.id),
        ),
      ]),
    )
    .orderBy('a.starts_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    serviceId: row.service_id,
    siteId: row.site_id,
    start: row.starts_at.getTime(),
    end: row.ends_at.getTime(),
    status: row.status,
  }));
}

async function patientNameOf({ tx, clinicId }: ClinicTransaction, order: Order): Promise<string | null> {
  if (order.person) return `${order.person.givenName} ${order.person.familyName}`;
  if (!order.patientId) return null;
  const row = await tx
    .selectFrom('patient')
    .select(['given_name', 'family_name'])
    .where('clinic_id', '=', clinicId)
    .where('id', '=', order.patientId)
    .executeTakeFirst();
  return row ? `${row.given_name} ${row.family_name}` : null;
}
