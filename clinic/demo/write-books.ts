import { addDays, dateAt, startOfDay } from '@rectus/schedule';
import { type FrozenPrice, practicePaymentOf } from '../capabilities/payments/index.ts';
import type { ClinicTransaction } from '../platform/database/in-clinic.ts';
import type {
  Account,
  DocumentContent,
  LedgerKind,
  PriceLine,
} from '../platform/database/schema-of-payments.ts';
import type { ClinicPlan } from './plan.ts';
import type { Random } from './random.ts';
import type { SalePlan } from './sales.ts';
import type { ShopPlan } from './shop.ts';
import { insertAll } from './write-clinic.ts';

const LOCALE = 'en-GB';
const ACCOUNTS = {
  practice: 'practice',
  cash: 'till',
  card_terminal: 'card_terminal',
  bank_transfer: 'bank',
} as const;

/** What the sales are written with. */
export interface Books {
  readonly clinic: ClinicTransaction;
  readonly plan: ClinicPlan;
  readonly shop: ShopPlan;
  readonly random: Random;
  /** Who took the money. */
  readonly deskUserId: string | null;
  readonly publicUrl: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** A sale with everything that it was sold for. */
export interface Sold extends SalePlan {
  readonly lines: readonly SoldLine[];
  readonly totalMinor: number;
  readonly number: string;
}

export interface SoldLine extends PriceLine {
  readonly id: string;
  readonly price: FrozenPrice;
  readonly amountMinor: number;
  readonly taxMinor: number;
}

export type Paid = Sold & { readonly paid: NonNullable<SalePlan['paid']> };
export type Refunded = Paid & { readonly refund: NonNullable<SalePlan['refund']> };

interface Posting {
  readonly kind: LedgerKind;
  readonly key: string;
  readonly at: number;
  /** Null where it is about no sale. */
  readonly sale: Paid | null;
  readonly paymentId: string | null;
  readonly refundId: string | null;
  readonly entries: readonly {
    readonly account: Account;
    readonly amountMinor: number;
    readonly line?: SoldLine;
  }[];
}

/** What was paid and what went back, as the ledger has it. */
export async function writeLedger(
  books: Books,
  paid: readonly Paid[],
  refunded: readonly Refunded[],
): Promise<void> {
  const { clinic, plan, random, deskUserId } = books;
  const postings = [
    ...paid.flatMap(postingsOfPayment),
    ...refunded.flatMap(postingsOfRefund),
    ...eveningsAtTheBank(books, paid),
  ]
    .map((posting) => ({ ...posting, id: random.uuid() }))
    .toSorted((a, b) => a.at - b.at);
  await insertAll(
    clinic,
    'ledger_transaction',
    postings.map(({ id, kind, key, at, sale, paymentId, refundId }) => ({
      id,
      kind,
      key,
      order_id: sale?.id ?? null,
      payment_id: paymentId,
      refund_id: refundId,
      at: new Date(at),
      actor_kind: sale?.source === 'online' ? ('public' as const) : ('staff' as const),
      actor_id: sale?.source === 'online' ? null : deskUserId,
      recorded_at: new Date(at),
    })),
  );
  await insertAll(
    clinic,
    'ledger_entry',
    postings.flatMap(({ id, entries, sale, at }) =>
      entries
        .filter((entry) => entry.amountMinor !== 0)
        .map(({ account, amountMinor, line }, position) => ({
          transaction_id: id,
          position,
          account,
          amount_minor: amountMinor,
          currency: plan.currency,
          order_id: sale?.id ?? null,
          order_line_id: line?.id ?? null,
          service_id: line?.serviceId ?? null,
          at: new Date(at),
        })),
    ),
  );
}

function postingsOfPayment(sale: Paid): Posting[] {
  const { at, id: paymentId, method } = sale.paid;
  const about = { at, sale, refundId: null };
  return [
    {
      ...about,
      kind: 'payment',
      key: `payment:${paymentId}`,
      paymentId,
      entries: [
        { account: ACCOUNTS[method], amountMinor: sale.totalMinor },
        { account: 'customers', amountMinor: -sale.totalMinor },
      ],
    },
    {
      ...about,
      kind: 'sale',
      key: `sale:${sale.id}`,
      paymentId: null,
      entries: [
        { account: 'customers', amountMinor: sale.totalMinor },
        ...sale.lines.flatMap((line) => [
          { account: 'sales' as const, amountMinor: line.taxMinor - line.amountMinor, line },
          { account: 'tax' as const, amountMinor: -line.taxMinor, line },
        ]),
      ],
    },
  ];
}

/** At nine each evening of a day that has passed, what cash there is goes to the bank. */
function eveningsAtTheBank({ plan, now }: Books, paid: readonly Paid[]): Posting[] {
  const cash = paid.filter((sale) => sale.paid.method === 'cash' && sale.refund === null);
  const days = Map.groupBy(cash, (sale) => dateAt(sale.paid.at, plan.timeZone));
  return [...days].flatMap(([date, sales]) => {
    const at = startOfDay(addDays(date, 1), plan.timeZone) - 3 * 3_600_000;
    const amountMinor = sales.reduce((sum, sale) => sum + sale.totalMinor, 0);
    if (at >= now) return [];
    return {
      kind: 'transfer' as const,
      key: `cash:demo ${date}`,
      at,
      sale: null,
      paymentId: null,
      refundId: null,
      entries: [
        { account: 'till' as const, amountMinor: -amountMinor },
        { account: 'bank' as const, amountMinor },
      ],
    };
  });
}

/** Only sales of one line without tax are refunded in the demo, so that all of it falls on that line. */
function postingsOfRefund(sale: Refunded): Posting[] {
  const { id: refundId, at, amountMinor } = sale.refund;
  const about = { at, sale, refundId };
  const [line] = sale.lines;
  return [
    {
      ...about,
      kind: 'sale_reversal',
      key: `reversal:${refundId}`,
      paymentId: null,
      entries: [
        { account: 'sales', amountMinor, ...(line ? { line } : {}) },
        { account: 'customers', amountMinor: -amountMinor },
      ],
    },
    {
      ...about,
      kind: 'refund',
      key: `refund:${refundId}`,
      paymentId: sale.paid.id,
      entries: [
        { account: 'customers', amountMinor },
        { account: ACCOUNTS[sale.paid.method], amountMinor: -amountMinor },
      ],
    },
  ];
}

/** Receipts and credit notes, numbered in the order in which they were issued, anew in each year. */
export async function writePapers(
  books: Books,
  paid: readonly Paid[],
  refunded: readonly Refunded[],
): Promise<void> {
  const { clinic, plan } = books;
  const last = new Map<string, number>();
  const take = (series: 'R' | 'C', at: number) => {
    const year = Number(dateAt(at, plan.timeZone).slice(0, 4));
    const sequence = (last.get(`${series} ${year}`) ?? 0) + 1;
    last.set(`${series} ${year}`, sequence);
    return { series, year, sequence, number: `${series}-${year}-${String(sequence).padStart(5, '0')}` };
  };
  const receipts = paid
    .toSorted((a, b) => a.paid.at - b.paid.at)
    .map((sale) => ({
      ...take('R', sale.paid.at),
      kind: 'receipt' as const,
      order_id: sale.id,
      payment_id: sale.paid.id,
      refund_id: null,
      issued_at: new Date(sale.paid.at),
      content: receiptOf(books, sale),
    }));
  const numberOf = new Map(receipts.map(({ order_id, number }) => [order_id, number]));
  const notes = refunded.map((sale) => ({
    ...take('C', sale.refund.at),
    kind: 'credit_note' as const,
    order_id: sale.id,
    payment_id: null,
    refund_id: sale.refund.id,
    issued_at: new Date(sale.refund.at),
    content: {
      ...receiptOf(books, sale),
      amountMinor: sale.refund.amountMinor,
      refundedMinor: sale.refund.amountMinor,
      reference: null,
      reason: sale.refund.reason,
      creditOf: numberOf.get(sale.id) ?? null,
      credited: [{ amountMinor: sale.refund.amountMinor, taxMinor: 0 }],
    },
  }));
  await insertAll(clinic, 'document', [...receipts, ...notes]);
  await insertAll(
    clinic,
    'document_counter',
    [...last].map(([key, count]) => ({
      series: key.startsWith('R') ? ('R' as const) : ('C' as const),
      year: Number(key.slice(2)),
      last: count,
    })),
  );
}

function receiptOf({ plan, shop }: Books, sale: Paid): DocumentContent {
  const { papers } = shop;
  const { checkoutId } = sale.paid;
  return {
    clinic: {
      name: plan.name,
      legalName: papers.legalName,
      address: papers.address,
      taxNumber: papers.taxNumber,
      bankDetails: papers.bankDetails,
      email: plan.email,
      phone: plan.phone,
      note: papers.note,
      refundTerms: papers.refundTerms,
      locale: LOCALE,
      timeZone: plan.timeZone,
      demo: true,
    },
    payer: { name: nameOf(sale), address: '', email: sale.patient.email },
    patientName: nameOf(sale),
    orderNumber: sale.number,
    currency: plan.currency,
    lines: sale.lines.map((line) => ({
      description: line.description,
      quantity: line.quantity,
      unitMinor: line.unitMinor,
      amountMinor: line.amountMinor,
      taxName: line.taxName,
      taxBp: line.taxBp,
      taxMinor: line.taxMinor,
      procedureCode: line.procedureCode,
      diagnosisCode: null,
    })),
    totalMinor: sale.totalMinor,
    amountMinor: sale.totalMinor,
    paidMinor: sale.totalMinor,
    refundedMinor: 0,
    method: sale.paid.method,
    reference: sale.paid.reference ?? (checkoutId && practicePaymentOf(checkoutId)),
    reason: null,
    creditOf: null,
    credited: null,
  };
}

export function nameOf({ patient }: SalePlan): string {
  return `${patient.givenName} ${patient.familyName}`;
}
