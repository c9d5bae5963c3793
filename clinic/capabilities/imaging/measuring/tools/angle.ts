import { measureAngle } from '@rectus/sonography';
import { lineAt, pointsOf } from './places.ts';
import { STRUCTURE, type Tool } from './tool.ts';

/** The acute angle between two lines. */
export const angle: Tool = {
  id: 'angle',
  name: 'Angle',
  key: 'n',
  steps: [
    'Set one end of the first line.',
    'Set its other end.',
    'Set one end of the second line.',
    'Set its other end.',
  ],
  least: 4,
  most: 4,
  primary: null,
  drawn: 'pairs',
  follow: 'lines',
  quantities: [{ code: 'us.angle', label: 'Angle', unit: 'deg', power: 0 }],
  asks: [STRUCTURE],
  repeats: 'apart',
  marks: (places) => {
    const all = pointsOf(places);
    return { lines: [all.slice(0, 2), all.slice(2, 4)] };
  },
  measure: ({ regions, places }) => [measureAngle(regions, lineAt(places, 0), lineAt(places, 2))],
};
