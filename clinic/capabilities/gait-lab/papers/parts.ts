import { dateAt } from '@rectus/schedule';
import { createPaper } from '../../../platform/papers/create-paper.ts';
import type { Letterhead } from '../../../platform/papers/letterhead.ts';
import { STYLE } from '../../../platform/papers/look.ts';
import type { Paper } from '../../../platform/papers/paper.ts';
import { drawSection, drawText } from '../../../platform/papers/text.ts';
import type { Clinic } from '../../../platform/web/clinics.ts';
import { birthDateText } from '../../../platform/web/wall-clock.ts';
import type { SignedReport, Study } from '../core/study.ts';
import { longDay } from '../report/days.ts';

export { drawSection, drawText };

/** Colours of the sides, as on the pages; on paper too a dash or a hatch goes with them. */
export const SIDE_COLOR = { left: '#c32c17', right: '#08776e' } as const;

/** A paper about one session on the clinic's letterhead. */
export function createReportPaper(
  clinic: Clinic,
  title: string,
  about: { readonly study: Study; readonly signed: SignedReport | null; readonly issuedAt: number },
): Paper {
  const { study, signed } = about;
  const paper = createPaper({
    title,
    subject: 'Gait analysis',
    language: /^en\b/i.test(clinic.locale) ? clinic.locale : 'en-GB',
    issuedAt: about.issuedAt,
    head: headOf(clinic, signed !== null),
  });
  drawText(paper, 'H1', title, STYLE.title);
  const { givenName, familyName, birthDate } = study.patient;
  const day = longDay(dateAt(study.takenAt, clinic.timeZone), clinic.locale);
  drawText(
    paper,
    'P',
    `${givenName} ${familyName}, born ${birthDateText(birthDate, clinic.locale)}`,
    STYLE.strong,
  );
  drawText(paper, 'P', `Session of ${day}. ${signatureOf(clinic, signed)}`, STYLE.small);
  paper.y += 10;
  return paper;
}

function headOf({ name, phone, demo }: Clinic, isSigned: boolean): Letterhead {
  const stamps = [
    ...(demo ? ['Simulated: paper of a demo clinic, about nobody'] : []),
    ...(isSigned ? [] : ['Draft, not signed']),
  ];
  return {
    ...{ name, phone },
    legalName: name,
    address: '',
    taxNumber: '',
    bankDetails: '',
    email: null,
    stamp: stamps.join('. ') || null,
  };
}

function signatureOf(clinic: Clinic, signed: SignedReport | null): string {
  if (!signed) return 'Not signed yet.';
  const day = longDay(dateAt(signed.signedAt, clinic.timeZone), clinic.locale);
  return `Version ${signed.version}, signed by ${signed.signedName} on ${day}.`;
}

/**
 * Three findings with what each means; `lastTime` is the day of the session that the version was signed beside, and
 * `beside` draws what belongs under a finding.
 */
export function drawPlainWords(
  paper: Paper,
  { plain }: SignedReport,
  lastTime: string | null,
  beside: (index: number) => void = () => undefined,
): void {
  drawSection(paper, 'In plain words', 60);
  for (const [index, { finding, meaning }] of plain.findings.entries()) {
    paper.ensure(40);
    drawText(paper, 'P', `${index + 1}. ${finding}`, STYLE.strong);
    if (meaning) drawText(paper, 'P', meaning, STYLE.text);
    beside(index);
    paper.y += 3;
  }
  if (plain.change) {
    paper.ensure(40);
    drawText(paper, 'P', lastTime ? `Since ${lastTime}` : 'Since last time', STYLE.strong);
    drawText(paper, 'P', plain.change, STYLE.text);
    paper.y += 3;
  }
  if (plain.next) drawText(paper, 'P', `Next: ${plain.next}`, STYLE.strong);
}
