import { measureDistance } from '@rectus/sonography';
import { placeAt, pointsOf } from './places.ts';
import { STRUCTURE, type Tool } from './tool.ts';

/** The straight distance between two places. */
export const distance: Tool = {
  id: 'distance',
  name: 'Distance',
  key: 'd',
  steps: ['Set the first end of the distance.', 'Set its other end.'],
  least: 2,
  most: 2,
  primary: null,
  drawn: 'pairs',
  follow: 'points',
  quantities: [{ code: 'us.distance', label: 'Distance', unit: 'mm', power: 1 }],
  asks: [STRUCTURE],
  repeats: 'apart',
  marks: (places) => ({ points: pointsOf(places) }),
  measure: ({ regions, places }) => [measureDistance(regions, placeAt(places, 0), placeAt(places, 1))],
};
