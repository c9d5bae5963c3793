import {
  type Clip,
  findPhases,
  type LumaFrame,
  type Measured,
  MeasureRefused,
  type Mm,
  type Phases,
  type Place,
  px,
  regionOf,
  type TrackedPoint,
} from '@rectus/sonography';
import { defaultFrames, nearestToMedian } from './default-frames.ts';
import { followMarks } from './follow-marks.ts';
import type { AnalysisResult, Chosen, FollowedPlace, ScaleUsed, Series } from './result.ts';
import { pointsOf } from './tools/places.ts';
import type { Asked, MarkPlace, Tool } from './tools/tool.ts';

/** How far off a mark may have been set by hand, one standard deviation in each direction. */
export const HAND_ERROR_PX = 1;

export interface ToAnalyse {
  readonly tool: Tool;
  /** The frame in which the marks were made. */
  readonly frame: number;
  readonly places: readonly MarkPlace[];
  readonly asked: Asked;
  readonly width?: Measured<Mm>;
  readonly hasSetScale: boolean;
}

export interface Analysed {
  readonly result: AnalysisResult;
  readonly chosen: Chosen;
}

/**
 * Follows the marks through the clip, both ways from where they were made, and measures in each frame. Where a mark was lost
 * there is no value.
 * @throws SonographyError what tracking or the clip's frames throw
 */
export async function analyseClip(
  clip: Clip,
  of: ToAnalyse,
  onProgress: (done: number, of: number) => void,
): Promise<Analysed> {
  const points = await followMarks(clip, of, onProgress);
  const frames = Array.from({ length: clip.frameCount }, (_, frame) => placesIn(points, frame, of.places));
  const measured = frames.map((places) => places && measuredIn(clip, of, places));
  const series = seriesOf(of.tool, measured);
  const phases = phasesOf(clip.times, series[0]);
  const values = series[0]?.values ?? [];
  return {
    result: {
      from: 0,
      to: clip.frameCount - 1,
      tracked: true,
      series,
      places: followed(points),
      held: values.filter((value) => value !== null).length,
      lost: values.filter((value) => value === null).length,
      phases: phases && {
        contractions: phases.contractions,
        direction: phases.direction,
        average: phases.average,
        reason: phases.reason,
      },
      typical: nearestToMedian(seen(values)) ?? of.frame,
      scale: scaleUsed(clip, of),
    },
    chosen: defaultFrames(values, phases),
  };
}

/** Measures in the marked frame alone. @throws MeasureRefused */
export function analyseFrame(clip: Pick<Clip, 'regions'>, of: ToAnalyse, frame?: LumaFrame): Analysed {
  const measured = bothWays(clip, of, certainPlaces(of.places), frame);
  return {
    result: {
      from: of.frame,
      to: of.frame,
      tracked: false,
      series: seriesOf(of.tool, [measured]),
      places: of.places.map(({ x, y }) => ({ x: [x], y: [y], error: [HAND_ERROR_PX] })),
      held: 1,
      lost: 0,
      phases: null,
      typical: of.frame,
      scale: scaleUsed(clip, of),
    },
    chosen: { rest: null, contraction: null, by: null },
  };
}

/** What the marks are as places that nothing but the hand can have set wrong. */
export function certainPlaces(places: readonly MarkPlace[]): readonly Place[] {
  return pointsOf(places).map((place) => ({ ...place, standardError: px(0) }));
}

interface InOneFrame {
  readonly told: readonly Measured<number>[];
  readonly forChange: readonly Measured<number>[];
}

function placesIn(
  points: readonly TrackedPoint[],
  frame: number,
  marked: readonly MarkPlace[],
): readonly Place[] | null {
  const places: Place[] = [];
  for (const point of points) {
    const [x, y, standardError] = [point.x[frame], point.y[frame], point.standardError[frame]];
    if (point.lost[frame] === 1 || !isNumber(x) || !isNumber(y) || !isNumber(standardError)) return null;
    places.push({ x: px(x), y: px(y), standardError: px(standardError) });
  }
  return places.length > 0 && places.length <= marked.length ? places : null;
}

/** Null where the places of this frame make no such measure: they left the region, or a border crossed another. */
function measuredIn(clip: Clip, of: ToAnalyse, places: readonly Place[]): InOneFrame | null {
  try {
    return bothWays(clip, of, places);
  } catch (error) {
    if (error instanceof MeasureRefused) return null;
    throw error;
  }
}

function bothWays(
  { regions }: Pick<Clip, 'regions'>,
  { tool, asked, width }: ToAnalyse,
  places: readonly Place[],
  frame?: LumaFrame,
): InOneFrame {
  const byHand = places.map((place) => ({
    ...place,
    standardError: px(Math.hypot(place.standardError, HAND_ERROR_PX)),
  }));
  const input = { regions, asked, ...(frame && { frame }), ...(width && { width }) };
  return {
    told: tool.measure({ ...input, places: byHand }),
    forChange: tool.measure({ ...input, places }),
  };
}

function seriesOf(tool: Tool, measured: readonly (InOneFrame | null)[]): Series[] {
  return tool.quantities.map(({ code }, n) => ({
    code,
    values: measured.map((one) => rounded(one?.told[n]?.value, 4)),
    errors: measured.map((one) => rounded(one?.told[n]?.standardError, 4)),
    changeErrors: measured.map((one) => rounded(one?.forChange[n]?.standardError, 4)),
  }));
}

function phasesOf(times: Float64Array, series: Series | undefined): Phases | null {
  if (!series) return null;
  const numbers = (list: readonly (number | null)[]) => Float64Array.from(list, (one) => one ?? Number.NaN);
  return findPhases({
    times,
    values: numbers(series.values),
    standardErrors: numbers(series.changeErrors),
  });
}

function followed(points: readonly TrackedPoint[]): FollowedPlace[] {
  return points.map(({ x, y, standardError, lost }) => {
    const list = (values: Float64Array | Float32Array) =>
      Array.from(values, (value, at) => (lost[at] === 1 ? null : rounded(value, 2)));
    return { x: list(x), y: list(y), error: list(standardError) };
  });
}

function scaleUsed({ regions }: Pick<Clip, 'regions'>, of: ToAnalyse): ScaleUsed | null {
  if (of.tool.quantities.every(({ unit }) => unit === '1')) return null;
  const marked = pointsOf(of.places.slice(0, 2));
  const region = regionOf(regions, marked);
  const number = regions.findIndex(
    ({ left, top, right, bottom }) =>
      left === region.left && top === region.top && right === region.right && bottom === region.bottom,
  );
  const { lateral, axial, relativeError } = region.scale;
  return { lateral, axial, relativeError, set: of.hasSetScale, region: number + 1 };
}

function seen(values: readonly (number | null)[]): { frame: number; value: number }[] {
  return values.flatMap((value, frame) => (value === null ? [] : [{ frame, value }]));
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}

function rounded(value: number | undefined, places: number): number | null {
  if (!isNumber(value)) return null;
  return Math.round(value * 10 ** places) / 10 ** places;
}
