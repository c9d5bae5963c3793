import {
  type Measured,
  type Mm,
  makePhantom,
  measureGap as measureGapOf,
  type PhantomOptions,
  type PointPx,
  placeInFrame,
  px,
  tearScene,
  trackClip,
} from '@rectus/sonography';
import { percentile, printTable, round } from '../lib/report.ts';
import { rootMeanSquare } from './errors.ts';
import type { Group } from './group.ts';

/** Fewer and faster frames. */
const SMALL: Partial<PhantomOptions> = {
  width: 480,
  height: 360,
  mostPxPerFrame: 6,
  contraction: { restFrames: 2, holdFrames: 3 },
};

/** How wrong the gap of a tear is while it opens, its two ends marked once, in the first frame; measured in mm. */
export const measureGap: Group = async ({ small }) => {
  const errors: number[] = [];
  const ratios: number[] = [];
  const rows: [string, string, string][] = [];
  for (const seed of small ? [1] : [1, 2, 3, 4, 5, 6])
    for (const speckle of small ? (['returns'] as const) : (['returns', 'fades'] as const)) {
      const one = await gapErrors(seed, speckle, small ? SMALL : {});
      if (speckle === 'returns') {
        errors.push(...one.errors);
        ratios.push(...one.ratios);
      }
      rows.push([
        `tear ${seed}, speckle ${speckle}`,
        `${percentile(one.errors, 0.5).toFixed(2)} mm, ${Math.max(...one.errors).toFixed(2)} mm`,
        `error/told ${rootMeanSquare(one.ratios).toFixed(2)}; lost in ${one.lost} of ${one.frames} frames`,
      ]);
    }
  printTable('Gap of a tear that opens by 14 mm: median error, largest error', rows);
  return {
    gapErrorMm: round(percentile(errors, 0.5), 3),
    gapErrorP95Mm: round(percentile(errors, 0.95), 3),
    gapErrorOverToldError: round(rootMeanSquare(ratios), 2),
  };
};

async function gapErrors(seed: number, speckle: 'returns' | 'fades', size: Partial<PhantomOptions>) {
  const scene = tearScene({ seed: 20 + seed });
  const phantom = makePhantom({ scene, snrDb: 20, correlation: 0.95, speckle, seed, ...size });
  const { clip, truth } = phantom;
  const { 'proximal end': left, 'distal end': right } = truth.landmarks;
  if (!left || !right) throw new Error('the tear has two ends');
  const beside = (end: PointPx, by: number) => ({ ...end, tissue: { x: px(end.x + by), y: end.y } });
  const { points } = await trackClip(clip, { points: [beside(left, -60), beside(right, 60)] });
  const [one, other] = points;
  if (!one || !other) throw new Error('two marks give two points');
  const errors: number[] = [];
  const ratios: number[] = [];
  let lost = 0;
  for (let frame = 1; frame < clip.frameCount; frame++) {
    if (one.lost[frame] === 1 || other.lost[frame] === 1) {
      lost += 1;
      continue;
    }
    const ends = [placeInFrame(one, frame), placeInFrame(other, frame)] as const;
    const gap: Measured<Mm> = measureGapOf(clip.regions, ends);
    const error = gap.value - (truth.series.gapMm?.[frame] as number);
    errors.push(Math.abs(error));
    ratios.push(error / gap.standardError);
  }
  return { errors, ratios, lost, frames: clip.frameCount };
}
