import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inClinic } from '../../platform/database/in-clinic.ts';
import { TEST_NOW } from '../../platform/database/testing.ts';
import { askConsent } from '../library/index.ts';
import { type PortalWorld, portalWorld, signInPatient } from './testing/portal-world.ts';

let world: PortalWorld;
beforeAll(async () => {
  world = await portalWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.rowsOf(world.one, 'delete from consent');
  await world.rowsOf(world.one, "update study set status = 'draft', result_id = null");
  await world.rowsOf(world.one, 'delete from study');
  await world.clear();
});

/** A person whom the clinic asked about a signed examination. */
async function asked(name: string): Promise<string> {
  const patient = await world.addPatient(world.one, name);
  return inClinic(world.one.context, async (clinic) => {
    const { id } = await clinic.tx
      .insertInto('study')
      .values({
        ...{ clinic_id: clinic.clinicId, kind: 'ultrasound', patient_id: patient, status: 'draft' },
        ...{ appointment_id: null, entitlement_id: null, taken_at: new Date(TEST_NOW) },
        ...{ worked_at: null, failure: null, result_id: null, created_by: null },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const result = await clinic.tx
      .insertInto('study_result')
      .values({
        ...{ clinic_id: clinic.clinicId, study_id: id, run: 1, method: 'test', method_version: '1' },
        ...{ made_from: {}, report: {}, motion: null },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await clinic.tx
      .updateTable('study')
      .set({ status: 'signed', result_id: result.id })
      .where('id', '=', id)
      .execute();
    return askConsent(clinic, id, TEST_NOW);
  });
}
const answers = () =>
  world.rowsOf(
    world.one,
    'select given_how, declined_at is not null as declined, withdrawn_how from consent',
  );

describe('whether pictures may be shown', () => {
  it('is asked with all its words and nothing ticked, and no is as near as yes', async () => {
    await asked('Ana');
    const browser = await signInPatient(world, world.one, 'ana@example.org');
    const { body } = await browser.get('/my');
    for (const words of ['May we show your moving pictures', 'take it back at any time', 'up to 90 days'])
      expect(body).toContain(words);
    expect(body).not.toContain('checked');
    expect(body.indexOf('Yes, you may show them')).toBeLessThan(body.indexOf('>No<'));
  });

  it('is given and taken back on the same page, and both are kept', async () => {
    const id = await asked('Ana');
    const browser = await signInPatient(world, world.one, 'ana@example.org');
    expect((await browser.post(`/my/publications/${id}/give`, {})).statusCode).toBe(303);
    expect((await browser.get('/my')).body).toContain('You said yes');
    expect((await browser.post(`/my/publications/${id}/give`, {})).statusCode).toBe(409);
    expect((await browser.post(`/my/publications/${id}/withdraw`, {})).statusCode).toBe(303);
    const { body } = await browser.get('/my');
    expect(body).toContain('You took it back');
    expect(body).toContain('Back-ups may hold them until');
    expect(await answers()).toEqual([{ given_how: 'portal', declined: false, withdrawn_how: 'portal' }]);
    expect(await world.actionsOf(world.one)).toEqual(
      expect.arrayContaining(['consent.asked', 'consent.given', 'consent.withdrawn']),
    );
  });

  it('is nobody else’s to answer or to take back', async () => {
    const id = await asked('Ana');
    await world.addPatient(world.one, 'Berta');
    await world.addPatient(world.other, 'Ana');
    const berta = await signInPatient(world, world.one, 'berta@example.org');
    const elsewhere = await signInPatient(world, world.other, 'ana@example.org');
    for (const browser of [berta, elsewhere])
      for (const what of ['give', 'decline', 'withdraw']) {
        const { statusCode } = await browser.post(`/my/publications/${id}/${what}`, {});
        expect([404, 409]).toContain(statusCode);
      }
    expect(await answers()).toEqual([{ given_how: null, declined: false, withdrawn_how: null }]);
    expect((await berta.get('/my')).body).not.toContain('Your pictures in public');
  });
});
