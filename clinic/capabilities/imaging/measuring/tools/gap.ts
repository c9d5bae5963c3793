import { measureGap } from '@rectus/sonography';
import { lineAt, pointsOf, tissueBeside } from './places.ts';
import { type MarkPlace, STRUCTURE, type Tool } from './tool.ts';

/** Two ends and, after them, a place in the tissue of each. */
export function edgeMarks(places: readonly MarkPlace[]) {
  const [left, right, ofLeft, ofRight] = pointsOf(places);
  if (!left || !right) return { points: [] };
  return {
    points: [
      { ...left, ...(ofLeft && { tissue: ofLeft }) },
      { ...right, ...(ofRight && { tissue: ofRight }) },
    ],
  };
}

/** The two ends alone, with tissue beside them where none was chosen. */
export function completeEdges(
  places: readonly MarkPlace[],
  regions: Parameters<typeof tissueBeside>[1],
): readonly MarkPlace[] {
  const [left, right, ...tissue] = places;
  if (!left || !right || tissue.length === 2) return places;
  return [left, right, ...tissueBeside([left, right], regions)];
}

/** How far the ends of a torn muscle stand apart. */
export const gap: Tool = {
  id: 'gap',
  name: 'Gap',
  key: 'g',
  steps: ['Set the mark on the left end of the muscle.', 'Set the mark on the right end.'],
  least: 2,
  most: 4,
  primary: 2,
  drawn: 'pairs',
  follow: 'points',
  quantities: [
    {
      code: 'us.gap',
      label: 'Gap',
      unit: 'mm',
      power: 1,
      change: { code: 'us.retraction', label: 'Retraction' },
    },
  ],
  asks: [STRUCTURE],
  repeats: 'averaged',
  complete: completeEdges,
  marks: edgeMarks,
  measure: ({ regions, places }) => [measureGap(regions, lineAt(places, 0))],
};
