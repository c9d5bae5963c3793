import type { DocumentContent } from '../../../platform/database/schema-of-payments.ts';
import type { IssuedPaper } from './receipt-pdf.ts';
import type { Statement, StatementLine } from './statement.ts';

/** A simulated clinic with every detail that a paper can carry. */
export const CLINIC: DocumentContent['clinic'] = {
  name: 'Rectus Harbour',
  legalName: 'Rectus Harbour Clinics, Lda.',
  address: 'Rua do Cais 14, 2.º\n1200-109 Lisbon',
  taxNumber: 'PT 509 123 456',
  bankDetails: 'Banco do Cais\nIBAN PT50 0002 0123 1234 5678 9015 4\nBIC CAISPTPL',
  email: 'desk@harbour.example',
  phone: '+351 21 000 00 00',
  note: 'Physiotherapy is exempt from VAT (article 9 of the Portuguese VAT code).',
  refundTerms: 'What you have not used is refunded on request within 12 months.',
  locale: 'en-GB',
  timeZone: 'Europe/Lisbon',
  demo: false,
};

export const CONTENT: DocumentContent = {
  clinic: CLINIC,
  payer: {
    name: 'Łukasz Żółć',
    address: 'ulica Świętokrzyska 31/33 m. 7\n00-049 Warszawa\nPoland',
    email: 'lukasz@example.org',
  },
  patientName: 'Ελένη Παπαδοπούλου',
  orderNumber: '1042',
  currency: 'EUR',
  lines: [
    {
      description: 'Gait lab session, 75 min',
      quantity: 1,
      unitMinor: 21000,
      amountMinor: 21000,
      taxName: 'VAT, exempt medical service',
      taxBp: 0,
      taxMinor: 0,
      procedureCode: '96001',
      diagnosisCode: 'M76.8',
    },
    {
      description: 'Report visit, 30 min',
      quantity: 1,
      unitMinor: 8000,
      amountMinor: 8000,
      taxName: 'VAT, exempt medical service',
      taxBp: 0,
      taxMinor: 0,
      procedureCode: null,
      diagnosisCode: null,
    },
    {
      description: 'Elastic band, medium',
      quantity: 2,
      unitMinor: 1230,
      amountMinor: 2460,
      taxName: 'VAT',
      taxBp: 2300,
      taxMinor: 460,
      procedureCode: null,
      diagnosisCode: null,
    },
  ],
  totalMinor: 31460,
  amountMinor: 31460,
  paidMinor: 31460,
  refundedMinor: 0,
  method: 'card_terminal',
  reference: 'TID 40021 / 118820',
  reason: null,
  creditOf: null,
  credited: null,
};

/** 22 November 2026, 11:04 in Lisbon. */
export const ISSUED_AT = Date.UTC(2026, 10, 22, 11, 4);

export const RECEIPT: IssuedPaper = {
  kind: 'receipt',
  number: 'R-2026-00418',
  issuedAt: ISSUED_AT,
  content: CONTENT,
};

export const CREDIT_NOTE: IssuedPaper = {
  kind: 'credit_note',
  number: 'C-2026-00003',
  issuedAt: ISSUED_AT,
  content: {
    ...CONTENT,
    amountMinor: 9230,
    refundedMinor: 9230,
    reason: 'The report visit was not needed, and one band was returned',
    creditOf: 'R-2026-00418',
    credited: [
      { amountMinor: 0, taxMinor: 0 },
      { amountMinor: 8000, taxMinor: 0 },
      { amountMinor: 1230, taxMinor: 230 },
    ],
  },
};

/** A statement with so many visits, every tenth of them with tax. */
export function statementWith(visits: number): Statement {
  const lines = Array.from({ length: visits }, (_, index): StatementLine => {
    const taxed = index % 10 === 9;
    return {
      date: new Date(Date.UTC(2026, 0, 5 + index * 3)).toISOString().slice(0, 10),
      orderNumber: `${1042 + index}`,
      description: taxed ? `Kinesiology tape, roll ${index + 1}` : `Physiotherapy visit ${index + 1}`,
      procedureCode: index % 4 === 0 ? '97110' : null,
      diagnosisCode: index % 4 === 0 ? 'M54.50' : null,
      quantity: 1,
      unitMinor: taxed ? 1230 : 6000,
      amountMinor: taxed ? 1230 : 6000,
      taxName: taxed ? 'VAT' : 'VAT, exempt medical service',
      taxBp: taxed ? 2300 : 0,
      taxMinor: taxed ? 230 : 0,
    };
  });
  return {
    clinic: CLINIC,
    about: { kind: 'period', from: '2026-01-01', to: '2026-12-31' },
    payer: CONTENT.payer,
    patientName: 'José Ångström',
    issuedAt: ISSUED_AT,
    currency: 'EUR',
    lines,
    payments: [
      {
        date: '2026-01-05',
        method: 'cash',
        reference: null,
        amountMinor: 6000,
        receiptNumber: 'R-2026-00001',
      },
      {
        date: '2026-01-08',
        method: 'card_terminal',
        reference: 'TID 40021',
        amountMinor: 6000,
        receiptNumber: 'R-2026-00002',
      },
    ],
    refunds: [
      {
        date: '2026-01-09',
        method: 'card_terminal',
        reason: 'The clinician was ill',
        amountMinor: 2500,
        creditNoteNumber: 'C-2026-00001',
      },
    ],
    takenBackMinor: 2500,
  };
}
