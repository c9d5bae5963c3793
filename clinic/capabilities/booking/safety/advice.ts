import type { SafetyAnswers } from '../../../platform/database/schema.ts';
import { SAFETY_QUESTIONS, type SafetyQuestion, type Urgency, type WeakSign } from './questions.ts';

/** What somebody is told because of one of her answers. */
export interface Advice {
  readonly code: string;
  readonly concern: string;
  readonly urgency: Urgency;
  readonly advice: string;
  readonly citation: string;
  /** Weak signs that add weight to this concern. */
  readonly supportedBy: readonly string[];
}

const RANK: Readonly<Record<Urgency, number>> = { emergency: 0, crisis: 1, same_day: 2 };
const QUESTIONS: readonly SafetyQuestion[] = SAFETY_QUESTIONS.questions;
const WEAK_SIGNS: readonly WeakSign[] = SAFETY_QUESTIONS.weakSigns;

/** What to tell somebody before she books, the most urgent first; nothing when no answer calls for it. */
export function advice(answers: SafetyAnswers): readonly Advice[] {
  const yes = new Set(answers.yes);
  return QUESTIONS.filter((question) => yes.has(question.code))
    .map(({ code, concern, urgency, advice: text, citation }) => ({
      code,
      concern,
      urgency,
      advice: text,
      citation,
      supportedBy: WEAK_SIGNS.filter((sign) => sign.supports === code && yes.has(sign.code)).map(
        (sign) => sign.code,
      ),
    }))
    .toSorted((a, b) => RANK[a.urgency] - RANK[b.urgency]);
}

/** How soon a person in the clinic must read these answers, as a task says it; null when nothing was flagged. */
export function answersUrgency(answers: SafetyAnswers): 'emergency' | 'same_day' | null {
  const first = advice(answers)[0];
  if (!first) return null;
  return first.urgency === 'same_day' ? 'same_day' : 'emergency';
}

/** The ticked codes of a posted form: known ones only, each once, in the order of the questions. */
export function readAnswers(posted: string | undefined): SafetyAnswers {
  const ticked = new Set((posted ?? '').split('\n'));
  const yes = QUESTIONS.map((question) => question.code).filter((code) => ticked.has(code));
  return { version: SAFETY_QUESTIONS.version, yes };
}

/** Answers as the text of a hidden field: the version, then the codes. */
export function writeAnswers(answers: SafetyAnswers): string {
  return [answers.version, ...answers.yes].join(' ');
}

/** The answers within a hidden field, or null when it holds none of the present version. */
export function parseAnswers(text: string | undefined): SafetyAnswers | null {
  const [version, ...codes] = (text ?? '').split(' ');
  return version === SAFETY_QUESTIONS.version ? readAnswers(codes.join('\n')) : null;
}
