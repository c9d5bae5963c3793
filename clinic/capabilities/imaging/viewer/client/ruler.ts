import type { Region } from '@rectus/sonography';
import { type PictureView, type Size, toStage } from './picture-view.ts';

/** A tick of a ruler: where on the stage, and how many millimetres it stands for where that is written. */
export interface Tick {
  readonly at: number;
  readonly long: boolean;
  readonly words: string;
}

/** Ticks at the right and at the lower edge. */
export interface Ruler {
  readonly down: readonly Tick[];
  readonly across: readonly Tick[];
}

const STEPS_MM = [1, 2, 5, 10, 20, 50];
const LEAST_PX = 8;
const LEAST_WORDS_PX = 30;
const LONG_EVERY = 5;

/** The region that a ruler measures: the largest in which lengths can be measured. */
export function ruledRegion(regions: readonly Region[]): Region | null {
  const size = ({ left, top, right, bottom }: Region) => (right - left + 1) * (bottom - top + 1);
  const scaled = regions.filter(({ scale, kind }) => scale && kind === 'tissue');
  return scaled.reduce<Region | null>((best, one) => (best && size(best) >= size(one) ? best : one), null);
}

/** Ticks in millimetres from the region's upper left corner, as far as the region is on the stage. */
export function rulerOf(region: Region, view: PictureView, stage: Size): Ruler {
  const { scale } = region;
  if (!scale) return { down: [], across: [] };
  const first = toStage(view, { x: region.left, y: region.top });
  const last = toStage(view, { x: region.right, y: region.bottom });
  return {
    down: ticks(view.zoom / scale.axial, first.y, Math.min(last.y, stage.height)),
    across: ticks(view.zoom / scale.lateral, first.x, Math.min(last.x, stage.width)),
  };
}

function ticks(pxPerMm: number, start: number, end: number): readonly Tick[] {
  const step = STEPS_MM.find((mm) => mm * pxPerMm >= LEAST_PX);
  if (step === undefined || !(pxPerMm > 0)) return [];
  const longMm = step * LONG_EVERY;
  const wordsMm = longMm * Math.ceil(LEAST_WORDS_PX / (longMm * pxPerMm));
  const found: Tick[] = [];
  const firstStep = Math.max(1, Math.ceil(-start / (pxPerMm * step)));
  for (let count = firstStep; ; count++) {
    const mm = count * step;
    const at = start + mm * pxPerMm;
    if (at > end) return found;
    found.push({ at, long: mm % longMm === 0, words: mm % wordsMm === 0 ? `${mm}` : '' });
  }
}

/** What the rulers are in, or that there is none. */
export function rulerWords(regions: readonly Region[], hasSetScale: boolean): string {
  const region = ruledRegion(regions);
  if (region) return hasSetScale ? 'mm, scale set by hand' : 'mm';
  return 'no scale';
}
