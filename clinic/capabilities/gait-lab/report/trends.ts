import {
  compareValues,
  type GaitReportData,
  measurementErrorOf,
  type ReportValue,
  SIDES,
  type Side,
  type SpatioTemporalName,
} from '@rectus/gait';
import type { Trend, TrendChange, TrendLine } from './compare-view.ts';
import { pooled } from './stored-session.ts';

const Z95 = 1.96;

interface Reading {
  readonly name: string;
  readonly unit: string;
  readonly digits: number;
  /** A line for each side, or one for both. */
  readonly sides: readonly (Side | null)[];
  readonly read: (report: GaitReportData, side: Side | null) => ReportValue | null;
  readonly norm: Trend['norm'];
  /** How far two sessions may differ without a change; null where nothing is published. */
  readonly error: number | null;
}

/** The numbers that are followed over sessions: scores, steps, key angles. `reports` is in time, the present one last. */
export function trendsOf(reports: readonly GaitReportData[]): Trend[] {
  const present = reports.at(-1);
  if (!present) return [];
  return [...SCORES, ...STEPS.map((step) => stepReading(present, step)), ...angleReadings(present)]
    .map((reading) => trendOf(reading, reports))
    .filter(({ lines }) => lines.length > 0);
}

/** A score is one number of a session: it has no spread. */
const single = (mean: number | null | undefined): ReportValue | null =>
  mean == null ? null : { n: 1, mean, sd: null };

const SCORES: readonly Reading[] = [
  {
    ...{ name: 'Gait Deviation Index', unit: '', digits: 1, sides: SIDES, error: null },
    read: ({ scores }, side) => single(side && scores.gdi?.[side]),
    norm: { least: 90, greatest: 110 },
  },
  {
    ...{ name: 'Gait Profile Score', unit: '°', digits: 1, sides: SIDES, error: null, norm: null },
    read: ({ scores }, side) => single(side && scores.gps?.[side]),
  },
];

type Step = readonly [
  name: SpatioTemporalName,
  title: string,
  unit: string,
  digits: number,
  times: number,
  shared: boolean,
];
const STEPS: readonly Step[] = [
  ['speedMPerS', 'Walking speed', ' m/s', 2, 1, true],
  ['cadencePerMin', 'Cadence', ' /min', 0, 1, true],
  ['stepLengthM', 'Step length', ' cm', 1, 100, false],
  ['singleSupportPercent', 'Single support', ' %', 1, 1, false],
];

function stepReading(present: GaitReportData, [id, name, unit, digits, times, shared]: Step): Reading {
  const { norm } = present.spatioTemporal[id];
  const scaled = ({ n, mean, sd }: ReportValue): ReportValue => ({
    n,
    mean: times * mean,
    sd: sd === null ? null : times * sd,
  });
  return {
    ...{ name, unit, digits, error: null },
    sides: shared ? [null] : SIDES,
    read: ({ spatioTemporal: { [id]: of } }, side) => {
      const value = side ? of[side] : pooled(of.left, of.right);
      return value && scaled(value);
    },
    norm: norm && { least: times * (norm.mean - norm.sd), greatest: times * (norm.mean + norm.sd) },
  };
}

function angleReadings({ keyAngles }: GaitReportData): Reading[] {
  return keyAngles.map(({ id, name, variable, norm }) => {
    const error = measurementErrorOf(variable);
    return {
      ...{ name, unit: '°', digits: 1, sides: SIDES },
      error: error && !error.orMore ? error.betweenSessionsDeg : null,
      read: (report, side) => (side && report.keyAngles.find((one) => one.id === id)?.[side]) ?? null,
      norm: norm?.sd == null ? null : { least: norm.mean - norm.sd, greatest: norm.mean + norm.sd },
    };
  });
}

function trendOf(reading: Reading, reports: readonly GaitReportData[]): Trend {
  const { name, unit, digits, norm, error, read } = reading;
  const lines = reading.sides.flatMap((side): TrendLine[] => {
    const values = reports.map((report) => read(report, side));
    if (values.every((value) => value === null)) return [];
    const present = values.at(-1) ?? null;
    const since = (before: ReportValue | null | undefined) => changeOf(before ?? null, present, error);
    return [
      {
        side,
        values: values.map((value) => value?.mean ?? null),
        errors: values.map((value) => barOf(value, error)),
        sinceLast: since(values.at(-2)),
        sinceFirst: values.length > 2 ? since(values[0]) : null,
      },
    ];
  });
  const hasBars = lines.some(({ errors }) => errors.some((one) => one !== null));
  const bars = error !== null ? 'between-sessions' : hasBars ? 'strides' : null;
  return { name, unit, digits, norm, lines, bars };
}

function barOf(value: ReportValue | null, error: number | null): number | null {
  if (!value) return null;
  if (error !== null) return error;
  return value.sd === null ? null : (Z95 * value.sd) / Math.sqrt(value.n);
}

function changeOf(
  before: ReportValue | null,
  after: ReportValue | null,
  error: number | null,
): TrendChange | null {
  if (!before || !after) return null;
  if (error === null && before.sd === null && after.sd === null)
    return { difference: after.mean - before.mean, needs: null, verdict: 'not-known' };
  const spread = ({ n, mean, sd }: ReportValue) => ({ n, mean, sd: sd ?? Number.NaN });
  const { difference, threshold, verdict } = compareValues(spread(before), spread(after), error);
  const words = { 'beyond-error': 'beyond', 'within-error': 'alike', 'error-not-known': 'spread' } as const;
  return { difference, needs: threshold, verdict: words[verdict] };
}
