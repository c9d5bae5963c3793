import { type EventSource, type GaitReportData, type ReportTrial, SIDES, type Side } from '@rectus/gait';
import type { StrideRow } from './walk-view.ts';

const SOURCES: Readonly<Record<EventSource, string>> = {
  vendor: 'marked in the file',
  'force-plate': 'force plate',
  'heel-braking': 'heel slowing down',
  zeni: 'heel ahead of the pelvis',
  'foot-velocity': 'speed of the foot',
};
/** Times are written down with this precision, in seconds. */
const SAME_S = 0.002;

/** Every stride of a session in the order of its trials: counted, unlike the others, or left out with the reason. */
export function strideRowsOf({ trials, strides }: GaitReportData): readonly StrideRow[] {
  return trials.flatMap((trial) => {
    const strikeOf = (side: Side, at: number) => sourceOf(trial, side, at);
    const counted = SIDES.flatMap((side) =>
      strides[side]
        .filter((one) => one.trial === trial.name)
        .map(({ startS, endS, footOffPercent, outlier, plate }): StrideRow => {
          const strike = strikeOf(side, startS);
          return {
            ...{ trial: trial.name, side, startS, endS, footOffPercent },
            strike: plate === null ? strike : `${strike ?? 'not known'}, whole on plate ${plate + 1}`,
            fate: outlier ? 'outlier' : 'counted',
            why: outlier ? 'Unlike the other strides: drawn thin, and not in the mean.' : null,
          };
        }),
    );
    const excluded = trial.excludedStrides.map(
      ({ side, startS, endS, why }): StrideRow => ({
        ...{ trial: trial.name, side, startS, endS, why },
        footOffPercent: null,
        strike: strikeOf(side, startS),
        fate: 'excluded',
      }),
    );
    return [...counted, ...excluded].toSorted((a, b) => a.startS - b.startS);
  });
}

function sourceOf({ events }: ReportTrial, side: Side, at: number): string | null {
  const strike = events.find(
    (event) => event.side === side && event.kind === 'foot-strike' && Math.abs(event.timeS - at) < SAME_S,
  );
  return strike ? `${SOURCES[strike.source]}${strike.confidence === 'low' ? ', unsure' : ''}` : null;
}
