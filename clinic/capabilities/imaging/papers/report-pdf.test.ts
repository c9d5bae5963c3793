import { beforeAll, describe, expect, it } from 'vitest';
import { readPdf } from '../../../platform/papers/testing-read-pdf.ts';
import { errorWords, unitWords } from '../report/numbers.ts';
import { referralLetter } from './referral-letter.ts';
import { type IllustratedReport, stateOf } from './report-facts.ts';
import { reportPdf } from './report-pdf.ts';
import { illustratedSample } from './testing.ts';

let report: IllustratedReport;
beforeAll(async () => {
  report = await illustratedSample();
});

/** What a page reads as, however its lines were broken. */
const flat = (pages: readonly string[]) => pages.join('\n').replace(/\s+/g, ' ');
const picturesIn = (pdf: Buffer) => pdf.toString('latin1').match(/\/Subtype \/Image/g)?.length ?? 0;

describe('an ultrasound report on paper', () => {
  it('says whose it is, which version, who signed it, and what was concluded, on two pages', async () => {
    const { pages, info, elements } = await readPdf(await reportPdf(report));
    const text = flat(pages);
    expect(pages).toHaveLength(2);
    expect(info.Title).toBe('Ultrasound report');
    for (const words of [
      'Tomás Faria, born 19 July 1996',
      'Examination US1001',
      'Version 1, signed by Inês Duarte on Monday 2 March 2026, 10:00.',
      'Complete tear: rectus femoris, right',
      'Complete tear of the right rectus femoris that only contraction shows.',
      'Dr Helena Matos was told by telephone on Monday 2 March 2026, 9:00.',
      'Reason: The other leg was operated on',
      'Radiol Med 2006;111:836',
      'Simulated: paper of a demo clinic, about nobody',
      'Page 2 of 2',
    ])
      expect(text).toContain(words);
    expect(elements).toMatchObject({ H1: 1, Figure: 3, Table: 2 });
  });

  it('has every number with its error, and the detectable change with its source', async () => {
    const text = flat((await readPdf(await reportPdf(report))).pages).replaceAll('\u00a0', ' ');
    for (const { label, value, standardError, unit } of report.content.measurements) {
      const [number, error] = [unitWords(value, unit), errorWords(standardError ?? 0, unit)];
      expect(text).toContain(`${label}`);
      expect(text).toContain(`${number} ${error}`.replaceAll('\u00a0', ' '));
    }
    expect(text).toContain('1.1 mm');
    expect(text).toContain('Costa et al. 2009');
  });

  it('shows rest beside contraction with the measured number above each, and the course of the gap', async () => {
    const pdf = await reportPdf(report);
    expect(picturesIn(pdf)).toBe(2);
    const text = flat((await readPdf(pdf)).pages);
    expect(text).toContain('REST · frame 0, 0.00 s');
    expect(text).toContain('CONTRACTION · frame 4, 0.13 s');
    expect(text).toContain('Gap over the clip, mm');
    expect(text).toContain('“It hurts now”');
    const [rest, contraction] = report.content.keyFrames;
    expect([rest, contraction].map((frame) => frame && stateOf(report, frame))).toEqual([
      'rest',
      'contraction',
    ]);
  });

  it('shows the criteria beside what was measured, and that the clinician gave the grade', async () => {
    const text = flat((await readPdf(await reportPdf(report))).pages).replaceAll('\u00a0', ' ');
    expect(text).toContain('Grade, given by the clinician: Peetrons 3');
    expect(text).toContain('Given: 3 complete');
    expect(text).toContain('Retraction 17.0 mm ± 0.8 mm');
  });

  it('that lost a picture says so and keeps its numbers', async () => {
    const pictures = report.pictures.map((one) => ({ ...one, bytes: null, scale: null }));
    const pdf = await reportPdf({ ...report, pictures });
    expect(picturesIn(pdf)).toBe(0);
    const text = flat((await readPdf(pdf)).pages);
    expect(text).toContain('could not be read from the disk any more');
    expect(text).toContain('Retraction');
  });

  it('without measures, grade or key frames is a short report', async () => {
    const content = {
      ...report.content,
      ...{ measurements: [], keyFrames: [], moments: [], exceptions: [], referral: null },
      grading: { ...report.content.grading, system: null, grade: '', words: '' },
    };
    const { pages } = await readPdf(await reportPdf({ ...report, content, pictures: [], analyses: [] }));
    expect(flat(pages)).toContain('Nothing was measured.');
    expect(pages).toHaveLength(1);
  });

  it('of the same version is the same file', async () => {
    expect(Buffer.compare(await reportPdf(report), await reportPdf(report))).toBe(0);
  });
});

describe('the letter of an urgent referral', () => {
  it('tells on one page to whom, what was found with numbers and pictures, who was told, and how to answer', async () => {
    const { referral } = report.content;
    if (!referral) throw new Error('no referral');
    const pdf = await referralLetter(report, referral, { patientPhone: '+44 7700 900742' });
    const { pages } = await readPdf(pdf);
    expect(pages).toHaveLength(1);
    expect(picturesIn(pdf)).toBe(2);
    const text = flat(pages).replaceAll('\u00a0', ' ');
    for (const words of [
      'Urgent referral: same day',
      'Orthopaedic emergency, Hospital de Santa Luzia',
      'Tomás Faria, born 19 July 1996',
      'Dr Helena Matos, by telephone, Monday 2 March 2026, 9:00',
      'Gap in contraction 18.3 mm ± 0.6 mm',
      'Complete tear with retraction, four weeks old.',
      'Monday 2 March 2026, 18:00',
      'call +351 210 000 000',
      'Patient’s telephone',
      '+44 7700 900742',
      '(Lisbon time)',
    ])
      expect(text).toContain(words);
  });
});
