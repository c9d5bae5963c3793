import { COLOR, leading, STYLE } from '../../../platform/papers/look.ts';
import type { Paper } from '../../../platform/papers/paper.ts';
import type { TextStyle } from '../../../platform/papers/typesetter.ts';
import { toolOf } from '../measuring/tools.ts';
import { unitWords, withError } from '../report/numbers.ts';
import { type DrawnShape, shapesAt } from './drawn-shapes.ts';
import { type IllustratedReport, type KeyPicture, stateOf } from './report-facts.ts';

/** On dark pictures and on white paper: rest is dotted, contraction solid, and the words stand beside both. */
export const STATE_INK = {
  rest: { light: '#8fc7ec', ink: '#2f6690', words: 'REST' },
  contraction: { light: '#f6b552', ink: '#9a5a12', words: 'CONTRACTION' },
} as const;
const OTHER = { light: '#ffffff', ink: COLOR.ink2, words: '' } as const;
const GAP = 12;
const RULER_MM = 10;
const LABEL: TextStyle = { size: 8.5, weight: 'strong', color: '#ffffff' };

type Ink = (typeof STATE_INK)['rest'] | (typeof STATE_INK)['contraction'] | typeof OTHER;

/** The key frames two in a row, rest before contraction, with the measured lines and numbers drawn above the pixels. */
export function drawKeyFrames(paper: Paper, report: IllustratedReport, tallest = 164): void {
  const order = { rest: 0, contraction: 1, none: 2 };
  const rank = (picture: KeyPicture) => order[stateOf(report, picture.frame) ?? 'none'];
  const pictures = report.pictures.toSorted((a, b) => rank(a) - rank(b));
  const width = (paper.width - GAP) / 2;
  for (let first = 0; first < pictures.length; first += 2) {
    const row = pictures.slice(first, first + 2);
    const tall = Math.min(tallest, ...row.map((one) => (width * one.height) / one.width));
    const heads = leading(STYLE.label) + 7;
    const captions = row.map((one) => paper.heightOf(captionOf(report, one), width, STYLE.small));
    const height = heads + tall + 5 + Math.max(...captions);
    paper.ensure(height);
    for (const [column, picture] of row.entries())
      drawPicture(paper, report, picture, { x: paper.left + column * (width + GAP), width, tall, heads });
    paper.y += height + 8;
  }
}

interface Slot {
  readonly x: number;
  readonly width: number;
  readonly tall: number;
  readonly heads: number;
}

function drawPicture(paper: Paper, report: IllustratedReport, picture: KeyPicture, slot: Slot): void {
  const { x, width, tall, heads } = slot;
  const state = stateOf(report, picture.frame);
  const ink: Ink = state ? STATE_INK[state] : OTHER;
  const top = paper.y + heads;
  const { doc } = paper;
  paper.artifact(() => {
    if (state === 'rest') doc.dash(1.5, { space: 2 });
    doc
      .moveTo(x, paper.y)
      .lineTo(x + width, paper.y)
      .lineWidth(1.6)
      .strokeColor(ink.ink)
      .stroke()
      .undash();
  });
  const head = [ink.words, frameWords(picture)].filter(Boolean).join(' · ');
  paper.content('P', () => {
    paper.block(head, paper.y + 4, { x, width }, { ...STYLE.label, color: ink.ink });
  });
  paper.figure(altOf(report, picture), () => {
    doc.rect(x, top, width, tall).fillColor('#000000').fill();
    if (!picture.bytes) return;
    const shown = Math.min(width / picture.width, tall / picture.height);
    const [left, up] = [x + (width - shown * picture.width) / 2, top + (tall - shown * picture.height) / 2];
    doc.image(picture.bytes, left, up, { width: shown * picture.width, height: shown * picture.height });
    const place = (at: { readonly x: number; readonly y: number }) => ({
      x: left + (at.x + 0.5) * shown,
      y: up + (at.y + 0.5) * shown,
    });
    for (const shape of shapesOf(report, picture)) drawShape(doc, shape, place, ink, state === 'rest');
    drawLabel(paper, report, picture, { place, ink, bounds: { x, top, width, tall } });
    drawRuler(paper, picture, { left, bottom: up + shown * picture.height, shown });
  });
  const caption = captionOf(report, picture);
  if (caption) paper.content('P', () => paper.block(caption, top + tall + 5, { x, width }, STYLE.small));
}

function shapesOf({ analyses }: IllustratedReport, { frame }: KeyPicture): readonly DrawnShape[] {
  const analysis = analyses.find(({ id }) => id === frame.analysisId);
  return analysis && analysis.instanceId === frame.instanceId ? shapesAt(analysis, frame.frame) : [];
}

type Place = (at: { readonly x: number; readonly y: number }) => { readonly x: number; readonly y: number };

/** A dark line below the coloured one keeps it visible on bright tissue. */
function drawShape(
  doc: PDFKit.PDFDocument,
  shape: DrawnShape,
  place: Place,
  ink: Ink,
  dotted: boolean,
): void {
  const places = shape.places.map(place);
  const trace = () => {
    for (const [n, { x, y }] of places.entries()) n === 0 ? doc.moveTo(x, y) : doc.lineTo(x, y);
    return shape.kind === 'outline' ? doc.closePath() : doc;
  };
  trace().lineWidth(2.6).strokeColor('#000000').strokeOpacity(0.6).stroke().strokeOpacity(1);
  if (dotted) doc.dash(1.6, { space: 1.6 });
  trace().lineWidth(1.1).strokeColor(ink.light).stroke().undash();
  if (shape.kind === 'outline') return;
  for (const { x, y } of places) {
    doc.circle(x, y, 3).lineWidth(1).strokeColor(ink.light).stroke();
    doc.circle(x, y, 0.7).fillColor(ink.light).fill();
  }
}

interface LabelPlace {
  readonly place: Place;
  readonly ink: Ink;
  readonly bounds: {
    readonly x: number;
    readonly top: number;
    readonly width: number;
    readonly tall: number;
  };
}

function drawLabel(
  paper: Paper,
  report: IllustratedReport,
  picture: KeyPicture,
  { place, ink, bounds }: LabelPlace,
): void {
  const words = valueWords(report, picture);
  const places = shapesOf(report, picture).flatMap((shape) => shape.places.map(place));
  if (!words || places.length === 0) return;
  const width = paper.type.width(words, LABEL) + 10;
  const middle = places.reduce((sum, { x }) => sum + x, 0) / places.length;
  const lowest = Math.max(...places.map(({ y }) => y));
  const x = Math.min(Math.max(bounds.x + 3, middle - width / 2), bounds.x + bounds.width - width - 3);
  const y = Math.min(lowest + 9, bounds.top + bounds.tall - 18);
  paper.doc.roundedRect(x, y, width, 14, 3).fillColor('#000000').fillOpacity(0.78).fill().fillOpacity(1);
  paper.block(words, y + 1.6, { x: x + 5, width }, { ...LABEL, color: ink.light });
}

/** A bar of a centimetre, as long as it is in the picture. */
function drawRuler(
  paper: Paper,
  { scale }: KeyPicture,
  { left, bottom, shown }: { left: number; bottom: number; shown: number },
): void {
  if (!scale) return;
  const { doc } = paper;
  const [x, y, long] = [left + 8, bottom - 8, (RULER_MM / scale.lateral) * shown];
  doc
    .path(`M${x} ${y - 3}v6M${x} ${y}h${long}M${x + long} ${y - 3}v6`)
    .lineWidth(1)
    .strokeColor('#ffffff')
    .stroke();
  paper.block(`${RULER_MM} mm`, y - 12.5, { x: x + 3, width: 60 }, { ...STYLE.foot, color: '#ffffff' });
}

/** The number that belongs to the frame: as it was signed, else as it was followed. */
export function valueWords({ content, analyses }: IllustratedReport, { frame }: KeyPicture): string | null {
  const { analysisId } = frame;
  if (analysisId === null) return null;
  const signed = content.measurements.find(
    (one) =>
      one.frame === frame.frame &&
      one.instanceId === frame.instanceId &&
      one.analysisIds.includes(analysisId),
  );
  if (signed) return unitWords(signed.value, signed.unit);
  const analysis = analyses.find(({ id }) => id === analysisId);
  const value = analysis?.result.series[0]?.values[frame.frame - analysis.result.from];
  const unit = toolOf(analysis?.tool ?? '')?.quantities[0]?.unit;
  return value == null || !unit ? null : unitWords(value, unit);
}

function frameWords({ frame, timeS }: KeyPicture): string {
  return `frame ${frame.frame}${timeS === null ? '' : `, ${timeS.toFixed(2)} s`}`;
}

function captionOf(report: IllustratedReport, { frame, bytes }: KeyPicture): string {
  const missing = bytes ? '' : 'The picture could not be read from the disk any more. ';
  const label = report.content.clips.find(({ instanceId }) => instanceId === frame.instanceId)?.label ?? '';
  return missing + [frame.caption, label].filter(Boolean).join('. ');
}

function altOf(report: IllustratedReport, picture: KeyPicture): string {
  const state = stateOf(report, picture.frame);
  const measured = report.content.measurements.find(
    (one) =>
      one.frame === picture.frame.frame &&
      one.instanceId === picture.frame.instanceId &&
      one.analysisIds.includes(picture.frame.analysisId ?? ''),
  );
  const number = measured
    ? `${measured.label} ${withError(measured.value, measured.standardError, measured.unit)}`
    : '';
  return [
    `Ultrasound picture${state ? ` ${state === 'rest' ? 'at rest' : 'in contraction'}` : ''}`,
    number,
    picture.frame.caption,
  ]
    .filter(Boolean)
    .join('. ');
}
