import type { PaymentMethod } from '../../../platform/database/schema-of-payments.ts';
import { ACCOUNT_OF } from '../core/ledger.ts';
import { type Movement, netMinor } from './read-movements.ts';
import { METHODS } from './words.ts';

/** What came in and went back one way. Minor units. */
export interface MethodTakings {
  readonly method: PaymentMethod;
  readonly receivedMinor: number;
  readonly receivedCount: number;
  readonly refundedMinor: number;
  readonly refundedCount: number;
}

/** Where money came from and went to, within some days and in one currency. Minor units. */
export interface Takings {
  readonly byMethod: readonly MethodTakings[];
  readonly receivedMinor: number;
  readonly refundedMinor: number;
  readonly feesMinor: number;
  /** From the provider to the bank. */
  readonly payoutsMinor: number;
  /** From the till to the bank, and from the bank into the till. */
  readonly bankedMinor: number;
  readonly changeMinor: number;
  /** Taken away by disputes, given back by those that were won, and gone with those that were lost. */
  readonly disputedMinor: number;
  readonly disputesWonMinor: number;
  readonly disputesLostMinor: number;
  /** What was counted above what was expected; negative where something was missing. */
  readonly tillDifferenceMinor: number;
}

/** Sums what the ledger says about some days, all in one currency, by what it means. */
export function takingsOf(movements: readonly Movement[]): Takings {
  const byMethod = METHODS.map((method) => methodTakings(method, movements));
  const net = (kind: Movement['kind'], account: Movement['account']) =>
    netMinor(movements, (one) => one.kind === kind && one.account === account);
  const ofTill = movements.filter((one) => one.kind === 'transfer' && one.account === 'till');
  return {
    byMethod,
    receivedMinor: byMethod.reduce((sum, one) => sum + one.receivedMinor, 0),
    refundedMinor: byMethod.reduce((sum, one) => sum + one.refundedMinor, 0),
    feesMinor: net('fee', 'provider_fees'),
    payoutsMinor: -net('payout', 'stripe') || 0,
    bankedMinor: ofTill.reduce((sum, one) => sum + one.creditMinor, 0),
    changeMinor: ofTill.reduce((sum, one) => sum + one.debitMinor, 0),
    disputedMinor: net('dispute', 'disputed'),
    disputesWonMinor: -net('dispute_won', 'disputed') || 0,
    disputesLostMinor: net('dispute_lost', 'losses'),
    tillDifferenceMinor: net('till_difference', 'till'),
  };
}

function methodTakings(method: PaymentMethod, movements: readonly Movement[]): MethodTakings {
  const at = (kind: 'payment' | 'refund') =>
    movements.filter((one) => one.kind === kind && one.account === ACCOUNT_OF[method]);
  const [payments, refunds] = [at('payment'), at('refund')];
  return {
    method,
    receivedMinor: netMinor(payments),
    receivedCount: payments.reduce((sum, one) => sum + one.count, 0),
    refundedMinor: -netMinor(refunds) || 0,
    refundedCount: refunds.reduce((sum, one) => sum + one.count, 0),
  };
}
