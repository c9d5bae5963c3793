import type { PlainDate } from '@rectus/schedule';
import type { DocumentContent, PaymentMethod } from '../../../platform/database/schema-of-payments.ts';

/** Something that was sold: a visit, a part of a package, a fee. Amounts in minor units, tax included. */
export interface StatementLine {
  /** The day of the visit, or of the order where there is no visit. */
  readonly date: PlainDate;
  readonly orderNumber: string;
  readonly description: string;
  /** Only where the clinic typed one. */
  readonly procedureCode: string | null;
  readonly diagnosisCode: string | null;
  readonly quantity: number;
  readonly unitMinor: number;
  readonly amountMinor: number;
  readonly taxName: string | null;
  readonly taxBp: number;
  readonly taxMinor: number;
}

export interface StatementPayment {
  readonly date: PlainDate;
  readonly method: PaymentMethod;
  readonly reference: string | null;
  readonly amountMinor: number;
  readonly receiptNumber: string | null;
}

export interface StatementRefund {
  readonly date: PlainDate;
  readonly method: PaymentMethod;
  readonly reason: string;
  readonly amountMinor: number;
  readonly creditNoteNumber: string | null;
}

/** Everything that an itemised statement says, of one order or of a person's orders in a period. */
export interface Statement {
  readonly clinic: DocumentContent['clinic'];
  /** "order 1042", or the days that it covers, both included. */
  readonly about:
    | { readonly kind: 'order'; readonly orderNumber: string }
    | { readonly kind: 'period'; readonly from: PlainDate; readonly to: PlainDate };
  readonly payer: DocumentContent['payer'];
  readonly patientName: string;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  readonly currency: string;
  readonly lines: readonly StatementLine[];
  readonly payments: readonly StatementPayment[];
  readonly refunds: readonly StatementRefund[];
  /** What is no longer charged, because it was cancelled or given back. Minor units, not negative. */
  readonly takenBackMinor: number;
}

/** Charged, paid and what is left. Negative: the clinic owes it. Minor units. */
export interface StatementSums {
  readonly chargedMinor: number;
  readonly takenBackMinor: number;
  readonly paidMinor: number;
  readonly refundedMinor: number;
  readonly balanceMinor: number;
}

export function sumsOf(statement: Statement): StatementSums {
  const sum = (rows: readonly { readonly amountMinor: number }[]) =>
    rows.reduce((total, row) => total + row.amountMinor, 0);
  const { takenBackMinor } = statement;
  const [chargedMinor, paidMinor, refundedMinor] = [
    sum(statement.lines),
    sum(statement.payments),
    sum(statement.refunds),
  ];
  return {
    chargedMinor,
    takenBackMinor,
    paidMinor,
    refundedMinor,
    balanceMinor: chargedMinor - takenBackMinor - (paidMinor - refundedMinor),
  };
}
