import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { type Entitlement, readEntitlements } from '../core/entitlements.ts';
import { moneyOfAppointments, type VisitMoney } from './visit-money.ts';

/** A fee as the clinic sells it. */
export interface Fee {
  readonly productId: string;
  readonly name: string;
  readonly totalMinor: number;
  readonly currency: string;
}

export interface VisitOnPanel {
  readonly id: string;
  readonly serviceId: string;
  readonly patientId: string;
  /** Cancelled late, or did not come: a fee may be charged. */
  readonly missed: boolean;
}

/** What the panel of a visit shows: its money, what the patient could use instead, and fees where they may apply. */
export async function readVisitPanel(
  clinic: ClinicTransaction,
  visit: VisitOnPanel,
  now: number,
): Promise<{
  readonly money: VisitMoney | null;
  readonly usable: readonly (Entitlement & { readonly name: string })[];
  readonly fees: readonly Fee[];
}> {
  const money = (await moneyOfAppointments(clinic, [visit.id])).get(visit.id) ?? null;
  const usable = money?.state === 'to_pay' ? await usableFor(clinic, visit, now) : [];
  return { money, usable, fees: visit.missed ? await readFees(clinic) : [] };
}

async function usableFor(clinic: ClinicTransaction, visit: VisitOnPanel, now: number) {
  const all = await readEntitlements(clinic, { patientId: visit.patientId });
  const fitting = all.filter(
    (one) =>
      one.serviceId === visit.serviceId && one.left > 0 && (one.validUntil === null || one.validUntil >= now),
  );
  const names = await namesOf(clinic, fitting);
  return fitting.map((one) => ({ ...one, name: names.get(one.id) ?? one.description }));
}

/** What each was bought as: the package's name where it is a part of one. */
export async function namesOf(
  { tx, clinicId }: ClinicTransaction,
  entitlements: readonly Entitlement[],
): Promise<ReadonlyMap<string, string>> {
  if (entitlements.length === 0) return new Map();
  const rows = await tx
    .selectFrom('entitlement as e')
    .innerJoin('order_line as l', (join) =>
      join.onRef('l.clinic_id', '=', 'e.clinic_id').onRef('l.id', '=', 'e.order_line_id'),
    )
    .leftJoin('product as p', (join) =>
      join.onRef('p.clinic_id', '=', 'l.clinic_id').onRef('p.id', '=', 'l.product_id'),
    )
    .select(['e.id', sql<string>`coalesce(p.name, l.description)`.as('name')])
    .where('e.clinic_id', '=', clinicId)
    .where(
      'e.id',
      'in',
      entitlements.map((one) => one.id),
    )
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** The fees that the clinic sells now. */
export async function readFees({ tx, clinicId }: ClinicTransaction): Promise<readonly Fee[]> {
  const rows = await tx
    .selectFrom('product as p')
    .innerJoin('product_part as part', (join) =>
      join.onRef('part.clinic_id', '=', 'p.clinic_id').onRef('part.product_id', '=', 'p.id'),
    )
    .innerJoin('clinic as c', 'c.id', 'p.clinic_id')
    .select(['p.id', 'p.name', 'c.currency'])
    .select(sql<number>`sum(part.quantity * part.unit_minor)::float8`.as('total_minor'))
    .where('p.clinic_id', '=', clinicId)
    .where('p.kind', '=', 'fee')
    .where('p.active', '=', true)
    .groupBy(['p.id', 'p.name', 'p.position', 'c.currency'])
    .orderBy('p.position')
    .orderBy('p.name')
    .execute();
  return rows.map((row) => ({
    productId: row.id,
    name: row.name,
    totalMinor: row.total_minor,
    currency: row.currency,
  }));
}
