import { MeasureRefused, px } from '@rectus/sonography';
import type { ViewerClip } from '../../viewer/client/contracts.ts';
import type { MarkPlace, Tool } from '../tools/tool.ts';
import { valueWords } from './words.ts';

/** What marks give while they are being set, to be seen at the hand; the server measures anew from the places alone. */
export function liveWords(tool: Tool, clip: ViewerClip, points: readonly MarkPlace[]): string | null {
  if (points.length < tool.least || tool.needsPixels) return null;
  const places = points.map(({ x, y }) => ({ x: px(x), y: px(y), standardError: px(0) }));
  const asked = { site: 'umbilicus:0', breath: 'free', task: 'other' };
  try {
    const [first] = tool.measure({ regions: clip.regions, places, asked });
    const unit = tool.quantities[0]?.unit;
    return first && unit ? valueWords(first.value, unit) : null;
  } catch (error) {
    if (error instanceof MeasureRefused) return error.reason === 'no-scale' ? 'no scale' : null;
    throw error;
  }
}
