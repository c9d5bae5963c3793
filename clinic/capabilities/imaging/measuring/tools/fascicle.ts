import { measureArchitecture } from '@rectus/sonography';
import { lineAt, placeAt, pointsOf } from './places.ts';
import { STRUCTURE, type Tool } from './tool.ts';

/** Pennation, fascicle length and thickness of a muscle from two aponeuroses and a fascicle. */
export const fascicle: Tool = {
  id: 'fascicle',
  name: 'Fascicle',
  key: 'f',
  steps: [
    'Set the superficial aponeurosis, left.',
    'Set the superficial aponeurosis, right.',
    'Set the deep aponeurosis, left.',
    'Set the deep aponeurosis, right.',
    'Set the fascicle’s deep end.',
    'Set the fascicle’s superficial end.',
  ],
  least: 6,
  most: 6,
  primary: null,
  drawn: 'pairs',
  follow: 'lines',
  quantities: [
    { code: 'us.fascicle-length', label: 'Fascicle length', unit: 'mm', power: 1 },
    { code: 'us.pennation', label: 'Pennation', unit: 'deg', power: 0 },
    { code: 'us.muscle-thickness', label: 'Muscle thickness', unit: 'mm', power: 1 },
  ],
  asks: [STRUCTURE],
  repeats: 'averaged',
  caveats: ['Observers of one picture differ by 1.4 to 2.8° and 0.47 to 0.68 cm of fascicle length.'],
  marks: (places) => {
    const all = pointsOf(places);
    return { lines: [all.slice(0, 2), all.slice(2, 4), all.slice(4, 6)] };
  },
  measure: ({ regions, places }) => {
    const { pennation, fascicleLength, thickness } = measureArchitecture(regions, {
      superficial: lineAt(places, 0),
      deep: lineAt(places, 2),
      fascicles: [{ from: placeAt(places, 4), to: placeAt(places, 5) }],
    });
    return [fascicleLength, pennation, thickness];
  },
};
