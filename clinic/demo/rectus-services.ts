import type { ServicePlan, SitePlan } from './plan.ts';
import type { Random } from './random.ts';

/** The two houses of the first demo clinic. */
export interface Sites {
  readonly harbour: SitePlan;
  readonly mill: SitePlan;
}

const PHYSIO_IN_ROOM = [
  { kind: 'physiotherapist', count: 1 },
  { kind: 'room', count: 1 },
];
const ULTRASOUND_IN_ROOM = [
  { kind: 'sonographer', count: 1 },
  { kind: 'room', count: 1 },
  { kind: 'ultrasound', count: 1 },
];

/** For the lab: what the markers need. */
export const GAIT_LAB_BRING = [
  'Close-fitting shorts and a sports top, so that markers sit on the skin',
  'The shoes you walk in most, and any insole or brace',
  'No body lotion that day; markers will not hold',
  'Somebody to mind the baby, or the baby: there is room, and time to feed',
];
const ULTRASOUND_BRING = ['Loose clothes that are easily moved aside', 'No cream on the skin that day'];

/** What the first demo clinic offers, in the order of its price list. */
export function rectusServices(random: Random, { harbour, mill }: Sites): ServicePlan[] {
  const both = [harbour.id, mill.id];
  const usual = { mode: 'site', bufferAfterMin: 0, stepMin: 15, leadMin: 120, online: true } as const;
  const service = (of: Omit<ServicePlan, 'id' | keyof typeof usual> & Partial<ServicePlan>): ServicePlan => ({
    ...usual,
    ...of,
    id: random.uuid(),
  });
  return [
    service({
      slug: 'first-visit',
      name: 'First visit',
      summary: 'We listen, look at how you move and agree on what to do first.',
      durationMin: 45,
      priceMinor: 8500,
      siteIds: both,
      needs: PHYSIO_IN_ROOM,
      weight: 5,
      bring: [
        'Clothes that you can kneel and bend in',
        'Letters and pictures that you have, and a list of what you take',
      ],
    }),
    service({
      slug: 'follow-up',
      name: 'Follow-up',
      summary: 'What changed since last time, and the next step of your plan.',
      durationMin: 30,
      priceMinor: 6000,
      siteIds: both,
      needs: PHYSIO_IN_ROOM,
      weight: 9,
    }),
    service({
      slug: 'first-visit-video',
      name: 'First visit by video',
      summary: 'For a first conversation from home, with time for questions.',
      mode: 'telehealth',
      durationMin: 30,
      priceMinor: 6000,
      siteIds: [],
      needs: [{ kind: 'physiotherapist', count: 1 }],
      weight: 3,
    }),
    service({
      slug: 'physician-visit',
      name: 'Look again with a physician',
      summary: 'When recovery is slower than expected: a second examination from the beginning.',
      durationMin: 45,
      priceMinor: 11000,
      siteIds: [harbour.id],
      needs: [
        { kind: 'physician', count: 1 },
        { kind: 'room', count: 1 },
      ],
      weight: 6,
    }),
    service({
      slug: 'physician-video',
      name: 'Physician by video',
      summary: 'Results, questions and what comes next, from home.',
      mode: 'telehealth',
      durationMin: 20,
      stepMin: 10,
      priceMinor: 5500,
      siteIds: [],
      needs: [{ kind: 'physician', count: 1 }],
      weight: 2,
    }),
    service({
      slug: 'dynamic-ultrasound',
      name: 'Dynamic ultrasound',
      summary: 'We look at the muscle at rest and while you contract it.',
      durationMin: 30,
      bufferAfterMin: 5,
      priceMinor: 12000,
      siteIds: both,
      needs: ULTRASOUND_IN_ROOM,
      weight: 4,
      payment: { how: 'deposit', depositMinor: 3000 },
      bring: ULTRASOUND_BRING,
    }),
    service({
      slug: 'drawing-in-check',
      name: 'Drawing-in check',
      summary: 'Ultrasound shows whether the deep abdominal muscle works while you draw in your lower belly.',
      durationMin: 30,
      bufferAfterMin: 5,
      priceMinor: 9000,
      siteIds: both,
      needs: ULTRASOUND_IN_ROOM,
      weight: 4,
      payment: { how: 'in_full' },
      bring: ULTRASOUND_BRING,
    }),
    service({
      slug: 'gait-lab',
      name: '3D gait analysis',
      summary: 'A session in the gait lab and, later, a visit in which we go through the report together.',
      durationMin: 75,
      bufferAfterMin: 15,
      leadMin: 1440,
      priceMinor: 29000,
      siteIds: [harbour.id],
      needs: [
        { kind: 'gait lab', count: 1 },
        { kind: 'physiotherapist', count: 1 },
      ],
      weight: 2,
      bring: GAIT_LAB_BRING,
    }),
    service({
      slug: 'gait-report',
      name: 'Gait report visit',
      summary: 'The second half of a gait analysis: what we measured and what follows from it.',
      durationMin: 30,
      priceMinor: 0,
      online: false,
      siteIds: [harbour.id],
      needs: PHYSIO_IN_ROOM,
      weight: 1,
    }),
    service({
      slug: 'lift-check',
      name: 'Lift check',
      summary: 'You lift as you do at home, baby, stroller or crate, and we look at what your back does.',
      durationMin: 45,
      priceMinor: 7500,
      siteIds: both,
      needs: PHYSIO_IN_ROOM,
      weight: 3,
      bring: ['What you lift most and can carry here: the carrier, the car seat, the stroller'],
    }),
  ];
}
