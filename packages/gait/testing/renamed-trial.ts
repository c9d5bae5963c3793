import { type C3dContent, newContent, textParameter } from '@rectus/c3d';
import { add, cross, scale, subtract, type Vector } from '../src/geometry/vector.ts';
import { c3dOfTrial, SIDES, type SimulatedTrial } from '../src/index.ts';
import { at, type Path } from '../src/recording.ts';

/** A simulated trial as another laboratory would have recorded it. */
export interface Renaming {
  /** In front of every label, as programs write the subject's name. */
  readonly prefix?: string;
  /** The laboratory's label of each marker; those that are not named here were not placed. */
  readonly labels: Readonly<Record<string, string>>;
  /** The axis that POINT:Y_SCREEN names: the lab is turned so that it points upwards. */
  readonly up?: '+Y' | '+Z';
}

/**
 * The markers of a simulated trial and some more: KNM and MED opposite to KNE and ANK, and clusters of four on thighs and
 * shanks (`LTH1` to `LTH4`, `LTB1` to `LTB4`).
 */
export function moreMarkers({ recording, truth }: SimulatedTrial): Map<string, Path> {
  const markers = new Map(recording.markers);
  for (const side of SIDES) {
    const prefix = side === 'left' ? 'L' : 'R';
    const { hip, knee, ankle } = truth.jointCentres[side];
    const path = (name: string) => recording.markers.get(`${prefix}${name}`) ?? new Float64Array();
    const opposite = (name: string, centre: Path) =>
      path(name).map((value, n) => 2 * (centre[n] as number) - value);
    markers.set(`${prefix}KNM`, opposite('KNE', knee));
    markers.set(`${prefix}MED`, opposite('ANK', ankle));
    const limbs = [
      [`${prefix}TH`, hip, knee, path('KNE')],
      [`${prefix}TB`, knee, ankle, path('ANK')],
    ] as const;
    for (const [name, upper, lower, lateral] of limbs)
      for (const [n, [up, out, ahead]] of PLACES.entries())
        markers.set(`${name}${n + 1}`, onLimb(upper, lower, lateral, up, out, ahead));
  }
  return markers;
}

/** Of a limb: the part of its length from below, of its half width outwards, and of its size forwards. */
const PLACES = [
  [0.7, 0.9, 0.1],
  [0.6, 1.2, 0.5],
  [0.35, 1.1, 0.2],
  [0.4, 0.8, 0.7],
] as const;

function onLimb(upper: Path, lower: Path, lateral: Path, up: number, out: number, ahead: number): Path {
  return Float64Array.from(
    Array.from({ length: upper.length / 3 }, (_, frame): Vector => {
      const origin = at(lower, frame);
      const [long, outward] = [subtract(at(upper, frame), origin), subtract(at(lateral, frame), origin)];
      const forward = scale(cross(outward, long), 1 / 400);
      return add(add(origin, scale(long, up)), add(scale(outward, out), scale(forward, ahead)));
    }).flat(),
  );
}

/** The trial as the content of a C3D file of that laboratory. */
export function renamedTrial(
  trial: SimulatedTrial,
  { prefix = '', labels, up = '+Z' }: Renaming,
): C3dContent {
  const content = c3dOfTrial(trial);
  const more = moreMarkers(trial);
  const named = Object.entries(labels).flatMap(([ours, theirs]) => {
    const path = more.get(ours);
    return path ? [{ label: `${prefix}${theirs}`, path }] : [];
  });
  const values = new Float64Array(named.length * 3 * content.frames);
  for (const [n, { path }] of named.entries())
    values.set(up === '+Z' ? path : yUp(path), n * 3 * content.frames);
  return newContent({
    rateHz: content.rateHz,
    frames: content.frames,
    markers: { labels: named.map(({ label }) => label), values },
    groups: [
      ...content.groups.filter(({ name }) => name === 'PROCESSING'),
      {
        id: 30,
        name: 'POINT',
        description: '',
        locked: false,
        byte: null,
        parameters: [textParameter('X_SCREEN', ['+X']), textParameter('Y_SCREEN', [up])],
      },
    ],
  });
}

/** z upwards becomes y upwards: the new x, y and z are the old y, z and x. */
function yUp(path: Path): Path {
  return path.map((_, n) => path[n - (n % 3) + (((n % 3) + 1) % 3)] as number);
}
