import type { Clinic } from '../../../platform/web/clinics.ts';
import { figuresOf } from './figures.ts';
import type { OrderOnDesk } from './read-order-page.ts';
import { METHOD_NAMES } from './words.ts';

/** What the address says was just done. Anybody can write it, so amounts come from the order itself. */
export interface OrderNews {
  /** Somebody came here to take a payment. */
  readonly take?: string;
  readonly taken?: string;
  readonly change?: string;
  readonly link?: string;
  readonly saved?: string;
  readonly refunded?: string;
}

export interface News {
  readonly title: string;
  readonly kind: 'good' | 'warn';
}

const SAVED = {
  codes: 'The codes are saved.',
  payer: 'The payer is saved.',
  cancelled: 'The order is cancelled.',
  used: 'The visit is paid with what was bought.',
} as const;

/** The line at the top of the order's page after something was done. */
export function newsOf(query: OrderNews, shown: OrderOnDesk, clinic: Clinic): News | undefined {
  const { money } = figuresOf(clinic, shown.order.currency);
  const taken = shown.payments.find((one) => one.id === query.taken && one.status === 'succeeded');
  if (taken) {
    const { openMinor } = shown.order;
    const change = /^\d{1,9}$/.test(query.change ?? '') ? Number(query.change) : null;
    const sentences = [
      `${money(taken.amountMinor)} taken: ${METHOD_NAMES[taken.method].toLowerCase()}.`,
      change === null ? '' : change === 0 ? 'No change to give.' : `Give back ${money(change)}.`,
      openMinor > 0 ? `${money(openMinor)} is still open.` : '',
    ];
    return { title: sentences.filter(Boolean).join(' '), kind: 'good' };
  }
  if (query.link === 'sent')
    return { title: `The pay link is on its way to ${shown.order.payer.email}.`, kind: 'good' };
  if (query.refunded === 'done')
    return { title: 'The money is given back. The credit note is below.', kind: 'good' };
  if (query.refunded === 'under_way')
    return {
      title: 'The refund is under way. It is sent again by itself until it has arrived.',
      kind: 'warn',
    };
  const saved = Object.entries(SAVED).find(([name]) => name === query.saved);
  return saved ? { title: saved[1], kind: 'good' } : undefined;
}
