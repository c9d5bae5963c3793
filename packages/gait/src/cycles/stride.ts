import type { GaitEvent } from '../events/event.ts';
import type { PlateContact } from '../events/plate-contacts.ts';
import { plateUnder } from '../events/stances.ts';
import { SIDES, type Side, type Sided } from '../side.ts';

/** From one strike of a foot to its next. Times in seconds on the recording's scale. */
export interface Stride {
  readonly side: Side;
  readonly startS: number;
  readonly endS: number;
  readonly footOffS: number | null;
  readonly oppositeFootOffS: number | null;
  readonly oppositeFootStrikeS: number | null;
  /** The events that it was cut by, so that the report can say where each comes from. */
  readonly events: readonly GaitEvent[];
  /** The plate that carried its whole stance alone; null where forces are not known. */
  readonly plate: number | null;
}

/** When in the cycle something happens, in per cent of the stride's time; null where the event is missing. */
export function percentOf(stride: Pick<Stride, 'startS' | 'endS'>, timeS: number | null): number | null {
  return timeS === null ? null : (100 * (timeS - stride.startS)) / (stride.endS - stride.startS);
}

/** Every stride between two strikes of the same foot, and the strike after which the recording ends. */
export interface CutStrides {
  readonly strides: Sided<readonly Stride[]>;
  /** The last strike of each foot: it begins a stride that the recording does not hold. */
  readonly unfinished: readonly GaitEvent[];
}

/** Cuts a walk into strides by its chosen events. */
export function cutStrides(events: readonly GaitEvent[], contacts: readonly PlateContact[] = []): CutStrides {
  const cut = (side: Side): Stride[] => {
    const strikes = of(events, side, 'foot-strike');
    return strikes.slice(0, -1).map((start, index) => {
      const end = strikes[index + 1] as GaitEvent;
      return strideBetween(side, start, end, events, contacts);
    });
  };
  return {
    strides: { left: cut('left'), right: cut('right') },
    unfinished: SIDES.flatMap((side) => of(events, side, 'foot-strike').at(-1) ?? []),
  };
}

function strideBetween(
  side: Side,
  start: GaitEvent,
  end: GaitEvent,
  events: readonly GaitEvent[],
  contacts: readonly PlateContact[],
): Stride {
  const within = events.filter(({ timeS }) => timeS > start.timeS && timeS < end.timeS);
  const other = side === 'left' ? 'right' : 'left';
  const footOff = of(within, side, 'foot-off')[0] ?? null;
  const oppositeStrike = of(within, other, 'foot-strike')[0] ?? null;
  const oppositeOff =
    of(within, other, 'foot-off').find(({ timeS }) => !oppositeStrike || timeS < oppositeStrike.timeS) ??
    null;
  return {
    side,
    startS: start.timeS,
    endS: end.timeS,
    footOffS: footOff?.timeS ?? null,
    oppositeFootOffS: oppositeOff?.timeS ?? null,
    oppositeFootStrikeS: oppositeStrike?.timeS ?? null,
    events: [start, oppositeOff, oppositeStrike, footOff, end].filter((event) => event !== null),
    plate:
      footOff && (plateUnder({ side, startS: start.timeS, endS: footOff.timeS }, contacts)?.plate ?? null),
  };
}

function of(events: readonly GaitEvent[], side: Side, kind: GaitEvent['kind']): GaitEvent[] {
  return events.filter((event) => event.side === side && event.kind === kind);
}
