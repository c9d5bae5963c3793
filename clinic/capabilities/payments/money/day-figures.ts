import type { PaymentMethod } from '../../../platform/database/schema-of-payments.ts';
import type { Takings } from './takings.ts';
import { METHODS } from './words.ts';

/** What a day sheet says, in minor units. Once a day is closed it is kept as it was, so that it prints alike for ever. */
export interface DayFigures {
  readonly openingMinor: number;
  readonly byMethod: readonly {
    readonly method: PaymentMethod;
    readonly receivedMinor: number;
    readonly receivedCount: number;
    readonly refundedMinor: number;
    readonly refundedCount: number;
  }[];
  readonly feesMinor: number;
  readonly bankedMinor: number;
  readonly changeMinor: number;
  /** What should lie in the till: opening + cash received − cash given back + change fetched − brought to the bank. */
  readonly expectedMinor: number;
}

/** The figures of a day from what the ledger says about it. */
export function dayFigures(openingMinor: number, takings: Takings): DayFigures {
  const cash = takings.byMethod.find((one) => one.method === 'cash');
  return {
    openingMinor,
    byMethod: takings.byMethod,
    feesMinor: takings.feesMinor,
    bankedMinor: takings.bankedMinor,
    changeMinor: takings.changeMinor,
    expectedMinor:
      openingMinor +
      (cash?.receivedMinor ?? 0) -
      (cash?.refundedMinor ?? 0) +
      takings.changeMinor -
      takings.bankedMinor,
  };
}

/** The figures as `day_close.expected` keeps them: one number under each name. */
export function frozen(figures: DayFigures): Readonly<Record<string, number>> {
  const { openingMinor, feesMinor, bankedMinor, changeMinor, expectedMinor } = figures;
  const methods = figures.byMethod.flatMap((one) => [
    [`received.${one.method}`, one.receivedMinor],
    [`received.${one.method}.count`, one.receivedCount],
    [`refunded.${one.method}`, one.refundedMinor],
    [`refunded.${one.method}.count`, one.refundedCount],
  ]);
  return {
    till: expectedMinor,
    'till.opening': openingMinor,
    'till.banked': bankedMinor,
    'till.change': changeMinor,
    fees: feesMinor,
    ...Object.fromEntries(methods),
  };
}

/** The figures again. */
export function thawed(kept: Readonly<Record<string, number>>): DayFigures {
  const of = (name: string) => kept[name] ?? 0;
  return {
    openingMinor: of('till.opening'),
    byMethod: METHODS.map((method) => ({
      method,
      receivedMinor: of(`received.${method}`),
      receivedCount: of(`received.${method}.count`),
      refundedMinor: of(`refunded.${method}`),
      refundedCount: of(`refunded.${method}.count`),
    })),
    feesMinor: of('fees'),
    bankedMinor: of('till.banked'),
    changeMinor: of('till.change'),
    expectedMinor: of('till'),
  };
}
