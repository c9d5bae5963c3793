import type { GradingSystem } from './signed-content.ts';

/**
 * Systems by which muscle injuries are graded, as they stand beside the measurements. Needs sign-off by your clinician.
 * The clinician grades: nothing here chooses a grade.
 */
export const GRADING_CRITERIA_VERSION = '2026-11.1';

/** What a criterion speaks of, and so which measurement stands beside it. */
export type CriterionQuantity = 'share' | 'length' | 'gap' | 'retraction';

export interface Criterion {
  readonly words: string;
  /** Null where no measurement answers it. */
  readonly of: CriterionQuantity | null;
}

export interface GradeOf {
  /** As it is written, such as "2" or "3b". */
  readonly grades: readonly string[];
  readonly name: string;
  readonly criteria: readonly Criterion[];
  /** Whether it says that the muscle is torn through, or nearly. */
  readonly complete: boolean;
}

export interface GradingCriteria {
  readonly system: GradingSystem;
  readonly name: string;
  readonly citation: string;
  readonly note: string | null;
  readonly grades: readonly GradeOf[];
}

const share = (words: string): Criterion => ({ words, of: 'share' });
const length = (words: string): Criterion => ({ words, of: 'length' });
const gap = (words: string): Criterion => ({ words, of: 'gap' });
const seen = (words: string): Criterion => ({ words, of: null });

export const GRADING_CRITERIA: readonly GradingCriteria[] = [
  {
    system: 'peetrons',
    name: 'Peetrons',
    citation: 'Peetrons 2002 (ultrasound)',
    note: null,
    grades: [
      { grades: ['0'], name: 'No lesion', criteria: [seen('Nothing to be seen')], complete: false },
      {
        grades: ['1'],
        name: 'Small',
        criteria: [share('Under 5 % of the volume or of the diameter of the cross-section')],
        complete: false,
      },
      {
        grades: ['2'],
        name: 'Partial',
        criteria: [share('5 to 50 % of the volume or of the diameter of the cross-section')],
        complete: false,
      },
      {
        grades: ['3'],
        name: 'Complete',
        criteria: [gap('Torn through'), { words: 'The ends are drawn apart', of: 'retraction' }],
        complete: true,
      },
    ],
  },
  {
    system: 'bamic',
    name: 'British Athletics (BAMIC)',
    citation: 'British Athletics Muscle Injury Classification 2014',
    note: 'Made for MRI and adapted here. a: myofascial, b: musculotendinous, c: intratendinous.',
    grades: [
      {
        grades: ['1a', '1b'],
        name: 'Small',
        criteria: [
          share('Under 10 % of the cross-section'),
          length('or under 5 cm long'),
          gap('fibres disrupted over less than 1 cm'),
        ],
        complete: false,
      },
      {
        grades: ['2a', '2b', '2c'],
        name: 'Moderate',
        criteria: [
          share('10 to 50 % of the cross-section'),
          length('or 5 to 15 cm long'),
          gap('fibres disrupted over less than 5 cm'),
        ],
        complete: false,
      },
      {
        grades: ['3a', '3b', '3c'],
        name: 'Extensive',
        criteria: [
          share('Over 50 % of the cross-section'),
          length('or over 15 cm long'),
          gap('fibres disrupted over more than 5 cm'),
        ],
        complete: false,
      },
      { grades: ['4', '4c'], name: 'Complete', criteria: [gap('Torn through')], complete: true },
    ],
  },
  {
    system: 'munich',
    name: 'Munich',
    citation: 'Munich consensus 2013',
    note: null,
    grades: [
      { grades: ['1'], name: 'Overexertion', criteria: [seen('No tear')], complete: false },
      { grades: ['2'], name: 'Neuromuscular', criteria: [seen('No tear')], complete: false },
      {
        grades: ['3'],
        name: 'Partial tear',
        criteria: [share('Part of the muscle is torn')],
        complete: false,
      },
      { grades: ['4'], name: '(Sub)total tear', criteria: [gap('Torn through, or nearly')], complete: true },
    ],
  },
];

/** A grade as it was chosen, with its system; null where there is no such one. */
export function gradeOf(
  system: GradingSystem | null,
  grade: string,
): { readonly criteria: GradingCriteria; readonly grade: GradeOf } | null {
  const criteria = GRADING_CRITERIA.find((one) => one.system === system);
  const found = criteria?.grades.find(({ grades }) => grades.includes(grade));
  return criteria && found ? { criteria, grade: found } : null;
}

/** Whether the grade says that the muscle is torn through, or nearly. */
export function gradeIsComplete(system: GradingSystem | null, grade: string): boolean {
  return gradeOf(system, grade)?.grade.complete ?? false;
}

/** "Peetrons 3, complete", or words for none. */
export function gradeWords(system: GradingSystem | null, grade: string): string {
  const found = gradeOf(system, grade);
  return found ? `${found.criteria.name} ${grade}, ${found.grade.name.toLowerCase()}` : 'Not graded';
}
