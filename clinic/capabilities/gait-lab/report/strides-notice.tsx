import { SIDES } from '@rectus/gait';
import type { WalkView } from './walk-view.ts';

/** Few strides, or of one leg alone: said before any number, because each of them rests on that. */
export function StridesNotice({ walk }: { walk: WalkView }) {
  const words = strideWarnings(walk);
  if (words.length === 0) return null;
  return (
    <div class="notice" data-kind="warn">
      {words.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}

/** What is to be said where a side has no stride, or a single one. */
export function strideWarnings({ strides }: Pick<WalkView, 'strides'>): readonly string[] {
  if (strides.left + strides.right === 0)
    return [
      'No trial holds a whole stride, from one strike of a foot to the next of the same foot: there is nothing to show.',
    ];
  return SIDES.flatMap((side) => {
    if (strides[side] === 0)
      return [
        `No ${side} stride could be used, so everything of the ${side} leg is missing, and with it the scores.`,
      ];
    return strides[side] === 1
      ? [`There is one ${side} stride only: nothing tells how much the ${side} leg varies.`]
      : [];
  });
}
