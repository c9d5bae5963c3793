import type { Path, Recording } from '../recording.ts';
import { bothSides, SIDES, type Side, type Sided } from '../side.ts';
import { peaksOf, rangeOf, valleysOf } from '../signal/peaks.ts';
import { series } from '../signal/series.ts';
import type { EventKind, GaitEvent } from './event.ts';
import { smoothPath, type WalkingPaths, walkingDirections, walkingPaths } from './foot-paths.ts';
import { KINEMATIC_BIAS } from './kinematic-bias.ts';

/** The cut-off of the original: Zeni 2008, "Methods". */
const CUTOFF_HZ = 6;
/** A peak counts when it stands out by this part of the curve's whole range. */
const LEAST_PART = 0.25;

/**
 * Foot strikes where the heel is farthest in front of the pelvis and foot offs where the toe is farthest behind, along the
 * way that the person walks; corrected by the bias of the method.
 * Source: Zeni JA, Richards JG, Higginson JS. Gait Posture 2008;27:710–4.
 *
 * @throws GaitError `missing-marker` or `not-walking`
 */
export function zeniEvents(
  recording: Recording,
  { bias = KINEMATIC_BIAS, extremes = extremeFrames(recording) } = {},
): GaitEvent[] {
  const { rateHz, firstTimeS } = recording;
  return SIDES.flatMap((side) =>
    (['foot-strike', 'foot-off'] as const).flatMap((kind) =>
      extremes[side][kind].map((frame) => {
        return zeniEvent(side, kind, firstTimeS + frame / rateHz - bias.zeni[kind]);
      }),
    ),
  );
}

/** Frames, with their parts, in which a heel is farthest in front of the pelvis and a toe farthest behind. */
export function extremeFrames(recording: Recording): Sided<Readonly<Record<EventKind, readonly number[]>>> {
  const paths = smooth(walkingPaths(recording), recording.rateHz);
  const directions = walkingDirections(paths.pelvis, recording.rateHz);
  return bothSides((side) => {
    const heel = ahead(paths.heel[side], paths.pelvis, directions);
    const toe = ahead(paths.toe[side], paths.pelvis, directions);
    return {
      'foot-strike': peaksOf(heel, LEAST_PART * rangeOf(heel)).map(({ frame }) => frame),
      'foot-off': valleysOf(toe, LEAST_PART * rangeOf(toe)).map(({ frame }) => frame),
    };
  });
}

function zeniEvent(side: Side, kind: EventKind, timeS: number): GaitEvent {
  const why =
    kind === 'foot-strike'
      ? 'the heel is farthest in front of the pelvis'
      : 'the toe is farthest behind the pelvis';
  return { side, kind, timeS, source: 'zeni', confidence: 'medium', why, plate: null, usable: true };
}

function smooth(paths: WalkingPaths, rateHz: number): WalkingPaths {
  const each = (path: Path) => smoothPath(path, rateHz, CUTOFF_HZ);
  return {
    heel: bothSides((side) => each(paths.heel[side])),
    toe: bothSides((side) => each(paths.toe[side])),
    pelvis: each(paths.pelvis),
  };
}

/** How far a marker is in front of the pelvis along the way, in millimetres. */
function ahead(path: Path, pelvis: Path, directions: Float64Array): Float64Array {
  return series(path.length / 3, (frame) => {
    const x = (path[3 * frame] as number) - (pelvis[3 * frame] as number);
    const y = (path[3 * frame + 1] as number) - (pelvis[3 * frame + 1] as number);
    return x * (directions[2 * frame] as number) + y * (directions[2 * frame + 1] as number);
  });
}
