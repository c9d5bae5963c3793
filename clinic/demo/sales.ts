import type { AppointmentPlan, Diary } from './diary.ts';
import { visitsToTheLab } from './gait-story.ts';
import type { PatientPlan } from './patients.ts';
import type { Random } from './random.ts';
import type { ProductPlan, ShopPlan } from './shop.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How often a visit is paid in which way. */
const WAYS = [
  { way: 'card_terminal', weight: 58 },
  { way: 'cash', weight: 27 },
  { way: 'bank_transfer', weight: 9 },
  { way: 'not_yet', weight: 6 },
] as const;
/** Every so many follow-ups begin a block of them, and every so many visits somebody takes exercise bands home. */
const BLOCK_EVERY = 14;
const BLOCK_OF = 6;
const BANDS_EVERY = 17;

/** Something that was sold in the last two weeks. Instants in epoch milliseconds. */
export interface SalePlan {
  readonly id: string;
  readonly source: 'online' | 'desk';
  readonly createdAt: number;
  readonly patient: PatientPlan;
  /** The visit that it was sold for; a package may have been used for later ones, too. */
  readonly visits: AppointmentPlan[];
  readonly items: readonly ({ readonly serviceId: string } | { readonly productId: string })[];
  /** Null while it is to be paid. */
  readonly paid: {
    readonly id: string;
    readonly method: 'practice' | 'cash' | 'card_terminal' | 'bank_transfer';
    readonly at: number;
    readonly reference: string | null;
    /** Of the practice checkout. */
    readonly checkoutId: string | null;
  } | null;
  readonly refund: {
    readonly id: string;
    readonly at: number;
    readonly amountMinor: number;
    readonly reason: string;
  } | null;
}

/**
 * What the visits of the past two weeks brought in: most were paid at the desk, some by bank a few days later, some
 * not yet; gait analyses were bought as packages, half of them online, as were those of visits long before and the one whose
 * files are still to come. In the order in which it was sold.
 */
export function makeSales(random: Random, shop: ShopPlan, diary: Diary, now: number): readonly SalePlan[] {
  const product = (slug: string) => shop.products.find((one) => one.slug === slug);
  const [gait, blockOfSix, bands] = ['3d-gait', 'six-follow-ups', 'exercise-bands'].map(product);
  const sales: SalePlan[] = [];
  const blocks = new Map<string, SalePlan>();
  const done = diary.appointments
    .filter(({ status, service }) => status === 'done' && service.priceMinor > 0)
    .toSorted((a, b) => a.end - b.end || a.id.localeCompare(b.id));
  const online = new Set([
    ...done.filter(({ start }) => start < now - 15 * DAY),
    visitsToTheLab(diary).at(-1),
  ]);
  let followUps = 0;
  for (const [index, visit] of done.entries()) {
    const block = visit.service.slug === 'follow-up' ? blocks.get(visit.patient.id) : undefined;
    if (block && block.visits.length < BLOCK_OF) {
      block.visits.push(visit);
    } else if (gait && visit.service.slug === 'gait-lab') {
      sales.push(
        index % 2 === 0 || online.has(visit)
          ? boughtOnline(random, gait, visit)
          : soldAtDesk(random, visit, [gait], now),
      );
    } else if (blockOfSix && visit.service.slug === 'follow-up' && ++followUps % BLOCK_EVERY === 0) {
      const sale = soldAtDesk(random, visit, [blockOfSix], now);
      sales.push(sale);
      if (sale.paid) blocks.set(visit.patient.id, sale);
    } else {
      const extra = bands && index % BANDS_EVERY === 8 ? [bands] : [];
      sales.push(soldAtDesk(random, visit, [visit.service, ...extra], now));
    }
  }
  return withOneRefund(random, sales, now).toSorted((a, b) => a.createdAt - b.createdAt);
}

function soldAtDesk(
  random: Random,
  visit: AppointmentPlan,
  items: readonly (ProductPlan | AppointmentPlan['service'])[],
  now: number,
): SalePlan {
  const { way } = random.weighted(WAYS);
  const createdAt = Math.min(visit.end + (2 + random.below(8)) * MINUTE, now - 2 * MINUTE);
  const at = way === 'bank_transfer' ? createdAt + (1 + random.below(3)) * DAY : createdAt + MINUTE;
  const number = String(1_000 + random.below(9_000));
  const reference =
    way === 'card_terminal' ? `Terminal ${number}` : way === 'bank_transfer' ? `Transfer ${number}` : null;
  return {
    id: random.uuid(),
    source: 'desk',
    createdAt,
    patient: visit.patient,
    visits: [visit],
    items: items.map(itemOf),
    paid:
      way === 'not_yet' || at >= now
        ? null
        : { id: random.uuid(), method: way, at, reference, checkoutId: null },
    refund: null,
  };
}

/** Bought from home a few days before the visit, on the practice checkout. */
function boughtOnline(random: Random, product: ProductPlan, visit: AppointmentPlan): SalePlan {
  const createdAt = visit.createdAt - (5 + random.below(20)) * MINUTE;
  return {
    id: random.uuid(),
    source: 'online',
    createdAt,
    patient: visit.patient,
    visits: [visit],
    items: [itemOf(product)],
    paid: {
      id: random.uuid(),
      method: 'practice',
      at: createdAt + 3 * MINUTE,
      reference: null,
      checkoutId: random.uuid(),
    },
    refund: null,
  };
}

function itemOf(item: ProductPlan | AppointmentPlan['service']): SalePlan['items'][number] {
  return 'parts' in item ? { productId: item.id } : { serviceId: item.id };
}

/** Somebody was charged for a longer visit than they had: a part of one payment went back the next day. */
function withOneRefund(random: Random, sales: readonly SalePlan[], now: number): readonly SalePlan[] {
  const wrong = sales.find(
    ({ paid, items }) =>
      paid?.method === 'card_terminal' &&
      items.length === 1 &&
      paid.at < now - 4 * DAY &&
      'serviceId' in (items[0] ?? {}),
  );
  return sales.map((sale) =>
    sale === wrong && sale.paid
      ? {
          ...sale,
          refund: {
            id: random.uuid(),
            at: sale.paid.at + DAY,
            amountMinor: 1_500,
            reason: 'The visit was shorter than what was charged.',
          },
        }
      : sale,
  );
}
