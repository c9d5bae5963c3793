import type { SideCycles } from '../cycles/cycles.ts';
import { SIDES, type Side, type Sided } from '../side.ts';
import { VARIABLES } from '../variables.ts';
import { type CurveChange, compareCurves } from './compare.ts';
import { type MeasurementError, measurementErrorOf } from './measurement-error.ts';

/** One curve of one side in two sessions. */
export interface SessionChange extends CurveChange {
  readonly variable: string;
  readonly side: Side;
}

/**
 * Every curve that both sessions have, in the order of the report, with what changed in it.
 *
 * @param own a laboratory's own errors between sessions, by the id of the variable
 */
export function compareSessions(
  earlier: Sided<SideCycles>,
  later: Sided<SideCycles>,
  own: Readonly<Record<string, MeasurementError>> = {},
): SessionChange[] {
  return VARIABLES.flatMap(({ id }) =>
    SIDES.flatMap((side): SessionChange[] => {
      const [before, after] = [earlier[side].curves.get(id)?.average, later[side].curves.get(id)?.average];
      if (!before || !after) return [];
      return [{ variable: id, side, ...compareCurves(before, after, measurementErrorOf(id, own)) }];
    }),
  );
}

/** How a session was walked, as far as it bears on comparing it. */
export interface SessionConditions {
  readonly footwear: string;
  readonly walkingAid: string;
  readonly speedMPerS: number | null;
}

/** Curves change with speed: more than this part of it is told. Source: Schwartz 2008 (see the norms). */
const SPEED_PART = 0.1;

/** What makes two sessions hard to compare, in words. */
export function sessionCaveats(earlier: SessionConditions, later: SessionConditions): string[] {
  const caveats: string[] = [];
  if (earlier.footwear !== later.footwear)
    caveats.push(`The footwear differs: ${earlier.footwear}, then ${later.footwear}.`);
  if (earlier.walkingAid !== later.walkingAid)
    caveats.push(`The walking aid differs: ${earlier.walkingAid}, then ${later.walkingAid}.`);
  const [before, after] = [earlier.speedMPerS, later.speedMPerS];
  if (before === null || after === null) caveats.push('The speed of a session is not known.');
  else if (Math.abs(after - before) > SPEED_PART * before)
    caveats.push(
      `The speed differs: ${before.toFixed(2)} m/s, then ${after.toFixed(2)} m/s; angles, moments and powers change with it.`,
    );
  return caveats;
}
