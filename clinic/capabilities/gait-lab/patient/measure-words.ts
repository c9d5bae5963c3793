import type { GaitReportData, Verdict } from '@rectus/gait';
import type { DrawnMeasure, MeasureLine } from './measures.ts';

/** What can be said of the change of a number: once where it is the same of both sides. */
export function verdictWords(lines: readonly MeasureLine[]): string {
  const known = lines.filter((line) => line.verdict !== null);
  const same = new Set(known.map(({ verdict }) => verdict)).size === 1;
  if (same) return known[0]?.verdict ? VERDICTS[known[0].verdict] : '';
  return known
    .map(({ side, verdict }) => (verdict ? `${capital(side ?? '')}: ${lower(VERDICTS[verdict])}` : ''))
    .join(' ');
}

const VERDICTS: Readonly<Record<Verdict, string>> = {
  'beyond-error': 'A change greater than measuring error.',
  'within-error': 'Within what measuring can tell: no change to go by.',
  'error-not-known': 'A greater change than between the strides of one day.*',
};

/** Writes a number of a measure with its unit. */
export function writer({ unit, digits }: DrawnMeasure): (value: number) => string {
  return (value) => `${value.toFixed(digits)}${unit === '°' ? '°' : ` ${unit}`}`;
}

/** Where the others lie, as it is read out. */
export function typicalWords(measure: DrawnMeasure): string {
  if (!measure.typical) return '';
  const write = writer(measure);
  return `the grey of the others from ${write(measure.typical.least)} to ${write(measure.typical.greatest)}`;
}

/** What the drawings mean, and who the others are. */
export function keyWords(
  { norms: { bands } }: GaitReportData,
  drawn: readonly DrawnMeasure[],
  earlierDay: string | null,
): string {
  const starred = drawn.some(({ lines }) => lines.some(({ verdict }) => verdict === 'error-not-known'));
  return [
    `Filled: now${earlierDay ? `; hollow: ${earlierDay}` : ''}. A dot is the left leg, a square the right one.`,
    ...(bands && drawn.some(({ typical }) => typical !== null) ? [othersWords(bands)] : []),
    ...(earlierDay && starred
      ? ['* How much this number differs from day to day by chance is not published.']
      : []),
  ].join(' ');
}

function othersWords({
  simulated,
  population,
  caveats,
}: NonNullable<GaitReportData['norms']['bands']>): string {
  if (simulated)
    return 'Grey: walks that were simulated, not people, until this clinic has installed its comparison group.';
  const ofAge = caveats.some(({ code }) => code === 'children')
    ? ' They are children: an adult may differ for that alone.'
    : '';
  return `Grey: where about two of three of the others lie (${population}).${ofAge} To lie outside is no illness.`;
}

export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function lower(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
