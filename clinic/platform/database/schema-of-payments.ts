import type { ColumnType, Generated } from 'kysely';
import type { GeneratedTimestamp, Json, OfClinic, PlainDate, Row, Timestamp } from './columns.ts';

/** Whole minor units of a currency. */
type Minor = number;

export interface TaxTable extends Row {
  name: string;
  rate_bp: number;
  active: Generated<boolean>;
  position: Generated<number>;
}

export interface ProductTable extends Row {
  slug: string;
  kind: 'package' | 'fee';
  name: string;
  summary: Generated<string>;
  bring: Generated<string>;
  steps: Generated<string>;
  valid_months: number | null;
  online: Generated<boolean>;
  active: Generated<boolean>;
  position: Generated<number>;
  created_at: GeneratedTimestamp;
}

export interface ProductPartTable extends Row {
  product_id: string;
  position: Generated<number>;
  service_id: string | null;
  label: string | null;
  quantity: Generated<number>;
  unit_minor: Minor;
  tax_id: string | null;
}

/** One line of a price as it was frozen. */
export interface PriceLine {
  readonly serviceId: string | null;
  readonly description: string;
  readonly quantity: number;
  readonly unitMinor: number;
  readonly taxName: string | null;
  readonly taxBp: number;
  readonly procedureCode: string | null;
}

export interface PriceTable extends Row {
  product_id: string | null;
  service_id: string | null;
  version: number;
  currency: string;
  total_minor: Minor;
  lines: Json<readonly PriceLine[]>;
  created_at: GeneratedTimestamp;
}

export type OrderStatus =
  | 'draft'
  | 'awaiting_payment'
  | 'part_paid'
  | 'paid'
  | 'partly_refunded'
  | 'refunded'
  | 'cancelled'
  | 'expired'
  | 'disputed';

/** What becomes of the time that an order is for. */
export type OrderSlot = 'none' | 'held' | 'booked' | 'to_choose' | 'given_up';

/** A person as the buyer described them. */
export interface OrderPerson {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/** The visit that is booked when the order is paid. `start` in epoch milliseconds. */
export interface OrderBooking {
  readonly serviceId: string;
  readonly siteId: string | null;
  readonly clinicianId: string | null;
  readonly start: number;
  readonly viewerZone: string | null;
  readonly safety: { readonly version: string; readonly yes: readonly string[] } | null;
}

export interface SalesOrderTable extends Row {
  number: ColumnType<string, never, never>;
  status: Generated<OrderStatus>;
  source: 'online' | 'desk';
  patient_id: string | null;
  person: Json<OrderPerson | null>;
  payer_name: string;
  payer_email: string | null;
  payer_address: Generated<string>;
  currency: string;
  total_minor: Minor;
  due_now_minor: Minor;
  appointment_id: string | null;
  booking: Json<OrderBooking | null>;
  hold_id: string | null;
  slot: Generated<OrderSlot>;
  choose_by: Timestamp | null;
  idempotency_key: string;
  expires_at: Timestamp | null;
  cancelled_at: Timestamp | null;
  cancel_reason: string | null;
  created_by: string | null;
  created_at: GeneratedTimestamp;
}

export interface OrderLineTable extends Row {
  order_id: string;
  position: number;
  price_id: string | null;
  product_id: string | null;
  service_id: string | null;
  description: string;
  quantity: number;
  unit_minor: Minor;
  amount_minor: Minor;
  tax_name: string | null;
  tax_bp: Generated<number>;
  tax_minor: Minor;
  procedure_code: string | null;
  diagnosis_code: string | null;
}

export type PaymentMethod = 'stripe' | 'practice' | 'cash' | 'card_terminal' | 'bank_transfer';
export type PaymentStatus = 'starting' | 'open' | 'processing' | 'succeeded' | 'failed' | 'expired';

export interface PaymentTable extends Row {
  order_id: string;
  method: PaymentMethod;
  status: PaymentStatus;
  amount_minor: Minor;
  currency: string;
  provider_ref: string | null;
  provider_payment: string | null;
  checkout_url: string | null;
  expires_at: Timestamp | null;
  failure: string | null;
  reference: string | null;
  taken_by: string | null;
  idempotency_key: string;
  created_at: GeneratedTimestamp;
  settled_at: Timestamp | null;
}

export interface RefundTable extends Row {
  order_id: string;
  payment_id: string;
  status: 'pending' | 'succeeded' | 'failed';
  amount_minor: Minor;
  currency: string;
  reason: string;
  provider_ref: string | null;
  failure: string | null;
  idempotency_key: string;
  requested_by: string | null;
  created_at: GeneratedTimestamp;
  settled_at: Timestamp | null;
}

export type LedgerKind =
  | 'sale'
  | 'sale_reversal'
  | 'payment'
  | 'refund'
  | 'fee'
  | 'payout'
  | 'transfer'
  | 'dispute'
  | 'dispute_won'
  | 'dispute_lost'
  | 'till_difference';

/** Where money is, where it came from, where it went. */
export type Account =
  | 'till'
  | 'card_terminal'
  | 'bank'
  | 'stripe'
  | 'practice'
  | 'customers'
  | 'sales'
  | 'tax'
  | 'provider_fees'
  | 'disputed'
  | 'losses'
  | 'till_differences';

export interface LedgerTransactionTable extends Row {
  kind: LedgerKind;
  key: string;
  order_id: string | null;
  payment_id: string | null;
  refund_id: string | null;
  at: Timestamp;
  actor_kind: 'public' | 'staff' | 'system';
  actor_id: string | null;
  recorded_at: GeneratedTimestamp;
}

export interface LedgerEntryTable extends OfClinic {
  transaction_id: string;
  position: number;
  account: Account;
  amount_minor: Minor;
  currency: string;
  order_id: string | null;
  order_line_id: string | null;
  service_id: string | null;
  at: Timestamp;
}

export interface DocumentCounterTable extends OfClinic {
  series: 'R' | 'C';
  year: number;
  last: number;
}

export interface DocumentTable extends Row {
  kind: 'receipt' | 'credit_note';
  series: 'R' | 'C';
  year: number;
  sequence: number;
  number: string;
  order_id: string;
  payment_id: string | null;
  refund_id: string | null;
  issued_at: Timestamp;
  content: Json<DocumentContent>;
}

/** Everything that a receipt or a credit note says, frozen when it is issued. Amounts in minor units. */
export interface DocumentContent {
  readonly clinic: {
    readonly name: string;
    readonly legalName: string;
    readonly address: string;
    readonly taxNumber: string;
    readonly bankDetails: string;
    readonly email: string | null;
    readonly phone: string | null;
    readonly note: string;
    readonly refundTerms: string;
    readonly locale: string;
    readonly timeZone: string;
    readonly demo: boolean;
  };
  readonly payer: { readonly name: string; readonly address: string; readonly email: string | null };
  readonly patientName: string;
  readonly orderNumber: string;
  readonly currency: string;
  readonly lines: readonly {
    readonly description: string;
    readonly quantity: number;
    readonly unitMinor: number;
    readonly amountMinor: number;
    readonly taxName: string | null;
    readonly taxBp: number;
    readonly taxMinor: number;
    readonly procedureCode: string | null;
    readonly diagnosisCode: string | null;
  }[];
  readonly totalMinor: number;
  /** What this paper is about: paid with it, or given back with it. */
  readonly amountMinor: number;
  /** Paid and given back so far, this paper included. */
  readonly paidMinor: number;
  readonly refundedMinor: number;
  readonly method: PaymentMethod;
  readonly reference: string | null;
  /** Only of a credit note. */
  readonly reason: string | null;
  readonly creditOf: string | null;
  /** Of a credit note: how the amount falls upon the lines, in their order. */
  readonly credited: readonly { readonly amountMinor: number; readonly taxMinor: number }[] | null;
}

export interface EntitlementTable extends Row {
  order_id: string;
  order_line_id: string;
  patient_id: string;
  service_id: string;
  quantity: number;
  valid_until: Timestamp | null;
  revoked_at: Timestamp | null;
  created_at: GeneratedTimestamp;
}

export interface EntitlementUseTable extends OfClinic {
  entitlement_id: string;
  appointment_id: string;
  created_at: GeneratedTimestamp;
}

export interface ProviderNoticeTable extends Row {
  provider: 'stripe' | 'practice';
  event_id: string;
  type: string;
  body: string;
  outcome: 'applied' | 'unknown';
  detail: Generated<string>;
  facts: Json<readonly unknown[]>;
  waits_for: string | null;
  seen_at: Timestamp | null;
  seen_by: string | null;
  received_at: GeneratedTimestamp;
}

export interface PaymentSettingsTable extends OfClinic {
  stripe_key_sealed: string | null;
  stripe_key_hint: string | null;
  stripe_webhook_sealed: string | null;
  legal_name: Generated<string>;
  address: Generated<string>;
  tax_number: Generated<string>;
  bank_details: Generated<string>;
  paper_note: Generated<string>;
  refund_terms: Generated<string>;
  updated_at: GeneratedTimestamp;
}

export interface DayCloseTable extends Row {
  day: PlainDate;
  currency: string;
  expected: Json<Readonly<Record<string, number>>>;
  counted_minor: Minor;
  difference_minor: Minor;
  note: Generated<string>;
  closed_by: string;
  closed_at: GeneratedTimestamp;
}

export interface PracticeCheckoutTable extends Row {
  payment_id: string;
  state: 'open' | 'processing' | 'paid' | 'expired';
  amount_minor: Minor;
  currency: string;
  description: string;
  success_url: string;
  cancel_url: string;
  failure: string | null;
  pays_at: Timestamp | null;
  expires_at: Timestamp;
  created_at: GeneratedTimestamp;
}

export interface PracticeRefundTable extends Row {
  checkout_id: string;
  refund_id: string;
  amount_minor: Minor;
  created_at: GeneratedTimestamp;
}

export interface PracticeNoticeTable extends Row {
  body: string;
  times: Generated<number>;
  deliver_at: Timestamp;
  delivered_at: Timestamp | null;
}

/** The tables of migration 0006. */
export interface PaymentSchema {
  tax: TaxTable;
  product: ProductTable;
  product_part: ProductPartTable;
  price: PriceTable;
  sales_order: SalesOrderTable;
  order_line: OrderLineTable;
  payment: PaymentTable;
  refund: RefundTable;
  ledger_transaction: LedgerTransactionTable;
  ledger_entry: LedgerEntryTable;
  document_counter: DocumentCounterTable;
  document: DocumentTable;
  entitlement: EntitlementTable;
  entitlement_use: EntitlementUseTable;
  provider_notice: ProviderNoticeTable;
  payment_settings: PaymentSettingsTable;
  day_close: DayCloseTable;
  practice_checkout: PracticeCheckoutTable;
  practice_refund: PracticeRefundTable;
  practice_notice: PracticeNoticeTable;
}
