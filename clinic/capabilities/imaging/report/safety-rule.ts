import type { ClipRole } from '../core/clip-facts.ts';
import type { BodySide, Suspicion } from '../core/exam.ts';
import { gradeIsComplete, gradeWords } from './grading-criteria.ts';
import {
  type ExceptionRule,
  type FindingType,
  type GradingSystem,
  REFERRAL_URGENCIES,
  TOLD_HOW,
} from './signed-content.ts';
import { type MeasuredNumber, tearCriterion } from './tear-criterion.ts';

/** Raised whenever what it demands changes; every signed report names it. Needs sign-off by your clinician. */
export const SAFETY_RULE_VERSION = '2026-11.2';

/** A reason shorter than this says nothing. */
export const SHORTEST_REASON = 10;

const MINUTE_MS = 60_000;

/** A clip as the rule sees it. */
export interface SafetyClip {
  readonly role: ClipRole | null;
  readonly side: BodySide | null;
  readonly frames: number;
  /** Somebody or the worklist said whose it is. */
  readonly matched: boolean;
  readonly setAside: boolean;
}

/** Everything that the rule judges by. Instants in epoch milliseconds. */
export interface SafetyFacts {
  readonly suspicion: Suspicion;
  readonly side: BodySide | null;
  readonly clips: readonly SafetyClip[];
  readonly measurements: readonly MeasuredNumber[];
  /** Null while nobody has chosen one. */
  readonly finding: FindingType | null;
  readonly grading: { readonly system: GradingSystem | null; readonly grade: string };
  /** What was seen and concluded, as it is written. */
  readonly words: string;
  readonly examTakenAt: number;
  readonly now: number;
  /** The version before this one says complete tear of the same place, and its referral stands. */
  readonly referredBefore: boolean;
}

/** What the signer answers to what the rule demands; empty where nothing was said. */
export interface SafetyAnswers {
  readonly clipsReason: string;
  readonly tearReason: string;
  readonly toldName: string;
  readonly toldHow: string;
  readonly toldAt: number | null;
  readonly urgency: string;
  readonly referredTo: string;
  readonly referralReason: string;
}

/** What the rule asks of one report. */
export interface SafetyDemands {
  /** Which states no clip shows: clips, or a reason. */
  readonly clips: readonly ('rest' | 'contraction')[];
  /** Why a complete tear is suspected although the finding says otherwise: another finding, or a reason. */
  readonly tear: readonly string[];
  /** Who was told, and an urgent referral. */
  readonly referral: boolean;
}

export interface SafetyMissing {
  readonly field: keyof SafetyAnswers;
  readonly message: string;
}

export interface SafetyCheck {
  readonly demands: SafetyDemands;
  /** Empty where the report may be signed. */
  readonly missing: readonly SafetyMissing[];
  /** Demands that were not met, with the reasons that the owner reads. */
  readonly exceptions: readonly {
    readonly rule: ExceptionRule;
    readonly words: string;
    readonly reason: string;
  }[];
}

/** What a report with these facts must answer before it can be signed. */
export function safetyDemands(facts: SafetyFacts): SafetyDemands {
  const isComplete = facts.finding === 'complete-tear';
  return {
    clips: isAboutMuscle(facts) ? missingStates(facts) : [],
    tear: isComplete ? [] : suspectedTear(facts),
    referral: isComplete && !facts.referredBefore,
  };
}

/**
 * Whether a report may be signed. A suspected muscle injury needs a clip at rest and one in contraction, or a reason; a
 * complete tear needs who was told, how and when, and an urgent referral; and where the numbers or the grade say complete
 * tear, another finding needs a reason.
 */
export function checkSafety(facts: SafetyFacts, answers: SafetyAnswers): SafetyCheck {
  const demands = safetyDemands(facts);
  const missing: SafetyMissing[] = [];
  const exceptions: SafetyCheck['exceptions'][number][] = [];
  const except = (rule: ExceptionRule, field: 'clipsReason' | 'tearReason', words: string, ask: string) => {
    const reason = plainReason(answers[field]);
    if ([...reason].length < SHORTEST_REASON) missing.push({ field, message: ask });
    else exceptions.push({ rule, words, reason });
  };
  if (demands.clips.length > 0)
    except(
      'clips-missing',
      'clipsReason',
      `Signed without a clip ${statesWords(demands.clips)}`,
      `There is no clip ${statesWords(demands.clips)}. Add it, or write why the report is signed without (at least ${SHORTEST_REASON} letters).`,
    );
  if (demands.tear.length > 0)
    except(
      'tear-criterion-overruled',
      'tearReason',
      `Not reported as a complete tear, although: ${demands.tear.join('; ')}`,
      `This may be a complete tear. Change the finding, or write why it is not one (at least ${SHORTEST_REASON} letters).`,
    );
  if (demands.referral) missing.push(...missingReferral(facts, answers));
  return { demands, missing, exceptions };
}

/** Words of a strained or torn muscle, whether they affirm or deny it. */
const MUSCLE_WORDS = /\b(?:strain(?:s|ed)?|tears?|torn|ruptur(?:e|es|ed)|pulled muscle)\b/i;

/**
 * A muscle is judged where an injury was suspected, and wherever the report says torn, not torn, or a grade: a "minor
 * strain" that is written under another finding is one.
 */
function isAboutMuscle({ suspicion, finding, grading, words }: SafetyFacts): boolean {
  return (
    suspicion === 'muscle-injury' ||
    (finding !== null && finding !== 'other') ||
    grading.system !== null ||
    MUSCLE_WORDS.test(words)
  );
}

/** Both states must be shown of one side, which is the examined one where that is known. */
function missingStates({ clips, side }: SafetyFacts): SafetyDemands['clips'] {
  const sides: readonly BodySide[] = side ? [side] : ['left', 'right'];
  const missing = sides.map((one) => {
    const shows = (state: 'rest' | 'contraction') => clips.some((clip) => showsState(clip, state, one));
    return (['rest', 'contraction'] as const).filter((state) => !shows(state));
  });
  return missing.reduce((least, one) => (one.length < least.length ? one : least));
}

function showsState(clip: SafetyClip, state: 'rest' | 'contraction', side: BodySide): boolean {
  if (!clip.matched || clip.setAside || (clip.side !== null && clip.side !== side)) return false;
  // A still shows one state only, whatever is written on it.
  return clip.role === state || (clip.role === 'both' && clip.frames > 1);
}

function suspectedTear({ measurements, grading }: SafetyFacts): readonly string[] {
  const graded = gradeIsComplete(grading.system, grading.grade)
    ? [`It is graded ${gradeWords(grading.system, grading.grade)}`]
    : [];
  return [...tearCriterion(measurements), ...graded];
}

function missingReferral(facts: SafetyFacts, answers: SafetyAnswers): readonly SafetyMissing[] {
  const { examTakenAt, now } = facts;
  const { toldAt } = answers;
  const missing: SafetyMissing[] = [];
  const need = (field: keyof SafetyAnswers, isThere: boolean, message: string) => {
    if (!isThere) missing.push({ field, message });
  };
  need('toldName', plainReason(answers.toldName).length > 1, 'Write who was told of the complete tear.');
  need(
    'toldHow',
    TOLD_HOW.some((how) => how === answers.toldHow),
    'Say how they were told.',
  );
  if (toldAt === null) need('toldAt', false, 'Write when they were told: day and time.');
  else if (toldAt > now) need('toldAt', false, 'They cannot have been told in the future.');
  else if (toldAt < Math.floor(examTakenAt / MINUTE_MS) * MINUTE_MS)
    need('toldAt', false, 'They cannot have been told before the examination.');
  const isUrgent = REFERRAL_URGENCIES.some((urgency) => urgency === answers.urgency);
  need('urgency', isUrgent, 'Say how urgent the referral is.');
  need('referredTo', plainReason(answers.referredTo).length > 1, 'Write whom the patient is referred to.');
  need('referralReason', plainReason(answers.referralReason).length > 1, 'Write why they are referred.');
  return missing;
}

/** Words without what does not show, so that spaces are no reason. */
function plainReason(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** "at rest", "in contraction", or both. */
export function statesWords(states: SafetyDemands['clips']): string {
  return states.map((state) => (state === 'rest' ? 'at rest' : 'in contraction')).join(' and ');
}
