import { muscleScene } from '@rectus/sonography';
import { percentile, printTable, round } from '../lib/report.ts';
import { errorsOn, gridOver } from './errors.ts';
import type { Group } from './group.ts';

const FRAMES_OF_ONE = { restFrames: 3, holdFrames: 2 };

/** How far places have drifted after many contractions of a muscle: against the truth, at rest, in the last frames. */
export const measureDrift: Group = async ({ small }) => {
  const count = small ? 4 : 120;
  const rows: [string, string, string][] = [];
  const drifts: number[] = [];
  for (const speckle of ['returns', 'fades'] as const) {
    const scene = muscleScene();
    const size = { width: 320, height: 240 };
    const mmPerPx = scene.widthMm / 260;
    const options = {
      ...size,
      scene,
      speckle,
      snrDb: 20,
      correlation: 0.95,
      contraction: { count, ...FRAMES_OF_ONE },
    };
    const errors = errorsOn(options, (phantom) => gridOver(phantom, 60));
    const last = errors.accumulated.slice(-180).map((error) => error * mmPerPx);
    drifts.push(percentile(last, 0.5));
    rows.push([
      `speckle ${speckle}`,
      `${percentile(last, 0.5).toFixed(2)} mm, ${percentile(last, 0.95).toFixed(2)} mm`,
      `${errors.frames} frames; lost ${((100 * errors.falselyLost) / errors.visible).toFixed(1)} % of the time`,
    ]);
  }
  printTable(`Drift after ${count} contractions: median and 95th percentile of 60 places`, rows);
  return { driftMm: round(Math.max(...drifts), 3), driftReturningMm: round(drifts[0] ?? Number.NaN, 3) };
};
