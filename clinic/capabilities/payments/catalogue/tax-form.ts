import { z } from 'zod';
import type { FormValues } from '../../../platform/web/form.ts';
import { line, whole } from '../../settings/index.ts';

export interface TaxFacts {
  readonly name: string;
  /** Hundredths of a percent. */
  readonly rateBp: number;
  readonly position: number;
}

const rate: z.ZodType<number> = z
  .string()
  .default('')
  .transform((text) => text.replaceAll(/[\s%]/g, '').replace(',', '.'))
  .refine(
    (text) => /^\d{1,3}(\.\d{1,2})?$/.test(text) && Number(text) <= 100,
    'Enter the rate in percent, such as 19 or 5.5. 0 is for what is exempt',
  )
  .transform((text) => Math.round(Number(text) * 100));

/** A posted tax. */
export const taxSchema: z.ZodType<TaxFacts> = z
  .object({ name: line('a name, such as VAT', 80), rate, position: whole(0, 9999) })
  .transform(({ rate: rateBp, ...facts }) => ({ ...facts, rateBp }));

/** The fields of a tax as it is. */
export function taxValues(facts: TaxFacts): FormValues {
  return { name: facts.name, rate: String(facts.rateBp / 100), position: String(facts.position) };
}
