import { isDate } from '@rectus/schedule';
import { z } from 'zod';

/** Line breaks, controls, and marks that turn the direction of the text around them. */
const INVISIBLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const LONGEST_NAME = 100;
const LONGEST_NOTE = 2_000;

function name(what: string) {
  return z
    .string({ error: `Please write the ${what}.` })
    .transform((text) => text.normalize('NFC').trim().replace(/ +/g, ' '))
    .refine((text) => text !== '', `Please write the ${what}.`)
    .refine(
      (text) => [...text].length <= LONGEST_NAME,
      `A ${what} can have up to ${LONGEST_NAME} characters.`,
    )
    .refine(
      (text) => !INVISIBLE.test(text),
      `Please write the ${what} on one line, without control characters.`,
    );
}

/**
 * The fields of a person as the desk takes them on the telephone: the date of birth is asked for, an e-mail address
 * not everybody has. `today` is the date where the clinic is.
 */
export function personForm(today: string) {
  return z.object({
    givenName: name('given name'),
    familyName: name('family name'),
    birthDate: z
      .string({ error: 'Please ask for the date of birth.' })
      .refine((date) => date !== '', 'Please ask for the date of birth.')
      .refine(
        (date) => date === '' || isDate(date),
        'There is no such date. Please check day, month and year.',
      )
      .refine((date) => !isDate(date) || date <= today, 'This date is still to come. Please check the year.')
      .refine((date) => !isDate(date) || date >= '1890-01-01', 'Please check the year.'),
    email: z
      .string()
      .default('')
      .transform((text) => text.trim().toLowerCase())
      .refine(
        (text) => text === '' || z.email().max(254).safeParse(text).success,
        'This does not look like an e-mail address.',
      )
      .transform((text) => text || null),
    phone: z
      .string()
      .default('')
      .transform((text) => text.trim())
      .refine(
        (text) => text === '' || /^\+?[\d ()./-]{5,30}$/.test(text),
        'Please write the number with digits only.',
      )
      .transform((text) => text || null),
    note: z
      .string()
      .default('')
      .transform((text) => text.trim())
      .refine((text) => text.length <= LONGEST_NOTE, `A note can have up to ${LONGEST_NOTE} characters.`),
  });
}
