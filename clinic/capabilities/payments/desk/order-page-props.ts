import type { VNode } from 'preact';
import type { Clinic } from '../../../platform/web/clinics.ts';
import type { FormErrors } from '../../../platform/web/form.ts';
import type { Figures } from './figures.ts';
import type { OrderOnDesk } from './read-order-page.ts';

/** The forms of the page; one of them may have been refused. */
export type OrderForm = 'take' | 'codes' | 'payer' | 'cancel';

export interface OrderPageProps {
  readonly clinic: Clinic;
  readonly shown: OrderOnDesk;
  /** Whether this role takes payments and gives money back. */
  readonly mayCharge: boolean;
  /** Whether the clinic can be paid online at all. */
  readonly online: boolean;
  /** What came of the last press, as a line at the top. */
  readonly news?: { readonly title: string; readonly kind: 'good' | 'warn' } | undefined;
  readonly refused?: (FormErrors & { readonly form: OrderForm }) | undefined;
  /** Somebody came here to take a payment: the cursor waits there. */
  readonly takeNow: boolean;
  /** Makes a second press of the same form harmless. */
  readonly pressKey: string;
  /** What others add about the order. */
  readonly parts: readonly VNode[];
}

export interface PartProps extends OrderPageProps {
  readonly figures: Figures;
}
