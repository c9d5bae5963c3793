import { type C3dContent, indexOfLabel, type PlateLoads, plateLoads, trajectoryAt } from '@rectus/c3d';

/** A marker's path: x, y and z of frame `f` at `3 f`, in millimetres; NaN while it was not seen. */
export type Path = Float64Array;

/** What the model needs of a trial. Lengths in millimetres, the lab's z upwards. */
export interface Recording {
  readonly rateHz: number;
  readonly frames: number;
  /** The time of the first frame in seconds; events are told on the same scale. */
  readonly firstTimeS: number;
  readonly markers: ReadonlyMap<string, Path>;
  readonly plates: readonly Plate[];
  readonly events: readonly VendorEvent[];
}

export interface Plate extends PlateLoads {
  /** Four corners of the surface, x y z of each, in millimetres. */
  readonly cornersMm: readonly number[];
}

/** An event that the recording brought with it. */
export interface VendorEvent {
  readonly side: 'left' | 'right';
  readonly kind: 'foot-strike' | 'foot-off';
  readonly timeS: number;
}

/** A trial that cannot be worked with, and why. */
export class GaitError extends Error {
  override readonly name = 'GaitError';
  readonly code: 'no-unit' | 'missing-marker' | 'missing-measurement' | 'no-frames' | 'not-walking';

  constructor(code: GaitError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * A trial as the model takes it, from a C3D file.
 *
 * @param names the file's name of each marker that the model knows under another; others keep theirs
 * @throws GaitError `no-unit` when the file does not say what its lengths are in
 */
export function recordingOf(content: C3dContent, names: Readonly<Record<string, string>> = {}): Recording {
  const { markers } = content;
  const { mmPerUnit } = markers;
  if (mmPerUnit === null) throw new GaitError('no-unit', 'The file does not say what its lengths are in.');
  const paths = new Map<string, Path>();
  const path = (index: number): Path => {
    const { xyz } = trajectoryAt(markers, index);
    return mmPerUnit === 1 ? xyz : xyz.map((value) => value * mmPerUnit);
  };
  for (const [index, label] of markers.labels.entries())
    paths.set(label.slice(label.indexOf(':') + 1), path(index));
  for (const [ours, theirs] of Object.entries(names)) {
    const index = indexOfLabel(markers, theirs);
    if (index >= 0) paths.set(ours, path(index));
  }
  return {
    rateHz: content.rateHz,
    frames: content.frames,
    firstTimeS: (content.firstFrame - 1) / content.rateHz,
    markers: paths,
    plates: content.forcePlates.map((plate) => ({
      ...plateLoads(content, plate),
      cornersMm: plate.corners.map((value) => value * mmPerUnit),
    })),
    events: content.events.flatMap((event) => {
      const side = event.context.toLowerCase();
      const kind = event.label.toLowerCase().replaceAll(/[^a-z]/g, '');
      const named = kind === 'footstrike' ? 'foot-strike' : kind === 'footoff' ? 'foot-off' : null;
      return named && (side === 'left' || side === 'right')
        ? [{ side, kind: named, timeS: event.timeS }]
        : [];
    }),
  };
}

/** Where a marker is in a frame. */
export function at(path: Path, frame: number): readonly [number, number, number] {
  return [
    path[3 * frame] ?? Number.NaN,
    path[3 * frame + 1] ?? Number.NaN,
    path[3 * frame + 2] ?? Number.NaN,
  ];
}
