import { blockScene } from '@rectus/sonography';
import { percentile, printTable, round } from '../lib/report.ts';
import { type Errors, errorsOn, rootMeanSquare } from './errors.ts';
import type { Group } from './group.ts';
import { leastAxialErrorPx } from './limit.ts';

/** A whole contraction of 3 mm with 5 % of stretch: frames move up to 4 px. */
const SCENE = blockScene({ lateralMm: 3, axialMm: 1.5, lateralStrain: 0.05, axialStrain: -0.05 });
const SIGNALS = [
  [30, 0.99],
  [20, 0.99],
  [20, 0.95],
  [20, 0.9],
  [10, 0.95],
  [10, 0.9],
] as const;

/** How far followed places lie from the truth, for speckle that comes back with the muscle and for speckle that fades. */
export const measureTracking: Group = async ({ small }) => {
  let aimed: Errors | undefined;
  const size = small ? { width: 320, height: 240 } : {};
  for (const speckle of ['returns', 'fades'] as const) {
    const rows: [string, string, string][] = [];
    for (const [snrDb, correlation] of small ? SIGNALS.slice(2, 3) : SIGNALS) {
      const errors = errorsOn({ ...size, scene: SCENE, snrDb, correlation, speckle, seed: 5 });
      if (snrDb === 20 && correlation === 0.95 && speckle === 'returns') aimed = errors;
      rows.push([`${snrDb} dB, ρ ${correlation}`, figures(errors), remark(errors, snrDb, correlation)]);
    }
    const what = speckle === 'returns' ? 'speckle returns with the muscle' : 'speckle fades for good';
    printTable(
      `Error since frame 0, px: median, 95th percentile (of one frame's step: median, 95th); ${what}`,
      rows,
    );
  }
  if (!aimed) return {};
  return {
    trackMedianPx: round(percentile(aimed.accumulated, 0.5), 3),
    trackP95Px: round(percentile(aimed.accumulated, 0.95), 3),
    trackStepMedianPx: round(percentile(aimed.steps, 0.5), 3),
    trackStepP95Px: round(percentile(aimed.steps, 0.95), 3),
    trackErrorOverToldError: round(rootMeanSquare(aimed.ratios), 2),
  };
};

function figures({ accumulated, steps }: Errors): string {
  const of = (values: readonly number[], share: number) => percentile(values, share).toFixed(3);
  return `${of(accumulated, 0.5)}, ${of(accumulated, 0.95)} (${of(steps, 0.5)}, ${of(steps, 0.95)})`;
}

function remark(
  { ratios, falselyLost, visible, frames, mmPerPx }: Errors,
  snrDb: number,
  correlation: number,
): string {
  const limit = leastAxialErrorPx(mmPerPx, correlation, snrDb);
  return [
    `error/told ${rootMeanSquare(ratios).toFixed(2)}`,
    `lost ${((100 * falselyLost) / visible).toFixed(1)} %`,
    `limit of one window and step ${limit.toFixed(4)} axially (RF)`,
    `√${frames - 1} steps ${(limit * Math.sqrt(frames - 1)).toFixed(3)}`,
  ].join('; ');
}
