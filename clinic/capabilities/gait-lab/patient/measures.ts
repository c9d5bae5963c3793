import {
  bothSides,
  compareValues,
  type GaitReportData,
  measurementErrorOf,
  SIDES,
  type Side,
  type Sided,
  type Verdict,
} from '@rectus/gait';
import type { PlainMeasure } from '../core/study.ts';
import { pooled } from '../report/stored-session.ts';

/** One line of a drawn number: of one side, or of both together. */
export interface MeasureLine {
  readonly side: Side | null;
  readonly now: number;
  readonly before: number | null;
  /** What can be said of the difference; null where there is nothing before. */
  readonly verdict: Verdict | null;
}

/** A number of the walk as its patient sees it: now, last time, and where others lie. */
export interface DrawnMeasure {
  readonly id: PlainMeasure;
  readonly name: string;
  readonly unit: string;
  readonly digits: number;
  readonly lines: readonly MeasureLine[];
  /** One standard deviation to each side of the comparison group's mean. */
  readonly typical: { readonly least: number; readonly greatest: number } | null;
  /** The ends of the drawing. */
  readonly from: number;
  readonly to: number;
}

interface Value {
  readonly n: number;
  readonly mean: number;
  readonly sd: number | null;
}

interface Reading {
  readonly name: string;
  readonly unit: string;
  readonly digits: number;
  /** The drawing reaches at least so far; a value beyond widens it. */
  readonly from: number;
  readonly to: number;
  /** How far two sessions may differ without a change; null where nothing is published. */
  readonly error: number | null;
  readonly read: (report: GaitReportData) => Sided<Value | null> | Value | null;
  readonly norm: (report: GaitReportData) => { readonly mean: number; readonly sd: number } | null;
}

const KNEE = 'knee.greatest-flexion-swing';

const READINGS: Readonly<Record<PlainMeasure, Reading>> = {
  speed: {
    ...{ name: 'How fast you walk', unit: 'm/s', digits: 2, from: 0.6, to: 1.6, error: null },
    read: ({ spatioTemporal: { speedMPerS: of } }) => pooled(of.left, of.right),
    norm: ({ spatioTemporal }) => spatioTemporal.speedMPerS.norm,
  },
  'step-length': {
    ...{ name: 'How long your steps are', unit: 'cm', digits: 0, from: 40, to: 80, error: null },
    read: ({ spatioTemporal: { stepLengthM: of } }) => bothSides((side) => times(of[side], 100)),
    norm: ({ spatioTemporal: { stepLengthM: of } }) =>
      of.norm && { mean: 100 * of.norm.mean, sd: 100 * of.norm.sd },
  },
  'trunk-forward': {
    ...{ name: 'How far you lean forward', unit: '°', digits: 0, from: 0, to: 14, error: null },
    read: (report) => meanOfStrides(report, 'thorax.tilt'),
    norm: (report) => normOfCurve(report, 'thorax.tilt'),
  },
  'knee-swing': {
    ...{ name: 'How far your knee bends in the air', unit: '°', digits: 0, from: 35, to: 75 },
    error: measurementErrorOf('knee.flexion')?.betweenSessionsDeg ?? null,
    read: ({ keyAngles }) => {
      const angle = keyAngles.find(({ id }) => id === KNEE);
      return bothSides((side) => angle?.[side] ?? null);
    },
    norm: ({ keyAngles }) => {
      const norm = keyAngles.find(({ id }) => id === KNEE)?.norm;
      return norm?.sd == null ? null : { mean: norm.mean, sd: norm.sd };
    },
  },
};

export const PLAIN_MEASURES = Object.keys(READINGS) as readonly PlainMeasure[];

/** What a clinician chooses from. */
export function nameOfMeasure(id: PlainMeasure): string {
  return READINGS[id].name;
}

/** A number of a report beside that of an earlier one; null where it was not measured. */
export function drawnMeasure(
  id: PlainMeasure,
  report: GaitReportData,
  earlier: GaitReportData | null,
): DrawnMeasure | null {
  const { name, unit, digits, error, read, norm, ...reach } = READINGS[id];
  const [now, before] = [sidesOf(read(report)), sidesOf(earlier && read(earlier))];
  const lines = [null, ...SIDES].flatMap((side) => {
    const [after, then] = [now.get(side), before.get(side) ?? null];
    return after
      ? [{ side, now: after.mean, before: then?.mean ?? null, verdict: verdictOf(then, after, error) }]
      : [];
  });
  if (lines.length === 0) return null;
  const of = norm(report);
  const typical = of && { least: of.mean - of.sd, greatest: of.mean + of.sd };
  const all = lines.flatMap((line) => [line.now, line.before ?? line.now]);
  return {
    ...{ id, name, unit, digits, lines, typical },
    from: Math.min(reach.from, ...all),
    to: Math.max(reach.to, ...all),
  };
}

function sidesOf(value: Sided<Value | null> | Value | null): ReadonlyMap<Side | null, Value> {
  if (value === null) return new Map();
  if ('mean' in value) return new Map([[null, value]]);
  return new Map(SIDES.flatMap((side) => (value[side] ? [[side, value[side]] as const] : [])));
}

function verdictOf(before: Value | null, after: Value, error: number | null): Verdict | null {
  if (!before) return null;
  const spread = ({ n, mean, sd }: Value) => ({ n, mean, sd: sd ?? Number.NaN });
  return compareValues(spread(before), spread(after), error).verdict;
}

function times(value: Value | null, factor: number): Value | null {
  return value && { n: value.n, mean: factor * value.mean, sd: value.sd === null ? null : factor * value.sd };
}

/** The mean over the cycle, stride by stride, of the side that has more of them. */
function meanOfStrides({ curves, strides }: GaitReportData, id: string): Value | null {
  const curve = curves.find((one) => one.id === id);
  const side = strides.left.length >= strides.right.length ? 'left' : 'right';
  const means = (curve?.[side]?.cycles ?? [])
    .filter((_, index) => !strides[side][index]?.outlier)
    .map((cycle) => meanOf(cycle.map((value) => value ?? Number.NaN)))
    .filter(Number.isFinite);
  if (means.length === 0) return null;
  const mean = meanOf(means);
  const sum = means.reduce((total, value) => total + (value - mean) ** 2, 0);
  return { n: means.length, mean, sd: means.length < 2 ? null : Math.sqrt(sum / (means.length - 1)) };
}

function normOfCurve({ curves }: GaitReportData, id: string): { mean: number; sd: number } | null {
  const norm = curves.find((one) => one.id === id)?.norm;
  return norm ? { mean: meanOf(norm.mean), sd: (meanOf(norm.upper) - meanOf(norm.lower)) / 2 } : null;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
