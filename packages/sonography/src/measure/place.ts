import type { PointPx, Px } from '../units.ts';

/** A place to measure from: marked by hand, found by a program, or followed through a clip. */
export interface Place extends PointPx {
  /** One standard deviation of its error in each direction. */
  readonly standardError: Px;
}
