import { makePhantom, type PointPx, px, tearScene, trackClip } from '@rectus/sonography';
import { percentile, printTable, round } from '../lib/report.ts';
import type { Group } from './group.ts';

/** How wrong the gap of a tear is while it opens, its two ends marked once, in the first frame. */
export const measureGap: Group = async ({ small }) => {
  const errors: number[] = [];
  const rows: [string, string, string][] = [];
  for (const seed of small ? [1] : [1, 2, 3])
    for (const speckle of ['returns', 'fades'] as const) {
      const one = await gapErrors(seed, speckle);
      if (speckle === 'returns') errors.push(...one.errors);
      rows.push([
        `tear ${seed}, speckle ${speckle}`,
        `${percentile(one.errors, 0.5).toFixed(2)} mm, ${Math.max(...one.errors).toFixed(2)} mm`,
        `lost in ${one.lost} of ${one.frames} frames`,
      ]);
    }
  printTable('Gap of a tear that opens by 14 mm: median error, largest error', rows);
  return { gapErrorMm: round(percentile(errors, 0.5), 3), gapErrorP95Mm: round(percentile(errors, 0.95), 3) };
};

async function gapErrors(seed: number, speckle: 'returns' | 'fades') {
  const scene = tearScene({ seed: 20 + seed });
  const phantom = makePhantom({ scene, snrDb: 20, correlation: 0.95, speckle, seed });
  const { 'proximal end': left, 'distal end': right } = phantom.truth.landmarks;
  const scale = phantom.clip.regions[0]?.scale;
  if (!left || !right || !scale) throw new Error('the tear has two ends');
  const beside = (end: PointPx, by: number) => ({ ...end, tissue: { x: px(end.x + by), y: end.y } });
  const { points } = await trackClip(phantom.clip, { points: [beside(left, -60), beside(right, 60)] });
  const [one, other] = points;
  if (!one || !other) throw new Error('two marks give two points');
  const errors: number[] = [];
  let lost = 0;
  for (let frame = 1; frame < phantom.clip.frameCount; frame++) {
    if (one.lost[frame] === 1 || other.lost[frame] === 1) {
      lost += 1;
      continue;
    }
    const gapMm = ((other.x[frame] as number) - (one.x[frame] as number)) * scale.lateral;
    errors.push(Math.abs(gapMm - (phantom.truth.series.gapMm?.[frame] as number)));
  }
  return { errors, lost, frames: phantom.clip.frameCount };
}
