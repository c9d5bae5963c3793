import type { StandingFrames } from '../measuring/standing-frames.ts';
import type { ViewerClip } from './client/contracts.ts';

/** What an address asks to be shown; each part may be missing or wrong. */
export interface ViewWish {
  readonly left?: string | undefined;
  readonly right?: string | undefined;
  readonly leftFrame?: string | undefined;
  readonly rightFrame?: string | undefined;
}

/** A picture of the two: which clip, and which frame of it. */
export interface ShownClip {
  readonly clip: string;
  readonly frame: number;
}

type Choosable = Pick<ViewerClip, 'id' | 'examId' | 'role' | 'frames'>;

/**
 * Which clips stand left and right: those that the address names, else rest beside contraction, else the first two, else
 * the only one twice. A clip that was measured shows the frames that stand for rest and contraction, the newest measure's,
 * where the address names no frame. Null where there is no clip.
 */
export function shownClips(
  clips: readonly Choosable[],
  examId: string,
  wish: ViewWish = {},
  standing: readonly StandingFrames[] = [],
): readonly [ShownClip, ShownClip] | null {
  const own = clips.filter((clip) => clip.examId === examId);
  const [first] = own;
  const named = (id: string | undefined) => clips.find((clip) => clip.id === id);
  const ofRole = (role: Choosable['role']) => own.find((clip) => clip.role === role);
  const measured = standing.findLast(({ rest, contraction }) => rest !== null && contraction !== null);
  const both = own.find(({ id }) => id === measured?.clip) ?? ofRole('both');
  const left = named(wish.left) ?? ofRole('rest') ?? both ?? first ?? named(wish.right);
  if (!left) return null;
  const right =
    named(wish.right) ?? ofRole('contraction') ?? both ?? own.find((clip) => clip.id !== left.id) ?? left;
  const frameFor = (state: 'rest' | 'contraction', { id }: Choosable) =>
    standing.findLast((one) => one.clip === id && one[state] !== null)?.[state] ?? null;
  const isOne = left.id === right.id;
  // Two clips that were chosen to be compared show the same state, unless one is of rest.
  const isCompared = !isOne && left.id === wish.left && left.role !== 'rest' && right.role !== 'rest';
  const leftState = isCompared ? 'contraction' : 'rest';
  return [
    { clip: left.id, frame: frameOf(left, wish.leftFrame, frameFor(leftState, left) ?? 0) },
    {
      clip: right.id,
      frame: frameOf(
        right,
        wish.rightFrame,
        frameFor('contraction', right) ?? (isOne ? Math.floor(right.frames / 2) : 0),
      ),
    },
  ];
}

function frameOf({ frames }: Choosable, wished: string | undefined, usual: number): number {
  return wished !== undefined && /^\d{1,6}$/.test(wished)
    ? Math.min(Number(wished), frames - 1)
    : Math.min(usual, frames - 1);
}
