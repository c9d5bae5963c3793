import { addDays, dateAt, type PlainDate, startOfDay } from '@rectus/schedule';
import type { ClinicTransaction } from '../../platform/database/in-clinic.ts';
import type { Clinic } from '../../platform/web/clinics.ts';
import { readStatement, type Statement } from '../payments/index.ts';

/** A year of one patient's orders, which the visitor pays; what a statement can be made of. */
export interface StatementYear {
  readonly patientId: string;
  readonly patientName: string;
  readonly year: number;
}

/** The orders that never came to anything are no part of what was charged. */
const CAME_TO_NOTHING = ['draft', 'expired', 'cancelled'] as const;

/** The years in which the visitor has at least one order for somebody, the latest first. */
export async function readStatementYears(
  clinic: ClinicTransaction,
  { timeZone }: Clinic,
  email: string,
): Promise<readonly StatementYear[]> {
  const rows = await paidOrders(clinic, email)
    .innerJoin('patient as p', (join) =>
      join.onRef('p.clinic_id', '=', 'o.clinic_id').onRef('p.id', '=', 'o.patient_id'),
    )
    .select(['p.id', 'p.given_name', 'p.family_name', 'o.created_at'])
    .execute();
  const years = new Map<string, StatementYear>();
  for (const row of rows) {
    const year = Number(dateAt(row.created_at.getTime(), timeZone).slice(0, 4));
    const patientName = `${row.given_name} ${row.family_name}`;
    years.set(`${row.id} ${year}`, { patientId: row.id, patientName, year });
  }
  return [...years.values()].sort((a, b) => b.year - a.year);
}

/** The statement of a year, in the clinic's currency; null when the visitor paid nothing for this patient in it. */
export async function readYearStatement(
  clinic: ClinicTransaction,
  house: Clinic,
  email: string,
  { patientId, year }: Pick<StatementYear, 'patientId' | 'year'>,
  now: number,
): Promise<Statement | null> {
  const from: PlainDate = `${year}-01-01`;
  const to: PlainDate = `${year}-12-31`;
  const rows = await paidOrders(clinic, email)
    .select('o.id')
    .where('o.patient_id', '=', patientId)
    .where('o.currency', '=', house.currency)
    .where('o.created_at', '>=', new Date(startOfDay(from, house.timeZone)))
    .where('o.created_at', '<', new Date(startOfDay(addDays(to, 1), house.timeZone)))
    .execute();
  return readStatement(clinic, house, { orderIds: rows.map(({ id }) => id), period: { from, to }, at: now });
}

/** Orders with the visitor's address as the payer's. Another payer's are not theirs to add up. */
function paidOrders({ tx, clinicId }: ClinicTransaction, email: string) {
  return tx
    .selectFrom('sales_order as o')
    .where('o.clinic_id', '=', clinicId)
    .where('o.payer_email', '=', email)
    .where('o.status', 'not in', CAME_TO_NOTHING);
}
