export type Side = 'left' | 'right';
export const SIDES = ['left', 'right'] as const satisfies readonly Side[];

/** One value for each side of the body. */
export interface Sided<T> {
  readonly left: T;
  readonly right: T;
}

/** Both sides made by the same rule. */
export function bothSides<T>(make: (side: Side) => T): Sided<T> {
  return { left: make('left'), right: make('right') };
}

/** +1 on the left and −1 on the right: the sign of the subject's left. */
export function leftward(side: Side): 1 | -1 {
  return side === 'left' ? 1 : -1;
}
