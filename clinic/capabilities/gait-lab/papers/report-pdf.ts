import { SIDES } from '@rectus/gait';
import { STYLE } from '../../../platform/papers/look.ts';
import type { Paper } from '../../../platform/papers/paper.ts';
import { drawTable } from '../../../platform/papers/table.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { decimal } from '../report/numbers.ts';
import type { ShownReport } from '../report/read-report.ts';
import type { ScoresView, WalkView } from '../report/walk-view.ts';
import { drawCurves } from './draw-curve.ts';
import { drawFigures } from './draw-figures.ts';
import { createReportPaper, drawPlainWords, drawSection, drawText } from './parts.ts';

/** The clinician's report as PDF: findings, scores, steps, changes and every curve. */
export function reportPdf(clinic: Clinic, shown: ShownReport): Promise<Buffer> {
  const { study, signed, walk, motion, result } = shown;
  const issuedAt = signed?.signedAt ?? result.createdAt;
  const paper = createReportPaper(clinic, 'Gait report', { study, signed, issuedAt });
  if (signed) {
    drawSection(paper, 'Findings');
    drawText(paper, 'P', signed.findings, STYLE.text);
    drawPlainWords(paper, signed);
  }
  if (motion) drawFigures(paper, motion);
  drawScores(paper, walk.scores);
  drawSteps(paper, walk);
  drawChanges(paper, walk);
  drawKey(paper, walk);
  const of = (...units: string[]) => walk.curves.filter(({ unit }) => units.includes(unit));
  drawSection(paper, 'Angles', 120);
  drawCurves(paper, walk, of('deg'));
  if (of('Nm/kg', 'W/kg').length > 0) {
    drawSection(paper, 'Moments, powers and ground reaction', 120);
    drawCurves(paper, walk, of('Nm/kg', 'W/kg', 'body weight'));
  }
  drawSection(paper, 'About the measurement');
  for (const note of [`Model: ${walk.model}.`, ...walk.notes, `Measurement error: ${walk.errorSource}.`])
    drawText(paper, 'P', note, STYLE.small);
  return paper.finish();
}

function drawScores(paper: Paper, { gdi, gps, gdiNorms, gpsNorms }: ScoresView): void {
  drawSection(paper, 'Scores');
  const lines = [
    gdi
      ? `Gait Deviation Index: left ${decimal(gdi.left, 1)}, right ${decimal(gdi.right, 1)} (100 is the mean of the reference, 10 is one SD).`
      : 'Gait Deviation Index: the GDI reference is not installed.',
    gps
      ? `Gait Profile Score: left ${decimal(gps.left, 1)}°, right ${decimal(gps.right, 1)}°, both ${decimal(gps.overall, 1)}°.`
      : 'Gait Profile Score: the GPS reference is not installed.',
  ];
  for (const line of lines) drawText(paper, 'P', line, STYLE.text);
  const caveats = new Set([...(gdiNorms?.caveats ?? []), ...(gpsNorms?.caveats ?? [])]);
  if (caveats.size > 0) drawText(paper, 'P', [...caveats].join(' '), STYLE.small);
}

/** Room for the table of steps, so that it stays on one page, in points. */
const STEPS_TABLE = 260;

function drawSteps(paper: Paper, walk: WalkView): void {
  const write = (value: number | null | undefined, digits: number) =>
    value == null ? 'not known' : decimal(value, digits);
  const { earlier } = walk;
  paper.y += 8;
  paper.ensure(STEPS_TABLE);
  drawTable(paper, {
    heading: 'Steps and time',
    columns: [
      { title: 'Measure', width: 'rest' },
      { title: 'Left', width: 62, align: 'right' },
      { title: 'Right', width: 62, align: 'right' },
      ...(earlier ? [{ title: earlier.day, width: 120, align: 'right' } as const] : []),
    ],
    rows: walk.steps.map((row) => [
      { text: `${row.name} (${row.unit})` },
      ...SIDES.map((side) => ({ text: write(row[side], row.digits) })),
      ...(earlier ? [{ text: SIDES.map((side) => write(row.earlier?.[side], row.digits)).join(' · ') }] : []),
    ]),
  });
}

function drawChanges(paper: Paper, { earlier }: WalkView): void {
  if (!earlier) return;
  paper.y += 10;
  drawSection(paper, `Changed since ${earlier.day}`);
  const beyond = earlier.changes.filter(({ verdict }) => verdict === 'beyond-error');
  for (const caveat of earlier.caveats) drawText(paper, 'P', caveat, STYLE.strong);
  if (beyond.length === 0)
    drawText(paper, 'P', 'No angle differs by more than the error between sessions.', STYLE.text);
  for (const { curve, side, difference, atPercent } of beyond)
    drawText(
      paper,
      'P',
      `${curve}, ${side}: ${decimal(difference, 1)}° at ${decimal(atPercent, 0)} % of the cycle, more than the error.`,
      STYLE.text,
    );
}

function drawKey(paper: Paper, { norms }: WalkView): void {
  drawSection(paper, 'Curves');
  const band = norms
    ? `Grey: ${norms.name}${norms.simulated ? ' (simulated)' : ''}, ± 1 SD of ${norms.population}. ${norms.caveats.join(' ')}`
    : 'No norms are installed: the curves stand alone.';
  const text = `Left is red and solid, right green and dashed; ticks below mark foot off. 0 to 100 % from foot strike to foot strike. ${band}`;
  drawText(paper, 'P', text, STYLE.small);
}
