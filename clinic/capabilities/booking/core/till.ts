import type { SafetyAnswers } from '../../../platform/database/schema.ts';
import type { BookInput } from './book.ts';
import type { Booking } from './booking.ts';
import type { Service } from './catalogue.ts';
import type { PersonInput } from './patient.ts';
import type { FreeStart } from './search.ts';
import type { Wish } from './wish.ts';

/** How a visit is paid. Amounts in minor units. */
export type Terms =
  | { readonly kind: 'at_visit' }
  | {
      readonly kind: 'entitled';
      readonly entitlementId: string;
      /** What it was bought with, as in "Paid with your 3D gait analysis, order 1042". */
      readonly label: string;
      /** Whom it was bought for: nobody else can use it. */
      readonly patient: { readonly id: string; readonly name: string };
    }
  | {
      readonly kind: 'now';
      readonly dueMinor: number;
      readonly restMinor: number;
      readonly currency: string;
      /** Where the form's answer may lead to. */
      readonly origins: readonly string[];
    };

/** A visit that is booked once its money has arrived. */
export interface VisitToPay {
  readonly wish: Wish;
  readonly start: number;
  readonly person: PersonInput;
  /** The same key leads to the same order. */
  readonly key: string;
  readonly holdId: string | null;
  readonly viewerZone: string | null;
  readonly safety: SafetyAnswers | null;
  readonly terms: Extract<Terms, { kind: 'now' }>;
}

export type CheckoutAnswer =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly nearest: readonly FreeStart[] };

/**
 * Whoever takes the money for visits. Booking knows nothing of money but this; the clinic's process puts the real
 * till in.
 */
export interface Till {
  /** How this visit would be paid by somebody who may have bought it before. */
  terms(booking: Booking, service: Service, entitlementId: string | null): Promise<Terms>;
  /** What uses up what was bought, in the transaction that books. @throws NotUsable in that transaction */
  use(booking: Booking, entitlementId: string): NonNullable<BookInput['also']>;
  /** Begins to pay; the address is where the buyer goes on. */
  checkout(booking: Booking, visit: VisitToPay): Promise<CheckoutAnswer>;
  /** What is known about the money of a visit that is booked, in words; null where it is paid at the visit. */
  settled(booking: Booking, appointmentId: string): Promise<string | null>;
}

/** What was bought cannot be used for this visit any more. The message says why. */
export class NotUsable extends Error {
  override readonly name = 'NotUsable';
}

/** The till of a clinic that takes money only when people come. */
export const atTheVisit: Till = {
  terms: async () => ({ kind: 'at_visit' }),
  use: () => async () => {
    throw new NotUsable('Nothing was bought for this visit.');
  },
  checkout: async () => {
    throw new Error('This clinic takes money at the visit');
  },
  settled: async () => null,
};

/** A text that changes whenever the terms do: a form carries it, so that nobody agrees to what they did not see. */
export function termsMark(terms: Terms): string {
  if (terms.kind === 'at_visit') return 'at the visit';
  if (terms.kind === 'entitled') return `paid ${terms.entitlementId}`;
  return `now ${terms.dueMinor} ${terms.restMinor} ${terms.currency}`;
}
