import { z } from 'zod';

/** A payer as a form names them. */
export interface PayerTyped {
  readonly name: string;
  readonly email: string | null;
  readonly address: string;
}

/** Reads `payer-name`, `payer-email` and `payer-address`. */
export const PAYER_FORM = z
  .object({
    'payer-name': z.string().trim().min(1, 'Enter who pays').max(200, 'That name is too long'),
    'payer-email': z
      .union([z.literal(''), z.email('This does not look like an e-mail address').max(200)], {
        error: 'This does not look like an e-mail address',
      })
      .optional(),
    'payer-address': z.string().trim().max(500, 'That address is too long').optional(),
  })
  .transform(
    (form): PayerTyped => ({
      name: form['payer-name'],
      email: form['payer-email'] || null,
      address: form['payer-address'] ?? '',
    }),
  );
