import type { Clinic } from '../../../../platform/web/clinics.ts';
import type { Service, TimeView } from '../../../booking/index.ts';
import type { Entitlement } from '../../core/entitlements.ts';
import { formatAmount } from '../../papers/format.ts';
import type { OrderView } from '../order-view.ts';

/** An order's page with everything around the order itself. */
export interface OrderPageProps {
  readonly view: OrderView;
  readonly clinic: Clinic;
  /** `/orders/<signed id>`, without a slash at its end. */
  readonly path: string;
  /** Whether money is only practised here. */
  readonly practice: boolean;
  /** Whether there is anybody to pay online. */
  readonly payable: boolean;
  /** What just happened, in words; null most of the time. */
  readonly news: News | null;
  readonly next: NextBooking | null;
  readonly choices: Choices | null;
  readonly services: (id: string) => Service | undefined;
  /** Where a visit is moved or cancelled. */
  readonly manageLink: (appointmentId: string) => string;
  readonly viewerZone: string | null;
  /** Epoch milliseconds. */
  readonly now: number;
  /** How often a page that waits has looked already. */
  readonly looks: number;
  readonly orderKey: string;
}

export interface News {
  readonly kind: 'plain' | 'good' | 'warn';
  readonly title: string;
  readonly text: string;
}

/** A free time with the site that it is at; null by video. */
export interface Slot {
  readonly start: number;
  /** By whose clock it is written: each site has its own. */
  readonly time: TimeView;
  readonly site: { readonly slug: string; readonly name: string; readonly city: string } | null;
}

/** What was bought and is to be booked now, with the first free times. */
export interface NextBooking {
  readonly entitlement: Entitlement;
  readonly service: Service;
  readonly slots: readonly Slot[];
}

/** Times that may take the place of one that has gone. */
export interface Choices {
  readonly slots: readonly Slot[];
  /** Whether they are offered before or after the payment, or to begin once more. */
  readonly leadTo: 'pay' | 'choose' | 'again';
}

/** Writes an amount of the order with all its decimals. */
export function amountsOf({ view, clinic }: Pick<OrderPageProps, 'view' | 'clinic'>) {
  const { currency } = view.order;
  const { locale, timeZone } = clinic;
  return (minor: number) => formatAmount(minor, { currency, locale, timeZone });
}

/** What was bought, in a sentence: the package, or its lines. */
export function boughtOf({ product, lines }: Pick<OrderView, 'product' | 'lines'>): string {
  return product?.name ?? lines.map((line) => line.description).join(' and ');
}

/** A part's name without the length that its owner may have written behind it: "Gait lab session". */
export function withoutLength(name: string): string {
  return name.replace(/,? \d+ ?min(utes)?$/, '') || name;
}

/** "Gait lab session" within a sentence: "gait lab session"; "3D gait" and "MRI" stay. */
export function inSentence(name: string): string {
  return /^\p{Lu}\p{Ll}/u.test(name) ? `${name.charAt(0).toLowerCase()}${name.slice(1)}` : name;
}

/** "22 November 2026, 11:04" by the clinic's clock. */
export function momentOf(instant: number, { locale, timeZone }: Pick<Clinic, 'locale' | 'timeZone'>): string {
  const day = { day: 'numeric', month: 'long', year: 'numeric', timeZone } as const;
  const time = { hour: 'numeric', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
  return `${new Intl.DateTimeFormat(locale, day).format(instant)}, ${new Intl.DateTimeFormat(locale, time).format(instant)}`;
}
