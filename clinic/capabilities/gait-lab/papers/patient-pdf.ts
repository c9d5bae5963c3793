import { STYLE } from '../../../platform/papers/look.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import type { SignedReport, Study } from '../core/study.ts';
import type { MotionData } from '../viewer/motion.ts';
import { drawFigures } from './draw-figures.ts';
import { createReportPaper, drawPlainWords, drawText } from './parts.ts';

export interface PatientPaper {
  readonly study: Study;
  readonly signed: SignedReport;
  readonly motion: MotionData | null;
  /** The day of the session that the version was signed beside; null where there was none. */
  readonly lastTime: string | null;
}

/** What the patient takes home: the walk as figures and three findings in plain words. The same version is the same file. */
export function patientPdf(
  clinic: Clinic,
  { study, signed, motion, lastTime }: PatientPaper,
): Promise<Buffer> {
  const paper = createReportPaper(clinic, 'Your walk', { study, signed, issuedAt: signed.signedAt });
  if (motion) {
    drawFigures(paper, motion);
    drawText(
      paper,
      'P',
      'Your walk from the side, drawn from the markers you wore: left leg solid, right leg dashed.',
      STYLE.small,
    );
  }
  drawPlainWords(paper, signed, lastTime);
  return paper.finish();
}
