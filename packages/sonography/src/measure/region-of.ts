import type { Region } from '../clip.ts';
import type { Scale } from '../scale.ts';
import type { TrackedPoint } from '../track/tracked.ts';
import { type PointPx, px } from '../units.ts';
import { MeasureRefused } from './measure-refused.ts';
import type { Place } from './place.ts';

/** A region in which lengths can be trusted. */
export type MeasurableRegion = Region & { readonly scale: Scale };

/**
 * The one region that all places lie in, with its scale.
 * @throws MeasureRefused outside, different-regions, or no-scale with the region's own reason
 */
export function regionOf(regions: readonly Region[], places: readonly PointPx[]): MeasurableRegion {
  if (places.length === 0) throw new MeasureRefused('degenerate', 'Nothing is marked.');
  const all = places.map((place) => regionAt(regions, place));
  const [region] = all;
  if (!region || all.includes(null))
    throw new MeasureRefused('outside', 'A place lies outside of every region of the picture.');
  if (all.some((other) => other !== region))
    throw new MeasureRefused(
      'different-regions',
      'The places lie in different regions: no length joins them.',
    );
  if (region.refusal) throw new MeasureRefused('no-scale', region.refusal.message);
  const { scale } = region;
  if (!scale) throw new MeasureRefused('no-scale', 'The region gives no length per pixel.');
  const usable = [scale.lateral, scale.axial].every((value) => Number.isFinite(value) && value > 0);
  if (!usable) throw new MeasureRefused('no-scale', 'The region gives no length per pixel that can be used.');
  return { ...region, scale };
}

/** The scale of the one region that all places lie in. */
export function scaleOf(regions: readonly Region[], places: readonly PointPx[]): Scale {
  return regionOf(regions, places).scale;
}

// Regions may lie one on another: the smallest that holds the place is the one meant.
function regionAt(regions: readonly Region[], { x, y }: PointPx): Region | null {
  const within = regions.filter(
    (region) => x >= region.left && x <= region.right && y >= region.top && y <= region.bottom,
  );
  const size = (region: Region) => (region.right - region.left + 1) * (region.bottom - region.top + 1);
  return within.reduce<Region | null>((best, one) => (best && size(best) <= size(one) ? best : one), null);
}

/**
 * Where a tracked point is in one frame.
 * @throws MeasureRefused lost where tracking lost it there
 */
export function placeInFrame(point: TrackedPoint, frame: number): Place {
  const [x, y, standardError] = [point.x[frame], point.y[frame], point.standardError[frame]];
  if (x === undefined || y === undefined || standardError === undefined)
    throw new MeasureRefused('lost', `The point was not followed to frame ${frame}.`);
  const unusable = point.lost[frame] === 1 || ![x, y, standardError].every(Number.isFinite);
  if (unusable) throw new MeasureRefused('lost', `The point is lost in frame ${frame}.`);
  return { x: px(x), y: px(y), standardError: px(standardError) };
}
