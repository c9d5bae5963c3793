import { checkCount, checkInstant, DAY_MS, type Instant } from './instant.ts';
import { bookableSpan, checkQuestion, freeStarts, type Question, type Start } from './search.ts';

const WEEK_MS = 7 * DAY_MS;

/** A question without a span: it looks from `from` (or now) to the horizon. */
export interface OnwardQuestion extends Question {
  readonly from?: Instant;
}

/**
 * All free starts up to the horizon, ascending. Works out a week at a time, and only as far as it is read.
 * Throws as `freeStarts` does.
 */
export function* walkStarts(question: OnwardQuestion): Generator<Start, void> {
  checkQuestion(question);
  const bookable = bookableSpan(question);
  let start = Math.max(bookable.start, checkInstant(question.from ?? bookable.start, 'from'));
  while (start < bookable.end) {
    const end = Math.min(start + WEEK_MS, bookable.end);
    yield* freeStarts({ ...question, within: { start, end } });
    start = end;
  }
}

/** The first so many free starts up to the horizon. Throws InvalidCountError, else as `freeStarts` does. */
export function firstStarts(question: OnwardQuestion & { readonly count: number }): Start[] {
  checkCount(question.count);
  const found: Start[] = [];
  if (question.count === 0) return found;
  for (const start of walkStarts(question)) {
    found.push(start);
    if (found.length === question.count) break;
  }
  return found;
}
