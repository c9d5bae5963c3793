import { isDate, type PlainDate } from '@rectus/schedule';

/** What a machine asks the worklist; null and false where it does not care. */
export interface WorklistQuestion {
  /** The first and the last day, each null where the range is open there. */
  readonly from: PlainDate | null;
  readonly to: PlainDate | null;
  readonly patientName: string | null;
  readonly patientId: string | null;
  readonly accession: string | null;
  /** False where another kind of machine is asked for: nothing of ours fits. */
  readonly ultrasound: boolean;
}

/** A question that says something we cannot understand. */
export class QuestionError extends Error {
  override readonly name = 'QuestionError';
}

type Elements = Readonly<Record<string, unknown>>;

/**
 * Reads the matching keys of a modality worklist question. Keys that are absent or empty match everything, and so does
 * the station's name: any machine of the clinic may take any examination.
 *
 * Source: DICOM PS3.4 table K.6-1 and section C.2.2.2.
 * @throws QuestionError where a date is none
 */
export function readWorklistQuestion(elements: Elements): WorklistQuestion {
  const step = firstItem(elements.ScheduledProcedureStepSequence);
  const modality = textOf(step.Modality);
  const days = textOf(step.ScheduledProcedureStepStartDate);
  return {
    ...daysOf(days),
    patientName: textOf(elements.PatientName),
    patientId: textOf(elements.PatientID),
    accession: textOf(elements.AccessionNumber),
    ultrasound: modality === null || modality.split('\\').some((one) => one.trim() === 'US'),
  };
}

function daysOf(text: string | null): Pick<WorklistQuestion, 'from' | 'to'> {
  if (!text) return { from: null, to: null };
  const [from = '', to = from, more] = text.split('-').map((part) => part.trim());
  if (more !== undefined || (!from && !to)) throw new QuestionError('A date that is none.');
  return { from: from ? dayOf(from) : null, to: to ? dayOf(to) : null };
}

function dayOf(text: string): PlainDate {
  // Machines from before 1993 write dots.
  const match = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(text);
  const day = match ? `${match[1]}-${match[2]}-${match[3]}` : '';
  if (!isDate(day)) throw new QuestionError('A date that is none.');
  return day as PlainDate;
}

function firstItem(value: unknown): Elements {
  const item = Array.isArray(value) ? value[0] : value;
  return typeof item === 'object' && item !== null ? (item as Elements) : {};
}

/** A value as text, however the library holds it; null where it matches everything. */
function textOf(value: unknown): string | null {
  const one = Array.isArray(value) ? value.map(plainText).join('\\') : plainText(value);
  const text = one.replaceAll('\0', '').trim();
  return text === '' || /^\*+$/.test(text) ? null : text;
}

function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object' && value !== null && 'Alphabetic' in value)
    return plainText((value as { readonly Alphabetic: unknown }).Alphabetic);
  return '';
}
