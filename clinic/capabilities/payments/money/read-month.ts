import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { formatRate } from '../papers/format.ts';
import { type MonthReport, monthReport } from './month-report.ts';
import { daysOfMonth } from './periods.ts';
import { readBalances } from './read-balances.ts';
import { currenciesOf, readMovements } from './read-movements.ts';
import { readSales } from './read-sales.ts';

export interface Month extends MonthReport {
  readonly month: string;
  readonly currency: string;
  readonly currencies: readonly string[];
}

/** A month of the ledger, `2026-11`, by the clinic's days. Three statements. */
export async function readMonth(
  clinicTx: ClinicTransaction,
  clinic: Clinic,
  month: string,
  asked?: string,
): Promise<Month> {
  const days = daysOfMonth(month, clinic);
  const all = await readMovements(clinicTx, days);
  const currencies = currenciesOf(all, clinic.currency);
  const currency = currencies.find((one) => one === asked) ?? clinic.currency;
  const sales = await readSales(clinicTx, days, currency);
  const balances = await readBalances(clinicTx, days, currency);
  const taxText = (name: string | null, rateBp: number) => {
    if (name === null && rateBp === 0) return 'No tax';
    const rate = formatRate(rateBp, { ...clinic, currency });
    // Some owners write the rate into the name, or why there is none.
    return name === null ? rate : /\d\s*%/.test(name) || rateBp === 0 ? name : `${name} ${rate}`;
  };
  const own = all.filter((one) => one.currency === currency);
  return { month, currency, currencies, ...monthReport(days.dates, own, sales, balances, taxText) };
}
