import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, utimes } from 'node:fs/promises';
import { encodePng } from '@rectus/sonography';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClinicContext, inClinic } from '../../../platform/database/in-clinic.ts';
import { TEST_NOW, type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import { type FileStore, filesOf, sweepFiles } from '../../../platform/files/index.ts';
import { readClip, readClips } from '../core/clip-facts.ts';
import type { Exam } from '../core/exam.ts';
import { clipOf } from '../core/open-clip.ts';
import { readStoredFrames } from '../core/stored-clip.ts';
import { arrive, dicomBytes, newExam, orderedBytes, smallClip } from '../testing.ts';
import type { TakenIn } from './arrival.ts';

let world: TestWorld;
let files: FileStore;
let context: ClinicContext;
let exam: Exam;
const clinicId = () => context.clinicId;

beforeAll(async () => {
  world = await testWorld();
  files = filesOf(world.platform.config);
  context = world.actingAs(world.one, { kind: 'system', id: 'door' });
  exam = await newExam(context, { now: TEST_NOW });
});
afterAll(() => world.close());

const send = (bytes: Uint8Array, from: Parameters<typeof arrive>[3] = {}) =>
  arrive(context, files, bytes, from);
const clip = (taken: TakenIn) =>
  inClinic(context, (clinic) => readClip(clinic, taken.kind === 'refused' ? randomUUID() : taken.instanceId));
const refusals = () =>
  inClinic(context, ({ tx }) =>
    tx.selectFrom('imaging_refusal').selectAll().orderBy('at').orderBy('id').execute(),
  );
const count = (table: 'imaging_instance' | 'stored_file' | 'imaging_refusal') =>
  inClinic(context, async ({ tx }) => {
    const { n } = await tx
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<string>().as('n'))
      .executeTakeFirstOrThrow();
    return Number(n);
  });

describe('a clip that arrives', () => {
  it('made from the worklist belongs to its examination, and its frames are served from the index', async () => {
    const taken = await send(await orderedBytes(exam));
    expect(taken).toMatchObject({ kind: 'stored', matched: true, studyUid: exam.studyUid, warning: null });
    const facts = await clip(taken);
    expect(facts).toMatchObject({
      examId: exam.id,
      matchedBy: 'worklist',
      frames: 8,
      format: 'dicom',
      says: { accession: exam.accession, patientId: exam.patient.id },
    });
    if (!facts) return;
    const [frame] = await readStoredFrames(files, clinicId(), facts, [5]);
    const drawn = await (await smallClip()).frame(5);
    expect(Buffer.compare(frame ?? Buffer.alloc(0), drawn.luma)).toBe(0);
    const opened = await clipOf(files, clinicId(), facts);
    expect((await opened.frame(5)).luma).toEqual(drawn.luma);
    expect(opened.regions[0]?.scale?.lateral).toBeGreaterThan(0);
  });

  it('with the examination’s number and the patient’s id belongs there, and with the number alone waits', async () => {
    const both = await dicomBytes({ accession: exam.accession, patientId: exam.patient.id });
    expect(await send(both)).toMatchObject({ kind: 'stored', matched: true });
    const alone = await send(await dicomBytes({ accession: exam.accession, patientId: 'M-77' }));
    expect(alone).toMatchObject({ kind: 'stored', matched: false });
    expect((await clip(alone))?.waitingReason).toContain(exam.accession);
  });

  it('is never filed by a name alone', async () => {
    const taken = await send(
      await dicomBytes({ patientName: 'Prado^Rita', patientId: '', birthDate: '19900514' }),
    );
    expect(taken).toMatchObject({ kind: 'stored', matched: false });
    expect(await clip(taken)).toMatchObject({
      examId: null,
      waitingReason: expect.stringContaining('worklist'),
    });
  });

  it('for a record that was merged away since finds the one that is left', async () => {
    const merged = await newExam(context, { now: TEST_NOW, name: 'Rita Pradoo' });
    await inClinic(context, async ({ tx }) => {
      await tx
        .updateTable('patient')
        .set({ merged_into: exam.patient.id })
        .where('id', '=', merged.patient.id)
        .execute();
      await tx
        .updateTable('study')
        .set({ patient_id: exam.patient.id })
        .where('id', '=', merged.id)
        .execute();
    });
    expect(await send(await orderedBytes(merged))).toMatchObject({ kind: 'stored', matched: true });
  });

  it('twice with the same bytes is there once', async () => {
    const bytes = await orderedBytes(exam);
    const first = await send(bytes);
    const before = await count('imaging_instance');
    const second = await send(bytes, { source: 'stow' });
    expect(second).toMatchObject({ kind: 'again', matched: true });
    expect(second).toMatchObject({ instanceId: first.kind === 'stored' ? first.instanceId : '' });
    expect(await count('imaging_instance')).toBe(before);
  });

  it('by another door, with another file head, is the same clip; with other content it is not', async () => {
    const bytes = await orderedBytes(exam);
    const first = await send(bytes);
    const before = [await count('imaging_instance'), await count('imaging_refusal')];
    const again = await send(withOtherHead(bytes), { source: 'stow' });
    expect(again).toMatchObject({ kind: 'again', matched: true, sopUid: first.sopUid });
    expect([await count('imaging_instance'), await count('imaging_refusal')]).toEqual(before);
    const uploaded = await send(withOtherHead(bytes), {
      source: 'upload',
      examId: exam.id,
      by: randomUUID(),
    });
    expect(uploaded).toMatchObject({
      kind: 'again',
      instanceId: first.kind === 'stored' ? first.instanceId : '',
    });
    const changed = withOtherHead(bytes);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(await send(changed)).toMatchObject({ kind: 'refused', code: 'other-bytes' });
  });

  it('by several doors at the same moment is there once', async () => {
    const bytes = await orderedBytes(exam);
    const before = await count('imaging_instance');
    const all = await Promise.all(Array.from({ length: 5 }, () => send(bytes)));
    expect(all.map(({ kind }) => kind).sort()).toEqual(['again', 'again', 'again', 'again', 'stored']);
    expect(await count('imaging_instance')).toBe(before + 1);
  });
});

/** The file as another program writes it: another preamble, and an element more in its meta information. */
function withOtherHead(bytes: Uint8Array): Uint8Array {
  const file = Buffer.from(bytes);
  const end = 144 + file.readUInt32LE(140);
  // (0002,0016) Source Application Entity Title, AE, 4 bytes.
  const title = Buffer.from([0x02, 0, 0x16, 0, 0x41, 0x45, 4, 0, 0x4c, 0x4f, 0x47, 0x31]);
  const whole = Buffer.concat([file.subarray(0, end), title, file.subarray(end)]);
  whole.write('another door', 0, 'latin1');
  whole.writeUInt32LE(end - 144 + title.length, 140);
  return new Uint8Array(whole);
}

describe('what is refused, kept and said', () => {
  it('is the same instance with other bytes: the first one stays', async () => {
    const [study, instance] = [randomUUID(), randomUUID()];
    const first = await send(await dicomBytes({ study, instance }));
    const other = await send(await dicomBytes({ study, instance, description: 'changed' }));
    expect(other).toMatchObject({ kind: 'refused', code: 'other-bytes' });
    expect(await clip(first)).toMatchObject({ frames: 8 });
    const refusal = (await refusals()).at(-1);
    expect(refusal).toMatchObject({ code: 'other-bytes', sop_uid: first.sopUid, source: 'c-store' });
    const kept = await inClinic(context, ({ tx }) =>
      tx
        .selectFrom('stored_file')
        .selectAll()
        .where('id', '=', refusal?.file_id ?? '')
        .executeTakeFirst(),
    );
    expect(kept).toMatchObject({ status: 'refused', refused_reason: expect.stringContaining('first one') });
    expect(existsSync(files.pathOf({ clinicId: clinicId(), sha256: kept?.sha256 ?? '' }))).toBe(true);
  });

  it('is a clip of another patient under an examination’s Study UID', async () => {
    const byId = await send(await orderedBytes(exam, { patientId: randomUUID() }));
    expect(byId).toMatchObject({
      kind: 'refused',
      code: 'other-patient',
      reason: expect.stringContaining(exam.accession),
    });
    const byName = await send(await orderedBytes(exam, { patientId: '', patientName: 'Duarte^Ana' }));
    expect(byName).toMatchObject({ kind: 'refused', code: 'other-patient' });
  });

  it('is a clip of another patient under the Study UID of clips that wait', async () => {
    const study = randomUUID();
    await send(await dicomBytes({ study, patientName: 'Prado^Rita', patientId: 'A1' }));
    const other = await send(await dicomBytes({ study, patientName: 'Prado^Rita', patientId: 'A2' }));
    expect(other).toMatchObject({ kind: 'refused', code: 'other-patient' });
    const same = await send(await dicomBytes({ study, patientName: 'PRADO^RITA^', patientId: 'A1' }));
    expect(same).toMatchObject({ kind: 'stored' });
  });

  it('is what is no DICOM file, a video, nothing at all, or a file without identifiers', async () => {
    expect(await send(Buffer.from('Dear clinic'.repeat(50)))).toMatchObject({ code: 'not-dicom' });
    const mp4 = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), randomBytes(300)]);
    expect(await send(mp4)).toMatchObject({ code: 'video', reason: expect.stringContaining('DICOM') });
    expect(await send(Buffer.alloc(0))).toMatchObject({ code: 'empty' });
    const nameless = await send(await dicomBytes({ studyUid: 'none' }));
    expect(nameless).toMatchObject({ code: 'missing-uids', studyUid: null });
    expect(nameless.sopUid).not.toBeNull();
    expect(nameless).toMatchObject({ reason: expect.stringContaining('Study Instance UID') });
  });

  it('is a stream that was cut in the middle', async () => {
    const whole = await orderedBytes(exam);
    const cut = await send(whole.slice(0, whole.length - 1000));
    expect(cut).toMatchObject({ kind: 'refused', code: 'cut-off', reason: expect.stringContaining('7 of') });
    expect(await send(whole)).toMatchObject({ kind: 'stored' });
  });

  it('is listed once however often a machine sends it again', async () => {
    const bytes = await orderedBytes(exam, { patientId: 'somebody else' });
    await send(bytes);
    const before = [await count('imaging_refusal'), await count('stored_file')];
    await send(bytes);
    expect([await count('imaging_refusal'), await count('stored_file')]).toEqual(before);
  });

  it('leaves no draft behind', async () => {
    const drafts = await files.listDrafts();
    expect(drafts).toEqual([]);
  });
});

describe('a file that a person puts onto an examination', () => {
  const onto = (examId: string) => ({ source: 'upload' as const, examId, by: randomUUID() });

  it('is confirmed by that person, and says where the file names somebody else', async () => {
    const bytes = await dicomBytes({ patientName: 'Duarte^Ana', patientId: 'X1', birthDate: '19720101' });
    const taken = await send(bytes, onto(exam.id));
    expect(taken).toMatchObject({
      kind: 'stored',
      matched: true,
      warning: expect.stringContaining('Ana Duarte'),
    });
    expect((await clip(taken))?.warnings).toContainEqual(
      expect.objectContaining({ code: 'says-another-person' }),
    );
  });

  it('takes a clip that waited out of the waiting list', async () => {
    const bytes = await dicomBytes();
    await send(bytes);
    const taken = await send(bytes, onto(exam.id));
    expect(taken).toMatchObject({ kind: 'again', matched: true });
    expect(await clip(taken)).toMatchObject({ examId: exam.id, waitingReason: null });
  });

  it('cannot take a clip of another examination', async () => {
    const other = await newExam(context, { now: TEST_NOW, name: 'Ana Duarte' });
    const bytes = await orderedBytes(exam);
    expect(await send(bytes, onto(other.id))).toMatchObject({ kind: 'refused', code: 'other-exam' });
    await send(bytes);
    expect(await send(bytes, onto(other.id))).toMatchObject({ kind: 'refused', code: 'other-exam' });
  });

  it('may be a picture, which has identifiers of ours and no scale', async () => {
    const png = encodePng(await (await smallClip()).frame(0));
    const taken = await send(png, onto(exam.id));
    expect(taken).toMatchObject({ kind: 'stored', studyUid: exam.studyUid });
    expect(await clip(taken)).toMatchObject({
      format: 'still',
      frames: 1,
      width: 240,
      regions: [{ scale: null }],
    });
    expect(await send(png, onto(exam.id))).toMatchObject({ kind: 'again' });
    expect(await send(png)).toMatchObject({ kind: 'refused', code: 'not-dicom' });
  });
});

describe('should the machine stop in the middle', () => {
  it('a file without its row is swept away, and every row has its file', async () => {
    const bytes = await orderedBytes(exam);
    const draft = randomUUID();
    await files.append(draft, 0, [bytes] as never, bytes.length);
    const sha256 = await files.hashOf(draft);
    // Here it stops: the file has its name, and no row was written.
    await files.keep(draft, { clinicId: clinicId(), sha256 });
    const path = files.pathOf({ clinicId: clinicId(), sha256 });
    const aged = new Date(Date.now() - 2 * 3_600_000);
    await utimes(path, aged, aged);
    await sweepFiles(context, files, Date.now());
    expect(existsSync(path)).toBe(false);
    const clips = await inClinic(context, (clinic) => readClips(clinic, exam.id));
    for (const one of clips)
      expect(existsSync(files.pathOf({ clinicId: clinicId(), sha256: one.sha256 }))).toBe(true);
    expect(await send(bytes)).toMatchObject({ kind: 'stored' });
    expect((await readdir(world.platform.config.dataDir ?? '')).length).toBeGreaterThan(0);
  });
});
