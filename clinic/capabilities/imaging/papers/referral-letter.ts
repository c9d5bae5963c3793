import { COLOR, STYLE } from '../../../platform/papers/look.ts';
import { drawSection, drawText } from '../../../platform/papers/text.ts';
import { zoneCity } from '../../booking/index.ts';
import { withError } from '../report/numbers.ts';
import type { SignedReferral } from '../report/signed-content.ts';
import { drawKeyFrames } from './draw-key-frames.ts';
import { createExamPaper, drawFacts, findingWords } from './paper-parts.ts';
import { type IllustratedReport, stateOf } from './report-facts.ts';
import { howWords, momentWords, urgencyWords } from './told-words.ts';

/** Smaller than in the report, so that the letter stays on its page. */
const PICTURE_TALL = 122;

/** What the signed version does not hold. */
export interface LetterFacts {
  /** That a later version of the report has replaced the one that this letter went out with, in words. */
  readonly corrected?: string | null;
  /** As it is known today. */
  readonly patientPhone?: string | null;
}

/**
 * The urgent letter to whom the patient was sent, on one page where the texts allow it: what was found with numbers and
 * pictures, who was told when, what is asked, and how to answer.
 *
 */
export function referralLetter(
  report: IllustratedReport,
  referral: SignedReferral,
  { corrected = null, patientPhone = null }: LetterFacts = {},
): Promise<Buffer> {
  const { content, clinic } = report;
  const zone = zoneCity(clinic.timeZone);
  const moment = (instant: number) =>
    `${momentWords(instant, clinic.timeZone, clinic.locale)} (${zone} time)`;
  const paper = createExamPaper(report, `Urgent referral: ${urgencyWords(referral)}`);
  drawFacts(paper, [
    ['To', referral.referredTo],
    ['From', [content.signer.name, clinic.name, clinic.phone].filter(Boolean).join(', ')],
    ['Patient’s telephone', patientPhone ?? 'not known to us'],
    ['Answer by', moment(referral.dueAt)],
    ['Told', `${referral.toldName}, ${howWords(referral)}, ${moment(referral.toldAt)}`],
    ['Asked of us', content.exam.question],
  ]);
  drawSection(paper, findingWords(content), 30);
  if (corrected) drawText(paper, 'P', corrected, { ...STYLE.strong, color: COLOR.warn });
  drawText(paper, 'P', content.conclusion, STYLE.strong);
  const numbers = content.measurements
    .slice(0, 6)
    .map(({ label, value, standardError, unit }) => `${label} ${withError(value, standardError, unit)}`);
  if (numbers.length > 0) drawText(paper, 'P', `${numbers.join('; ')} (± one standard error).`, STYLE.text);
  if (content.findings.text) drawText(paper, 'P', content.findings.text, STYLE.text);
  const pictures = lettersPictures(report);
  if (pictures.length > 0) {
    paper.y += 4;
    drawKeyFrames(paper, { ...report, pictures }, PICTURE_TALL);
  }
  drawSection(paper, 'What we ask');
  drawText(paper, 'P', referral.reason, STYLE.text);
  drawSection(paper, 'Please answer');
  const ways = [clinic.phone && `call ${clinic.phone}`, clinic.email && `write to ${clinic.email}`];
  const how = ways.filter(Boolean).join(' or ') || 'answer the sender of this letter';
  const ask = `Tell us by ${moment(referral.dueAt)} that the patient is seen: ${how}, and name examination ${content.exam.accession}.`;
  drawText(paper, 'P', `${ask} Until somebody answers, this referral stays open with us.`, STYLE.text);
  return paper.finish();
}

/** One picture at rest and one in contraction say it; else the first two. */
function lettersPictures(report: IllustratedReport) {
  const { pictures } = report;
  const of = (state: 'rest' | 'contraction') =>
    pictures.find(({ frame }) => stateOf(report, frame) === state);
  const both = [of('rest'), of('contraction')].filter((one) => one !== undefined);
  return both.length === 2 ? both : pictures.slice(0, 2);
}
