import type { Analog, C3dContent, Markers, ModelOutputs, PointSet } from './content.ts';
import { mmPerUnit } from './units.ts';

/** Curves for a new file: `values` as in `PointSet`, with NaN where nothing was measured. */
export interface NewPoints {
  readonly labels: readonly string[];
  readonly values: Float64Array;
}

export interface NewAnalog {
  readonly labels: readonly string[];
  readonly units: readonly string[];
  readonly samplesPerFrame: number;
  /** One channel after the other. */
  readonly values: Float64Array;
}

/** What a new file must hold, and what it may. */
export interface NewContent {
  readonly rateHz: number;
  readonly frames: number;
  readonly markers: NewPoints;
  /** The unit of length of the markers (default: mm). */
  readonly unit?: string;
  readonly modelOutputs?: readonly (NewPoints & Pick<ModelOutputs, 'kind' | 'group' | 'unit'>)[];
  readonly analog?: NewAnalog;
  readonly events?: C3dContent['events'];
  readonly forcePlates?: C3dContent['forcePlates'];
  readonly rotations?: C3dContent['rotations'];
  readonly groups?: C3dContent['groups'];
  readonly firstFrame?: number;
}

const DEFAULT_SCALE = 0.01;

/** Content for `writeC3d` from the curves alone: residuals are 0 where there is a position, and -1 elsewhere. */
export function newContent(given: NewContent): C3dContent {
  const { rateHz, frames, unit = 'mm', firstFrame = 1 } = given;
  let taken = 0;
  const setOf = (points: NewPoints): PointSet => {
    const first = taken;
    taken += points.labels.length;
    const count = points.labels.length * frames;
    const residuals = Float32Array.from({ length: count }, (_, at) =>
      Number.isNaN(points.values[3 * at]) ? -1 : 0,
    );
    return {
      labels: points.labels,
      descriptions: points.labels.map(() => ''),
      fileIndices: points.labels.map((_, index) => first + index),
      frames,
      values: points.values,
      residuals,
      cameras: new Uint8Array(count),
    };
  };
  const markers: Markers = { ...setOf(given.markers), unit, mmPerUnit: mmPerUnit(unit) };
  const modelOutputs = (given.modelOutputs ?? []).map(({ kind, group, unit: outputUnit, ...points }) => ({
    ...setOf(points),
    kind,
    group,
    unit: outputUnit,
  }));
  return {
    rateHz,
    frames,
    firstFrame,
    scale: DEFAULT_SCALE,
    markers,
    modelOutputs,
    analog: newAnalog(given.analog, rateHz, frames),
    events: given.events ?? [],
    forcePlates: given.forcePlates ?? [],
    rotations: given.rotations ?? null,
    groups: given.groups ?? [],
  };
}

function newAnalog(given: NewAnalog | undefined, rateHz: number, frames: number): Analog {
  const { labels, units, samplesPerFrame, values } = given ?? {
    labels: [],
    units: [],
    samplesPerFrame: 1,
    values: new Float64Array(0),
  };
  return {
    rateHz: rateHz * samplesPerFrame,
    samplesPerFrame,
    samples: labels.length === 0 ? 0 : samplesPerFrame * frames,
    labels,
    units,
    descriptions: labels.map(() => ''),
    values,
    generalScale: 1,
    scales: labels.map(() => 1),
    offsets: labels.map(() => 0),
    unsigned: false,
  };
}
