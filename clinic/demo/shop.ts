import type { ServicePlan } from './plan.ts';
import type { Random } from './random.ts';
import { GAIT_LAB_BRING } from './rectus-services.ts';

/** What a demo clinic sells besides single visits, and what its papers say. */
export interface ShopPlan {
  readonly taxes: readonly TaxPlan[];
  /** The tax within the price of every visit. */
  readonly visitTaxId: string;
  readonly products: readonly ProductPlan[];
  readonly papers: {
    readonly legalName: string;
    readonly address: string;
    readonly taxNumber: string;
    readonly bankDetails: string;
    readonly note: string;
    readonly refundTerms: string;
  };
}

export interface TaxPlan {
  readonly id: string;
  readonly name: string;
  /** Hundredths of a percent. */
  readonly rateBp: number;
}

export interface ProductPlan {
  readonly id: string;
  readonly slug: string;
  readonly kind: 'package' | 'fee';
  readonly name: string;
  readonly summary: string;
  readonly bring: readonly string[];
  /** "Title: text", in their order. */
  readonly steps: readonly string[];
  readonly validMonths: number | null;
  readonly online: boolean;
  readonly parts: readonly {
    readonly serviceId: string | null;
    readonly label: string | null;
    readonly quantity: number;
    readonly unitMinor: number;
    readonly taxId: string | null;
  }[];
}

const REFUND_TERMS = 'Unused parts are refunded on request within 12 months.';
const WORTHLESS = 'Demo clinic: everyone here is simulated, and this paper stands for no real payment.';

/** The first demo clinic: gait analyses, blocks of follow-ups, and two things that are sold at the desk alone. */
export function rectusShop(random: Random, services: readonly ServicePlan[]): ShopPlan {
  const exempt = { id: random.uuid(), name: 'VAT, exempt medical service', rateBp: 0 };
  const full = { id: random.uuid(), name: 'VAT 23 %', rateBp: 2300 };
  const of = (slug: string) => serviceId(services, slug);
  const visits = block(random, of('follow-up'), exempt.id);
  return {
    taxes: [exempt, full],
    visitTaxId: exempt.id,
    products: [
      {
        id: random.uuid(),
        slug: '3d-gait',
        kind: 'package',
        name: '3D gait analysis',
        summary: 'A session in the gait lab and, later, a visit in which we go through the report together.',
        bring: GAIT_LAB_BRING,
        steps: [
          'Lab session: 75 min. You walk about twelve times across the room.',
          'Report: Usually within two working days. We write to you when it is ready.',
          'Report visit: 30 min, included. Book it with the report.',
        ],
        validMonths: 12,
        online: true,
        parts: [
          {
            serviceId: of('gait-lab'),
            label: 'Gait lab session, 75 min',
            quantity: 1,
            unitMinor: 21_000,
            taxId: exempt.id,
          },
          {
            serviceId: of('gait-report'),
            label: 'Report visit, 30 min',
            quantity: 1,
            unitMinor: 8_000,
            taxId: exempt.id,
          },
        ],
      },
      visits({ slug: 'six-follow-ups', name: 'Six follow-ups', quantity: 6, unitMinor: 5_500 }),
      visits({ slug: 'ten-follow-ups', name: 'Ten follow-ups', quantity: 10, unitMinor: 5_200 }),
      fee(random, 'late-cancellation', 'Visit cancelled late', 3_000, null),
      fee(random, 'exercise-bands', 'Exercise bands, set of three', 1_800, full.id),
    ],
    papers: {
      legalName: 'Rectus, simulated clinic',
      address: 'Doca 4 (simulated address)\nLisbon',
      taxNumber: 'SIMULATED 000 000 000',
      bankDetails: 'SIMULATED account, nothing can be paid into it',
      note: WORTHLESS,
      refundTerms: REFUND_TERMS,
    },
  };
}

/** The second demo clinic: a block of visits, and the fee for one that was cancelled late. */
export function secondShop(random: Random, services: readonly ServicePlan[]): ShopPlan {
  const exempt = { id: random.uuid(), name: 'VAT, exempt medical service', rateBp: 0 };
  const visits = block(random, serviceId(services, 'visit'), exempt.id);
  return {
    taxes: [exempt],
    visitTaxId: exempt.id,
    products: [
      visits({ slug: 'five-visits', name: 'Five visits', quantity: 5, unitMinor: 6_500 }),
      fee(random, 'late-cancellation', 'Visit cancelled late', 2_500, null),
    ],
    papers: {
      legalName: 'Garden Physio, simulated clinic',
      address: 'Am Garten 2 (simulated address)\nPotsdam',
      taxNumber: 'SIMULATED 00/000/00000',
      bankDetails: '',
      note: WORTHLESS,
      refundTerms: REFUND_TERMS,
    },
  };
}

function serviceId(services: readonly ServicePlan[], slug: string): string {
  const service = services.find((one) => one.slug === slug);
  if (!service) throw new Error(`expected a service ${slug}`);
  return service.id;
}

/** Makes packages of equal visits. */
function block(random: Random, service: string, taxId: string) {
  return (of: Pick<ProductPlan, 'slug' | 'name'> & { quantity: number; unitMinor: number }): ProductPlan => ({
    id: random.uuid(),
    slug: of.slug,
    kind: 'package',
    name: of.name,
    summary: `${of.name} at a lower price each, to be used within a year.`,
    bring: ['Clothes that you can kneel and bend in'],
    steps: [
      'First visit: Book it now, or later from your own page.',
      'The others: Book each when it suits you. Your page shows how many are left.',
    ],
    validMonths: 12,
    online: true,
    parts: [{ serviceId: service, label: null, quantity: of.quantity, unitMinor: of.unitMinor, taxId }],
  });
}

/** Something without a visit, sold at the desk alone. */
function fee(
  random: Random,
  slug: string,
  name: string,
  unitMinor: number,
  taxId: string | null,
): ProductPlan {
  return {
    id: random.uuid(),
    slug,
    kind: 'fee',
    name,
    summary: '',
    bring: [],
    steps: [],
    validMonths: null,
    online: false,
    parts: [{ serviceId: null, label: name, quantity: 1, unitMinor, taxId }],
  };
}
