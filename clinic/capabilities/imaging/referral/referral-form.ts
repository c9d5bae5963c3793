import { dateAt, isDate } from '@rectus/schedule';
import { z } from 'zod';
import { type FormResult, readForm } from '../../../platform/web/form.ts';
import { longDate } from '../../../platform/web/wall-clock.ts';

export const OUTCOMES = ['seen', 'booked', 'declined'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What became of the patient, as the form offers it. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  seen: 'They have seen the patient',
  booked: 'They will see the patient',
  declined: 'They do not take the patient',
};

const shape = z.object({
  who: z
    .string('Write who answered: name and role.')
    .trim()
    .min(2, 'Write who answered: name and role.')
    .max(200, 'Keep this under 200 letters.'),
  outcome: z.enum(OUTCOMES, 'Say what became of the patient.'),
  date: z.string().trim().default(''),
  plan: z
    .string('Write what is planned.')
    .trim()
    .min(3, 'Write what is planned.')
    .max(1500, 'Keep this under 1500 letters.'),
});

/**
 * The answer to a referral as it was typed, as words that are kept. The day must be there unless the patient is not taken;
 * whoever was seen was seen by today, and not before the examination.
 */
export function readAnswer(
  body: unknown,
  of: { readonly now: number; readonly takenAt: number; readonly zone: string; readonly locale: string },
): FormResult<string> {
  const form = readForm(shape, body);
  const values = form.values;
  const errors: Record<string, string> = form.ok ? {} : { ...form.errors };
  const date = (values.date ?? '').trim();
  const today = dateAt(of.now, of.zone);
  const needsDay = values.outcome === 'seen' || values.outcome === 'booked';
  if (needsDay && !isDate(date)) errors.date = 'Write on which day.';
  else if (values.outcome === 'seen' && date > today)
    errors.date = 'They cannot have seen the patient in the future.';
  else if (needsDay && date < dateAt(of.takenAt, of.zone))
    errors.date = 'This day lies before the examination.';
  if (!form.ok || Object.keys(errors).length > 0) return { ok: false, values, errors };
  const { who, outcome, plan } = form.value;
  const day = needsDay ? `, ${longDate(date, of.locale, '0000-01-01')}` : '';
  return { ok: true, values, value: `${OUTCOME_WORDS[outcome]}${day}. Said by ${who}. Plan: ${plan}` };
}
