import { z } from 'zod';
import { MailError } from './mail-error.ts';

const email = z.email().max(254);

/**
 * The address itself, if it is one plain e-mail address: nothing around it, no list, no name, no line break.
 * Throws {@link MailError} with the failure `address`; the error does not repeat the address.
 */
export function plainAddress(address: string): string {
  // a list, a display name or a comment would be read as more than one mailbox by the header parser
  const plain = !/[\s\p{C}<>()[\],;:\\"]/u.test(address);
  const localPart = address.slice(0, address.lastIndexOf('@'));
  if (plain && localPart.length <= 64 && email.safeParse(address).success) return address;
  throw new MailError('address', 'Expected one plain e-mail address.', { retryable: false });
}
