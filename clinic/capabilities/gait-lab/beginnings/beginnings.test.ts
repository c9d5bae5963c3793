import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import type { StaffRole } from '../../../platform/database/schema.ts';
import { TEST_NOW } from '../../../platform/database/testing.ts';
import { deskRoutes } from '../../desk/index.ts';
import { paymentRoutes } from '../../payments/index.ts';
import { mergePeople, recordsRoutes } from '../../records/index.ts';
import { createShareLink, openShareLink } from '../core/share-links.ts';
import { readStudy } from '../core/study.ts';
import { type GaitWorld, gaitWorld } from '../testing/gait-world.ts';
import { addPurchase, addVisit, makeFirstVisitsOfTheLab } from '../testing/lab-visits.ts';
import { gaitOfDay, gaitOfOrder, gaitOfPerson, gaitOfVisit } from './parts.tsx';

let lab: GaitWorld;
beforeAll(async () => {
  lab = await gaitWorld(
    (app, platform) => deskRoutes(app, platform, { ofVisit: [gaitOfVisit], ofDay: [gaitOfDay] }),
    (app, platform) => recordsRoutes(app, platform, [gaitOfPerson]),
    (app, platform) => paymentRoutes(app, platform, [gaitOfOrder]),
  );
  await makeFirstVisitsOfTheLab(lab.world.one);
});
afterAll(() => lab.close());

const begin = (fields: Record<string, string>, role?: StaffRole) => lab.post('/desk/gait', fields, role);
const idIn = (answer: { readonly headers: Record<string, unknown> }) =>
  String(answer.headers.location).split('/').at(-1) ?? '';
const study = (id: string) => inClinic(lab.world.one.context, (clinic) => readStudy(clinic, id));
const page = async (url: string, role: StaffRole = 'clinician') => (await lab.get(url, role)).body;
const countStudies = (patientId: string) =>
  inClinic(lab.world.one.context, async ({ tx }) => {
    const rows = await tx.selectFrom('study').select('id').where('patient_id', '=', patientId).execute();
    return rows.length;
  });

describe('a gait session', () => {
  it('begins on the page of a visit to the lab, once however often it is pressed, and is opened there afterwards', async () => {
    const patientId = await lab.addPatient();
    const appointmentId = await addVisit(lab.world.one, patientId);
    expect(await page(`/desk/appointments/${appointmentId}`)).toContain('Begin the gait session');
    const answers = await Promise.all(Array.from({ length: 4 }, () => begin({ appointmentId, patientId })));
    expect(new Set(answers.map(idIn)).size).toBe(1);
    const after = await page(`/desk/appointments/${appointmentId}`);
    expect(after).toContain('Open the gait session');
    expect(after).toContain('waits for files');
  });

  it('begins beside the day, where the visit stands', async () => {
    const patientId = await lab.addPatient();
    const appointmentId = await addVisit(lab.world.one, patientId, { start: TEST_NOW + 3_600_000 });
    const day = await page('/desk?date=2026-03-02&site=harbour');
    expect(day).toContain(`value="${appointmentId}"`);
    await begin({ appointmentId, patientId });
    expect(await page('/desk?date=2026-03-02&site=harbour')).not.toContain(`value="${appointmentId}"`);
    expect(await page('/desk?date=2026-03-03&site=harbour')).not.toContain('class="gait-day"');
  });

  it('is never mistaken for another examination of the same visit', async () => {
    const patientId = await lab.addPatient();
    const appointmentId = await addVisit(lab.world.one, patientId);
    const ultrasound = await inClinic(lab.world.one.context, ({ tx, clinicId }) =>
      tx
        .insertInto('study')
        .values({
          clinic_id: clinicId,
          kind: 'ultrasound',
          patient_id: patientId,
          appointment_id: appointmentId,
          taken_at: new Date(TEST_NOW),
          ...{ entitlement_id: null, worked_at: null, failure: null, result_id: null, created_by: null },
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    expect(await study(ultrasound.id)).toBeNull();
    expect((await lab.get(`/desk/gait/${ultrasound.id}`, 'clinician')).statusCode).toBe(404);
    expect(await page(`/desk/appointments/${appointmentId}`)).toContain('Begin the gait session');
    expect(idIn(await begin({ appointmentId, patientId }))).not.toBe(ultrasound.id);
  });

  it('begins on the page of its person, which lists every session with where it stands', async () => {
    const patientId = await lab.addPatient();
    expect(await page(`/desk/people/${patientId}`)).toMatch(/Gait sessions[\s\S]*None yet\./);
    const id = idIn(await begin({ patientId }));
    expect(await page(`/desk/people/${patientId}`)).toContain(`/desk/gait/${id}`);
  });

  it('begins with what was bought, on the order and on the person, until that is used up', async () => {
    const patientId = await lab.addPatient();
    const { entitlementId, orderId } = await addPurchase(lab.world.one, patientId);
    for (const url of [`/desk/people/${patientId}`, `/desk/orders/${orderId}`])
      expect(await page(url)).toContain(`value="${entitlementId}"`);
    const [one, again] = await Promise.all([begin({ entitlementId }), begin({ entitlementId })]);
    expect(idIn(one)).toBe(idIn(again));
    expect((await study(idIn(one)))?.entitlementId).toBe(entitlementId);
    const order = await page(`/desk/orders/${orderId}`);
    expect(order).not.toContain(`value="${entitlementId}"`);
    expect(order).toContain(`/desk/gait/${idIn(one)}`);
  });

  it('is offered for nothing that is not of the lab, and never to the front desk', async () => {
    const patientId = await lab.addPatient();
    const other = await addVisit(lab.world.one, patientId, { service: 'follow-up' });
    expect(await page(`/desk/appointments/${other}`)).not.toContain('gait session');
    const visit = await addVisit(lab.world.one, patientId);
    for (const url of [`/desk/appointments/${visit}`, `/desk/people/${patientId}`, '/desk?date=2026-03-02'])
      expect(await page(url, 'front_desk')).not.toContain('/desk/gait/');
    expect((await begin({ appointmentId: visit }, 'front_desk')).statusCode).toBe(403);
  });

  it('does not begin with a visit that was cancelled or missed, or with what was refunded', async () => {
    const patientId = await lab.addPatient();
    for (const [status, words] of [
      ['cancelled', 'not in the diary'],
      ['no_show', 'Nobody came to this visit'],
    ] as const) {
      const appointmentId = await addVisit(lab.world.one, patientId, { status });
      expect(await page(`/desk/appointments/${appointmentId}`)).not.toContain('Begin the gait session');
      const refused = await begin({ appointmentId });
      expect([refused.statusCode, refused.body.includes(words)]).toEqual([409, true]);
    }
    const { entitlementId } = await addPurchase(lab.world.one, patientId);
    await inClinic(lab.world.one.context, ({ tx }) =>
      tx
        .updateTable('entitlement')
        .set({ revoked_at: new Date(TEST_NOW) })
        .where('id', '=', entitlementId)
        .execute(),
    );
    expect((await begin({ entitlementId })).statusCode).toBe(409);
    expect(await countStudies(patientId)).toBe(0);
  });

  it('does not begin with the visit or the purchase of somebody else', async () => {
    const [nora, rosa] = [await lab.addPatient(), await lab.addPatient()];
    const appointmentId = await addVisit(lab.world.one, nora);
    const { entitlementId } = await addPurchase(lab.world.one, nora);
    for (const from of [{ appointmentId }, { entitlementId }]) {
      const refused = await begin({ ...from, patientId: rosa });
      expect(refused.statusCode).toBe(409);
      expect(refused.body).toContain('of another person');
    }
    expect([await countStudies(nora), await countStudies(rosa)]).toEqual([0, 0]);
  });

  it('does not begin with a visit, a purchase or a person of another clinic, nor with an id that is none', async () => {
    const foreign = await lab.addPatient(lab.world.other);
    await makeFirstVisitsOfTheLab(lab.world.other);
    const appointmentId = await addVisit(lab.world.other, foreign);
    const { entitlementId } = await addPurchase(lab.world.other, foreign);
    for (const from of [{ appointmentId }, { entitlementId }, { patientId: foreign }])
      expect((await begin(from)).statusCode).toBe(409);
    const patientId = await lab.addPatient();
    expect((await begin({ appointmentId: 'x', patientId })).statusCode).toBe(404);
  });

  it('stays when its visit is cancelled afterwards, and says so', async () => {
    const patientId = await lab.addPatient();
    const appointmentId = await addVisit(lab.world.one, patientId);
    const id = idIn(await begin({ appointmentId }));
    await inClinic(lab.world.one.context, ({ tx }) =>
      tx.updateTable('appointment').set({ status: 'cancelled' }).where('id', '=', appointmentId).execute(),
    );
    expect(await page(`/desk/gait/${id}`)).toContain('did not take place');
    expect(await page(`/desk/appointments/${appointmentId}`)).toContain('Open the gait session');
  });
});

describe('when two records of a person are merged', () => {
  it('sessions, purchases and links go along, and the old record leads to the new one', async () => {
    const [into, from] = [await lab.addPatient(), await lab.addPatient()];
    const appointmentId = await addVisit(lab.world.one, from);
    const { entitlementId } = await addPurchase(lab.world.one, from);
    const id = idIn(await begin({ appointmentId, patientId: from }));
    const shared = await inClinic(
      lab.world.actingAs(lab.world.one, { kind: 'staff', id: 'ines', role: 'clinician' }),
      (clinic) => createShareLink(clinic, id, { days: 7, now: TEST_NOW, by: 'ines' }),
    );
    expect(await mergePeople(lab.world.one.context, into, from)).toEqual({ ok: true, appointments: 1 });
    expect((await study(id))?.patient.id).toBe(into);
    expect(await page(`/desk/people/${into}`)).toContain(`/desk/gait/${id}`);
    expect(await page(`/desk/people/${into}`)).toContain(`value="${entitlementId}"`);
    expect((await lab.get(`/desk/people/${from}`)).headers.location).toBe(`/desk/people/${into}`);
    const opened = await inClinic(lab.world.one.context, (clinic) => openShareLink(clinic, shared, TEST_NOW));
    expect(opened).toBe(id);
    // A form that was open before the merge still names the old record.
    expect(idIn(await begin({ appointmentId, patientId: from }))).toBe(id);
    const bought = idIn(await begin({ entitlementId, patientId: from }));
    const alone = idIn(await begin({ patientId: from }));
    for (const one of [bought, alone]) expect((await study(one))?.patient.id).toBe(into);
  });

  it('a session that begins at the same time is never left behind with the old record', async () => {
    for (let round = 0; round < 5; round++) {
      const [into, from] = [await lab.addPatient(), await lab.addPatient()];
      const appointmentId = await addVisit(lab.world.one, from);
      await Promise.all([
        begin({ appointmentId }),
        begin({ patientId: from }),
        mergePeople(lab.world.one.context, into, from),
      ]);
      expect([await countStudies(from), await countStudies(into)]).toEqual([0, 2]);
    }
  });
});
