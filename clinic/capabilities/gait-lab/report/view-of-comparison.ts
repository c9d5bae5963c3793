import {
  bothSides,
  compareCurves,
  type GaitReportData,
  type ReportCurve,
  type ReportSideCurve,
  type Side,
  sessionCaveats,
} from '@rectus/gait';
import type { ComparedCurve, ComparedSide, ComparisonView, SpanView } from './compare-view.ts';
import { averageOf, conditionsOf } from './stored-session.ts';
import { trendsOf } from './trends.ts';
import type { EarlierWalk } from './view-of-walk.ts';

/** A session, and up to three before it in any order; `at` is when each was walked. */
export interface SessionToCompare extends EarlierWalk {
  readonly at: number;
}

/** What the page of the comparison shows. */
export function viewOfComparison(
  present: SessionToCompare,
  earlier: readonly SessionToCompare[],
): ComparisonView {
  const walks = [...earlier.toSorted((a, b) => a.at - b.at), present];
  const reports = walks.map(({ report }) => report);
  return {
    sessions: walks.map(({ day }, index) => ({
      letter: String.fromCharCode(65 + index),
      day,
      isThis: index === walks.length - 1,
    })),
    curves: present.report.curves.map((curve) => comparedCurve(curve, reports)),
    trends: trendsOf(reports),
    caveats: caveatsOf(walks),
  };
}

function comparedCurve(own: ReportCurve, reports: readonly GaitReportData[]): ComparedCurve {
  const { id, name, unit, positive, negative, norm, measurementError } = own;
  const all = reports.map(({ curves }) => curves.find((one) => one.id === id) ?? null);
  return {
    ...{ id, name, unit, positive, negative, norm },
    ...bothSides((side) => comparedSide(own, all, side)),
    errorDeg: measurementError?.betweenSessionsDeg ?? null,
  };
}

function comparedSide(
  own: ReportCurve,
  all: readonly (ReportCurve | null)[],
  side: Side,
): ComparedSide | null {
  const sides = all.map((curve) => curve?.[side] ?? null);
  const present = own[side];
  if (!present && sides.every((one) => one === null)) return null;
  const since = (before: ReportSideCurve | null | undefined): readonly SpanView[] => {
    if (!before || !present) return [];
    const { verdict, spans } = compareCurves(averageOf(before), averageOf(present), own.measurementError);
    return verdict === 'beyond-error' ? spans : [];
  };
  return {
    means: sides.map((one) => one?.mean ?? null),
    sinceLast: since(sides.at(-2)),
    sinceFirst: sides.length > 2 ? since(sides[0]) : [],
  };
}

/** Each earlier session against this one, with its day where there are several. */
function caveatsOf(walks: readonly SessionToCompare[]): string[] {
  const present = walks.at(-1);
  const earlier = walks.slice(0, -1);
  return earlier.flatMap(({ report, day }) =>
    present
      ? sessionCaveats(conditionsOf(report), conditionsOf(present.report)).map((text) =>
          earlier.length > 1 ? `${day}: ${text}` : text,
        )
      : [],
  );
}
