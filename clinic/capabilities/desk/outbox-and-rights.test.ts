import { describe, expect, it } from 'vitest';
import { inClinic } from '../../platform/database/in-clinic.ts';
import { readAppointment } from '../booking/index.ts';
import { ask, get, id, post, useDesk, visit, world } from './desk-testing.ts';

useDesk();

describe('the outbox', () => {
  it('shows a mail as text, but not a confidential one, and sends a failed one again', async () => {
    await visit(10);
    const secret = await inClinic(world.one.context, async ({ tx, clinicId }) =>
      tx
        .insertInto('mail')
        .values({
          clinic_id: clinicId,
          kind: 'sign_in_link',
          to_name: 'Ines',
          to_email: 'ines@example.org',
          subject: 'Sign in',
          body_text: 'the secret link',
          body_html: '<p>the secret link</p>',
          confidential: true,
          status: 'failed',
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    const list = (await get('/desk/outbox')).body;
    const [, mail = ''] = /href="\/desk\/outbox\/([0-9a-f-]{36})"[^>]*>Appointment at/.exec(list) ?? [];
    expect((await get(`/desk/outbox/${mail}`)).body).toContain('Nora');
    const hidden = await get(`/desk/outbox/${secret.id}`);
    expect([hidden.statusCode, hidden.body.includes('the secret link')]).toEqual([200, false]);
    await post(`/desk/outbox/${secret.id}/resend`, {});
    expect((await post(`/desk/outbox/${secret.id}/resend`, {})).statusCode).toBe(404);
  });
});

describe('who may do what', () => {
  it('another clinic’s visits, people, requests and mails do not exist here', async () => {
    const foreign = await visit(10, 'ines', 'Almeida', world.other);
    const patient =
      (await readAppointment(world.other.context, world.other.clinic, foreign))?.patient.id ?? '';
    for (const url of [
      `/desk/appointments/${foreign}`,
      `/desk/people/${patient}`,
      `/desk/new?patientId=${patient}`,
    ]) {
      expect((await get(url)).statusCode).toBe(404);
    }
    for (const action of ['move', 'cancel', 'status']) {
      expect(
        (await post(`/desk/appointments/${foreign}/${action}`, { reason: 'x', status: 'done' })).statusCode,
      ).toBe(404);
    }
    const block = { site: 'harbour', label: 'x', date: '2026-03-02', from: '10:00', to: '11:00' };
    expect((await post('/desk/blocks', { ...block, resources: id('ines', world.other) })).statusCode).toBe(
      422,
    );
    expect((await get('/desk?date=2026-03-02')).body).not.toContain('Almeida');
  });

  it.each(['/desk/appointments/nonsense', '/desk/people/%27', '/desk/outbox/1', '/desk/blocks/x'])(
    '%s is not found, not an error',
    async (url) => {
      expect((await get(url)).statusCode).toBe(404);
    },
  );

  it('a clinician answers no requests and merges no records; nobody acts without signing in', async () => {
    const request = await ask();
    const clinician = { 'x-role': 'clinician' };
    expect((await post(`/desk/requests/${request}/decline`, {}, clinician)).statusCode).toBe(403);
    const two = [crypto.randomUUID(), crypto.randomUUID()];
    expect((await post(`/desk/people/${two[0]}/merge/${two[1]}`, {}, clinician)).statusCode).toBe(403);
    expect((await post('/desk/new', {}, { 'x-role': '' })).statusCode).toBe(401);
  });
});
