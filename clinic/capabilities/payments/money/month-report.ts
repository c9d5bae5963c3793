import type { PlainDate } from '@rectus/schedule';
import type { Account } from '../../../platform/database/schema-of-payments.ts';
import type { Balance } from './read-balances.ts';
import { type Movement, netMinor } from './read-movements.ts';
import type { Sales } from './read-sales.ts';
import { type Takings, takingsOf } from './takings.ts';
import { ACCOUNTS } from './words.ts';

/** One line of a month. Minor units. */
export interface DayLine {
  readonly date: PlainDate;
  readonly receivedMinor: number;
  readonly refundedMinor: number;
  /** Net of tax and of what was taken back. */
  readonly salesMinor: number;
  readonly taxMinor: number;
}

export interface SalesLine {
  readonly name: string;
  readonly netMinor: number;
  readonly taxMinor: number;
  /** With its tax. */
  readonly backMinor: number;
  /** What is left: net + tax − back. */
  readonly leftMinor: number;
}

export interface AccountLine {
  readonly account: Account;
  readonly openingMinor: number;
  readonly debitMinor: number;
  readonly creditMinor: number;
  readonly closingMinor: number;
}

/** A month in one currency, with every way in which it does not add up to the ledger; none is what it should be. */
export interface MonthReport {
  readonly days: readonly DayLine[];
  readonly takings: Takings;
  readonly byService: readonly SalesLine[];
  readonly byTax: readonly SalesLine[];
  readonly sales: SalesLine;
  readonly accounts: readonly AccountLine[];
  readonly entries: number;
  readonly mismatches: readonly string[];
}

/** Puts a month together from three readings of the ledger, and holds each against the others. */
export function monthReport(
  dates: readonly PlainDate[],
  movements: readonly Movement[],
  sales: readonly Sales[],
  balances: readonly Balance[],
  taxText: (name: string | null, rateBp: number) => string,
): MonthReport {
  const takings = takingsOf(movements);
  const report = {
    days: dates.map((date) => dayLine(date, movements)),
    takings,
    byService: salesBy(sales, (one) => one.name),
    byTax: salesBy(sales, (one) => taxText(one.taxName, one.taxBp)),
    sales: salesLine('All', sales),
    accounts: ACCOUNTS.map((account) => accountLine(account, movements, balances)).filter(
      (one) => one.openingMinor !== 0 || one.debitMinor !== 0 || one.creditMinor !== 0,
    ),
    entries: movements.reduce((sum, one) => sum + one.count, 0),
  };
  return { ...report, mismatches: mismatchesOf(report, movements, balances) };
}

function dayLine(date: PlainDate, movements: readonly Movement[]): DayLine {
  const ofDay = movements.filter((one) => one.date === date);
  const { receivedMinor, refundedMinor } = takingsOf(ofDay);
  const on = (account: Account) => -netMinor(ofDay, (one) => one.account === account) || 0;
  return { date, receivedMinor, refundedMinor, salesMinor: on('sales'), taxMinor: on('tax') };
}

function salesBy(sales: readonly Sales[], nameOf: (sales: Sales) => string): readonly SalesLine[] {
  return [...Map.groupBy(sales, nameOf)]
    .map(([name, group]) => salesLine(name, group))
    .sort((a, b) => b.leftMinor - a.leftMinor || a.name.localeCompare(b.name));
}

function salesLine(name: string, sales: readonly Sales[]): SalesLine {
  const sum = (of: (one: Sales) => number) => sales.reduce((total, one) => total + of(one), 0);
  const [netMinor, taxMinor] = [sum((one) => one.netMinor), sum((one) => one.taxMinor)];
  const backMinor = sum((one) => one.netBackMinor + one.taxBackMinor);
  return { name, netMinor, taxMinor, backMinor, leftMinor: netMinor + taxMinor - backMinor };
}

function accountLine(
  account: Account,
  movements: readonly Movement[],
  balances: readonly Balance[],
): AccountLine {
  const ofAccount = movements.filter((one) => one.account === account);
  const balance = balances.find((one) => one.account === account);
  return {
    account,
    openingMinor: balance?.openingMinor ?? 0,
    debitMinor: ofAccount.reduce((sum, one) => sum + one.debitMinor, 0),
    creditMinor: ofAccount.reduce((sum, one) => sum + one.creditMinor, 0),
    closingMinor: (balance?.openingMinor ?? 0) + (balance?.movedMinor ?? 0),
  };
}

/** `balances` comes from the entries alone, the movements through their transactions, the sales through the orders. */
function mismatchesOf(
  report: Omit<MonthReport, 'mismatches'>,
  movements: readonly Movement[],
  balances: readonly Balance[],
): readonly string[] {
  const on = (...accounts: readonly Account[]) =>
    balances.reduce((sum, one) => sum + (accounts.includes(one.account) ? one.movedMinor : 0), 0);
  const sumOf = (of: (day: DayLine) => number) => report.days.reduce((sum, day) => sum + of(day), 0);
  const { takings, sales } = report;
  const checks: readonly (readonly [what: string, found: number, ledger: number])[] = [
    ['All debits and credits together', netMinor(movements), 0],
    ['The opening balances together', report.accounts.reduce((sum, one) => sum + one.openingMinor, 0), 0],
    ...report.accounts.map(
      (one) =>
        [
          `The account ${one.account}`,
          one.openingMinor + one.debitMinor - one.creditMinor,
          one.closingMinor,
        ] as const,
    ),
    ['Sales and tax by service', sales.leftMinor, -on('sales', 'tax')],
    ['Sales and tax by day', sumOf((day) => day.salesMinor + day.taxMinor), -on('sales', 'tax')],
    ['Tax by day', sumOf((day) => day.taxMinor), -on('tax')],
    [
      'What came in and went back by day',
      sumOf((day) => day.receivedMinor - day.refundedMinor),
      takings.receivedMinor - takings.refundedMinor,
    ],
    [
      'What came in and went back by method',
      takings.receivedMinor - takings.refundedMinor,
      -netMinor(
        movements,
        (one) => one.account === 'customers' && (one.kind === 'payment' || one.kind === 'refund'),
      ),
    ],
    ['Fees', takings.feesMinor, on('provider_fees')],
  ];
  return checks
    .filter(([, found, ledger]) => found !== ledger && !(found === 0 && ledger === 0))
    .map(([what, found, ledger]) => `${what}: ${found}, in the ledger ${ledger} (minor units)`);
}
