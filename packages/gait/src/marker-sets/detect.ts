import { KNOWN_MARKER_SETS } from './known-sets.ts';
import {
  CARRIED,
  CLUSTER_SEGMENTS,
  labelsOf,
  legMarkersOf,
  type MarkerSet,
  type ModelMarker,
} from './marker-set.ts';

/** What a file has of a set. */
export interface MarkerSetMatch {
  readonly set: MarkerSet;
  /** What the model needs and no label gives, in the file's own labels; empty when the set is complete. */
  readonly missing: readonly string[];
}

/**
 * The known set whose markers a file has, told from the labels of the markers that were seen; of incomplete ones the one
 * that lacks least, the conventional one first.
 */
export function detectMarkerSet(
  seen: ReadonlySet<string>,
  sets: readonly MarkerSet[] = KNOWN_MARKER_SETS,
): MarkerSetMatch {
  const matches = sets.map((set) => ({ set, missing: missingOf(set, seen) }));
  const [first, ...others] = matches;
  if (!first) throw new RangeError('No marker set was given.');
  return others.reduce((best, one) => (one.missing.length < best.missing.length ? one : best), first);
}

/** What the model needs of a set and no label gives. A cluster of three may stand for the markers that it carries. */
export function missingOf(set: MarkerSet, seen: ReadonlySet<string>): string[] {
  const has = (marker: ModelMarker) => labelsOf(set, marker).some((label) => seen.has(label));
  const carried = CLUSTER_SEGMENTS.filter(
    (segment) => (set.clusters?.[segment] ?? []).filter((label) => seen.has(label)).length >= 3,
  ).flatMap((segment) => CARRIED[segment]);
  const { left, right } = legMarkersOf(set);
  const needed: readonly ModelMarker[] = ['LASI', 'RASI', ...left, ...right];
  const missing = needed
    .filter((marker) => !has(marker) && !carried.includes(marker))
    .map((marker) => labelsOf(set, marker)[0] ?? marker);
  if (!has('SACR') && !(has('LPSI') && has('RPSI'))) missing.push(backOf(set));
  return missing;
}

function backOf(set: MarkerSet): string {
  const [sacr, lpsi, rpsi] = (['SACR', 'LPSI', 'RPSI'] as const).map((marker) => labelsOf(set, marker)[0]);
  const pair = lpsi && rpsi ? `${lpsi} and ${rpsi}` : null;
  return [sacr, pair].filter((one) => one !== undefined && one !== null).join(' or ') || 'SACR';
}
