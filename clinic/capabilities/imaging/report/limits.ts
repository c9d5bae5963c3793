import type { Suspicion } from '../core/exam.ts';

/** What ultrasound may not show, where a reader has to know it. Needs sign-off by your clinician. */
export interface Limit {
  readonly words: string;
  readonly citation: string;
}

const SOURCE = 'Radiol Med 2006;111:836';
const DEEP_CALF = /soleus|calf|triceps surae/i;

/** The limits that stand in a report on this structure, the narrowest first. */
export function limitsFor(suspicion: Suspicion, anatomy: string): readonly Limit[] {
  if (suspicion !== 'muscle-injury') return [];
  const soleus: Limit = {
    words:
      'In the soleus, ultrasound found 27 % of the tears that MRI showed: seeing none does not rule one out.',
    citation: SOURCE,
  };
  const muscles: Limit = {
    words:
      'Of the muscle tears that MRI showed, ultrasound found 88 % (93 % of the major and 77 % of the minor ones).',
    citation: SOURCE,
  };
  const isAboutSoleus = anatomy.trim() === '' || DEEP_CALF.test(anatomy);
  return isAboutSoleus ? [soleus, muscles] : [muscles];
}
