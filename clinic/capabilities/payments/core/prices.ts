import { sql } from 'kysely';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import type { PriceLine } from '../../../platform/database/schema-of-payments.ts';

/** What can be sold: a single visit of a service, or a product. */
export type Sellable = { readonly serviceId: string } | { readonly productId: string };

/** A price that no later change can touch. Amounts in minor units, taxes included. */
export interface FrozenPrice {
  readonly id: string;
  readonly productId: string | null;
  readonly serviceId: string | null;
  readonly version: number;
  readonly currency: string;
  readonly totalMinor: number;
  readonly lines: readonly PriceLine[];
}

/** What something costs now, with what it consists of; null when the clinic does not sell it any more. */
export async function currentPrice(
  clinic: ClinicTransaction,
  what: Sellable,
): Promise<Omit<FrozenPrice, 'id' | 'version'> | null> {
  return 'serviceId' in what
    ? priceOfService(clinic, what.serviceId)
    : priceOfProduct(clinic, what.productId);
}

/**
 * The current price as a version of the price list, added if nothing was sold at it yet. Orders name this version, so
 * they keep it.
 */
export async function freezePrice(clinic: ClinicTransaction, what: Sellable): Promise<FrozenPrice | null> {
  return freeze(clinic, what, () => currentPrice(clinic, what));
}

/** The price of a visit as it was when it was booked, also where the service costs something else by now. */
export async function freezeBookedPrice(
  clinic: ClinicTransaction,
  visit: { readonly serviceId: string; readonly priceMinor: number; readonly currency: string },
): Promise<FrozenPrice | null> {
  return freeze(clinic, visit, async () => {
    const now = await priceOfService(clinic, visit.serviceId, { retiredToo: true });
    const { priceMinor: totalMinor, currency } = visit;
    return (
      now && {
        ...now,
        totalMinor,
        currency,
        lines: now.lines.map((line) => ({ ...line, unitMinor: totalMinor })),
      }
    );
  });
}

async function freeze(
  clinic: ClinicTransaction,
  what: Sellable,
  read: () => Promise<Omit<FrozenPrice, 'id' | 'version'> | null>,
): Promise<FrozenPrice | null> {
  const { tx, clinicId } = clinic;
  const before = await read();
  if (!before) return null;
  const known = await lastVersion(clinic, what);
  if (known && samePrice(known, before)) return { ...before, id: known.id, version: known.version };
  const itemId = 'serviceId' in what ? what.serviceId : what.productId;
  // Two first sales at a new price wait for each other here, so that both name one version.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`price ${itemId}`}, 0))`.execute(tx);
  const current = await read();
  if (!current) return null;
  const last = await lastVersion(clinic, what);
  if (last && samePrice(last, current)) return { ...current, id: last.id, version: last.version };
  const version = (last?.version ?? 0) + 1;
  const { id } = await tx
    .insertInto('price')
    .values({
      clinic_id: clinicId,
      product_id: current.productId,
      service_id: current.serviceId,
      version,
      currency: current.currency,
      total_minor: current.totalMinor,
      lines: current.lines,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { ...current, id, version };
}

type Version = NonNullable<Awaited<ReturnType<typeof lastVersion>>>;

async function lastVersion({ tx, clinicId }: ClinicTransaction, what: Sellable) {
  return tx
    .selectFrom('price')
    .select(['id', 'version', 'currency', 'lines'])
    .where('clinic_id', '=', clinicId)
    .where(
      'serviceId' in what ? 'service_id' : 'product_id',
      '=',
      'serviceId' in what ? what.serviceId : what.productId,
    )
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

function samePrice(version: Version, price: Pick<FrozenPrice, 'currency' | 'lines'>): boolean {
  return version.currency === price.currency && sameLines(version.lines, price.lines);
}

/** A text that changes whenever the price does: a form carries it, so that nobody pays what they did not see. */
export function priceMark(price: Pick<FrozenPrice, 'currency' | 'totalMinor' | 'lines'>): string {
  return [
    price.currency,
    price.totalMinor,
    ...price.lines.map((one) => `${one.quantity}x${one.unitMinor}`),
  ].join(' ');
}

async function priceOfService(
  { tx, clinicId }: ClinicTransaction,
  serviceId: string,
  { retiredToo = false }: { readonly retiredToo?: boolean } = {},
) {
  const row = await tx
    .selectFrom('service as s')
    .leftJoin('tax as t', (join) =>
      join.onRef('t.clinic_id', '=', 's.clinic_id').onRef('t.id', '=', 's.tax_id'),
    )
    .select(['s.name', 's.price_minor', 's.currency', 's.procedure_code', 's.active'])
    .select(['t.name as tax_name', 't.rate_bp'])
    .where('s.clinic_id', '=', clinicId)
    .where('s.id', '=', serviceId)
    .executeTakeFirst();
  if (!row || !(row.active || retiredToo)) return null;
  const line: PriceLine = {
    serviceId,
    description: row.name,
    quantity: 1,
    unitMinor: row.price_minor,
    taxName: row.tax_name,
    taxBp: row.rate_bp ?? 0,
    procedureCode: row.procedure_code,
  };
  return { productId: null, serviceId, currency: row.currency, totalMinor: row.price_minor, lines: [line] };
}

async function priceOfProduct({ tx, clinicId }: ClinicTransaction, productId: string) {
  const rows = await tx
    .selectFrom('product as p')
    .innerJoin('product_part as part', (join) =>
      join.onRef('part.clinic_id', '=', 'p.clinic_id').onRef('part.product_id', '=', 'p.id'),
    )
    .innerJoin('clinic as c', 'c.id', 'p.clinic_id')
    .leftJoin('service as s', (join) =>
      join.onRef('s.clinic_id', '=', 'part.clinic_id').onRef('s.id', '=', 'part.service_id'),
    )
    .leftJoin('tax as t', (join) =>
      join.onRef('t.clinic_id', '=', 'part.clinic_id').onRef('t.id', '=', 'part.tax_id'),
    )
    .select(['part.service_id', 'part.label', 'part.quantity', 'part.unit_minor', 'c.currency'])
    .select(['s.name as service_name', 's.procedure_code', 't.name as tax_name', 't.rate_bp'])
    .where('p.clinic_id', '=', clinicId)
    .where('p.id', '=', productId)
    .where('p.active', '=', true)
    .orderBy('part.position')
    .orderBy('part.id')
    .execute();
  const [first] = rows;
  if (!first) return null;
  const lines = rows.map(
    (row): PriceLine => ({
      serviceId: row.service_id,
      description: row.label ?? row.service_name ?? '',
      quantity: row.quantity,
      unitMinor: row.unit_minor,
      taxName: row.tax_name,
      taxBp: row.rate_bp ?? 0,
      procedureCode: row.procedure_code,
    }),
  );
  const totalMinor = lines.reduce((sum, line) => sum + line.quantity * line.unitMinor, 0);
  return { productId, serviceId: null, currency: first.currency, totalMinor, lines };
}

function sameLines(a: readonly PriceLine[], b: readonly PriceLine[]): boolean {
  const text = (lines: readonly PriceLine[]) =>
    lines
      .map((one) =>
        [
          one.serviceId,
          one.description,
          one.quantity,
          one.unitMinor,
          one.taxName,
          one.taxBp,
          one.procedureCode,
        ].join('\t'),
      )
      .join('\n');
  return text(a) === text(b);
}
