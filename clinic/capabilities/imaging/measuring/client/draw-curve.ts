import { svg } from '../../viewer/client/svg.ts';
import type { Moment } from '../moments.ts';
import type { AnalysisResult, Series } from '../result.ts';
import { bandPath, type CurveFrame, linePath, lostPath, runsOf, xOf, yOf } from './curve-geometry.ts';

const SECONDS_STEPS = [0.2, 0.5, 1, 2, 5, 10, 20, 60];
const LEAST_PX = 90;

/** Everything of a curve that stands still: phases, axes, error band, line, lost stretches, what hurt when. */
export function drawCurve(
  frame: CurveFrame,
  times: readonly number[],
  result: AnalysisResult,
  series: Series,
  moments: readonly Moment[],
): SVGElement[] {
  return [
    ...phases(frame, times, result),
    ...axes(frame),
    ...line(frame, times, series),
    ...moments.flatMap((moment, at) => hurts(frame, times, series, moment, at)),
  ];
}

function phases(
  frame: CurveFrame,
  times: readonly number[],
  { phases: found }: AnalysisResult,
): SVGElement[] {
  const { top, bottom } = frame;
  const contractions = found?.contractions ?? [];
  const band = (from: number, to: number, kind: string) =>
    svg('rect', {
      ...{ class: `phase ${kind}`, x: xOf(frame, from), y: top - 8 },
      ...{ width: Math.max(0, xOf(frame, to) - xOf(frame, from)), height: bottom - top + 8 },
    });
  const name = (from: number, to: number, words: string) =>
    xOf(frame, to) - xOf(frame, from) < words.length * 7
      ? []
      : [
          svg(
            'text',
            { class: 'name', x: xOf(frame, (from + to) / 2), y: top + 15, 'text-anchor': 'middle' },
            words,
          ),
        ];
  let restFrom = frame.from;
  const parts = contractions.flatMap(({ onset, peak, release, end }) => {
    const at = (index: number) => times[index] ?? frame.to;
    const [from, to] = [at(onset), end === null ? frame.to : at(end)];
    const top90 = peakSpan(result90(times, peak, release, onset));
    const rest = name(restFrom, from, 'rest');
    restFrom = to;
    return [
      ...rest,
      band(from, to, 'moving'),
      band(top90.from, top90.to, 'peak'),
      ...name(from, top90.from, 'onset'),
      ...name(top90.from, top90.to, 'peak'),
      ...name(top90.to, to, 'release'),
    ];
  });
  return contractions.length === 0 ? [] : [...parts, ...name(restFrom, frame.to, 'rest')];
}

function result90(times: readonly number[], peak: number, release: number | null, onset: number) {
  const until = times[release ?? times.length - 1] ?? 0;
  const middle = times[peak] ?? 0;
  // As long before the peak as the plateau lasts after it, but never before half of the rise.
  const halfway = ((times[onset] ?? 0) + middle) / 2;
  return { from: Math.max(halfway, middle - (until - middle)), to: until };
}

function peakSpan(span: { readonly from: number; readonly to: number }) {
  return span.to > span.from ? span : { from: span.from, to: span.from };
}

function axes(frame: CurveFrame): SVGElement[] {
  const { left, right, bottom, ticks, from, to } = frame;
  const step = SECONDS_STEPS.find((one) => (one / (to - from)) * (right - left) >= LEAST_PX) ?? 60;
  const seconds = Array.from(
    { length: Math.floor((to - from) / step + 1e-9) + 1 },
    (_, n) => from + n * step,
  );
  return [
    ...ticks.flatMap((tick) => [
      svg('path', { class: 'grid', d: `M${left} ${yOf(frame, tick)}H${right}` }),
      svg('text', { x: left - 8, y: yOf(frame, tick) + 4, 'text-anchor': 'end' }, tidy(tick)),
    ]),
    ...seconds.map((time) =>
      svg('text', { x: xOf(frame, time), y: bottom + 20, 'text-anchor': 'middle' }, `${tidy(time)} s`),
    ),
  ];
}

function line(frame: CurveFrame, times: readonly number[], { values, errors }: Series): SVGElement[] {
  return runsOf(values).flatMap((run): SVGElement[] => {
    if (run.lost) {
      const d = lostPath(frame, times, values, run);
      if (!d) return [];
      const middle = Math.round((run.first + run.last) / 2);
      const y = yOf(
        frame,
        ((values[run.first - 1] ?? values[run.last + 1] ?? 0) +
          (values[run.last + 1] ?? values[run.first - 1] ?? 0)) /
          2,
      );
      const x = xOf(frame, times[middle] ?? 0);
      return [
        svg('path', { class: 'lost', d }),
        svg('path', { class: 'lost cross', d: `M${x - 4} ${y - 4}l8 8m0 -8l-8 8` }),
        svg('text', { class: 'lost', x, y: y - 12, 'text-anchor': 'middle' }, 'lost'),
      ];
    }
    return [
      svg('path', { class: 'band', d: bandPath(frame, times, values, errors, run) }),
      svg('path', { class: 'line', d: linePath(frame, times, values, run) }),
    ];
  });
}

function hurts(
  frame: CurveFrame,
  times: readonly number[],
  { values }: Series,
  { timeS, words }: Moment,
  order: number,
): SVGElement[] {
  const at = times.findIndex((time) => time >= timeS - 1e-6);
  const value = values[at === -1 ? values.length - 1 : at];
  const x = xOf(frame, Math.min(frame.to, timeS));
  const y = value == null ? frame.bottom : yOf(frame, value);
  // Under the curve; where it runs low there is room only above it.
  const away = 44 + (order % 2) * 16;
  const isAbove = y + away > frame.bottom - 6;
  const below = isAbove ? y - away + 14 : y + away;
  return [
    svg('path', { class: 'hurt', d: `M${x} ${y}V${isAbove ? below + 4 : below - 14}` }),
    svg('circle', { class: 'hurt', cx: x, cy: y, r: 4 }),
    svg(
      'text',
      {
        class: 'hurt',
        x,
        y: below,
        'text-anchor': x > frame.right - 70 ? 'end' : x < frame.left + 70 ? 'start' : 'middle',
      },
      `“${words}”`,
    ),
  ];
}

function tidy(value: number): string {
  return String(Math.round(value * 100) / 100).replace('-', '−');
}
