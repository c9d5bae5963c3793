import { type ParameterGroup, placeOf, textsOf } from './parameters.ts';
import type { Warn } from './warnings.ts';

/**
 * The names of points or channels: LABELS with LABELS2 and so on; those without a name are called by their number.
 * Names that occur twice stay as they are.
 */
export function readLabels(
  groups: readonly ParameterGroup[],
  group: 'POINT' | 'ANALOG' | 'ROTATION',
  count: number,
  warn: Warn,
): string[] {
  const written = textsOf(groups, group, 'LABELS');
  const place = placeOf(groups, group, 'LABELS');
  const word = { POINT: 'Point', ANALOG: 'Channel', ROTATION: 'Rotation' }[group];
  let unnamed = 0;
  const seen = new Set<string>();
  const twice = new Set<string>();
  const labels = Array.from({ length: count }, (_, index) => {
    const label = written[index] ?? '';
    if (label === '') {
      unnamed += 1;
      return `${word} ${index + 1}`;
    }
    if (seen.has(label)) twice.add(label);
    seen.add(label);
    return label;
  });
  if (unnamed > 0)
    warn('labels-missing', `${unnamed} of ${count} bear no name and are called by their number.`, place);
  if (twice.size > 0) {
    warn(
      'labels-duplicate',
      `${twice.size} names occur more than once, ${[...twice].slice(0, 3).join(', ')} among them.`,
      place,
    );
  }
  return labels;
}

/** One text for each point or channel, '' where the file has none. */
export function readTextsFor(
  groups: readonly ParameterGroup[],
  group: string,
  parameter: string,
  count: number,
): string[] {
  const written = textsOf(groups, group, parameter);
  return Array.from({ length: count }, (_, index) => written[index] ?? '');
}
