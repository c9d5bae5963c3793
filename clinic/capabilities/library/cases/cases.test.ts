import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import { TEST_NOW } from '../../../platform/database/testing.ts';
import { readCase, readCaseClips, readVersions } from './case-records.ts';
import { answerConsent, askConsent } from './consents.ts';
import { beginCase, beginVersion, saveWords } from './make-case.ts';
import { findPublicCase } from './public-cases.ts';
import { LARGEST_CASE } from './render-clip.ts';
import { CHECKS, publishCase, reviewCase, sendToReview } from './review-case.ts';
import { type CaseWorld, caseWorld, REVIEWER, WORDS, WRITER } from './testing.ts';
import { withdrawConsent } from './withdraw-case.ts';

let clinic: CaseWorld;
beforeAll(async () => {
  clinic = await caseWorld();
});
afterAll(() => clinic.close());

const house = () => clinic.world.one.clinic;
const approval = { decision: 'approved' as const, checks: CHECKS.map(({ id }) => id), note: '' };
const pathOf = (sha256: string) => clinic.files.pathOf({ clinicId: house().id, sha256 });
const withdraw = (consentId: string) =>
  withdrawConsent(clinic.world.one.context, clinic.files, { consentId, how: 'portal', now: TEST_NOW });
const actions = () =>
  clinic
    .as(({ tx }) => tx.selectFrom('audit_event').select('action').execute())
    .then((rows) => rows.map((row) => row.action));

describe('consent', () => {
  it('is asked about signed examinations alone, and once', async () => {
    const open = await clinic.exam();
    await expect(clinic.as((tx) => askConsent(tx, open.id, TEST_NOW))).rejects.toThrow(
      'Only a signed examination',
    );
    const { exam } = await clinic.signed();
    await clinic.as((tx) => askConsent(tx, exam.id, TEST_NOW));
    await expect(clinic.as((tx) => askConsent(tx, exam.id, TEST_NOW))).rejects.toThrow('asked already');
  });

  it('must be given before a case is begun', async () => {
    const { exam } = await clinic.signed();
    const begin = () => clinic.as((tx) => beginCase(tx, { examId: exam.id, simulated: true }, TEST_NOW));
    await expect(begin()).rejects.toThrow('Without the patient’s consent');
    const id = await clinic.as((tx) => askConsent(tx, exam.id, TEST_NOW));
    await expect(begin()).rejects.toThrow('Without the patient’s consent');
    await clinic.as((tx) => answerConsent(tx, id, { says: 'no', how: 'paper', now: TEST_NOW }));
    await expect(begin()).rejects.toThrow('Without the patient’s consent');
  });

  it('that was withdrawn in between keeps an approved case from being published', async () => {
    const { exam, instanceId } = await clinic.signed();
    const consentId = await clinic.allow(exam);
    const caseId = await clinic.written(exam, instanceId);
    await clinic.sent(caseId);
    await clinic.approved(caseId);
    await withdraw(consentId);
    await expect(clinic.published(caseId)).rejects.toThrow('consent does not stand');
  });

  it('and its withdrawal at the same moment as publishing leave nothing public', async () => {
    const { exam, instanceId } = await clinic.signed();
    const consentId = await clinic.allow(exam);
    const caseId = await clinic.written(exam, instanceId);
    await clinic.sent(caseId);
    await clinic.approved(caseId);
    await Promise.allSettled([clinic.published(caseId), withdraw(consentId)]);
    expect(await clinic.as((tx) => readCase(tx, caseId))).toMatchObject({ status: 'withdrawn' });
  });
});

describe('the second person', () => {
  it('is never somebody who wrote in the case', async () => {
    const { exam, instanceId } = await clinic.signed();
    await clinic.allow(exam);
    const caseId = await clinic.written(exam, instanceId);
    await clinic.by('olga', (tx) => saveWords(tx, caseId, { ...WORDS, numbers: [] }));
    await clinic.sent(caseId);
    for (const writer of [WRITER, 'olga'])
      await expect(
        clinic.by(writer, (tx) => reviewCase(tx, house(), caseId, approval, TEST_NOW)),
      ).rejects.toThrow('Somebody else must look at it');
    const raw = clinic.as(({ tx }) =>
      tx
        .updateTable('case_version')
        .set({ reviewed_by: WRITER, reviewed_at: new Date() })
        .where('case_id', '=', caseId)
        .execute(),
    );
    await expect(raw).rejects.toThrow('check constraint');
  });

  it('confirms every line, or says what should change', async () => {
    const { exam, instanceId } = await clinic.signed();
    await clinic.allow(exam);
    const caseId = await clinic.written(exam, instanceId);
    await clinic.sent(caseId);
    const review = (given: typeof approval | { decision: 'sent-back'; checks: string[]; note: string }) =>
      clinic.by(REVIEWER, (tx) => reviewCase(tx, house(), caseId, given, TEST_NOW));
    await expect(review({ ...approval, checks: ['pixels'] })).rejects.toThrow('every line');
    await expect(review({ decision: 'sent-back', checks: [], note: '' })).rejects.toThrow(
      'what should change',
    );
    await review({ decision: 'sent-back', checks: [], note: 'Say which leg it is not.' });
    await expect(clinic.published(caseId)).rejects.toThrow('Only what a second person approved');
  });
});

describe('a case', () => {
  it('is not sent with a name, a date or another’s numbers in it', async () => {
    const { exam, instanceId } = await clinic.signed();
    await clinic.allow(exam);
    const caseId = await clinic.written(exam, instanceId);
    const save = (words: Partial<typeof WORDS>, numbers: readonly never[] = []) =>
      clinic.by(WRITER, (tx) => saveWords(tx, caseId, { ...WORDS, ...words, numbers }));
    await save({ text: `${WORDS.text} Rita felt it on 3 May 2025.` });
    await expect(clinic.sent(caseId)).rejects.toThrow('“Rita” could be the patient’s name.');
    await save({ text: `${WORDS.text} It began on 3 May 2025.`, letStand: ['3 May 2025'] });
    const numbers = [
      {
        code: 'us.gap.rest',
        bodySite: 'Rectus femoris',
        side: 'right',
        label: 'Gap at rest',
        value: 2,
        unit: 'mm',
        standardError: 9,
        minimalDetectableChange: null,
        citation: null,
      },
    ] as const;
    await clinic.by(WRITER, (tx) => saveWords(tx, caseId, { ...WORDS, numbers }));
    await expect(clinic.sent(caseId)).rejects.toThrow('“Gap at rest” is not what the signed report says');
    await save({ text: `${WORDS.text} It began on 3 May 2025.`, letStand: ['3 May 2025'] });
    await clinic.sent(caseId);
  });

  it('shows pictures small enough for a telephone, with nothing of the file that they came from', async () => {
    const { slug, caseId, sha256, exam } = await clinic.wholeCase();
    const bytes = await clinic.files.read({ clinicId: house().id, sha256 });
    expect(bytes.length).toBeLessThan(LARGEST_CASE);
    for (const told of ['Prado', 'DICM', 'Exif', 'JFIF\0\x01\x02Rita', exam.patient.id, exam.studyUid])
      expect(bytes.includes(told), told).toBe(false);
    const [clip] = await clinic.as((tx) => readCaseClips(tx, caseId, 1));
    const picture = await clinic.get(`/cases/${slug}/${clip?.id}/0.jpg`, null);
    expect(picture.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'private, no-cache',
    });
    expect(picture.rawPayload.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    const all = await clinic.get(`/cases/${slug}/${clip?.id}/all`, null);
    expect(all.rawPayload.equals(bytes)).toBe(true);
  });

  it('is read without a script: rest and contraction side by side, in words, with numbers and their errors', async () => {
    const { slug } = await clinic.wholeCase();
    const { body } = await clinic.get(`/cases/${slug}`, null);
    expect(slug).toMatch(/^torn-and-nobody-saw/);
    for (const words of [
      'Simulated',
      WORDS.summary,
      '24.0\u00a0±\u00a00.5\u00a0mm',
      'Grey fibres run',
      'Contraction',
    ])
      expect(body).toContain(words);
    expect(body).not.toContain('Prado');
    expect((await clinic.get('/cases', null)).body).toContain(`href="/cases/${slug}"`);
    const other = await clinic.get(`/cases/${slug}`, null, 'other.test');
    expect(other.statusCode).toBe(404);
  });

  it('never changes once it was sent: a change is a new version with a review of its own', async () => {
    const { caseId, slug } = await clinic.wholeCase();
    const change = clinic.as(({ tx }) =>
      tx.updateTable('case_version').set({ content: {} }).where('case_id', '=', caseId).execute(),
    );
    await expect(change).rejects.toThrow('can no longer change');
    await expect(clinic.by(WRITER, (tx) => saveWords(tx, caseId, { ...WORDS, numbers: [] }))).rejects.toThrow(
      'Begin a new version',
    );
    await clinic.by(WRITER, (tx) => beginVersion(tx, caseId, TEST_NOW));
    await clinic.by(WRITER, (tx) => saveWords(tx, caseId, { ...WORDS, title: 'Another title', numbers: [] }));
    expect((await clinic.get(`/cases/${slug}`, null)).body).toContain('Torn, and nobody saw');
    await expect(clinic.published(caseId)).rejects.toThrow('Only what a second person approved');
    await clinic.sent(caseId);
    await clinic.approved(caseId);
    expect(await clinic.published(caseId)).toBe(slug);
    expect((await clinic.get(`/cases/${slug}`, null)).body).toContain('Another title');
    expect(await clinic.as((tx) => readVersions(tx, caseId))).toHaveLength(2);
  });
});

describe('a withdrawal', () => {
  it('takes the case off the site and its pixels off the disk at once, and keeps that there was one', async () => {
    const { caseId, slug, sha256, consentId, exam } = await clinic.wholeCase();
    const [clip] = await clinic.as((tx) => readCaseClips(tx, caseId, 1));
    await clinic.by(WRITER, (tx) => beginVersion(tx, caseId, TEST_NOW));
    expect(existsSync(pathOf(sha256))).toBe(true);
    await withdraw(consentId);
    expect(existsSync(pathOf(sha256))).toBe(false);
    for (const path of ['', `/${clip?.id}/0.jpg`, `/${clip?.id}/all`]) {
      const gone = await clinic.get(`/cases/${slug}${path}`, null);
      expect(gone.statusCode).toBe(410);
      expect(gone.body).toContain('no longer shown');
    }
    expect((await clinic.get('/cases', null)).body).not.toContain(slug);
    expect((await clinic.get(`/desk/cases/${caseId}/pictures/${clip?.id}/0.jpg`)).statusCode).toBe(404);
    const left = await clinic.as(({ tx }) =>
      tx.selectFrom('case_clip').select('file_id').where('case_id', '=', caseId).execute(),
    );
    expect(left.map(({ file_id }) => file_id)).toEqual([null, null]);
    const desk = await clinic.get(`/desk/cases/exams/${exam.id}`);
    expect(desk.body).toContain('Back-ups may hold them until Sun 31 May 2026');
    expect(await actions()).toEqual(expect.arrayContaining(['consent.withdrawn', 'case.withdrawn']));
    const versions = await clinic.as((tx) => readVersions(tx, caseId));
    expect(versions.map(({ content }) => content.title)).toEqual([WORDS.title, WORDS.title]);
  });

  it('leaves the pictures of another case alone that happen to be the same bytes', async () => {
    const [one, same] = [await clinic.wholeCase([[9, 9, 99, 99]]), await clinic.wholeCase([[9, 9, 99, 99]])];
    expect(one.sha256).toBe(same.sha256);
    await withdraw(one.consentId);
    expect((await clinic.get(`/cases/${same.slug}`, null)).statusCode).toBe(200);
    expect(existsSync(pathOf(same.sha256))).toBe(true);
    await withdraw(same.consentId);
    expect(existsSync(pathOf(same.sha256))).toBe(false);
  });

  it('of another clinic’s consent is none', async () => {
    const { consentId, slug } = await clinic.wholeCase();
    const elsewhere = withdrawConsent(clinic.world.other.context, clinic.files, {
      ...{ consentId, how: 'desk', now: TEST_NOW },
    });
    await expect(elsewhere).rejects.toThrow('no such consent');
    const found = await inClinic(clinic.world.other.context, (tx) => findPublicCase(tx, slug));
    expect(found.kind).toBe('none');
    expect((await clinic.get(`/cases/${slug}`, null)).statusCode).toBe(200);
  });
});

describe('the desk', () => {
  it('makes a case from the first question to the site by its forms', async () => {
    const { exam, instanceId } = await clinic.signed();
    const at = `/desk/cases/exams/${exam.id}`;
    expect((await clinic.get('/desk/cases')).body).toContain(at);
    expect((await clinic.post(`${at}/ask`, {})).statusCode).toBe(303);
    expect((await clinic.post(`${at}/case`, {})).statusCode).toBe(422);
    expect((await clinic.post(`${at}/paper`, { says: 'yes' })).statusCode).toBe(303);
    const begun = await clinic.post(`${at}/case`, {});
    const page = String(begun.headers.location);
    const blank = await clinic.get(page);
    expect(blank.body).toContain('The case needs a title.');
    const clip = {
      instance: instanceId,
      first: '1',
      last: '6',
      rest: '1',
      contraction: '5',
      blacked: '0, 0, 20, 20',
    };
    expect((await clinic.post(`${page}/clips/0`, { ...clip, last: '99' })).body).toContain('between 1 and 8');
    expect((await clinic.post(`${page}/clips/0`, clip)).statusCode).toBe(303);
    const { title, summary, text } = WORDS;
    const words = {
      title,
      summary,
      text,
      'caption-0': WORDS.clips[0]?.caption ?? '',
      'description-0': WORDS.clips[0]?.description ?? '',
    };
    const saved = await clinic.post(`${page}/words`, {
      ...words,
      numbers: 'us.gap.contraction|Rectus femoris|right',
    });
    expect(saved.statusCode).toBe(303);
    expect((await clinic.get(page)).body).not.toContain('Still in the way');
    expect((await clinic.post(`${page}/send`, {})).statusCode).toBe(303);
    expect((await clinic.get(page)).body).toContain('Waits for a second person');
    const all = { checks: CHECKS.map(({ id }) => id).join('\n'), decision: 'approved' };
    expect((await clinic.post(`${page}/review`, all)).statusCode).toBe(422);
    expect((await clinic.post(`${page}/review`, all, 'clinician', 'jonas')).statusCode).toBe(303);
    expect((await clinic.post(`${page}/publish`, {})).statusCode).toBe(303);
    expect((await clinic.get(page)).body).toContain('The public page');
    expect((await clinic.get('/desk/cases', 'front_desk')).statusCode).toBe(403);
  });
});

it('a press that cannot be done says why and loses nothing', async () => {
  const { caseId } = await clinic.wholeCase();
  const refused = await clinic.post(`/desk/cases/${caseId}/send`, {});
  expect(refused.statusCode).toBe(422);
  expect(refused.body).toContain('Begin a new version to change it');
  await expect(clinic.by(WRITER, (tx) => sendToReview(tx, house(), caseId, TEST_NOW))).rejects.toThrow();
  await expect(clinic.by(WRITER, (tx) => publishCase(tx, house(), caseId, TEST_NOW))).rejects.toThrow();
});
