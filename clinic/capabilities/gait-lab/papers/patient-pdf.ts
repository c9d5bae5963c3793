import type { GaitReportData } from '@rectus/gait';
import { STYLE } from '../../../platform/papers/look.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import type { SignedReport, Study } from '../core/study.ts';
import { keyWords } from '../patient/measure-words.ts';
import { drawnMeasure } from '../patient/measures.ts';
import type { MotionData } from '../viewer/motion.ts';
import { drawFigures } from './draw-figures.ts';
import { drawMeasure } from './draw-measure.ts';
import { createReportPaper, drawPlainWords, drawText } from './parts.ts';

export interface PatientPaper {
  readonly study: Study;
  readonly signed: SignedReport;
  readonly motion: MotionData | null;
  readonly report: GaitReportData;
  /** The session that the version was signed beside; null where there was none. */
  readonly earlier: { readonly report: GaitReportData; readonly day: string } | null;
}

/** What the patient takes home: the walk as figures and three findings in plain words. The same version is the same file. */
export function patientPdf(
  clinic: Clinic,
  { study, signed, motion, report, earlier }: PatientPaper,
): Promise<Buffer> {
  const paper = createReportPaper(clinic, 'Your walk', { study, signed, issuedAt: signed.signedAt });
  if (motion) {
    drawFigures(paper, motion, 92);
    drawText(
      paper,
      'P',
      'Your walk from the side, drawn from the markers you wore: left leg solid, right leg dashed.',
      STYLE.small,
    );
  }
  const earlierDay = earlier?.day ?? null;
  const beside = signed.plain.findings.map(({ measure }) =>
    measure ? drawnMeasure(measure, report, earlier?.report ?? null) : null,
  );
  drawPlainWords(paper, signed, earlierDay, (index) => {
    const measure = beside[index];
    if (measure) drawMeasure(paper, { measure, earlierDay });
  });
  paper.y += 4;
  const drawn = beside.filter((measure) => measure !== null);
  if (drawn.length > 0) drawText(paper, 'P', keyWords(report, drawn, earlierDay), STYLE.small);
  drawText(
    paper,
    'P',
    'This is about how you moved on one day. If something about it worries you, or if anything gets worse, call the clinic.',
    STYLE.small,
  );
  return paper.finish();
}
