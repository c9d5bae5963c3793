import type { BodySide } from '../../../platform/database/schema-of-imaging.ts';

/**
 * A number that was measured in clips, computed on the server from stored places and regions: what a report shows and what
 * becomes a row of `measurement`. No two of an examination share code, body site and side.
 */
export interface MeasuredValue {
  /** Such as us.gap.rest, us.gap.contraction, us.retraction, us.thickness.rest, us.inter-recti.change. */
  readonly code: string;
  /** For people, such as "Gap in contraction". */
  readonly label: string;
  /** The structure, or the site along the linea alba; null where nobody said. */
  readonly bodySite: string | null;
  readonly side: BodySide | null;
  readonly value: number;
  /** UCUM: mm, mm2, mL, deg, %; a ratio or a grey level is '1'. */
  readonly unit: 'mm' | 'mm2' | 'mL' | 'deg' | '%' | '1';
  /** One standard error, in the unit of the value: from tracking, setting the marks and the scale. */
  readonly standardError: number | null;
  /** In the unit of the value; null where the literature has none. */
  readonly minimalDetectableChange: number | null;
  readonly citation: string | null;
  readonly analysisIds: readonly string[];
  /** The clip; of a change between two clips, the one in contraction. */
  readonly instanceId: string;
  /** The frame that the value belongs to, from 0; null for a value of more than one. */
  readonly frame: number | null;
  readonly method: string;
  readonly methodVersion: string;
  /** What belongs beside the number: contractions averaged, where the scale is from, what was asked. */
  readonly note: string | null;
}
