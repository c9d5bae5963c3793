import {
  type ClinicContext,
  type ClinicTransaction,
  inClinic,
} from '../../../platform/database/in-clinic.ts';
import type { PriceLine } from '../../../platform/database/schema-of-payments.ts';
import { currentPrice, type FrozenPrice } from '../core/prices.ts';

/** Something that anybody can buy on the public pages. */
export interface Offer {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly summary: string;
  /** What to wear and bring, one line each. */
  readonly bring: readonly string[];
  readonly steps: readonly Step[];
  readonly validMonths: number | null;
  readonly price: Pick<FrozenPrice, 'currency' | 'totalMinor' | 'lines'>;
}

/** One thing that happens after something was bought. */
export interface Step {
  readonly title: string;
  readonly text: string;
}

/** Everything that is sold online, in the clinic's order. What costs nothing is nothing to buy. */
export async function readOffers(context: ClinicContext): Promise<readonly Offer[]> {
  return inClinic(context, async (clinic) => {
    const offers = [];
    for (const row of await rowsOf(clinic)) offers.push(await offerOf(clinic, row));
    return offers.filter((offer) => offer !== null);
  });
}

/** One of them, or null where nothing of that name is sold online. */
export async function readOffer(context: ClinicContext, slug: string): Promise<Offer | null> {
  return inClinic(context, async (clinic) => {
    const [row] = await rowsOf(clinic, slug);
    return row ? offerOf(clinic, row) : null;
  });
}

type ProductRow = Awaited<ReturnType<typeof rowsOf>>[number];

async function rowsOf({ tx, clinicId }: ClinicTransaction, slug?: string) {
  let query = tx
    .selectFrom('product')
    .select(['id', 'slug', 'name', 'summary', 'bring', 'steps', 'valid_months'])
    .where('clinic_id', '=', clinicId)
    .where('kind', '=', 'package')
    .where('online', '=', true)
    .where('active', '=', true);
  if (slug !== undefined) query = query.where('slug', '=', slug);
  return query.orderBy('position').orderBy('name').execute();
}

async function offerOf(clinic: ClinicTransaction, row: ProductRow): Promise<Offer | null> {
  const price = await currentPrice(clinic, { productId: row.id });
  if (!price || price.totalMinor <= 0) return null;
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    summary: row.summary,
    bring: linesOf(row.bring),
    steps: stepsOf(row.steps),
    validMonths: row.valid_months,
    price,
  };
}

/** The lines of a text that an owner typed, without empty ones. */
export function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** "Report: Usually within two working days." is a step with its title. */
export function stepsOf(text: string): readonly Step[] {
  return linesOf(text).map((line) => {
    const colon = line.indexOf(':');
    if (colon < 1) return { title: line, text: '' };
    return { title: line.slice(0, colon).trim(), text: line.slice(colon + 1).trim() };
  });
}

/** What tax is contained in some lines, one row for each tax that the clinic named. Amounts in minor units. */
export function taxRows(
  lines: readonly (Pick<PriceLine, 'taxName' | 'taxBp'> & { readonly taxMinor: number })[],
): readonly { readonly name: string; readonly rateBp: number; readonly taxMinor: number }[] {
  const named = lines.filter((line) => line.taxName !== null);
  return [...Map.groupBy(named, (line) => `${line.taxName} ${line.taxBp}`).values()].map((same) => ({
    name: same[0]?.taxName ?? '',
    rateBp: same[0]?.taxBp ?? 0,
    taxMinor: same.reduce((sum, line) => sum + line.taxMinor, 0),
  }));
}
