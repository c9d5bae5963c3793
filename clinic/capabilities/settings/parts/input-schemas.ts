import { z } from 'zod';

/** One line of text within length limits; line breaks become spaces. */
export function line(what: string, most: number): z.ZodType<string> {
  return text(most).refine((value) => value !== '', `Enter ${what}`);
}

/** A text that may be empty, trimmed. */
export function text(most: number): z.ZodType<string> {
  return z
    .string()
    .default('')
    .transform((value) => value.replaceAll(/[\r\n\t]+/g, ' ').trim())
    .refine((value) => value.length <= most, `Keep this under ${most + 1} characters`);
}

/** Like {@link text}, with line breaks kept. */
export function longText(most: number): z.ZodType<string> {
  return z
    .string()
    .default('')
    .transform((value) => value.replaceAll('\r\n', '\n').trim())
    .refine((value) => value.length <= most, `Keep this under ${most + 1} characters`);
}

/** A whole number within limits, both included. */
export function whole(least: number, most: number, unit = ''): z.ZodType<number> {
  const message = `Enter a whole number${unit && ` of ${unit}`} from ${least} to ${most}`;
  return z
    .string()
    .default('')
    .transform((value) => value.trim())
    .refine((value) => /^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most, message)
    .transform(Number);
}

/** Hours with a fraction, as minutes: `1.5` and `1,5` are 90. */
export function hoursAsMinutes(mostHours: number): z.ZodType<number> {
  const message = `Enter hours from 0 to ${mostHours}, such as 24 or 1.5`;
  return z
    .string()
    .default('')
    .transform((value) => value.trim().replace(',', '.'))
    .refine((value) => /^\d{1,4}(\.\d{1,2})?$/.test(value) && Number(value) <= mostHours, message)
    .transform((value) => Math.round(Number(value) * 60));
}

/** Minutes as the hours field shows them: `1.5` for 90. What hours cannot say in two decimals is rounded. */
export function hoursInput(minutes: number): string {
  return String(Math.round((minutes / 60) * 100) / 100);
}

/** A box that is ticked or not. */
export const ticked: z.ZodType<boolean> = z
  .string()
  .default('')
  .transform((value) => value !== '');

/** The ticked ones of a list of boxes that share a name. */
export const chosen: z.ZodType<string[]> = z
  .string()
  .default('')
  .transform((value) => [...new Set(value.split('\n').filter(Boolean))]);

/** A calendar date from a date field, which may be empty. */
export const optionalDate: z.ZodType<string> = z
  .string()
  .default('')
  .transform((value) => value.trim());
