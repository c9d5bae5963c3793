import type { Exam } from '../core/exam.ts';
import { ImagingError } from '../core/imaging-error.ts';
import { draftOf } from '../report/report-draft.ts';
import { CLOSED_WORDS } from './closed-words.ts';

/** Something was to be marked in an examination whose report is signed. */
export class ClosedExam extends ImagingError {
  constructor() {
    super(CLOSED_WORDS);
  }
}

/** Whether an examination is signed and no correction of its report was begun: then nothing is marked in it. */
export function isClosed({ status, draft }: Pick<Exam, 'status' | 'draft'>): boolean {
  return status === 'signed' && draftOf(draft) === null;
}
