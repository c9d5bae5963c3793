import { z } from 'zod';
import type { FormResult, FormValues } from '../../../platform/web/form.ts';
import { readForm } from '../../../platform/web/form.ts';
import type { PlainWords, ReportText } from '../core/study.ts';
import { PLAIN_MEASURES } from '../patient/measures.ts';

/** Three findings: as many as a person takes home. */
export const FINDING_NUMBERS = [1, 2, 3] as const;

const text = (max: number) =>
  z.string().trim().max(max, `Please keep this under ${max} letters.`).default('');
const needed = (max: number, message: string) => z.string().trim().min(1, message).max(max);

/** What is drawn beside a finding on the patient's page, or nothing. */
const measure = z
  .enum(['', ...PLAIN_MEASURES], 'Choose from the list, or nothing.')
  .default('')
  .transform((id) => id || null);

const draftShape = z.object({
  measure1: measure,
  measure2: measure,
  measure3: measure,
  findings: text(10_000),
  finding1: text(300),
  meaning1: text(600),
  finding2: text(300),
  meaning2: text(600),
  finding3: text(300),
  meaning3: text(600),
  change: text(600),
  next: text(600),
});
const signedShape = draftShape.extend({
  findings: needed(10_000, 'Write what you found before you sign.'),
  finding1: needed(300, 'Write the first finding in plain words.'),
  meaning1: needed(600, 'Say what the first finding means.'),
  finding2: needed(300, 'Write the second finding in plain words.'),
  meaning2: needed(600, 'Say what the second finding means.'),
  finding3: needed(300, 'Write the third finding in plain words.'),
  meaning3: needed(600, 'Say what the third finding means.'),
  next: needed(600, 'Say what is next.'),
});

/** The text of a report as a form posted it; what is signed must be whole, a draft need not. */
export function readReportForm(body: unknown, isSigned: boolean): FormResult<ReportText> {
  const form = readForm(isSigned ? signedShape : draftShape, body);
  if (!form.ok) return form;
  const { findings, change, next, ...rest } = form.value;
  const words = FINDING_NUMBERS.map((number) => ({
    finding: rest[`finding${number}`],
    meaning: rest[`meaning${number}`],
    measure: rest[`measure${number}`],
  }));
  return { ...form, value: { findings, plain: { findings: words, change, next } } };
}

/** The form's values for a text that was written before. */
export function valuesOfText(report: ReportText | null): FormValues {
  if (!report) return {};
  const plain: PlainWords = report.plain;
  const words = FINDING_NUMBERS.flatMap((number) => [
    [`finding${number}`, plain.findings[number - 1]?.finding ?? ''],
    [`meaning${number}`, plain.findings[number - 1]?.meaning ?? ''],
    [`measure${number}`, plain.findings[number - 1]?.measure ?? ''],
  ]);
  return { findings: report.findings, ...Object.fromEntries(words), change: plain.change, next: plain.next };
}
