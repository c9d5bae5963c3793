import type { MeasuredValue, ReportInput } from '../capabilities/imaging/index.ts';
import type { ExamWords } from './ultrasound-story.ts';

const NO_ANSWERS = {
  ...{ clipsReason: '', tearReason: '', toldName: '', toldHow: '', toldAt: null, urgency: '' },
  ...{ referredTo: '', referralReason: '' },
} as const;

/** What of a number is written. */
interface Written extends Pick<MeasuredValue, 'code' | 'value' | 'standardError'> {
  readonly unit: string;
}

/** A measured value with its error as it is written, such as "19.6 ± 0.4 mm"; a dash where it was not measured. */
export function told(values: readonly Written[], code: string): string {
  const found = values.find((one) => one.code === code);
  if (!found) return '–';
  const digits = found.unit === '1' ? 2 : found.unit === '%' ? 0 : 1;
  const error = found.standardError === null ? '' : `\u00a0±\u00a0${found.standardError.toFixed(digits)}`;
  return `${found.value.toFixed(digits)}${error}${found.unit === '1' ? '' : `\u00a0${found.unit}`}`;
}

/** What the demo's clinician wrote. Every number is read off the measurements, so that the words stay true. */
export function reportOf(
  words: ExamWords,
  about: Pick<ReportInput, 'anatomy' | 'manoeuvre' | 'position'>,
  values: readonly MeasuredValue[],
  toldAt: number,
): ReportInput {
  const { anatomy, manoeuvre, position } = about;
  const shared = { anatomy, manoeuvre, position, captions: {}, correctionReason: '' };
  if (words === 'tear')
    return {
      ...shared,
      finding: 'complete-tear',
      location: 'Middle of the thigh, the whole thickness of the muscle',
      echoPattern: 'At rest an interrupted line, easily overlooked',
      fluid: 'Dark fluid fills the gap in contraction',
      findings: `Simulated clips of a simulated person. At rest the ends lie ${told(values, 'us.gap.rest')} apart. While the knee is straightened they part to ${told(values, 'us.gap.contraction')}.`,
      grading: { system: 'peetrons', grade: '3', words: 'Torn through, the ends drawn apart.' },
      conclusion: `Complete tear of the right rectus femoris, drawn apart by ${told(values, 'us.retraction')} in contraction. Not a minor strain.`,
      safety: {
        ...NO_ANSWERS,
        toldName: 'The patient',
        toldHow: 'in-person',
        toldAt,
        urgency: 'same_day',
        referredTo: 'Orthopaedic surgery, City Hospital (simulated)',
        referralReason:
          'Complete tear four weeks old, treated as a strain. Please see today whether it should be repaired.',
      },
    };
  const again = words === 'drawing-in';
  return {
    ...shared,
    finding: 'other',
    ...{
      location: 'Left lateral abdominal wall, 1 cm from the end of transversus',
      echoPattern: '',
      fluid: '',
    },
    findings: `Simulated clip of a simulated person. Transversus ${told(values, 'us.transversus-thickness.rest')} at rest, ${told(values, 'us.transversus-thickness.contraction')} drawn in: ${told(values, 'us.activation-ratio.transversus')} times.`,
    grading: { system: null, grade: '', words: '' },
    conclusion: again
      ? 'The transversus answers clearly on drawing in. Set beside the examination six weeks before; the comparison says what lies beyond error.'
      : 'The transversus hardly answers on drawing in. To be practised lying first, then looked at again in six weeks.',
    safety: NO_ANSWERS,
  };
}
