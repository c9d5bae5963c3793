import { STYLE } from '../../../platform/papers/look.ts';
import type { Paper } from '../../../platform/papers/paper.ts';
import { drawTable } from '../../../platform/papers/table.ts';
import { drawSection, drawText } from '../../../platform/papers/text.ts';
import { measuredFor } from '../report/criteria-part.tsx';
import { GRADING_CRITERIA_VERSION, gradeOf } from '../report/grading-criteria.ts';
import { changeWords, errorWords, unitWords } from '../report/numbers.ts';
import type { SignedContent } from '../report/signed-content.ts';
import { drawKeyFrames } from './draw-key-frames.ts';
import { curveOf, drawValueCurve } from './draw-value-curve.ts';
import { createExamPaper, drawFacts, findingWords, signatureWords } from './paper-parts.ts';
import type { IllustratedReport } from './report-facts.ts';
import { momentWords, toldWords } from './told-words.ts';

/** A signed version of an ultrasound report as PDF. The same version is the same file. */
export function reportPdf(report: IllustratedReport): Promise<Buffer> {
  const { content, clinic } = report;
  const paper = createExamPaper(report, 'Ultrasound report');
  drawSection(paper, findingWords(content), 30);
  drawText(paper, 'P', content.conclusion, STYLE.strong);
  if (content.correction) {
    const { ofVersion, reason } = content.correction;
    drawText(paper, 'P', `Corrects version ${ofVersion}. ${reason}`, STYLE.strong);
  }
  const told = toldWords(content, clinic.timeZone, clinic.locale);
  if (told) drawText(paper, 'P', told, STYLE.text);
  if (report.pictures.length > 0) {
    paper.y += 6;
    drawKeyFrames(paper, report);
  }
  drawMeasurements(paper, content);
  const curve = curveOf(report);
  if (curve) {
    paper.y += 10;
    drawValueCurve(paper, report, curve);
  }
  drawExamination(paper, content);
  drawGrading(paper, content);
  drawEarlier(paper, report);
  drawExceptions(paper, content);
  drawMethod(paper, report);
  return paper.finish();
}

function drawMeasurements(paper: Paper, { measurements }: SignedContent): void {
  if (measurements.length === 0) {
    drawSection(paper, 'Measurements');
    drawText(paper, 'P', 'Nothing was measured.', STYLE.text);
    return;
  }
  drawTable(paper, {
    heading: 'Measurements',
    columns: [
      { title: 'Measure', width: 'rest' },
      { title: 'Value', width: 58, align: 'right' },
      { title: '± standard error', width: 62, align: 'right' },
      { title: 'Minimal detectable change', width: 76, align: 'right' },
      { title: 'Frame', width: 34, align: 'right' },
    ],
    rows: measurements.map((one) => [
      { text: one.label, sub: besideWords(one) },
      { text: unitWords(one.value, one.unit) },
      { text: one.standardError === null ? 'not known' : errorWords(one.standardError, one.unit) },
      {
        text:
          one.minimalDetectableChange === null
            ? 'none published'
            : unitWords(one.minimalDetectableChange, one.unit),
      },
      { text: one.frame === null ? '' : String(one.frame) },
    ]),
  });
  paper.y += 4;
  const citations = new Set(measurements.flatMap(({ citation }) => citation ?? []));
  for (const citation of citations)
    drawText(paper, 'P', `Minimal detectable change: ${citation}`, STYLE.small);
}

function besideWords({ bodySite, side, note }: SignedContent['measurements'][number]): string {
  return [[bodySite, side].filter(Boolean).join(', '), note].filter(Boolean).join('. ');
}

function drawExamination(paper: Paper, content: SignedContent): void {
  const { exam, findings, moments } = content;
  drawSection(paper, 'Examination and findings');
  drawFacts(paper, [
    ['Question', exam.question],
    ['Manoeuvre', [content.manoeuvre, content.position].map(sentence).filter(Boolean).join(' ')],
    ['Probe', exam.probe ? probeWords(exam.probe) : ''],
    ['Findings', findings.text],
    ['Where in it', findings.location],
    ['Echo pattern', findings.echoPattern],
    ['Fluid', findings.fluid],
    ['Patient said', moments.map(({ timeS, words }) => `“${words}” at ${timeS.toFixed(1)} s`).join('; ')],
  ]);
}

function probeWords({ axis, view, words }: NonNullable<SignedContent['exam']['probe']>): string {
  const where = `${axis === 'long' ? 'Long' : 'Short'} axis, body seen from the ${view}`;
  return words ? `${where}. ${words}` : where;
}

/** The criteria of the system that was graded by, each beside what was measured; the grade is the clinician's. */
function drawGrading(paper: Paper, { grading, measurements }: SignedContent): void {
  const graded = gradeOf(grading.system, grading.grade);
  if (!grading.system) return;
  if (!graded || grading.criteriaVersion !== GRADING_CRITERIA_VERSION) {
    drawSection(paper, 'Grade');
    drawText(paper, 'P', [grading.system, grading.grade, grading.words].join(' '), STYLE.text);
    return;
  }
  const { criteria } = graded;
  paper.y += 8;
  drawTable(paper, {
    heading: `Grade, given by the clinician: ${criteria.name} ${grading.grade}`,
    columns: [
      { title: 'Grade', width: 92 },
      { title: 'Criterion', width: 'rest' },
      { title: 'Measured here', width: 170 },
    ],
    rows: criteria.grades.map((grade) => [
      {
        text: `${grade === graded.grade ? 'Given: ' : ''}${grade.grades.join(', ')} ${grade.name.toLowerCase()}`,
      },
      { text: grade.criteria.map(({ words }) => words).join('; ') },
      { text: [...new Set(grade.criteria.map((one) => measuredFor(one, measurements)))].join('; ') },
    ]),
  });
  paper.y += 4;
  const note = [
    grading.words,
    criteria.note,
    `${criteria.citation}. The clinician grades: the program proposes nothing.`,
  ];
  drawText(paper, 'P', note.filter(Boolean).map(sentence).join(' '), STYLE.small);
}

function sentence(words: string | null): string {
  return words && !/[.!?]$/.test(words) ? `${words}.` : (words ?? '');
}

function drawEarlier(paper: Paper, { content: { earlier }, clinic }: IllustratedReport): void {
  if (!earlier || earlier.compared.length === 0) return;
  paper.y += 8;
  drawTable(paper, {
    heading: `Beside ${earlier.accession} of ${momentWords(earlier.takenAt, clinic.timeZone, clinic.locale)}`,
    columns: [
      { title: 'Measure', width: 'rest' },
      { title: 'Then', width: 58, align: 'right' },
      { title: 'Today', width: 58, align: 'right' },
      { title: 'Change', width: 58, align: 'right' },
    ],
    rows: earlier.compared.map((one) => [
      { text: one.label, sub: [one.words, one.citation].filter(Boolean).join(' ') },
      { text: unitWords(one.before, one.unit) },
      { text: unitWords(one.today, one.unit) },
      { text: changeWords(one.change, one.unit) },
    ]),
  });
}

function drawExceptions(paper: Paper, { exceptions, limits }: SignedContent): void {
  if (exceptions.length > 0) {
    drawSection(paper, 'Signed although a rule was not kept');
    for (const { words, reason } of exceptions)
      drawText(paper, 'P', `${words}. Reason: ${reason}`, STYLE.text);
  }
  if (limits.length > 0) {
    drawSection(paper, 'Limits of ultrasound');
    for (const { words, citation } of limits) drawText(paper, 'P', `${words} (${citation})`, STYLE.text);
  }
}

function drawMethod(paper: Paper, report: IllustratedReport): void {
  const { content, analyses } = report;
  drawSection(paper, 'How it was measured');
  const methods = Map.groupBy(
    content.measurements,
    ({ method, methodVersion }) => `${method}, version ${methodVersion}`,
  );
  const lines = [...methods].map(
    ([method, ones]) => `${method}: ${ones.map(({ label }) => label).join(', ')}.`,
  );
  const scales = new Set(
    analyses.flatMap(({ result: { scale } }) =>
      scale
        ? `Scale ${scale.set ? 'set by a person on a known distance' : `from region ${scale.region} of the file`}: a pixel is ${scale.lateral.toFixed(3)} × ${scale.axial.toFixed(3)} mm.`
        : [],
    ),
  );
  const clips = content.clips.map(
    ({ label, role, sha256, frames }) =>
      `Clip ${[label, role].filter(Boolean).join(', ') || 'without a name'}: ${frames} frames, SHA-256 ${sha256.slice(0, 16)}.`,
  );
  const rules = `Safety rule ${content.ruleVersion}, grading criteria ${content.grading.criteriaVersion}.`;
  drawText(paper, 'P', [...lines, ...scales, ...clips, rules].join(' '), STYLE.small);
  drawText(paper, 'P', signatureWords(report), STYLE.small);
}
