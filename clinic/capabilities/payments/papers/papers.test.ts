import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPdf } from '../../../platform/papers/testing-read-pdf.ts';
import { formatAmount } from './format.ts';
import { PRACTICE_STAMP } from './parts.ts';
import { type IssuedPaper, receiptPdf } from './receipt-pdf.ts';
import type { Statement } from './statement.ts';
import { statementPdf } from './statement-pdf.ts';
import { taxesByRate } from './taxes.ts';
import { CLINIC, CONTENT, CREDIT_NOTE, RECEIPT, statementWith } from './testing-papers.ts';

const textOf = async (bytes: Promise<Buffer>) => (await readPdf(await bytes)).pages.join('\n');
const withContent = (content: Partial<IssuedPaper['content']>): IssuedPaper => ({
  ...RECEIPT,
  content: { ...CONTENT, ...content },
});

describe('a receipt', () => {
  test('says who paid what to whom, for what, in this order', async () => {
    const text = await textOf(receiptPdf(RECEIPT));
    const expected = [
      'Rectus Harbour',
      'Receipt R-2026-00418',
      'Received from\nŁukasz Żółć\nulica Świętokrzyska 31/33 m. 7\n00-049 Warszawa',
      'Date 22 November 2026',
      'Order 1042',
      'Patient Ελένη Παπαδοπούλου',
      'Paid by Card at the desk',
      'Reference TID 40021 / 118820',
      'Paid with this receipt',
      '€314.60',
      'Gait lab session, 75 min\nProcedure 96001, Diagnosis M76.8\n1 €210.00 0% €210.00',
      'Report visit, 30 min 1 €80.00 0% €80.00',
      'Elastic band, medium 2 €12.30 23% €24.60',
      'Total of the order, tax included €314.60',
      'Nothing left to pay €0.00',
      'VAT 23% €20.00 €4.60 €24.60',
      'VAT, exempt medical service 0% €290.00 €0.00 €290.00',
      'Tax number PT 509 123 456',
      'IBAN PT50 0002 0123 1234 5678 9015 4',
      'Page 1 of 1',
    ];
    let from = 0;
    for (const part of expected) {
      const found = text.indexOf(part, from);
      expect(found, `${part} after ${JSON.stringify(text.slice(from, from + 40))}`).toBeGreaterThanOrEqual(0);
      from = found + part.length;
    }
  });

  test.each([
    ['Łukasz Żółć'],
    ['Ångström'],
    ['José'],
    ['Ελένη Παπαδοπούλου'],
    ['Ђорђе Живковић'],
    ['Nguyễn Thị Ánh'],
    ['Zoë ελ ß Ø'],
    ['Müller 100 ₺'],
  ])('keeps the letters of %s', async (name) => {
    const paper = withContent({ patientName: name, payer: { ...CONTENT.payer, name } });
    const text = await textOf(receiptPdf(paper));
    expect(text).toContain(`Received from\n${name}\n`);
    expect(text).toContain(`Patient ${name}\n`);
  });

  test('writes a name that was typed in pieces with its own letters', async () => {
    const text = await textOf(receiptPdf(withContent({ patientName: 'Ångström\u0007'.normalize('NFD') })));
    expect(text).toContain('Patient Ångström\n');
  });

  test('is the same bytes whenever it is made, and others when anything in it differs', async () => {
    const first = await receiptPdf(RECEIPT);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect((await receiptPdf(RECEIPT)).equals(first)).toBe(true);
    expect((await receiptPdf({ ...RECEIPT, copy: true })).equals(first)).toBe(false);
  });

  test('names itself, its author, its language and its moment, and tells its structure', async () => {
    const { info, language, elements } = await readPdf(await receiptPdf(RECEIPT));
    expect(info).toMatchObject({
      Title: 'Receipt R-2026-00418',
      Author: 'Rectus Harbour Clinics, Lda.',
      CreationDate: 'D:20261122110400Z',
    });
    expect(language).toBe('en-GB');
    // Three tables: lines, sums and taxes, with 1 + 3, 3 and 1 + 2 rows.
    expect(elements).toMatchObject({ H1: 1, H2: 1, Table: 3, TR: 10, TH: 13 });
  });

  test('of a deposit says what is still to pay', async () => {
    const text = await textOf(receiptPdf(withContent({ amountMinor: 5000, paidMinor: 7000 })));
    expect(text).toContain('Paid before €20.00\nPaid with this receipt €50.00\nStill to pay €244.60');
  });

  test('of a practice payment says on every page that no money moved', async () => {
    const lines = Array.from({ length: 60 }, () => CONTENT.lines[0]).flatMap((line) => line ?? []);
    const { pages } = await readPdf(await receiptPdf(withContent({ method: 'practice', lines })));
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(page).toContain(PRACTICE_STAMP);
    expect(await textOf(receiptPdf(RECEIPT))).not.toContain('Simulated');
  });

  test('of a demo clinic says so, whatever it was paid with', async () => {
    const text = await textOf(receiptPdf(withContent({ clinic: { ...CLINIC, demo: true } })));
    expect(text).toContain('Simulated: paper of a demo clinic, no real money moved');
  });

  test('breaks long names and addresses instead of running over the edge', async () => {
    const name = `Centre for ${'Movement and Gait '.repeat(8)}`.trim();
    const long = withContent({
      clinic: { ...CLINIC, name, address: 'Rua do Cais, '.repeat(38).trim(), bankDetails: '7'.repeat(300) },
      payer: { name: 'Wilhelmina '.repeat(18).trim(), address: 'x'.repeat(500), email: null },
    });
    const { pages } = await readPdf(await receiptPdf(long));
    expect(pages.join('').replaceAll(/\s/g, '')).toContain('x'.repeat(500));
    expect(pages.join(' ').replaceAll(/\s+/g, ' ')).toContain(name);
    expect(pages.join('').replaceAll(/\s/g, '')).toContain('7'.repeat(300));
  });

  test('never breaks a figure, however large', async () => {
    const [line] = CONTENT.lines;
    if (!line) throw new Error('no line');
    const large = { ...line, unitMinor: 100000000, amountMinor: 2000000000, quantity: 20 };
    const clinic = { ...CLINIC, locale: 'sv-SE' };
    const paper = withContent({ clinic, currency: 'SEK', lines: [large], totalMinor: 2000000000 });
    const text = await textOf(receiptPdf(paper));
    expect(text.replaceAll('\u00a0', ' ')).toContain('20 1 000 000,00 kr 0 % 20 000 000,00 kr');
  });
});

describe('a credit note', () => {
  test('names its receipt and the reason, and what of the tax goes back', async () => {
    const text = await textOf(receiptPdf(CREDIT_NOTE));
    expect(text).toContain('Credit note C-2026-00003');
    expect(text).toContain('For receipt R-2026-00418');
    expect(text).toContain('Reason The report visit was not needed,\nand one band was returned');
    expect(text).toContain('Elastic band, medium 23% €10.00 €2.30 €12.30');
    expect(text).not.toContain('Gait lab session');
    expect(text).toContain('Given back with this credit note €92.30\nTotal of the order €314.60');
    expect(text).toContain('VAT 23% €10.00 €2.30 €12.30');
  });

  test('of money that was never charged has no lines', async () => {
    const paper = { ...CREDIT_NOTE, content: { ...CREDIT_NOTE.content, credited: null } };
    const text = await textOf(receiptPdf(paper));
    expect(text).toContain('Given back so far, this included €92.30');
    expect(text).not.toContain('Tax included');
  });
});

describe('a statement', () => {
  test('of a hundred lines goes over several pages, each with the head of the table and its number', async () => {
    const { pages, elements } = await readPdf(await statementPdf(statementWith(100)));
    expect(pages.length).toBeGreaterThanOrEqual(4);
    pages.forEach((page, index) => {
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
      expect(page).toContain('Rectus Harbour Clinics, Lda.');
      if (/Physiotherapy visit \d/.test(page)) expect(page).toContain('Date Order Description Quantity Unit');
    });
    const text = pages.join('\n');
    for (let visit = 1; visit <= 100; visit++) {
      const name = visit % 10 === 0 ? `tape, roll ${visit}` : `Physiotherapy visit ${visit}`;
      expect(text.match(new RegExp(`${name}\\b`, 'g')), name).toHaveLength(1);
    }
    expect(elements.H1).toBe(1);
  });

  test('adds up: charged, credited, paid, given back, balance', async () => {
    const text = await textOf(statementPdf(statementWith(3)));
    const lines = [
      'Charged, tax included €180.00',
      'Cancelled or credited −€25.00',
      'Paid −€120.00',
      'Given back €25.00',
      'Balance to pay €60.00',
    ];
    expect(text).toContain(lines.join('\n'));
    expect(text).toContain('8 Jan 2026 Card at the desk\nReference TID 40021\nR-2026-00002 €60.00');
    expect(text).toContain('9 Jan 2026 The clinician was ill\nCard at the desk\nC-2026-00001 €25.00');
  });

  test('shows codes only where the clinic typed them', async () => {
    const text = await textOf(statementPdf(statementWith(4)));
    expect(text.match(/Procedure/g)).toHaveLength(1);
    expect(text).toContain('Physiotherapy visit 1\nProcedure 97110, Diagnosis M54.50');
  });

  test('says when money is due to the patient', async () => {
    const statement: Statement = { ...statementWith(1), takenBackMinor: 6000, refunds: [] };
    expect(await textOf(statementPdf(statement))).toContain('Balance in your favour €120.00');
  });

  test('of one order needs no column for it', async () => {
    const text = await textOf(
      statementPdf({ ...statementWith(1), about: { kind: 'order', orderNumber: '1042' } }),
    );
    expect(text).toContain('Statement of order 1042');
    expect(text).toContain('Date Description Quantity');
  });
});

test('amounts keep their decimals, as many as the currency has', () => {
  const format = (locale: string, currency: string) => ({ locale, currency, timeZone: 'UTC' });
  expect(formatAmount(29000, format('en-GB', 'EUR'))).toBe('€290.00');
  expect(formatAmount(500, format('en-GB', 'JPY'))).toBe('JP¥500');
  expect(formatAmount(1234, format('en-GB', 'KWD'))).toBe('KWD\u00a01.234');
  expect(formatAmount(-0, format('en-GB', 'EUR'))).toBe('€0.00');
  expect(() => formatAmount(0.5, format('en-GB', 'EUR'))).toThrow(RangeError);
});

test('net and tax of all rates add up to the gross of all lines', () => {
  const line = fc.record({
    amountMinor: fc.nat(1_000_000),
    taxBp: fc.constantFrom(0, 600, 2300),
    taxName: fc.constantFrom(null, 'VAT'),
    share: fc.nat(100),
  });
  fc.assert(
    fc.property(fc.array(line), (drawn) => {
      const lines = drawn.map(({ share, ...one }) => ({
        ...one,
        taxMinor: Math.floor((one.amountMinor * share) / 100),
      }));
      const rates = taxesByRate(lines);
      for (const rate of rates) expect(rate.netMinor + rate.taxMinor).toBe(rate.grossMinor);
      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
      expect(sum(rates.map((rate) => rate.grossMinor))).toBe(sum(lines.map((one) => one.amountMinor)));
      expect(sum(rates.map((rate) => rate.taxMinor))).toBe(sum(lines.map((one) => one.taxMinor)));
    }),
  );
});
