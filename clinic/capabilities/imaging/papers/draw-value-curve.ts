import { COLOR, leading, STYLE } from '../../../platform/papers/look.ts';
import type { Paper } from '../../../platform/papers/paper.ts';
import { toolOf } from '../measuring/tools.ts';
import { unitWords } from '../report/numbers.ts';
import type { SignedContent } from '../report/signed-content.ts';
import { STATE_INK } from './draw-key-frames.ts';
import type { DrawnAnalysis } from './drawn-shapes.ts';
import type { ReportFacts } from './report-facts.ts';

const TALL = 82;
const AXIS = 34;
const BELOW = 14;
const PAIN = '#b3261e';

interface Curve {
  readonly analysis: DrawnAnalysis;
  readonly name: string;
  readonly unit: string;
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
  readonly errors: readonly (number | null)[];
}

/** The measure whose course the report shows: of those that were followed, the one with the most numbers in it. */
export function curveOf({ content, analyses, times }: ReportFacts): Curve | null {
  const numbers = (id: string) => content.measurements.filter((one) => one.analysisIds.includes(id)).length;
  const [best] = analyses
    .filter(({ id, result }) => result.phases !== null && numbers(id) > 0)
    .toSorted((a, b) => numbers(b.id) - numbers(a.id));
  const series = best?.result.series[0];
  const quantity = best && toolOf(best.tool)?.quantities[0];
  const ofClip = best && times.get(best.instanceId);
  if (!best || !series || !quantity || !ofClip) return null;
  return {
    analysis: best,
    name: quantity.label,
    unit: quantity.unit,
    times: ofClip.slice(best.result.from, best.result.from + series.values.length),
    values: series.values,
    errors: series.errors,
  };
}

interface Frame {
  readonly x: (time: number) => number;
  readonly y: (value: number) => number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly most: number;
}

/** A measure over the clip: its value with the band of its standard error, phases, where rest and contraction were taken, pain. */
export function drawValueCurve(paper: Paper, facts: ReportFacts, curve: Curve): void {
  const height = leading(STYLE.label) + TALL + BELOW + 10;
  paper.ensure(height);
  const unit = curve.unit === '1' ? '' : `, ${unitWords(0, curve.unit).replace(/^0(\.0)?\s*/u, '')}`;
  paper.content('P', () => {
    paper.block(
      `${curve.name} over the clip${unit}. Band: one standard error. Shaded: contraction.`,
      paper.y,
      { x: paper.left, width: paper.width },
      STYLE.label,
    );
  });
  const top = paper.y + leading(STYLE.label) + 7;
  const frame = frameOf(curve, { left: paper.left + AXIS, right: paper.right, top, bottom: top + TALL });
  paper.figure(describe(curve), () => {
    drawPhases(paper, curve, frame);
    drawGrid(paper, curve, frame);
    drawBand(paper.doc, curve, frame);
    for (const run of runsOf(curve)) {
      paper.doc.path(pathOf(run.map(({ time, value }) => [frame.x(time), frame.y(value)])));
      paper.doc.lineWidth(1.2).strokeColor(COLOR.ink).stroke();
    }
    drawMarks(paper, facts.content, curve, frame);
  });
  paper.y += height;
}

function frameOf(curve: Curve, box: Pick<Frame, 'left' | 'right' | 'top' | 'bottom'>): Frame {
  const highest = Math.max(0, ...curve.values.map((value, at) => (value ?? 0) + (curve.errors[at] ?? 0)));
  const step = niceStep(highest / 5);
  const most = Math.max(step, Math.ceil((highest * 1.12) / step) * step);
  const [first = 0, last = 1] = [curve.times[0], curve.times.at(-1)];
  const span = Math.max(1e-6, last - first);
  return {
    ...box,
    most,
    x: (time) => box.left + ((time - first) / span) * (box.right - box.left),
    y: (value) => box.bottom - (value / most) * (box.bottom - box.top),
  };
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1e-3)));
  return ([1, 2, 5].find((times) => times * power >= least) ?? 10) * power;
}

function drawGrid(paper: Paper, { times }: Curve, frame: Frame): void {
  const { doc } = paper;
  const step = niceStep(frame.most / 4);
  for (let value = 0; value <= frame.most + 1e-9; value += step) {
    const y = frame.y(value);
    doc.moveTo(frame.left, y).lineTo(frame.right, y).lineWidth(0.5).strokeColor(COLOR.lineSoft).stroke();
    const words = String(Math.round(value * 100) / 100);
    paper.block(words, y - 5, { x: frame.left - AXIS, width: AXIS - 6, align: 'right' }, STYLE.foot);
  }
  const [first = 0, last = 1] = [times[0], times.at(-1)];
  const every = niceStep((last - first) / 6);
  for (let n = Math.ceil(first / every); n * every <= last + 1e-9; n++) {
    const x = frame.x(n * every);
    const words = `${Math.round(n * every * 100) / 100} s`;
    const width = paper.type.width(words, STYLE.foot) + 1;
    paper.block(words, frame.bottom + 3, { x: Math.min(x, frame.right - width), width }, STYLE.foot);
  }
}

function drawPhases(paper: Paper, { analysis, times }: Curve, frame: Frame): void {
  for (const { onset, end } of analysis.result.phases?.contractions ?? []) {
    const from = frame.x(times[onset - analysis.result.from] ?? 0);
    const to = frame.x(times[(end ?? Number.POSITIVE_INFINITY) - analysis.result.from] ?? times.at(-1) ?? 0);
    paper.doc
      .rect(from, frame.top, Math.max(0, to - from), TALL)
      .fillColor(COLOR.band)
      .fill();
  }
}

interface Seen {
  readonly time: number;
  readonly value: number;
  readonly error: number;
}

/** Frames one after the other in which the marks were seen; between them the curve is broken. */
function runsOf({ times, values, errors }: Curve): readonly (readonly Seen[])[] {
  const runs: Seen[][] = [];
  let open = false;
  values.forEach((value, at) => {
    const time = times[at];
    if (value === null || time === undefined) {
      open = false;
      return;
    }
    const seen = { time, value, error: errors[at] ?? 0 };
    if (open) runs.at(-1)?.push(seen);
    else runs.push([seen]);
    open = true;
  });
  return runs;
}

function drawBand(doc: PDFKit.PDFDocument, curve: Curve, { x, y }: Frame): void {
  for (const run of runsOf(curve)) {
    const upper = run.map(({ time, value, error }) => [x(time), y(value + error)] as const);
    const lower = run.map(({ time, value, error }) => [x(time), y(Math.max(0, value - error))] as const);
    doc.path(`${pathOf([...upper, ...lower.toReversed()])}Z`);
    doc.fillColor(COLOR.accent).fillOpacity(0.16).fill().fillOpacity(1);
  }
}

function pathOf(places: readonly (readonly number[])[]): string {
  return places
    .map(([x = 0, y = 0], at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`)
    .join('');
}

function drawMarks(paper: Paper, content: SignedContent, curve: Curve, frame: Frame): void {
  const { analysis, times, values } = curve;
  for (const state of ['rest', 'contraction'] as const) {
    const of = content.measurements.find(
      ({ code, analysisIds }) => code.endsWith(`.${state}`) && analysisIds.includes(analysis.id),
    );
    const at = (of?.frame ?? analysis.chosen?.[state] ?? Number.NaN) - analysis.result.from;
    const [time, value] = [times[at], values[at]];
    if (time === undefined || value == null) continue;
    const [x, y] = [frame.x(time), frame.y(value)];
    const { ink, words } = STATE_INK[state];
    paper.doc.circle(x, y, 2.8).lineWidth(1.2).fillColor('#ffffff').strokeColor(ink).fillAndStroke();
    besidePoint(
      paper,
      `${words.toLowerCase()} ${unitWords(value, curve.unit)}`,
      { x, y: y - 13 },
      ink,
      frame,
    );
  }
  for (const { timeS, words } of content.moments.filter((one) => one.instanceId === analysis.instanceId)) {
    const x = frame.x(timeS);
    paper.doc.moveTo(x, frame.top).lineTo(x, frame.bottom).dash(2, { space: 2 });
    paper.doc.lineWidth(0.9).strokeColor(PAIN).stroke().undash();
    besidePoint(paper, `“${words}”`, { x, y: frame.top + 1 }, PAIN, frame);
  }
}

/** Words to the right of a point, or to its left where the curve ends. */
function besidePoint(
  paper: Paper,
  words: string,
  { x, y }: { x: number; y: number },
  color: string,
  frame: Frame,
): void {
  const style = { ...STYLE.foot, color };
  const width = paper.type.width(words, style) + 1;
  const left = x + 4 + width > frame.right ? x - 4 - width : x + 4;
  paper.block(words, Math.max(frame.top, y), { x: Math.max(frame.left, left), width }, style);
}

function describe({ name, unit, values }: Curve): string {
  const seen = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...seen), Math.max(...seen)];
  return `${name} over the clip, from ${unitWords(least, unit)} to ${unitWords(most, unit)}; ${values.length - seen.length} of ${values.length} frames without a value`;
}
