import type { Account, LedgerKind, PaymentMethod } from '../../../platform/database/schema-of-payments.ts';

/** Every way to pay, in the order of the day sheet. */
export const METHODS: readonly PaymentMethod[] = [
  'cash',
  'card_terminal',
  'bank_transfer',
  'stripe',
  'practice',
];

/** The accounts of the ledger, in the order of a statement: what the clinic has, then where it came from. */
export const ACCOUNT_NAMES: Readonly<Record<Account, string>> = {
  till: 'Till',
  card_terminal: 'Card terminal',
  bank: 'Bank',
  stripe: 'Stripe',
  practice: 'Practice checkout',
  disputed: 'Disputed payments',
  customers: 'Customers',
  sales: 'Sales',
  tax: 'Tax',
  provider_fees: 'Fees of the provider',
  losses: 'Losses',
  till_differences: 'Till differences',
};

export const ACCOUNTS = Object.keys(ACCOUNT_NAMES) as readonly Account[];

export const KIND_NAMES: Readonly<Record<LedgerKind, string>> = {
  sale: 'Sale',
  sale_reversal: 'Sale taken back',
  payment: 'Payment',
  refund: 'Refund',
  fee: 'Fee',
  payout: 'Payout',
  transfer: 'Cash to or from the bank',
  dispute: 'Dispute',
  dispute_won: 'Dispute won',
  dispute_lost: 'Dispute lost',
  till_difference: 'Till difference',
};
