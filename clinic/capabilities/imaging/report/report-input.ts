import { isDate, toInstant } from '@rectus/schedule';
import type { FormValues } from '../../../platform/web/form.ts';
import { gradeOf } from './grading-criteria.ts';
import type { SafetyAnswers } from './safety-rule.ts';
import { FINDING_TYPES, type FindingType, GRADING_SYSTEMS, type GradingSystem } from './signed-content.ts';

/** What a clinician writes in a report, as it was typed; what may be signed is checked when it is signed. */
export interface ReportInput {
  readonly anatomy: string;
  readonly manoeuvre: string;
  readonly position: string;
  /** Null while none is chosen. */
  readonly finding: FindingType | null;
  readonly location: string;
  readonly echoPattern: string;
  readonly fluid: string;
  /** What was seen, in the clinician's words. */
  readonly findings: string;
  readonly grading: { readonly system: GradingSystem | null; readonly grade: string; readonly words: string };
  readonly conclusion: string;
  /** Captions by the id of the key frame; one that is missing stays as it was. */
  readonly captions: Readonly<Record<string, string>>;
  readonly correctionReason: string;
  readonly safety: SafetyAnswers;
}

/** The fields of the form and how long each may be: as the tables have it. */
export const REPORT_FIELDS = {
  anatomy: 120,
  manoeuvre: 300,
  position: 300,
  finding: 40,
  location: 300,
  echoPattern: 300,
  fluid: 300,
  findings: 8000,
  grade: 40,
  gradingWords: 500,
  conclusion: 8000,
  correctionReason: 1000,
  clipsReason: 1000,
  tearReason: 1000,
  toldName: 200,
  toldHow: 40,
  toldAt: 40,
  urgency: 40,
  referredTo: 300,
  referralReason: 2000,
} as const;
export type ReportField = keyof typeof REPORT_FIELDS;

const CAPTION = /^caption-([0-9a-f-]{36})$/;
const LONGEST_CAPTION = 300;
const NAMES = Object.keys(REPORT_FIELDS) as readonly ReportField[];

/** Of everything that was posted, what belongs to the report. */
export function reportValues(posted: FormValues): FormValues {
  const isOurs = (name: string) => Object.hasOwn(REPORT_FIELDS, name) || CAPTION.test(name);
  return Object.fromEntries(Object.entries(posted).filter(([name]) => isOurs(name)));
}

/** One message for each field that is longer than its table takes. */
export function tooLong(values: FormValues): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const [name, text] of Object.entries(values)) {
    const most = CAPTION.test(name) ? LONGEST_CAPTION : (REPORT_FIELDS[name as ReportField] ?? 0);
    if (text.trim().length > most)
      errors[name] =
        `This has ${text.trim().length} letters; there is room for ${most}. Nothing of it is lost.`;
  }
  return errors;
}

/** The report as the form's fields tell it. `zone` is the clinic's: a time of day is by its clock. */
export function reportInputOf(values: FormValues, zone: string): ReportInput {
  const text = Object.fromEntries(NAMES.map((name) => [name, (values[name] ?? '').trim()])) as Record<
    ReportField,
    string
  >;
  const captions = Object.entries(values).flatMap(([name, caption]) => {
    const id = CAPTION.exec(name)?.[1];
    return id ? [[id, caption.trim()]] : [];
  });
  return {
    anatomy: text.anatomy,
    manoeuvre: text.manoeuvre,
    position: text.position,
    finding: FINDING_TYPES.find((type) => type === text.finding) ?? null,
    location: text.location,
    echoPattern: text.echoPattern,
    fluid: text.fluid,
    findings: text.findings,
    grading: { ...chosenGrade(text.grade), words: text.gradingWords },
    conclusion: text.conclusion,
    captions: Object.fromEntries(captions),
    correctionReason: text.correctionReason,
    safety: {
      clipsReason: text.clipsReason,
      tearReason: text.tearReason,
      toldName: text.toldName,
      toldHow: text.toldHow,
      toldAt: momentIn(text.toldAt, zone),
      urgency: text.urgency,
      referredTo: text.referredTo,
      referralReason: text.referralReason,
    },
  };
}

/** "peetrons:2" as the list of grades posts it. */
function chosenGrade(value: string): Pick<ReportInput['grading'], 'system' | 'grade'> {
  const [name, grade = ''] = value.split(':');
  const system = GRADING_SYSTEMS.find((one) => one === name) ?? null;
  return gradeOf(system, grade) ? { system, grade } : { system: null, grade: '' };
}

/** What a field for day and time posts, as an instant; null where it is none. */
export function momentIn(value: string, zone: string): number | null {
  const [, date = '', time = ''] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?$/.exec(value) ?? [];
  const isTime = /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
  if (!isDate(date) || !isTime || date < '2000-01-01' || date > '2199-12-31') return null;
  return toInstant(`${date}T${time}`, zone);
}

/** What else must be there before a report is signed, beside what the safety rule asks. */
export function missingWords(
  report: ReportInput,
  isCorrection: boolean,
): readonly { readonly field: ReportField; readonly message: string }[] {
  const needed: readonly (readonly [ReportField, boolean, string])[] = [
    ['finding', report.finding !== null, 'Choose what you found.'],
    ['anatomy', report.anatomy !== '', 'Write which structure was examined.'],
    ['findings', report.findings !== '', 'Write what you saw.'],
    ['conclusion', report.conclusion !== '', 'Write a conclusion.'],
    [
      'correctionReason',
      !isCorrection || report.correctionReason !== '',
      'Write why the signed version is corrected.',
    ],
  ];
  return needed.flatMap(([field, isThere, message]) => (isThere ? [] : [{ field, message }]));
}
