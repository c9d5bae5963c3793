import { createPaper } from '../../../platform/papers/create-paper.ts';
import type { Letterhead } from '../../../platform/papers/letterhead.ts';
import { leading, STYLE } from '../../../platform/papers/look.ts';
import type { Paper } from '../../../platform/papers/paper.ts';
import { drawText } from '../../../platform/papers/text.ts';
import type { TextStyle } from '../../../platform/papers/typesetter.ts';
import { birthDateText } from '../../../platform/web/wall-clock.ts';
import { FINDING_WORDS, type SignedContent } from '../report/signed-content.ts';
import type { ReportFacts } from './report-facts.ts';
import { momentWords } from './told-words.ts';

const TERM_WIDTH = 92;

/** A paper about one examination on the clinic's letterhead, with whose it is, and who signed which version. */
export function createExamPaper(facts: ReportFacts, title: string): Paper {
  const { clinic, content } = facts;
  const paper = createPaper({
    title,
    subject: 'Ultrasound examination',
    language: /^en\b/i.test(clinic.locale) ? clinic.locale : 'en-GB',
    issuedAt: content.signedAt,
    head: headOf(clinic),
  });
  drawText(paper, 'H1', title, STYLE.title);
  const { patient } = content.exam;
  const born = birthDateText(patient.birthDate, clinic.locale);
  const who = `${patient.givenName} ${patient.familyName}, ${patient.birthDate ? `born ${born}` : born}`;
  drawText(paper, 'P', who, STYLE.strong);
  drawText(paper, 'P', `Examination ${examWords(facts)}. ${signatureWords(facts)}`, STYLE.small);
  paper.y += 6;
  return paper;
}

function headOf({ name, phone, email, sites, demo }: ReportFacts['clinic']): Letterhead {
  const [site] = sites;
  return {
    ...{ name, phone, email },
    legalName: name,
    address: site ? [site.address, site.city].filter(Boolean).join('\n') : '',
    taxNumber: '',
    bankDetails: '',
    stamp: demo ? 'Simulated: paper of a demo clinic, about nobody' : null,
  };
}

function examWords({ content: { exam }, clinic }: ReportFacts): string {
  return `${exam.accession} of ${momentWords(exam.takenAt, clinic.timeZone, clinic.locale)}`;
}

/** "Version 2, signed by Inês Duarte on Monday 2 March 2026, 10:00." */
export function signatureWords({ content, clinic }: ReportFacts): string {
  const { version, signer, signedAt } = content;
  return `Version ${version}, signed by ${signer.name} on ${momentWords(signedAt, clinic.timeZone, clinic.locale)}.`;
}

/** "Complete tear: rectus femoris, right". */
export function findingWords({ finding, anatomy, exam }: SignedContent): string {
  const where = [anatomy.trim().toLowerCase(), exam.side ?? ''].filter(Boolean).join(', ');
  return where ? `${FINDING_WORDS[finding]}: ${where}` : FINDING_WORDS[finding];
}

/** Terms at the left, what is said of each beside it; those without words are left out. */
export function drawFacts(
  paper: Paper,
  rows: readonly (readonly [term: string, words: string])[],
  style: TextStyle = STYLE.text,
): void {
  const room = { x: paper.left + TERM_WIDTH, width: paper.width - TERM_WIDTH };
  for (const [term, words] of rows) {
    if (!words.trim()) continue;
    const lines = paper.type.lines(words.trim(), style, room.width);
    for (const [index, line] of lines.entries()) {
      paper.ensure(leading(style));
      paper.content('P', () => {
        if (index === 0)
          paper.block(term, paper.y + 1, { x: paper.left, width: TERM_WIDTH - 6 }, STYLE.label);
        paper.block(line, paper.y, room, style);
      });
      paper.y += leading(style);
    }
    paper.y += 3;
  }
}
