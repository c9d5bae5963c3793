import { PUBLIC_ROUTES } from '../../../platform/web/layout/index.ts';

/** What every list and head says about one article. */
export interface ArticleMeta {
  readonly path: string;
  readonly title: string;
  /** Last part of the breadcrumb. */
  readonly crumb: string;
  /** The reader's own words, for "Start with what hurts". */
  readonly complaint: string;
  /** What the article answers, in one line. */
  readonly promise: string;
  readonly lead: string;
  /** One or two sentences for search engines and shared links. */
  readonly description: string;
  /** Reading time at 220 words a minute. */
  readonly minutes: number;
  readonly version: number;
}

export const BACK_PAIN: ArticleMeta = {
  path: PUBLIC_ROUTES.backPain,
  title: 'Back pain after having a baby',
  crumb: 'After birth',
  complaint: 'My back has hurt since the birth',
  promise: 'Why it happens, what helps, how long it takes.',
  lead: 'Your joints are still loose, the muscles that hold your spine are stretched, and you lift more than ever. That is why it hurts, and it is also where help begins.',
  description:
    'Why the back hurts after a birth, what helps, how long it takes, when to have it looked at, and how to prevent it in pregnancy.',
  minutes: 5,
  version: 1,
};

export const LIFTING: ArticleMeta = {
  path: PUBLIC_ROUTES.lifting,
  title: 'Lifting and holding a child',
  crumb: 'Lifting and holding',
  complaint: 'I lift a child all day',
  promise: 'For mothers, fathers, grandparents and day-care staff.',
  lead: 'A child is not a box: it moves, clings, sleeps and grows. Here is how to spare your back, shoulders and neck, whoever you are to the child.',
  description:
    'Crib, car seat, stroller, feeding, holding, toddler: how everyone who cares for a child can spare back, shoulders and neck.',
  minutes: 5,
  version: 1,
};

export const CONTRACTION: ArticleMeta = {
  path: PUBLIC_ROUTES.contraction,
  title: 'Look at the muscle while it contracts',
  crumb: 'Muscle strain',
  complaint: 'My muscle strain is not getting better',
  promise: 'Why a muscle should be looked at while it contracts.',
  lead: 'A torn muscle can look almost whole at rest. Ask it to pull, and the ends move apart. A few seconds of looking can decide whether weeks are lost.',
  description:
    'A torn muscle can look almost whole at rest. Signs of a complete tear, when to look again, and what an ultrasound visit is like.',
  minutes: 5,
  version: 1,
};

/** All articles, in the order in which they are offered. */
export const ARTICLES: readonly ArticleMeta[] = [BACK_PAIN, LIFTING, CONTRACTION];
