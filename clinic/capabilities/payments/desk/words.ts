import type { OrderStatus, PaymentMethod } from '../../../platform/database/schema-of-payments.ts';
import type { NoticeKind } from '../../../platform/web/layout/index.ts';

export interface Badge {
  readonly label: string;
  readonly kind: NoticeKind;
}

/** The state of an order, as the desk says it. */
export const ORDER_BADGES: Readonly<Record<OrderStatus, Badge>> = {
  draft: { label: 'Not finished', kind: 'plain' },
  awaiting_payment: { label: 'To pay', kind: 'warn' },
  part_paid: { label: 'Paid in part', kind: 'warn' },
  paid: { label: 'Paid', kind: 'good' },
  partly_refunded: { label: 'Refunded in part', kind: 'mark' },
  refunded: { label: 'Refunded', kind: 'plain' },
  cancelled: { label: 'Cancelled', kind: 'plain' },
  expired: { label: 'Not paid in time', kind: 'plain' },
  disputed: { label: 'Disputed', kind: 'danger' },
};

/** How money came, or goes back. */
export const METHOD_NAMES: Readonly<Record<PaymentMethod, string>> = {
  cash: 'Cash',
  card_terminal: 'Card terminal',
  bank_transfer: 'Bank transfer',
  stripe: 'Card online',
  practice: 'Practice checkout',
};

/** What somebody at the desk must do, or need not, so that money goes back the way it came. */
export const WAY_BACK: Readonly<Record<PaymentMethod, string>> = {
  cash: 'hand it out of the till',
  card_terminal: 'give it back on the card terminal',
  bank_transfer: 'transfer it to the account it came from',
  stripe: 'it goes back to the card by itself, within a few days',
  practice: 'the practice checkout gives it back by itself; no money moves',
};

/** Everything that happens to an order and is worth a line in its history. */
export const HISTORY_WORDS: Readonly<Record<string, string>> = {
  'order.made': 'Order made',
  'order.link_sent': 'Pay link sent',
  'order.cancelled': 'Cancelled',
  'order.time_lost': 'Paid, but its time was gone',
  'order.codes': 'Codes changed',
  'order.payer': 'Payer changed',
  'payment.received': 'Payment received',
  'payment.failed': 'Payment failed',
  'payment.expired': 'Checkout abandoned',
  'refund.asked': 'Refund asked for',
  'refund.settled': 'Refund made',
};
