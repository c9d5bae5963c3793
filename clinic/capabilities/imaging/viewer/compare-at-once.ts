import type { BodySide } from '../../../platform/database/schema-of-imaging.ts';
import { examPath } from '../core/paths.ts';
import type { ViewerClip } from './client/contracts.ts';
import type { ShownClip } from './shown-clips.ts';

/** A comparison that is one press away. */
export interface Comparison {
  /** Such as "Compare: left side", "Compare: Fri 6 Nov 2026". */
  readonly words: string;
  readonly href: string;
}

type Comparable = Pick<ViewerClip, 'id' | 'examId' | 'role' | 'side' | 'takenAt' | 'day'>;

/** The examination that is looked at, and what is known of it. */
export interface Compared {
  readonly examId: string;
  readonly clips: readonly Comparable[];
  readonly pictures: readonly [ShownClip, ShownClip];
  /** Earlier or later examinations of the same structure. */
  readonly sameStructure: ReadonlySet<string>;
}

const OTHER_SIDE: Partial<Readonly<Record<BodySide, BodySide>>> = { left: 'right', right: 'left' };

/**
 * The other side of this examination beside the one that is shown, and the last earlier examination of the same structure
 * and side. While either is shown, the way back to this examination alone stands in its place.
 */
export function comparisons({ examId, clips, pictures, sameStructure }: Compared): readonly Comparison[] {
  const own = clips.filter((clip) => clip.examId === examId);
  const [left, right] = pictures.map(({ clip }) => clips.find(({ id }) => id === clip));
  const now = right?.examId === examId ? right : own[0];
  if (!left || !now) return [];
  if (left.examId !== now.examId || left.side !== now.side)
    return [{ words: 'Rest beside contraction', href: examPath(examId, 'view') }];
  const otherSide = now.side ? OTHER_SIDE[now.side] : undefined;
  const opposite = alike(own, now, (clip) => clip.side !== null && clip.side === otherSide);
  const earlier = clips.filter(({ takenAt, examId: of }) => takenAt < now.takenAt && sameStructure.has(of));
  const latest = Math.max(...earlier.filter(({ side }) => side === now.side).map(({ takenAt }) => takenAt));
  const before = alike(earlier, now, (clip) => clip.side === now.side && clip.takenAt === latest);
  return [
    ...(opposite ? [{ words: `Compare: ${otherSide} side`, clip: opposite }] : []),
    ...(before ? [{ words: `Compare: ${before.day}`, clip: before }] : []),
  ].map(({ words, clip }) => ({
    words,
    href: `${examPath(examId, 'view')}?left=${clip.id}&right=${now.id}`,
  }));
}

/** Of the clips that fit, the one that shows the same part of the movement. */
function alike(
  clips: readonly Comparable[],
  { role }: Comparable,
  fits: (clip: Comparable) => boolean,
): Comparable | null {
  const fitting = clips.filter(fits);
  return fitting.find((clip) => clip.role === role) ?? fitting[0] ?? null;
}
