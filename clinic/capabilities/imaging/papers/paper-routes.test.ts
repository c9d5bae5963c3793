import { rmSync } from 'node:fs';
import dcmjs from 'dcmjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClinicTransaction } from '../../../platform/database/in-clinic.ts';
import { filesOf } from '../../../platform/files/index.ts';
import { readPdf } from '../../../platform/papers/testing-read-pdf.ts';
import { readClip } from '../core/clip-facts.ts';
import type { Exam } from '../core/exam.ts';
import { readAnalyses } from '../measuring/analysis.ts';
import { chooseFrames } from '../measuring/change-analysis.ts';
import { setScale } from '../measuring/set-scale.ts';
import { unitWords } from '../report/numbers.ts';
import { readVersions } from '../report/read-signed.ts';
import { type ReportWorld, reportWorld, SIGNER } from '../report/testing.ts';
import { paperRoutes } from './paper-routes.ts';
import { reportSopUid } from './structured-report.ts';
import { reportSample } from './testing.ts';

let us: ReportWorld;
let exam: Exam;
let instanceId: string;
beforeAll(async () => {
  dcmjs.log.setLevel('silent');
  us = await reportWorld(paperRoutes);
  ({ exam, instanceId } = await signedExam());
});
afterAll(() => us.close());

const referral = {
  toldName: 'Dr Helena Matos',
  toldHow: 'telephone',
  toldAt: '2026-03-02T07:45',
  urgency: 'same_day',
  referredTo: 'Orthopaedic surgeon on call',
  referralReason: 'The ends part in contraction.',
};
const whole = {
  do: 'sign',
  anatomy: 'Rectus femoris',
  manoeuvre: 'Straight leg raise',
  position: 'Supine',
  finding: 'complete-tear',
  findings: 'The ends part in contraction.',
  conclusion: 'Complete tear that only contraction shows.',
  ...referral,
};

async function sign(of: Exam, more: Record<string, string> = {}): Promise<void> {
  const answer = await us.post(`/desk/imaging/${of.id}/report`, {
    ...(await us.opened(of)),
    ...whole,
    ...more,
  });
  expect(answer.statusCode).toBe(303);
}

/** An examination with one clip of rest and contraction, a followed gap, two key frames, and a first signed version. */
async function signedExam() {
  const of = await us.exam();
  const clip = await us.clip(of, 'both');
  const { analysis } = await reportSample();
  await us.as(async ({ tx, clinicId }) => {
    const { id } = await tx
      .insertInto('imaging_analysis')
      .values({
        clinic_id: clinicId,
        ...{ study_id: of.id, instance_id: clip, tool: 'gap', status: 'ready', made_by: SIGNER.id },
        marks: { frame: 0, points: [{ x: 10, y: 10 }], asked: {} },
        result: analysis.result,
        chosen: { ...analysis.chosen, by: null },
        ...{ method: 'followed marks', method_version: '1.0' },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const keyFrame = (frame: number, caption: string) => ({
      clinic_id: clinicId,
      ...{ study_id: of.id, instance_id: clip, frame, caption, analysis_id: id, made_by: SIGNER.id },
    });
    await tx
      .insertInto('imaging_key_frame')
      .values([keyFrame(4, 'They part'), keyFrame(0, 'They touch')])
      .execute();
  });
  await sign(of);
  return { exam: of, instanceId: clip };
}

async function clipOrFail(clinic: ClinicTransaction, id: string) {
  const clip = await readClip(clinic, id);
  if (!clip) throw new Error('The clip is not there');
  return clip;
}

const file = (version: number, form: 'pdf' | 'dcm', of = exam) =>
  `/desk/imaging/${of.id}/report/${version}.${form}`;
const letter = (of = exam) => `/desk/imaging/${of.id}/referral.pdf`;
const rows = (of = exam) =>
  us.as(({ tx }) =>
    tx
      .selectFrom('measurement')
      .select(['code', 'value', 'unit', 'standard_error'])
      .where('study_id', '=', of.id)
      .where('status', '=', 'final')
      .execute(),
  );
const events = (action: string) =>
  us.as(({ tx }) => tx.selectFrom('audit_event').selectAll().where('action', '=', action).execute());

/** Every number of a document with the identifier of its measurement, its unit and its error, as another library reads them. */
function numbersIn(bytes: Buffer): readonly { code: string; value: number; unit: string; error: number }[] {
  const { dict } = dcmjs.data.DicomMessage.readFile(Uint8Array.from(bytes).buffer);
  type Item = Readonly<Record<string, unknown>> & { readonly ContentSequence?: readonly Item[] };
  const document = dcmjs.data.DicomMetaDictionary.naturalizeDataset(dict) as Item;
  const meaning = (item: Item) =>
    (item.ConceptNameCodeSequence as { CodeMeaning: string }[] | undefined)?.[0]?.CodeMeaning;
  const below = (item: Item): readonly Item[] => [...(item.ContentSequence ?? [])];
  const all = (item: Item): Item[] => [item, ...below(item).flatMap(all)];
  const measured = (item: Item | undefined) => {
    const [one] = (item?.MeasuredValueSequence ?? []) as {
      FloatingPointValue: number;
      MeasurementUnitsCodeSequence: { CodeValue: string }[];
    }[];
    return {
      value: one?.FloatingPointValue ?? Number.NaN,
      unit: one?.MeasurementUnitsCodeSequence[0]?.CodeValue ?? '',
    };
  };
  return all(document)
    .filter((item) => meaning(item) === 'Measurement Group')
    .map((group) => {
      const number = below(group).find(({ ValueType }) => ValueType === 'NUM');
      const identifier = below(group).find((item) => meaning(item) === 'Tracking Identifier');
      const error = below(number ?? group).find((item) => meaning(item) === 'Standard error');
      const [code = ''] = String(identifier?.TextValue).split(' ');
      return { code, ...measured(number), error: measured(error).value };
    });
}

describe('a signed version', () => {
  it('is a PDF with the numbers as they were stored, two pictures, and the name of its version', async () => {
    const answer = await us.get(file(1, 'pdf'));
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(answer.headers['content-disposition']).toContain(
      `Ultrasound report ${exam.accession} version 1.pdf`,
    );
    const text = (await readPdf(answer.rawPayload)).pages.join('\n').replace(/\s+/g, ' ');
    for (const { value, unit } of await rows())
      expect(text).toContain(unitWords(value ?? Number.NaN, unit ?? '').replace('\u00a0', ' '));
    expect(text).toContain('Version 1, signed by Inês Duarte');
    expect(answer.rawPayload.toString('latin1').match(/\/Subtype \/Image/g)).toHaveLength(2);
  });

  it('is a DICOM structured report whose numbers and units are those of the stored measurements', async () => {
    const answer = await us.get(file(1, 'dcm'));
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/dicom']);
    const stored = (await rows()).map(({ code, value, unit, standard_error }) => ({
      ...{ code, value, unit, error: standard_error },
    }));
    const byCode = (a: { code: string }, b: { code: string }) => a.code.localeCompare(b.code);
    expect(stored.length).toBeGreaterThanOrEqual(3);
    expect(numbersIn(answer.rawPayload).toSorted(byCode)).toEqual(stored.toSorted(byCode));
    expect(new Set(stored.map(({ unit }) => unit))).toEqual(new Set(['mm']));
  });

  it('comes with the letter that the patient was sent with', async () => {
    const answer = await us.get(letter());
    expect(answer.statusCode).toBe(200);
    const text = (await readPdf(answer.rawPayload)).pages.join('\n').replace(/\s+/g, ' ');
    expect(text).toContain('Urgent referral: same day');
    expect(text).toContain('Orthopaedic surgeon on call');
    expect(text).toContain('Dr Helena Matos, by telephone, Monday 2 March 2026, 7:45');
    expect(text).not.toContain('corrected since');
  });

  it('that was corrected stays as it was; the correction names it, and the letter says that there is one', async () => {
    const { exam: other } = await signedExam();
    const first = await us.get(file(1, 'pdf', other));
    const unsaid = Object.fromEntries(Object.keys(referral).map((field) => [field, '']));
    const tearReason = 'MRI of the same day shows it whole.';
    await sign(other, { ...unsaid, finding: 'no-tear', tearReason, correctionReason: 'Looked at again.' });
    expect(Buffer.compare(first.rawPayload, (await us.get(file(1, 'pdf', other))).rawPayload)).toBe(0);
    const second = (await us.get(file(2, 'dcm', other))).rawPayload;
    const [, before] = await us.as((clinic) => readVersions(clinic, other.id));
    expect(second.includes(reportSopUid(before?.reportId ?? ''))).toBe(true);
    const text = (await readPdf((await us.get(letter(other))).rawPayload)).pages
      .join(' ')
      .replace(/\s+/g, ' ');
    expect(text).toContain('version 2 says no tear seen. Looked at again.');
  });

  it('draws and says what was signed, whatever is chosen, set and measured anew while a correction is open', async () => {
    const { exam: other, instanceId: clip } = await signedExam();
    const page = `/desk/imaging/${other.id}/report?version=1`;
    const signed = [file(1, 'pdf', other), file(1, 'dcm', other), page];
    const before = await Promise.all(signed.map((url) => us.get(url)));
    const analyses = await us.as((clinic) => readAnalyses(clinic, other.id));
    const [analysis] = analyses;
    if (!analysis?.result) throw new Error('Nothing was measured');
    const { from, places } = analysis.result;
    const elsewhere = { x: 1, y: 1 };
    await us.as(async (clinic) => {
      await chooseFrames(clinic, analysis, { rest: from + 1, contraction: from + 2 });
      await setScale(
        clinic,
        other.id,
        await clipOrFail(clinic, clip),
        { from: elsewhere, to: { x: 101, y: 1 }, mm: 77 },
        0,
      );
      await clinic.tx
        .updateTable('imaging_analysis')
        .set({
          status: 'ready',
          result: { ...analysis.result, places: places.map(({ x }) => ({ x, y: x, error: x })) },
        })
        .where('id', '=', analysis.id)
        .execute();
    });
    const now = await us.as((clinic) => readAnalyses(clinic, other.id));
    expect(now[0]?.chosen).not.toEqual(analysis.chosen);
    const after = await Promise.all(signed.map((url) => us.get(url)));
    for (const [index, { statusCode, rawPayload }] of after.entries()) {
      expect(statusCode).toBe(200);
      expect(Buffer.compare(rawPayload, before[index]?.rawPayload ?? Buffer.alloc(0))).toBe(0);
    }
  });

  it('is given to clinicians and owners of its clinic alone, and each time is on record', async () => {
    const before = (await events('study.report_downloaded')).length;
    for (const url of [file(1, 'pdf'), file(1, 'dcm'), letter()]) {
      expect((await us.get(url, 'front_desk')).statusCode).toBe(403);
      expect((await us.get(url, null)).statusCode).toBe(303);
      expect((await us.get(url, 'owner', 'other.test')).statusCode).toBe(404);
    }
    expect(await events('study.report_downloaded')).toHaveLength(before);
    await us.get(file(1, 'dcm'), 'owner');
    expect((await events('study.report_downloaded')).at(-1)).toMatchObject({
      subject_id: exam.id,
      detail: { version: 1, form: 'dcm' },
    });
    expect((await events('study.referral_letter_downloaded')).length).toBeGreaterThan(0);
  });

  it('that does not exist is a page that leads back to the report', async () => {
    const unsigned = await us.exam();
    for (const url of [file(2, 'pdf'), file(1, 'dcm', unsigned), letter(unsigned)]) {
      const answer = await us.get(url);
      expect(answer.statusCode).toBe(404);
      expect(answer.body).toContain('Go to the report');
    }
    expect((await us.get(`/desk/imaging/${exam.id}/report/0.pdf`)).statusCode).toBe(404);
  });

  it('whose clip is gone from the disk is still a report', async () => {
    const clip = await us.as((clinic) => readClip(clinic, instanceId));
    rmSync(
      filesOf(us.world.platform.config).pathOf({
        clinicId: us.world.one.clinic.id,
        sha256: clip?.sha256 ?? '',
      }),
    );
    const answer = await us.get(file(1, 'pdf'));
    expect(answer.statusCode).toBe(200);
    expect((await readPdf(answer.rawPayload)).pages.join(' ')).toContain('could not be read from the disk');
  });
});
