import { z } from 'zod';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './identity.ts';

/**
 * A password as it is set: length is what counts, no rules about signs.
 * Source: NIST SP 800-63B-4, section 3.1.1.2.
 */
export const newPassword = z
  .string()
  .min(MIN_PASSWORD_LENGTH, `Choose at least ${MIN_PASSWORD_LENGTH} characters; a few words are fine`)
  .max(MAX_PASSWORD_LENGTH, `Choose at most ${MAX_PASSWORD_LENGTH} characters`)
  .refine((value) => new Set(value).size > 3, 'Choose something with more different characters');
