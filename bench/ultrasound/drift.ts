import { muscleScene } from '@rectus/sonography';
import { percentile, printTable, round } from '../lib/report.ts';
import { errorsOn, gridOver } from './errors.ts';
import type { Group } from './group.ts';

/** Small, so that thousands of frames are made in minutes. */
const SIZE = { width: 288, height: 216 };
const PLACES = 40;
const FRAMES_OF_ONE = { restFrames: 3, holdFrames: 2 };

/** How far places have drifted after many contractions of a muscle: against the truth, at rest, in the last frames. */
export const measureDrift: Group = async ({ small }) => {
  const count = small ? 4 : 120;
  const rows: [string, string, string][] = [];
  const drifts: number[] = [];
  for (const speckle of ['returns', 'fades'] as const) {
    const scene = muscleScene({ excursionMm: 3, thickening: 0.04 });
    const contraction = { count, ...FRAMES_OF_ONE };
    const options = { ...SIZE, scene, speckle, snrDb: 20, correlation: 0.95, contraction };
    const errors = errorsOn(options, (phantom) => gridOver(phantom, PLACES));
    const last = errors.accumulated.slice(-3 * PLACES).map((error) => error * errors.mmPerPx);
    drifts.push(percentile(last, 0.5));
    rows.push([
      `speckle ${speckle}`,
      `${percentile(last, 0.5).toFixed(2)} mm, ${percentile(last, 0.95).toFixed(2)} mm`,
      `${errors.frames} frames; lost ${((100 * errors.falselyLost) / errors.visible).toFixed(1)} % of the time`,
    ]);
  }
  printTable(`Drift after ${count} contractions: median and 95th percentile of ${PLACES} places`, rows);
  return { driftMm: round(Math.max(...drifts), 3), driftReturningMm: round(drifts[0] ?? Number.NaN, 3) };
};
