import type { ViewerClip } from './client/contracts.ts';

/** What stands over a picture. */
export interface Caption {
  /** Such as "Rest". */
  readonly role: string;
  /** Which line marks it: dotted for rest, solid for contraction. */
  readonly mark: 'rest' | 'contraction' | 'other';
  /** Which side of the body, such as "right"; empty where nobody said. */
  readonly side: string;
  /** The day, where the pictures are of two examinations; otherwise empty. */
  readonly day: string;
}

type Shown = Pick<ViewerClip, 'id' | 'examId' | 'role' | 'side' | 'label' | 'day' | 'number'>;

/**
 * What stands over the left (0) or the right (1) picture. One clip that shows both is rest on the left and contraction on
 * the right; of a clip whose part nobody named nothing is claimed.
 */
export function captionOf(index: 0 | 1, clip: Shown, beside: Shown | null): Caption {
  const isSame = beside?.id === clip.id;
  const role = clip.role === 'both' && isSame ? (index === 0 ? 'rest' : 'contraction') : clip.role;
  return {
    ...wordsOf(role, clip.label || `Clip ${clip.number}`),
    side: clip.side ?? '',
    day: beside && beside.examId !== clip.examId ? clip.day : '',
  };
}

function wordsOf(role: Shown['role'], otherwise: string): Pick<Caption, 'role' | 'mark'> {
  switch (role) {
    case 'rest':
      return { role: 'Rest', mark: 'rest' };
    case 'contraction':
      return { role: 'Contraction', mark: 'contraction' };
    case 'both':
      return { role: 'Rest and contraction', mark: 'other' };
    default:
      return { role: otherwise, mark: 'other' };
  }
}

/** The whole caption as one text, such as "Contraction, right". */
export function captionText({ role, side, day }: Caption): string {
  return [role, side, day].filter(Boolean).join(', ');
}
