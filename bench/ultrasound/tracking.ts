import { blockScene, muscleScene, type PhantomOptions } from '@rectus/sonography';
import { percentile, printTable, round } from '../lib/report.ts';
import { type Errors, errorsOn, gridOver, rootMeanSquare } from './errors.ts';
import type { Group } from './group.ts';
import { leastAxialErrorPx } from './limit.ts';

/** A whole contraction of 3 mm with 5 % of stretch: frames move up to 4 px. */
const SCENE = blockScene({ lateralMm: 3, axialMm: 1.5, lateralStrain: 0.05, axialStrain: -0.05 });
/**
 * Correlation ρ of the complex echo from one moving frame to the next. What a picture shows is its envelope, and that
 * correlates by about ρ²: 0.975 is an envelope (and near enough a B-mode picture) of 0.95, and 0.95 one of 0.90.
 */
const OF_ENVELOPE_95 = 0.975;
const SIGNALS = [
  [30, 0.99],
  [20, 0.99],
  [20, OF_ENVELOPE_95],
  [20, 0.95],
  [20, 0.9],
  [10, 0.95],
  [10, 0.9],
] as const;
const LAYERS_PLACES = 120;
const SMALL = { width: 320, height: 240, contraction: { restFrames: 4, holdFrames: 4 } };

/** How far followed places lie from the truth, for speckle that comes back with the muscle and for speckle that fades. */
export const measureTracking: Group = async ({ small }) => {
  let aimed: Errors | undefined;
  let ofEnvelope: Errors | undefined;
  const size = small ? SMALL : {};
  for (const speckle of small ? (['returns'] as const) : (['returns', 'fades'] as const)) {
    const rows: [string, string, string][] = [];
    for (const [snrDb, correlation] of small ? SIGNALS.slice(2, 4) : SIGNALS) {
      const errors = errorsOn({ ...size, scene: SCENE, snrDb, correlation, speckle, seed: 5 });
      if (snrDb === 20 && correlation === 0.95 && speckle === 'returns') aimed = errors;
      if (snrDb === 20 && correlation === OF_ENVELOPE_95 && speckle === 'returns') ofEnvelope = errors;
      rows.push([nameOf(snrDb, correlation), figures(errors), remark(errors, snrDb, correlation)]);
    }
    const what = speckle === 'returns' ? 'speckle returns with the muscle' : 'speckle fades for good';
    printTable(
      `Error since frame 0, px: median, 95th percentile (of one frame's step: median, 95th); ${what}; ρ of the complex echo`,
      rows,
    );
  }
  if (!aimed || !ofEnvelope) return {};
  return {
    trackMedianPx: round(percentile(aimed.accumulated, 0.5), 3),
    trackP95Px: round(percentile(aimed.accumulated, 0.95), 3),
    trackStepMedianPx: round(percentile(aimed.steps, 0.5), 3),
    trackStepP95Px: round(percentile(aimed.steps, 0.95), 3),
    trackErrorOverToldError: round(rootMeanSquare(aimed.ratios), 2),
    trackEnvelope95MedianPx: round(percentile(ofEnvelope.accumulated, 0.5), 3),
    trackEnvelope95P95Px: round(percentile(ofEnvelope.accumulated, 0.95), 3),
    ...amongLayers(size),
  };
};

/** A muscle whose layers slide by millimetres along each other: a window beside an aponeurosis sees two of them. */
function amongLayers(size: Partial<PhantomOptions>) {
  const options = {
    ...size,
    scene: muscleScene(),
    snrDb: 20,
    correlation: 0.95,
    speckle: 'returns',
  } as const;
  const errors = errorsOn(options, (phantom) => gridOver(phantom, LAYERS_PLACES));
  printTable('The same in a muscle whose layers slide, places beside aponeuroses among them', [
    [nameOf(20, 0.95), figures(errors), remark(errors, 20, 0.95)],
  ]);
  return {
    trackLayersMedianPx: round(percentile(errors.accumulated, 0.5), 3),
    trackLayersP95Px: round(percentile(errors.accumulated, 0.95), 3),
    trackLayersErrorOverToldError: round(rootMeanSquare(errors.ratios), 2),
  };
}

function nameOf(snrDb: number, correlation: number): string {
  return `${snrDb} dB, ρ ${correlation} (envelope ${(correlation ** 2).toFixed(2)})`;
}

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
