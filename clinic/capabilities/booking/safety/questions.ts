/** How soon somebody who says yes should be seen. `crisis` is care now, by people trained for it. */
export type Urgency = 'emergency' | 'crisis' | 'same_day';

export type QuestionGroup = 'back' | 'birth' | 'limbs' | 'mind';

/** One thing that must be known before a visit is booked. */
export interface SafetyQuestion {
  readonly code: string;
  readonly group: QuestionGroup;
  /** What the sign may point to, in the words of the clinic. Shown to staff, never to the patient. */
  readonly concern: string;
  readonly wording: string;
  readonly urgency: Urgency;
  readonly advice: string;
  readonly citation: string;
}

/** A sign that adds weight to a concern and means nothing alone. */
export interface WeakSign {
  readonly code: string;
  readonly supports: string;
  readonly citation: string;
}

const IFOMPT = 'IFOMPT framework 2020, doi:10.2519/jospt.2020.9971';
const AHCPR = 'AHCPR guideline, NBK52120';
const HEAR_HER = 'CDC “Hear Her” warning signs, kept for one year after birth';

/**
 * The questions asked before every booking and request. A clinic's clinician signs them off before they are used
 * for real; every change of wording, grading or advice is a new version.
 */
export const SAFETY_QUESTIONS = {
  version: '2026-11.1',
  signedOff: false,
  groups: [
    { code: 'back', title: 'Your back and general health' },
    { code: 'birth', title: 'If you have given birth in the past year' },
    { code: 'limbs', title: 'Legs, chest and muscles' },
    { code: 'mind', title: 'How you are' },
  ],
  questions: [
    {
      code: 'cauda_equina',
      group: 'back',
      concern: 'Cauda equina',
      wording:
        'Numbness between your legs, new trouble with your bladder or bowels, or legs that keep getting weaker',
      urgency: 'emergency',
      advice:
        'Nerves at the base of your spine may be under pressure. Go to an emergency department now; do not wait for an appointment with us.',
      citation: IFOMPT,
    },
    {
      code: 'fracture',
      group: 'back',
      concern: 'Fracture',
      wording:
        'Pain after a bad fall or crash, after a small knock or lift with thin bones (osteoporosis), or sudden pain deep in the pelvis or tailbone since a birth',
      urgency: 'same_day',
      advice:
        'A bone may be broken, and an X-ray can miss a fine crack. Have a doctor look at this today, and say when and how it began.',
      citation: IFOMPT,
    },
    {
      code: 'infection_tumour',
      group: 'back',
      concern: 'Infection or tumour',
      wording:
        'Fever, weight loss that you cannot explain, a recent infection, cancer now or in the past, or a weakened immune system',
      urgency: 'same_day',
      advice:
        'Most back pain has a harmless cause, but together with this a doctor should look first. Please arrange that for today.',
      citation: `${AHCPR}; ${IFOMPT}`,
    },
    {
      code: 'infection_birth',
      group: 'birth',
      concern: 'Infection after birth or epidural',
      wording:
        'Fever with strong back or pelvic pain, or belly pain, or bleeding that is heavy or smells bad',
      urgency: 'emergency',
      advice:
        'This can be an infection after the birth or the epidural, and it can become serious within hours. Get emergency care now and tell them that you have given birth.',
      citation: `PMID 19115661; ${HEAR_HER}`,
    },
    {
      code: 'late_danger',
      group: 'birth',
      concern: 'Pre-eclampsia and other late danger after birth',
      wording:
        'A headache that gets worse, changes in your sight, fainting, a swollen face or hands, or blood pressure of 140/90 or more',
      urgency: 'emergency',
      advice:
        'These can be signs of dangerously high blood pressure, even months after a birth. Get emergency care now and tell them when you gave birth.',
      citation: HEAR_HER,
    },
    {
      code: 'clot',
      group: 'limbs',
      concern: 'Blood clot',
      wording: 'A leg or calf that is swollen, red or painful, chest pain, or shortness of breath',
      urgency: 'emergency',
      advice: 'This can be a blood clot. Get emergency care now. Please do not massage or exercise the leg.',
      citation: HEAR_HER,
    },
    {
      code: 'compartment',
      group: 'limbs',
      concern: 'Compartment syndrome',
      wording: 'An arm or leg that is hard, tense or numb, with pain far worse than the injury explains',
      urgency: 'emergency',
      advice: 'Pressure inside the muscle may be cutting off its blood supply. Get emergency care now.',
      citation: IFOMPT,
    },
    {
      code: 'complete_tear',
      group: 'limbs',
      concern: 'Complete muscle or tendon tear',
      wording:
        'A pop with sudden loss of strength, a gap that you can feel, or you cannot stand on the leg, lift it straight or rise on tiptoe',
      urgency: 'same_day',
      advice:
        'A muscle or tendon may be torn through. It should be examined today, with imaging, because weeks of waiting can cost strength. Call us or an urgent care centre.',
      citation: IFOMPT,
    },
    {
      code: 'self_harm',
      group: 'mind',
      concern: 'Thoughts of harming herself or the baby',
      wording: 'Thoughts of harming yourself or your baby',
      urgency: 'crisis',
      advice:
        'You are not alone with this and it can be treated. Call your emergency number or a crisis line now, or ask somebody near you to stay with you while you do.',
      citation: HEAR_HER,
    },
  ],
  // Not asked here: they would change no advice before a visit. Other forms may add them.
  weakSigns: [
    { code: 'night_pain', supports: 'infection_tumour', citation: AHCPR },
    { code: 'age_over_50', supports: 'infection_tumour', citation: AHCPR },
    { code: 'age_under_20', supports: 'infection_tumour', citation: AHCPR },
  ],
} as const satisfies {
  version: string;
  signedOff: boolean;
  groups: readonly { code: QuestionGroup; title: string }[];
  questions: readonly SafetyQuestion[];
  weakSigns: readonly WeakSign[];
};
