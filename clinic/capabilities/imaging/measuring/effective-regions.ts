import { mm, px, type Region, scaleOfDistance, withScale } from '@rectus/sonography';
import type { ClipFacts } from '../core/clip-facts.ts';
import { setScaleArea } from '../core/set-scale-area.ts';

/** The regions of a clip as they are measured in: where a person set a scale, that takes the place of the file's. */
export function effectiveRegions(
  clip: Pick<ClipFacts, 'regions' | 'setScale' | 'width' | 'height'>,
): readonly Region[] {
  if (!clip.setScale) return clip.regions;
  const { from, to, mm: length } = clip.setScale;
  const scale = scaleOfDistance({
    from: { x: px(from.x), y: px(from.y) },
    to: { x: px(to.x), y: px(to.y) },
    length: mm(length),
  });
  const { width, height, regions } = clip;
  const unopened = async () => Promise.reject(new Error('Only its regions are wanted.'));
  return withScale(
    { width, height, regions, frameCount: 0, times: new Float64Array(), frame: unopened },
    scale,
    setScaleArea(regions),
  ).regions;
}
