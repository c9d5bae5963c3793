import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { OrderPerson } from '../../../platform/database/schema-of-payments.ts';
import { type FormValues, readForm } from '../../../platform/web/form.ts';
import {
  emailAddress,
  type FieldErrors,
  personName,
  personSchema,
  withBirthDate,
} from '../../booking/index.ts';

/** What somebody who buys has told: for whom it is, and who pays. */
export interface Purchase {
  readonly key: string;
  /** The price that the page showed. */
  readonly price: string;
  readonly person: OrderPerson;
  readonly payer: { readonly name: string; readonly email: string | null; readonly address: string };
}

/** Something that must be told about whoever pays. */
function told(otherwise: string) {
  return z
    .string()
    .default('')
    .refine((text) => text.trim() !== '', { error: otherwise, abort: true });
}

const PAYER = z.object({
  payerName: told('Please write the name of whoever pays.').pipe(personName('name')),
  payerEmail: told('Please write the e-mail address of whoever pays.').pipe(emailAddress),
  payerAddress: z
    .string()
    .default('')
    .transform((text) => text.trim())
    .refine((text) => text.length <= 500, 'Please keep the address to 500 characters.'),
});

/**
 * Reads the form of a Buy now page.
 *
 * @param today the date where the clinic is
 */
export function readPurchase(
  values: FormValues,
  today: string,
): { readonly ok: true; readonly purchase: Purchase } | { readonly ok: false; readonly errors: FieldErrors } {
  const schema = personSchema(today).extend({
    key: z.uuid().catch(() => randomUUID()),
    price: z.string().default(''),
    terms: z.literal('yes', 'Please agree to what you are about to buy.'),
  });
  const form = readForm(schema, withBirthDate(values));
  const other = paysForAnother(values) ? readForm(PAYER, values) : null;
  if (!form.ok || (other && !other.ok)) {
    return {
      ok: false,
      errors: { ...(form.ok ? {} : form.errors), ...(other && !other.ok ? other.errors : {}) },
    };
  }
  const { key, price, terms: _agreed, ...person } = form.value;
  const payer = other
    ? { name: other.value.payerName, email: other.value.payerEmail, address: other.value.payerAddress }
    : { name: `${person.givenName} ${person.familyName}`, email: person.email, address: '' };
  return { ok: true, purchase: { key, price, person, payer } };
}

/** Whether anything was typed about a payer who is not the patient. */
export function paysForAnother(values: FormValues): boolean {
  return [values.payerName, values.payerEmail, values.payerAddress].some(
    (text) => (text ?? '').trim() !== '',
  );
}
