import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { PaymentMethod, PaymentStatus } from '../../../platform/database/schema-of-payments.ts';
import { type Entitlement, readEntitlements } from '../core/entitlements.ts';
import { type Order, readOrder } from '../core/orders.ts';
import { refundablePayments } from '../core/refunds.ts';
import { HISTORY_WORDS } from './words.ts';

export interface LineOfOrder {
  readonly id: string;
  readonly description: string;
  readonly quantity: number;
  readonly unitMinor: number;
  readonly amountMinor: number;
  readonly taxName: string | null;
  readonly taxMinor: number;
  readonly procedureCode: string | null;
  readonly diagnosisCode: string | null;
}

export interface PaymentOfOrder {
  readonly id: string;
  readonly method: PaymentMethod;
  readonly status: PaymentStatus;
  readonly amountMinor: number;
  readonly reference: string | null;
  readonly failure: string | null;
  /** Who took it, where somebody here did. */
  readonly by: string | null;
  readonly at: number;
  readonly receipt: Paper | null;
}

export interface RefundOfOrder {
  readonly id: string;
  readonly method: PaymentMethod;
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly amountMinor: number;
  readonly reason: string;
  readonly failure: string | null;
  readonly by: string | null;
  readonly at: number;
  readonly creditNote: Paper | null;
}

export interface Paper {
  readonly id: string;
  readonly number: string;
}

export interface HistoryLine {
  readonly at: number;
  readonly words: string;
  readonly by: string;
  readonly amountMinor: number | null;
}

/** Everything that the desk's page of an order shows. Amounts in minor units, instants in epoch milliseconds. */
export interface OrderOnDesk {
  readonly order: Order;
  readonly cancelReason: string | null;
  readonly patient: { readonly id: string; readonly name: string } | null;
  readonly visit: {
    readonly id: string;
    readonly start: number;
    readonly siteId: string | null;
    readonly serviceName: string;
    readonly cancelled: boolean;
  } | null;
  readonly lines: readonly LineOfOrder[];
  readonly payments: readonly PaymentOfOrder[];
  readonly refunds: readonly RefundOfOrder[];
  readonly refundable: Awaited<ReturnType<typeof refundablePayments>>;
  readonly entitlements: readonly Entitlement[];
  readonly history: readonly HistoryLine[];
}

/** Reads an order with all that belongs to it, or null when this clinic has none of that id. */
export async function readOrderOnDesk(clinic: ClinicTransaction, id: string): Promise<OrderOnDesk | null> {
  const order = await readOrder(clinic, id);
  if (!order) return null;
  const papers = await readPapers(clinic, id);
  return {
    order,
    ...(await readAbout(clinic, id)),
    lines: await readLines(clinic, id),
    payments: await readPayments(clinic, id, papers),
    refunds: await readRefunds(clinic, id, papers),
    refundable: await refundablePayments(clinic, id),
    entitlements: await readEntitlements(clinic, { orderId: id }),
    history: await readHistory(clinic, id),
  };
}

async function readAbout(
  { tx, clinicId }: ClinicTransaction,
  id: string,
): Promise<Pick<OrderOnDesk, 'cancelReason' | 'patient' | 'visit'>> {
  const row = await tx
    .selectFrom('sales_order as o')
    .leftJoin('patient as p', (join) =>
      join.onRef('p.clinic_id', '=', 'o.clinic_id').onRef('p.id', '=', 'o.patient_id'),
    )
    .leftJoin('appointment as a', (join) =>
      join.onRef('a.clinic_id', '=', 'o.clinic_id').onRef('a.id', '=', 'o.appointment_id'),
    )
    .leftJoin('service as s', (join) =>
      join.onRef('s.clinic_id', '=', 'a.clinic_id').onRef('s.id', '=', 'a.service_id'),
    )
    .select(['o.cancel_reason', 'p.id as patient_id', 'p.given_name', 'p.family_name'])
    .select(['a.id as appointment_id', 'a.starts_at', 'a.site_id', 'a.status', 's.name as service_name'])
    .where('o.clinic_id', '=', clinicId)
    .where('o.id', '=', id)
    .executeTakeFirstOrThrow();
  return {
    cancelReason: row.cancel_reason,
    patient: row.patient_id ? { id: row.patient_id, name: `${row.given_name} ${row.family_name}` } : null,
    visit:
      row.appointment_id && row.starts_at
        ? {
            id: row.appointment_id,
            start: row.starts_at.getTime(),
            siteId: row.site_id,
            serviceName: row.service_name ?? '',
            cancelled: row.status === 'cancelled',
          }
        : null,
  };
}

async function readLines(
  { tx, clinicId }: ClinicTransaction,
  orderId: string,
): Promise<readonly LineOfOrder[]> {
  const rows = await tx
    .selectFrom('order_line')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('order_id', '=', orderId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    description: row.description,
    quantity: row.quantity,
    unitMinor: row.unit_minor,
    amountMinor: row.amount_minor,
    taxName: row.tax_name,
    taxMinor: row.tax_minor,
    procedureCode: row.procedure_code,
    diagnosisCode: row.diagnosis_code,
  }));
}

type Papers = ReadonlyMap<string, Paper>;

/** Receipts and credit notes, by the payment or refund that they are about. */
async function readPapers({ tx, clinicId }: ClinicTransaction, orderId: string): Promise<Papers> {
  const rows = await tx
    .selectFrom('document')
    .select(['id', 'number', 'payment_id', 'refund_id'])
    .where('clinic_id', '=', clinicId)
    .where('order_id', '=', orderId)
    .execute();
  return new Map(
    rows.map(({ id, number, payment_id, refund_id }) => [payment_id ?? refund_id ?? '', { id, number }]),
  );
}

async function readPayments(
  { tx, clinicId }: ClinicTransaction,
  orderId: string,
  papers: Papers,
): Promise<readonly PaymentOfOrder[]> {
  const rows = await tx
    .selectFrom('payment as p')
    .leftJoin('membership as m', (join) =>
      join.onRef('m.clinic_id', '=', 'p.clinic_id').onRef('m.user_id', '=', 'p.taken_by'),
    )
    .selectAll('p')
    .select('m.name as by')
    .where('p.clinic_id', '=', clinicId)
    .where('p.order_id', '=', orderId)
    .orderBy('p.created_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    method: row.method,
    status: row.status,
    amountMinor: row.amount_minor,
    reference: row.reference,
    failure: row.failure,
    by: row.by,
    at: (row.settled_at ?? row.created_at).getTime(),
    receipt: papers.get(row.id) ?? null,
  }));
}

async function readRefunds(
  { tx, clinicId }: ClinicTransaction,
  orderId: string,
  papers: Papers,
): Promise<readonly RefundOfOrder[]> {
  const rows = await tx
    .selectFrom('refund as r')
    .innerJoin('payment as p', (join) =>
      join.onRef('p.clinic_id', '=', 'r.clinic_id').onRef('p.id', '=', 'r.payment_id'),
    )
    .leftJoin('membership as m', (join) =>
      join.onRef('m.clinic_id', '=', 'r.clinic_id').onRef('m.user_id', '=', 'r.requested_by'),
    )
    .selectAll('r')
    .select(['p.method', 'm.name as by'])
    .where('r.clinic_id', '=', clinicId)
    .where('r.order_id', '=', orderId)
    .orderBy('r.created_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    method: row.method,
    status: row.status,
    amountMinor: row.amount_minor,
    reason: row.reason,
    failure: row.failure,
    by: row.by,
    at: (row.settled_at ?? row.created_at).getTime(),
    creditNote: papers.get(row.id) ?? null,
  }));
}

async function readHistory(
  { tx, clinicId }: ClinicTransaction,
  orderId: string,
): Promise<readonly HistoryLine[]> {
  const rows = await tx
    .selectFrom('audit_event as e')
    .leftJoin('membership as m', (join) =>
      join.onRef('m.clinic_id', '=', 'e.clinic_id').onRef('m.user_id', '=', 'e.actor_id'),
    )
    .select(['e.at', 'e.action', 'e.actor_kind', 'e.detail', 'm.name'])
    .where('e.clinic_id', '=', clinicId)
    .where('e.subject_kind', '=', 'order')
    .where('e.subject_id', '=', orderId)
    .where('e.action', 'in', Object.keys(HISTORY_WORDS))
    .orderBy('e.id')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    at: row.at.getTime(),
    words: HISTORY_WORDS[row.action] ?? row.action,
    by: row.name ?? ACTORS[row.actor_kind],
    amountMinor: amountOf(row.detail),
  }));
}

const ACTORS = { public: 'online', staff: 'the desk', system: 'by itself' } as const;

function amountOf(detail: unknown): number | null {
  const amount =
    typeof detail === 'object' && detail !== null && 'amountMinor' in detail ? detail.amountMinor : null;
  return typeof amount === 'number' ? amount : null;
}
