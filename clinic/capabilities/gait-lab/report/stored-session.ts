import type { GaitReportData, ReportSideCurve, ReportValue } from '@rectus/gait';

/** As the package compares it; a single stride has no spread. */
export function averageOf({ n, mean, sd }: ReportSideCurve) {
  const spread = sd ? Float64Array.from(sd) : new Float64Array(mean.length).fill(Number.NaN);
  return { n, mean: Float64Array.from(mean), sd: spread };
}

/** What bears on comparing a session with another. */
export function conditionsOf({ conditions, speedMPerS }: GaitReportData) {
  const { footwear, walkingAid } = conditions;
  return { footwear, walkingAid: walkingAid ?? 'none', speedMPerS };
}

/** Both sides as one: strides of both, their mean, and the greater of both spreads. */
export function pooled(left: ReportValue | null, right: ReportValue | null): ReportValue | null {
  if (!left || !right) return left ?? right;
  const sds = [left.sd, right.sd].filter((sd) => sd !== null);
  return {
    n: left.n + right.n,
    mean: (left.mean + right.mean) / 2,
    sd: sds.length === 0 ? null : Math.max(...sds),
  };
}
