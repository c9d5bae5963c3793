import type { GaitReportData, ReportSideCurve } from '@rectus/gait';

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
