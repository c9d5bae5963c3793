import {
  type AbdominalActivation,
  abdominalActivation,
  DETECTABLE_CHANGES,
  type Measured,
  type Mm,
  measureThickness,
} from '@rectus/sonography';
import { lineAt, middleOf, pointsOf } from './places.ts';
import type { Tool } from './tool.ts';

/** The layers in the order of the tool's quantities. */
export type LayerThicknesses = readonly [
  transversus: Measured<Mm>,
  internal: Measured<Mm>,
  external: Measured<Mm>,
];

/** What drawing in changed, from the three thicknesses at rest and in contraction. @throws MeasureRefused */
export function activationOf(
  rest: LayerThicknesses,
  contracted: LayerThicknesses,
  sharedRelativeError: number,
): AbdominalActivation {
  const layers = ([transversus, internalOblique, externalOblique]: LayerThicknesses) => ({
    transversus,
    internalOblique,
    externalOblique,
  });
  return abdominalActivation(layers(rest), layers(contracted), sharedRelativeError);
}

const BORDERS = [
  'upper border of external oblique',
  'border between external and internal oblique',
  'border between internal oblique and transversus',
  'lower border of transversus',
] as const;

/** The three layers of the lateral abdominal wall, and what drawing in does to them. */
export const abdominal: Tool = {
  id: 'abdominal',
  name: 'Abdominal',
  key: 'b',
  steps: BORDERS.flatMap((border) => [
    `Set the ${border}, one side of the place 1 cm from the muscle’s end.`,
    `Set the ${border}, the other side.`,
  ]),
  least: 8,
  most: 8,
  primary: null,
  drawn: 'pairs',
  follow: 'borders',
  quantities: [
    {
      code: 'us.transversus-thickness',
      label: 'Transversus abdominis',
      unit: 'mm',
      power: 1,
      detectable: DETECTABLE_CHANGES.transversusThickness,
    },
    { code: 'us.internal-oblique-thickness', label: 'Internal oblique', unit: 'mm', power: 1 },
    { code: 'us.external-oblique-thickness', label: 'External oblique', unit: 'mm', power: 1 },
  ],
  asks: [],
  repeats: 'averaged',
  caveats: ['Crook-lying, at the end of breathing out, as the mean of three.'],
  marks: (places) => {
    const all = pointsOf(places);
    return { lines: [0, 2, 4, 6].map((at) => all.slice(at, at + 2)) };
  },
  measure: ({ regions, places }) => {
    const layer = (at: number) => {
      const upper = lineAt(places, at);
      return measureThickness(regions, upper, lineAt(places, at + 2), middleOf(upper));
    };
    return [layer(4), layer(2), layer(0)];
  },
};
