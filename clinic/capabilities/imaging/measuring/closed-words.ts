import { examPath } from '../core/paths.ts';

/** Why nothing may be marked in an examination. */
export const CLOSED_WORDS =
  'This examination is signed: what was marked in it stays. To mark, move or remove anything, begin a correction of its report and keep it as a draft.';

/** Where a correction is begun. */
export function correctionPath(examId: string): string {
  return `${examPath(examId, 'report')}?edit#report`;
}
