import type { Path } from './recording.ts';

/** The lab's axis that points upwards. */
export type Up = '+X' | '-X' | '+Y' | '-Y' | '+Z' | '-Z';

/** Where each new axis comes from, as index and sign: right-handed again, with the upward axis as z. */
const TURNS: Readonly<Record<Up, readonly (readonly [axis: 0 | 1 | 2, sign: 1 | -1])[]>> = {
  '+Z': [
    [0, 1],
    [1, 1],
    [2, 1],
  ],
  '-Z': [
    [0, 1],
    [1, -1],
    [2, -1],
  ],
  '+Y': [
    [2, 1],
    [0, 1],
    [1, 1],
  ],
  '-Y': [
    [0, 1],
    [2, 1],
    [1, -1],
  ],
  '+X': [
    [1, 1],
    [2, 1],
    [0, 1],
  ],
  '-X': [
    [2, 1],
    [1, 1],
    [0, -1],
  ],
};

/** As POINT:Y_SCREEN names it; null where the file does not say. Source: The C3D File Format, user guide, "POINT:Y_SCREEN". */
export function upByScreen(text: string | undefined): Up | null {
  const axis = text?.trim().toUpperCase() ?? '';
  const signed = /^[XYZ]/.test(axis) ? `+${axis}` : axis;
  return signed in TURNS ? (signed as Up) : null;
}

/** The axis along which the front of the pelvis lies farthest from the toes; z where these are not seen. */
export function upByMarkers(markers: ReadonlyMap<string, Path>): Up {
  const middle = (names: readonly string[], axis: number): number => {
    const values = names.flatMap((name) =>
      Array.from(markers.get(name) ?? []).filter((value, n) => n % 3 === axis && Number.isFinite(value)),
    );
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const rise = [0, 1, 2].map((axis) => middle(['LASI', 'RASI'], axis) - middle(['LTOE', 'RTOE'], axis));
  const sizes = rise.map(Math.abs);
  const most = sizes.indexOf(Math.max(...sizes));
  if (!rise.every(Number.isFinite) || most < 0) return '+Z';
  return `${(rise[most] as number) > 0 ? '+' : '-'}${'XYZ'[most]}` as Up;
}

/** Points or vectors, three values each, turned so that the upward axis becomes z. */
export function turnUp(values: Float64Array, up: Up): Float64Array {
  if (up === '+Z') return values;
  const turn = TURNS[up];
  return values.map((_, n) => {
    const [axis, sign] = turn[n % 3] as readonly [number, number];
    return sign * (values[n - (n % 3) + axis] as number);
  });
}
