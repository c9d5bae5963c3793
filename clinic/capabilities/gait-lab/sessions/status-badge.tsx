import type { StudyStatus } from '../../../platform/database/schema-of-studies.ts';

const WORDS = {
  draft: ['waits for files', 'plain'],
  processing: ['being processed', 'mark'],
  ready: ['ready to be signed', 'warn'],
  failed: ['could not be processed', 'danger'],
  signed: ['signed', 'good'],
} as const satisfies Readonly<Record<StudyStatus, readonly [string, string]>>;

/** Where a session stands, in words. */
export function StatusBadge({ status }: { status: StudyStatus }) {
  const [words, kind] = WORDS[status];
  return (
    <span class="badge" data-kind={kind}>
      {words}
    </span>
  );
}
