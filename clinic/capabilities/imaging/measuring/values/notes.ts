import type { MeasuredValue } from '../measured-value.ts';
import type { Pooled } from './pooled.ts';
import type { Reading } from './reading.ts';

/** What belongs beside a number, in words; null where nothing does. */
export function noteOf(
  { from }: Pooled,
  { code, unit, citation }: Pick<MeasuredValue, 'code' | 'unit' | 'citation'>,
  readings: readonly Reading[],
): string | null {
  const [first] = from;
  if (!first) return null;
  const isChange = citation === null && !/\.(rest|contraction)$/.test(code);
  const parts = [
    from.length > 1 && !isChange ? `Mean of ${from.length} measures.` : null,
    code.endsWith('.contraction') && from.length === 1 ? contractionsOf(first, unit) : null,
    first.result.lost > 0
      ? `Marks held in ${first.result.held} of ${first.result.held + first.result.lost} frames.`
      : null,
    first.result.scale?.set ? 'Scale set by hand on a known distance.' : null,
    citation && code.startsWith('us.inter-recti')
      ? 'The smallest change that counts lies between 6.4 and 19.7 mm, by site; the largest is given.'
      : null,
    first.tool.id === 'echo-intensity' || first.tool.id === 'haematoma'
      ? (first.tool.caveats ?? []).join(' ')
      : null,
    readings.some((one) => one.analysis.chosen?.by) ? 'The frames were chosen by hand.' : null,
  ].filter((one) => one !== null);
  return parts.length > 0 ? parts.join(' ') : null;
}

function contractionsOf({ result, values }: Reading, unit: string): string | null {
  const average = result.phases?.average;
  if (!average || average.peak.count < 2 || values.length !== 1) return null;
  const words = { mm: 'mm', mm2: 'mm²', mL: 'ml', deg: '°', '%': '%', '1': '' }[unit] ?? unit;
  return `Mean of ${average.peak.count} contractions ${average.peak.mean.toFixed(1)} ${words}.`.replace(
    ' .',
    '.',
  );
}
