import { measureThickness } from '@rectus/sonography';
import { lineAt, middleOf, pointsOf } from './places.ts';
import { STRUCTURE, type Tool } from './tool.ts';

/** The thickness of a layer, square to its borders at the middle of the upper one. */
export const thickness: Tool = {
  id: 'thickness',
  name: 'Thickness',
  key: 't',
  steps: [
    'Set the upper border, left.',
    'Set the upper border, right.',
    'Set the lower border, left.',
    'Set the lower border, right.',
  ],
  least: 4,
  most: 4,
  primary: null,
  drawn: 'pairs',
  follow: 'borders',
  quantities: [{ code: 'us.thickness', label: 'Thickness', unit: 'mm', power: 1 }],
  asks: [STRUCTURE],
  repeats: 'averaged',
  marks: (places) => {
    const all = pointsOf(places);
    return { lines: [all.slice(0, 2), all.slice(2, 4)] };
  },
  measure: ({ regions, places }) => {
    const upper = lineAt(places, 0);
    return [measureThickness(regions, upper, lineAt(places, 2), middleOf(upper))];
  },
};
