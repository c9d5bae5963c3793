import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClinicTransaction, inClinic } from '../../../platform/database/in-clinic.ts';
import { type GaitWorld, gaitWorld, standingFile, walkingFile } from '../testing/gait-world.ts';
import { createShareLink, openShareLink, readShareLinks, revokeShareLink } from './share-links.ts';
import { signReport } from './sign-report.ts';
import { type ReportText, readSignedReports, readStudy } from './study.ts';

const HOUR_MS = 3_600_000;
let lab: GaitWorld;
const files = [standingFile(), walkingFile(5)];
const text: ReportText = {
  findings: 'The left knee bends less in swing.',
  plain: {
    findings: [{ finding: 'Your left knee stays straighter.', meaning: 'You lift the hip to make room.' }],
    change: 'This is your first measurement.',
    next: 'We meet on Thursday.',
  },
};
beforeAll(async () => {
  lab = await gaitWorld();
});
afterAll(() => lab.close());

const inLab = <T>(work: (clinic: ClinicTransaction) => Promise<T>): Promise<T> =>
  inClinic(lab.world.actingAs(lab.world.one, { kind: 'staff', id: 'ines', role: 'clinician' }), work);

async function processed(studyId?: string): Promise<{ readonly id: string; readonly resultId: string }> {
  const id = studyId ?? (await lab.open());
  await lab.sendForm(`/desk/gait/${id}/files`, files);
  await lab.work();
  const study = await inLab((clinic) => readStudy(clinic, id));
  return { id, resultId: study?.resultId ?? '' };
}

const sign = (study: { readonly id: string; readonly resultId: string }, findings = text.findings) =>
  inLab((clinic) =>
    signReport(
      clinic,
      { platform: lab.world.platform, clinic: lab.world.one.clinic },
      {
        studyId: study.id,
        resultId: study.resultId,
        text: { ...text, findings },
        signer: { id: 'ines', name: 'Inês Duarte' },
      },
    ),
  );
const mails = () =>
  inLab(({ tx }) =>
    tx
      .selectFrom('mail')
      .select(['to_email', 'to_name', 'subject', 'body_text'])
      .where('kind', '=', 'report_ready')
      .orderBy('created_at')
      .execute(),
  );

/** A package that somebody else paid for this person. */
async function buy(patientId: string): Promise<string> {
  return inLab(async ({ tx, clinicId }) => {
    const { rows } = await sql<{ id: string }>`
      with o as (
        insert into sales_order (clinic_id, source, patient_id, payer_name, payer_email, currency, total_minor,
          due_now_minor, idempotency_key)
        values (${clinicId}, 'desk', ${patientId}, 'Rosa Almeida', 'rosa@example.org', 'EUR', 29000, 29000, ${patientId})
        returning id
      ), l as (
        insert into order_line (clinic_id, order_id, position, service_id, description, quantity, unit_minor, amount_minor)
        select ${clinicId}, o.id, 0, ${lab.world.one.ids['first-visit']}::uuid, 'Gait lab session', 1, 29000, 29000 from o
        returning id, order_id
      )
      insert into entitlement (clinic_id, order_id, order_line_id, patient_id, service_id, quantity)
      select ${clinicId}, l.order_id, l.id, ${patientId}, ${lab.world.one.ids['first-visit']}::uuid, 1 from l
      returning id`.execute(tx);
    return rows[0]?.id ?? '';
  });
}

describe('signing a report', () => {
  it('makes a version, makes its measurements final, and tells the patient without saying what is in it', async () => {
    const study = await processed();
    await sign(study);
    const after = await inLab((clinic) => readStudy(clinic, study.id));
    expect(after?.status).toBe('signed');
    const [report] = await inLab((clinic) => readSignedReports(clinic, study.id));
    expect(report).toMatchObject({
      version: 1,
      resultId: study.resultId,
      signedName: 'Inês Duarte',
      ...text,
    });
    const states = await inLab(({ tx }) =>
      tx.selectFrom('measurement').select('status').distinct().where('study_id', '=', study.id).execute(),
    );
    expect(states).toEqual([{ status: 'final' }]);
    const mail = (await mails()).at(-1);
    expect(mail?.to_email).toBe('nora@example.org');
    expect(mail?.body_text).toContain(`/my/reports/${study.id}`);
    expect(mail?.body_text).not.toContain('knee');
  });

  it('again is a correction: the next version, while the first stays as it was', async () => {
    const study = await processed();
    await sign(study);
    await sign(study, 'It is the right knee.');
    const reports = await inLab((clinic) => readSignedReports(clinic, study.id));
    expect(reports.map(({ version, findings }) => [version, findings])).toEqual([
      [2, 'It is the right knee.'],
      [1, text.findings],
    ]);
    expect((await mails()).at(-1)?.subject).toContain('corrected');
    const change = inLab(({ tx }) =>
      sql`update study_report set findings = 'Nothing' where study_id = ${study.id}`.execute(tx),
    );
    await expect(change).rejects.toMatchObject({ code: '42501' });
  });

  it('tells whoever bought the analysis that it is ready, once, and leads nobody but the patient to it', async () => {
    const patientId = await lab.addPatient();
    const entitlementId = await buy(patientId);
    const opened = await lab.post('/desk/gait', { entitlementId });
    const study = await processed(String(opened.headers.location).split('/').at(-1));
    const before = (await mails()).length;
    await sign(study);
    await sign(study, 'It is the right knee.');
    const sent = (await mails()).slice(before);
    expect(sent.map(({ to_email }) => to_email).sort()).toEqual([
      'nora@example.org',
      'nora@example.org',
      'rosa@example.org',
    ]);
    const toBuyer = sent.find(({ to_name }) => to_name === 'Rosa Almeida');
    expect(toBuyer?.body_text).toContain('The report on the 3D gait analysis that you paid for is ready.');
    expect(toBuyer?.body_text).toContain('We have written to them');
    expect(toBuyer?.body_text).toMatch(/\/my$/m);
    expect(toBuyer?.body_text).not.toContain(study.id);
    expect(toBuyer?.body_text).not.toContain('Nora');
    const toPatient = sent.filter(({ to_email }) => to_email === 'nora@example.org');
    for (const { body_text } of toPatient) expect(body_text).toContain(`/my/reports/${study.id}`);
  });

  it('tells a buyer whose patient has no address that they can ask', async () => {
    const patientId = await lab.addPatient();
    await inLab(({ tx }) =>
      tx.updateTable('patient').set({ email: null }).where('id', '=', patientId).execute(),
    );
    const opened = await lab.post('/desk/gait', { entitlementId: await buy(patientId) });
    const before = (await mails()).length;
    await sign(await processed(String(opened.headers.location).split('/').at(-1)));
    const [only, ...more] = (await mails()).slice(before);
    expect(more).toEqual([]);
    expect(only?.to_email).toBe('rosa@example.org');
    expect(only?.body_text).toContain('We know no address of theirs: they can ask us for it.');
  });

  it('is refused on a result that was overtaken', async () => {
    const study = await processed();
    await lab.post(`/desk/gait/${study.id}`, { massKg: '80', footFlat: 'yes' });
    await expect(sign(study)).rejects.toThrow('processed anew');
    await lab.work();
    await expect(sign(study)).rejects.toThrow('processed anew');
  });

  it('stays as it was when the session is processed anew afterwards', async () => {
    const study = await processed();
    await sign(study);
    await lab.post(`/desk/gait/${study.id}`, { massKg: '80', footFlat: 'yes' });
    await lab.work();
    const [report] = await inLab((clinic) => readSignedReports(clinic, study.id));
    const after = await inLab((clinic) => readStudy(clinic, study.id));
    expect([report?.resultId, after?.status]).toEqual([study.resultId, 'ready']);
    expect(after?.resultId).not.toBe(study.resultId);
    const unchanged = inLab(({ tx }) =>
      sql`update study_result set report = '{}' where id = ${study.resultId}`.execute(tx),
    );
    await expect(unchanged).rejects.toMatchObject({ code: '42501' });
  });
});

describe('a link to a report', () => {
  it('opens until its day, not after, and not once it was taken back', async () => {
    const now = Date.now();
    const id = await lab.open();
    const make = (days: number) => inLab((clinic) => createShareLink(clinic, id, { days, now, by: 'ines' }));
    const open = (secret: string, at: number) => inLab((clinic) => openShareLink(clinic, secret, at));
    const secret = await make(7);
    expect(await open(secret, now + HOUR_MS)).toBe(id);
    expect(await open(secret, now + 7 * 24 * HOUR_MS)).toBeNull();
    expect(await open(`${secret}x`, now)).toBeNull();
    const [link] = await inLab((clinic) => readShareLinks(clinic, id));
    expect(link).toMatchObject({ opened: 1, revoked: false });
    await inLab((clinic) => revokeShareLink(clinic, id, link?.id ?? '', now));
    expect(await open(secret, now + HOUR_MS)).toBeNull();
    await expect(make(0)).rejects.toThrow(RangeError);
    await expect(make(91)).rejects.toThrow(RangeError);
  });

  it('is kept as a hash alone, and opens nothing in another clinic', async () => {
    const id = await lab.open();
    const secret = await inLab((clinic) =>
      createShareLink(clinic, id, { days: 1, now: Date.now(), by: 'ines' }),
    );
    const { rows } = await inLab(({ tx }) => sql`select * from share_link`.execute(tx));
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(
      await inClinic(lab.world.other.context, (clinic) => openShareLink(clinic, secret, Date.now())),
    ).toBeNull();
  });
});
