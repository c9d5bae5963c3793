import { haematomaVolume, MeasureRefused, measureDistance } from '@rectus/sonography';
import { placeAt, pointsOf } from './places.ts';
import { STRUCTURE, type Tool } from './tool.ts';

/** Volume of a haematoma as an ellipsoid from three diameters, the third of which often lies in another clip. */
export const haematoma: Tool = {
  id: 'haematoma',
  name: 'Haematoma',
  key: 'h',
  steps: [
    'Set one end of its length.',
    'Set the other end of its length.',
    'Set the top of its depth.',
    'Set the bottom of its depth.',
    'Set one side of its width, or press Enter if the width is a distance measured in another clip.',
    'Set the other side of its width.',
  ],
  least: 4,
  most: 6,
  primary: null,
  drawn: 'pairs',
  follow: null,
  quantities: [{ code: 'us.haematoma-volume', label: 'Haematoma volume', unit: 'mL', power: 3 }],
  asks: [
    STRUCTURE,
    {
      name: 'width',
      label: 'Width, where it is not marked here',
      required: false,
      from: 'distances',
      hint: 'A distance that was measured in the short-axis clip.',
    },
  ],
  repeats: 'apart',
  caveats: ['Taken as an ellipsoid: π/6 · length · width · depth.'],
  marks: (places) => ({ points: pointsOf(places) }),
  measure: ({ regions, places, width }) => {
    const across = (at: number) => measureDistance(regions, placeAt(places, at), placeAt(places, at + 1));
    if (places.length === 5) throw new MeasureRefused('degenerate', 'The width needs its other side.');
    const third = places.length >= 6 ? across(4) : width;
    if (!third)
      throw new MeasureRefused(
        'degenerate',
        'The width is missing: mark it here, or measure it as a distance in another clip and choose that.',
      );
    return [haematomaVolume(across(0), third, across(2))];
  },
};
