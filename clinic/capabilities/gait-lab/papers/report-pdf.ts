import { SIDES } from '@rectus/gait';
import { STYLE } from '../../../platform/papers/look.ts';
import type { Paper } from '../../../platform/papers/paper.ts';
import { drawTable } from '../../../platform/papers/table.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { unchangedWords } from '../report/changes-list.tsx';
import { decimal, signed as signedNumber } from '../report/numbers.ts';
import type { ShownReport } from '../report/read-report.ts';
import { missingWords } from '../report/score-tiles.tsx';
import { strideWarnings } from '../report/strides-notice.tsx';
import type { ScoresView, StepRow, WalkView } from '../report/walk-view.ts';
import { drawCurves, rowHeight } from './draw-curve.ts';
import { drawFigures } from './draw-figures.ts';
import { drawKey } from './draw-key.ts';
import { drawProfile } from './draw-profile.ts';
import { createReportPaper, drawPlainWords, drawSection, drawText } from './parts.ts';

/** The clinician's report as PDF: findings, scores, steps, changes and every curve. */
export function reportPdf(clinic: Clinic, shown: ShownReport): Promise<Buffer> {
  const { study, signed, walk, motion, result } = shown;
  const issuedAt = signed?.signedAt ?? result.createdAt;
  const paper = createReportPaper(clinic, 'Gait report', { study, signed, issuedAt });
  if (signed) {
    drawSection(paper, 'Findings');
    drawText(paper, 'P', signed.findings, STYLE.text);
    drawPlainWords(paper, signed, walk.earlier?.day ?? null);
  }
  for (const line of strideWarnings(walk)) drawText(paper, 'P', line, STYLE.strong);
  if (motion) drawFigures(paper, motion);
  drawScores(paper, walk.scores);
  drawProfile(paper, walk.scores.profile);
  drawChanges(paper, walk);
  drawSteps(paper, walk);
  drawCurvesIntro(paper, walk);
  const of = (...units: string[]) => walk.curves.filter(({ unit }) => units.includes(unit));
  drawSection(paper, 'Angles', rowHeight(paper));
  drawCurves(paper, walk, of('deg'));
  if (of('Nm/kg', 'W/kg').length > 0) {
    drawSection(paper, 'Moments, powers and ground reaction', rowHeight(paper));
    drawCurves(paper, walk, of('Nm/kg', 'W/kg', 'body weight'));
  }
  drawSection(paper, 'About the measurement');
  for (const note of walk.notes) drawText(paper, 'P', note, STYLE.small);
  for (const { term, lines } of shown.method)
    drawText(paper, 'P', `${term}: ${lines.join(' ')}`, STYLE.small);
  return paper.finish();
}

function drawScores(paper: Paper, { gdi, gps, gdiNorms, gpsNorms }: ScoresView): void {
  drawSection(paper, 'Scores', 100);
  const lines = [
    gdi
      ? `Gait Deviation Index: left ${decimal(gdi.left, 1)}, right ${decimal(gdi.right, 1)} (100 is the mean of the reference, 10 is one SD).`
      : `Gait Deviation Index: ${missingWords('GDI', gdiNorms !== null, 'index')}`,
    gps
      ? `Gait Profile Score: left ${decimal(gps.left, 1)}°, right ${decimal(gps.right, 1)}°, both ${decimal(gps.overall, 1)}°.`
      : `Gait Profile Score: ${missingWords('GPS', gpsNorms !== null, 'score')}`,
  ];
  for (const line of lines) drawText(paper, 'P', line, STYLE.text);
  const reference = gpsNorms ?? gdiNorms;
  if (reference) drawText(paper, 'P', `Reference: ${reference.name}, ${reference.population}.`, STYLE.small);
  const caveats = new Set([...(gdiNorms?.caveats ?? []), ...(gpsNorms?.caveats ?? [])]);
  if (caveats.size > 0) drawText(paper, 'P', [...caveats].join(' '), STYLE.small);
}

/** Room for the table of steps, so that it stays on one page, in points. */
const STEPS_TABLE = 275;

function drawSteps(paper: Paper, walk: WalkView): void {
  const { earlier } = walk;
  paper.y += 8;
  paper.ensure(STEPS_TABLE);
  drawTable(paper, {
    heading: 'Steps and time',
    columns: [
      { title: 'Measure', width: 'rest' },
      { title: 'Left', width: 56, align: 'right' },
      { title: 'Right', width: 56, align: 'right' },
      ...(earlier
        ? ([
            { title: earlier.day, width: 105, align: 'right' },
            { title: 'Change', width: 100, align: 'right' },
          ] as const)
        : []),
    ],
    rows: walk.steps.map((row) => [
      { text: `${row.name} (${row.unit}${row.shared ? ', both' : ''})` },
      { text: written(row.left, row.digits) },
      { text: row.shared ? '' : written(row.right, row.digits) },
      ...(earlier
        ? [
            {
              text: sidesOf(row)
                .map((side) => written(row.earlier?.[side], row.digits))
                .join(' · '),
            },
            { text: changesOf(row) },
          ]
        : []),
    ]),
  });
  if (earlier) {
    paper.y += 3;
    drawText(
      paper,
      'P',
      '* exceeds the spread of the strides; no error between sessions is published for these.',
      STYLE.small,
    );
  }
}

const written = (value: number | null | undefined, digits: number): string =>
  value == null ? 'not known' : decimal(value, digits);

const sidesOf = ({ shared }: StepRow) => (shared ? (['left'] as const) : SIDES);

function changesOf(row: StepRow): string {
  return sidesOf(row)
    .flatMap((side) => {
      const [now, before] = [row[side], row.earlier?.[side]];
      if (now === null || before == null) return [];
      const exceeds = row.shared ? row.changed.length > 0 : row.changed.includes(side);
      return [`${signedNumber(now - before, row.digits)}${exceeds ? ' *' : ''}`];
    })
    .join(' · ');
}

function drawChanges(paper: Paper, { earlier }: WalkView): void {
  if (!earlier) return;
  paper.y += 10;
  drawSection(paper, `Changed since ${earlier.day}`);
  const beyond = earlier.changes.filter(({ verdict }) => verdict === 'beyond-error');
  for (const caveat of earlier.caveats) drawText(paper, 'P', caveat, STYLE.strong);
  if (beyond.length === 0) drawText(paper, 'P', unchangedWords(earlier), STYLE.text);
  for (const { curve, side, difference, atPercent } of beyond)
    drawText(
      paper,
      'P',
      `${curve}, ${side}: ${signedNumber(difference, 1)}° at ${decimal(atPercent, 0)} % of the cycle, more than the error.`,
      STYLE.text,
    );
}

/** Whom the bands are of, and what the lines mean, together with the first row of curves. */
function drawCurvesIntro(paper: Paper, { norms }: WalkView): void {
  drawSection(paper, 'Curves', 90 + rowHeight(paper));
  const band = norms
    ? `Grey: ${norms.name}${norms.simulated ? ' (simulated)' : ''}, ± 1 SD of ${norms.population}. ${norms.caveats.join(' ')}`
    : 'No norms are installed: the curves stand alone.';
  drawText(paper, 'P', `0 to 100 % of the cycle, from foot strike to foot strike. ${band}`, STYLE.small);
  drawKey(paper, norms && `${norms.simulated ? 'simulated band' : 'norm'}, ± 1 SD`);
}
