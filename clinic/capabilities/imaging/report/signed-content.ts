import { z } from 'zod';
import { probeSchema } from '../core/probe.ts';

export const FINDING_TYPES = ['complete-tear', 'partial-tear', 'no-tear', 'other'] as const;
export const GRADING_SYSTEMS = ['peetrons', 'bamic', 'munich'] as const;
export const TOLD_HOW = ['in-person', 'telephone', 'video', 'secure-message'] as const;
export const REFERRAL_URGENCIES = ['emergency', 'same_day'] as const;
export const EXCEPTION_RULES = ['clips-missing', 'tear-criterion-overruled'] as const;

const side = z.enum(['left', 'right']).nullable();
/** Epoch milliseconds. */
const instant = z.number();

/** A number as it was on the day of signing. `readMeasured` gives the same shape. */
const measuredValue = z.object({
  code: z.string(),
  label: z.string(),
  bodySite: z.string().nullable(),
  side,
  value: z.number(),
  /** UCUM; a ratio is '1'. */
  unit: z.string(),
  /** In the unit of the value. */
  standardError: z.number().nullable(),
  minimalDetectableChange: z.number().nullable(),
  citation: z.string().nullable(),
  analysisIds: z.array(z.string()).readonly(),
  instanceId: z.string(),
  frame: z.number().nullable(),
  method: z.string(),
  methodVersion: z.string(),
  note: z.string().nullable(),
});

const clip = z.object({
  instanceId: z.string(),
  sopUid: z.string(),
  sopClass: z.string(),
  seriesUid: z.string(),
  /** Of the file, hexadecimal. */
  sha256: z.string(),
  frames: z.number(),
  role: z.enum(['rest', 'contraction', 'both', 'other']).nullable(),
  side,
  label: z.string(),
});

const keyFrame = z.object({
  instanceId: z.string(),
  sopUid: z.string(),
  sopClass: z.string(),
  /** From 0. */
  frame: z.number(),
  caption: z.string(),
  /** Whose places are drawn on it. */
  analysisId: z.string().nullable(),
});

/** One measurement of an earlier examination beside today's, judged against what can be told apart. */
const compared = z.object({
  code: z.string(),
  label: z.string(),
  bodySite: z.string().nullable(),
  side,
  unit: z.string(),
  before: z.number(),
  today: z.number(),
  change: z.number(),
  minimalDetectableChange: z.number().nullable(),
  citation: z.string().nullable(),
  judgement: z.enum(['beyond', 'within', 'unknown']),
  /** The judgement as a sentence. */
  words: z.string(),
});

const referral = z.object({
  toldName: z.string(),
  toldHow: z.enum(TOLD_HOW),
  toldAt: instant,
  urgency: z.enum(REFERRAL_URGENCIES),
  referredTo: z.string(),
  reason: z.string(),
  /** By when somebody must have answered. */
  dueAt: instant,
});

/** The whole content of a signed report. It is stored as signed and never changed, so later programs must still read it. */
export const signedContentSchema = z.object({
  format: z.literal(1),
  exam: z.object({
    id: z.string(),
    accession: z.string(),
    studyUid: z.string(),
    patient: z.object({
      id: z.string(),
      givenName: z.string(),
      familyName: z.string(),
      /** YYYY-MM-DD. */
      birthDate: z.string().nullable(),
    }),
    suspicion: z.enum(['muscle-injury', 'abdominal-wall', 'other']),
    side,
    question: z.string(),
    probe: probeSchema.nullable(),
    takenAt: instant,
  }),
  anatomy: z.string(),
  manoeuvre: z.string(),
  position: z.string(),
  clips: z.array(clip).readonly(),
  measurements: z.array(measuredValue).readonly(),
  grading: z.object({
    /** Null where the clinician graded by none. */
    system: z.enum(GRADING_SYSTEMS).nullable(),
    grade: z.string(),
    words: z.string(),
    /** Of the criteria that stood beside the measurements. */
    criteriaVersion: z.string(),
  }),
  finding: z.enum(FINDING_TYPES),
  findings: z.object({
    location: z.string(),
    echoPattern: z.string(),
    fluid: z.string(),
    text: z.string(),
  }),
  conclusion: z.string(),
  keyFrames: z.array(keyFrame).readonly(),
  moments: z.array(z.object({ instanceId: z.string(), timeS: z.number(), words: z.string() })).readonly(),
  /** The examination before this one of the same place; null where there is none. */
  earlier: z
    .object({
      examId: z.string(),
      accession: z.string(),
      takenAt: instant,
      version: z.number(),
      compared: z.array(compared).readonly(),
    })
    .nullable(),
  /** What ultrasound may not have shown, as it was told beside this report. */
  limits: z.array(z.object({ words: z.string(), citation: z.string() })).readonly(),
  exceptions: z
    .array(z.object({ rule: z.enum(EXCEPTION_RULES), words: z.string(), reason: z.string() }))
    .readonly(),
  referral: referral.nullable(),
  /** The safety rule that was kept. */
  ruleVersion: z.string(),
  /** Of every version after the first. */
  correction: z.object({ ofVersion: z.number(), reason: z.string() }).nullable(),
  signer: z.object({ id: z.string(), name: z.string() }),
  signedAt: instant,
  version: z.number(),
});

export type SignedContent = z.infer<typeof signedContentSchema>;
export type SignedClip = SignedContent['clips'][number];
export type SignedKeyFrame = SignedContent['keyFrames'][number];
export type SignedReferral = NonNullable<SignedContent['referral']>;
export type ComparedValue = NonNullable<SignedContent['earlier']>['compared'][number];
export type FindingType = (typeof FINDING_TYPES)[number];
export type GradingSystem = (typeof GRADING_SYSTEMS)[number];
export type ExceptionRule = (typeof EXCEPTION_RULES)[number];

/** How a type of finding is written in a report. */
export const FINDING_WORDS: Readonly<Record<FindingType, string>> = {
  'complete-tear': 'Complete tear',
  'partial-tear': 'Partial tear',
  'no-tear': 'No tear seen',
  other: 'Another finding',
};

/** What was signed, as it is stored. Throws where it is not what this program, or an earlier one, writes. */
export function signedContentOf(stored: unknown): SignedContent {
  return signedContentSchema.parse(stored);
}
