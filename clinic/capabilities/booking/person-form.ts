import { isDate } from '@rectus/schedule';
import { z } from 'zod';
import type { FormValues } from '../../platform/web/form.ts';

const NAME_LIMIT = 100;
const EMAIL_LIMIT = 254;
const EARLIEST_BIRTH = '1890-01-01';

/** Line breaks, tabs, controls and marks that turn the direction of the text around them. */
const INVISIBLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** A name in any script, as the person writes it. */
export function personName(what: string) {
  return z
    .string({ error: `Please write your ${what}.` })
    .transform((name) => name.normalize('NFC').trim().replace(/ +/g, ' '))
    .refine((name) => name !== '', `Please write your ${what}.`)
    .refine(
      (name) => [...name].length <= NAME_LIMIT,
      `We can keep a ${what} of up to ${NAME_LIMIT} characters. Please shorten it.`,
    )
    .refine(
      (name) => !INVISIBLE.test(name),
      `Please write your ${what} on one line, without control characters.`,
    );
}

/** One e-mail address on one line. */
export const emailAddress = z
  .string({ error: 'Please write your e-mail address.' })
  .transform((address) => address.replace(/^ +| +$/g, ''))
  .refine((address) => address !== '', 'Please write your e-mail address.')
  .refine((address) => !INVISIBLE.test(address), 'Please write one e-mail address on one line.')
  .refine(
    (address) => address.length <= EMAIL_LIMIT && z.email().safeParse(address).success,
    'This does not look like an e-mail address. It should read like name@example.org.',
  );

/** A telephone number as people write it; empty becomes null. */
export const phoneNumber = z
  .string()
  .default('')
  .transform((number) => number.trim())
  .refine(
    (number) =>
      number === '' || (/^\+?[\d ()./-]{5,30}$/.test(number) && /\d{3}/.test(number.replace(/\D/g, ''))),
    'Please write the number with digits only, such as +351 21 000 0000, or leave it empty.',
  )
  .transform((number) => number || null);

/** A date of birth, YYYY-MM-DD, that exists and has come. `today` is the date where the clinic is. */
export function birthDate(today: string) {
  return z
    .string({ error: 'Please give your date of birth.' })
    .refine((date) => date !== '', 'Please give your date of birth as day, month and year.')
    .refine((date) => date === '' || isDate(date), 'There is no such date. Please check day, month and year.')
    .refine((date) => !isDate(date) || date <= today, 'This date is still to come. Please check the year.')
    .refine(
      (date) => !isDate(date) || date >= EARLIEST_BIRTH,
      'Please check the year; we can keep dates from 1890 on.',
    );
}

/** The fields that every form about a person shares; the desk and the public pages use the same rules. */
export function personSchema(today: string) {
  return z.object({
    givenName: personName('given name'),
    familyName: personName('family name'),
    birthDate: birthDate(today),
    email: emailAddress,
    phone: phoneNumber,
  });
}

/** The names of the public form's fields, as they are kept in a hold's draft. */
export const PERSON_FIELDS = [
  'givenName',
  'familyName',
  'birthDay',
  'birthMonth',
  'birthYear',
  'email',
  'phone',
] as const;

/** Joins the three boxes of a date of birth to YYYY-MM-DD; whatever is no date fails the schema afterwards. */
export function withBirthDate(values: FormValues): FormValues {
  const part = (name: string, length: number) => {
    const text = (values[name] ?? '').trim();
    return /^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '').padStart(length, '0') : text;
  };
  const parts = [part('birthYear', 4), part('birthMonth', 2), part('birthDay', 2)];
  return { ...values, birthDate: parts.every((text) => text === '') ? '' : parts.join('-') };
}

/** What of a posted form belongs into a hold's draft. Overlong texts are no draft of a name and are cut. */
export function draftOf(values: FormValues): Record<string, string> {
  const given = PERSON_FIELDS.filter((name) => values[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, (values[name] ?? '').slice(0, 300)]));
}

/** What is known of a person as the public form's fields hold it, to be shown there again. */
export function personDraft(person: {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}): Record<string, string> {
  const [birthYear = '', birthMonth = '', birthDay = ''] = (person.birthDate ?? '').split('-');
  const plain = (part: string) => part.replace(/^0+(?=\d)/, '');
  return {
    givenName: person.givenName,
    familyName: person.familyName,
    birthDay: plain(birthDay),
    birthMonth: plain(birthMonth),
    birthYear,
    email: person.email ?? '',
    phone: person.phone ?? '',
  };
}
