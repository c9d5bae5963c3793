import type { StudyStatus } from '../../../platform/database/schema-of-studies.ts';
import type { BodySide, Suspicion } from '../core/exam.ts';

export const SUSPICIONS: Readonly<Record<Suspicion, string>> = {
  'muscle-injury': 'Muscle injury',
  'abdominal-wall': 'Abdominal wall',
  other: 'Something else',
};

/** "Rectus femoris, left", or what stands for it where nobody has said. */
export function aboutWords({ anatomy, side }: { anatomy: string; side: BodySide | null }): string {
  const words = [anatomy, side].filter((word) => word !== null && word !== '').join(', ');
  return words === '' ? 'Nothing said yet' : words;
}

interface Standing {
  readonly status: StudyStatus;
  readonly clips: number;
}

/** Where an examination stands, in words. */
export function ExamBadge({ status, clips }: Standing) {
  const [words, kind] =
    status === 'signed'
      ? (['signed', 'good'] as const)
      : clips === 0
        ? (['waits for clips', 'plain'] as const)
        : (['to be reported', 'warn'] as const);
  return (
    <span class="badge" data-kind={kind}>
      {words}
    </span>
  );
}

export function clipCount(clips: number): string {
  if (clips === 0) return 'no clips';
  return clips === 1 ? 'one clip' : `${clips} clips`;
}
