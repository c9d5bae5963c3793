import type { MeasuredValue } from '../measured-value.ts';

const UNITS: Readonly<Record<MeasuredValue['unit'], string>> = {
  mm: 'mm',
  mm2: 'mm²',
  mL: 'ml',
  deg: '°',
  '%': '%',
  '1': '',
};

/** How many places a number is written with, so that its error has one digit or two. */
export function placesOf(unit: MeasuredValue['unit'], value: number): number {
  if (unit === 'mm2') return Math.abs(value) >= 100 ? 0 : 1;
  return unit === '1' && Math.abs(value) < 10 ? 2 : 1;
}

export function unitWords(unit: MeasuredValue['unit']): string {
  return UNITS[unit];
}

/** "31.2 mm"; a minus sign that is one. */
export function valueWords(value: number, unit: MeasuredValue['unit']): string {
  const number = value.toFixed(placesOf(unit, value)).replace('-', '−');
  const after = UNITS[unit];
  return after === '' ? number : after === '°' ? `${number}°` : `${number} ${after}`;
}

/** "± 0.9 mm". */
export function errorWords(error: number, value: number, unit: MeasuredValue['unit']): string {
  const number = error.toFixed(placesOf(unit, value));
  const after = UNITS[unit];
  return `± ${number}${after === '' || after === '°' ? after : ` ${after}`}`;
}

/** "31.2 ± 0.9 mm". */
export function valueWithError(value: number, error: number, unit: MeasuredValue['unit']): string {
  const number = value.toFixed(placesOf(unit, value)).replace('-', '−');
  return `${number} ${errorWords(error, value, unit)}`;
}
