import { measureArea } from '@rectus/sonography';
import { pointsOf } from './places.ts';
import { STRUCTURE, type Tool } from './tool.ts';

/** The area within an outline, such as a muscle's cross-section. */
export const area: Tool = {
  id: 'area',
  name: 'Area',
  key: 'a',
  steps: ['Set places around the outline; close it on the first place or with Enter.'],
  least: 3,
  most: 40,
  primary: null,
  drawn: 'outline',
  follow: 'outline',
  quantities: [{ code: 'us.area', label: 'Area', unit: 'mm2', power: 2 }],
  asks: [STRUCTURE],
  repeats: 'apart',
  marks: (places) => ({ regions: [pointsOf(places)] }),
  measure: ({ regions, places }) => [measureArea(regions, places)],
};
