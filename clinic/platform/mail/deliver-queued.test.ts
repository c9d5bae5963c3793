import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ClinicContext, inClinic } from '../database/in-clinic.ts';
import { openDatabase } from '../database/pool.ts';
import { type TestWorld, testWorld } from '../database/testing.ts';
import { deliverQueued } from './deliver-queued.ts';
import { MailError } from './mail-error.ts';
import type { MailMessage, MailTransport } from './transport.ts';

let world: TestWorld;
let worker: ClinicContext;

beforeAll(async () => {
  world = await testWorld();
  worker = {
    db: openDatabase(world.worker),
    clinicId: world.one.clinic.id,
    actor: { kind: 'system', id: 'mail' },
  };
});
beforeEach(() => inClinic(world.one.context, ({ tx }) => tx.deleteFrom('mail').execute()));
afterAll(() => world.close());

async function queue(subject: string, sendAt = new Date(Date.now() - 1000)): Promise<void> {
  await inClinic(world.one.context, ({ tx, clinicId }) =>
    tx
      .insertInto('mail')
      .values({
        clinic_id: clinicId,
        kind: 'test',
        to_name: 'Ana',
        to_email: 'ana@example.org',
        subject,
        body_text: '-',
        body_html: '-',
        send_at: sendAt,
      })
      .execute(),
  );
}

const mails = () =>
  inClinic(world.one.context, ({ tx }) =>
    tx
      .selectFrom('mail')
      .select(['subject', 'status', 'attempts', 'last_error'])
      .orderBy('subject')
      .execute(),
  );

const transport = (deliver: (message: MailMessage) => void): MailTransport => ({
  async deliver(message) {
    deliver(message);
    return { delivered: true };
  },
});

describe('queued mail', () => {
  it('leaves once when it is due, and not before', async () => {
    await queue('now');
    await queue('tomorrow', new Date(Date.now() + 86_400_000));
    const sent: string[] = [];
    const post = transport((message) => sent.push(message.subject));
    await Promise.all([deliverQueued(worker, post), deliverQueued(worker, post)]);
    expect(sent).toEqual(['now']);
    expect(await mails()).toMatchObject([{ status: 'sent' }, { subject: 'tomorrow', status: 'queued' }]);
  });

  it('that a server will never take is marked, and does not hold up the next', async () => {
    await queue('bad');
    await queue('good');
    await deliverQueued(
      worker,
      transport((message) => {
        if (message.subject === 'bad')
          throw new MailError('refused', 'The mail server refused this mail.', { retryable: false });
      }),
    );
    expect(await mails()).toMatchObject([
      { subject: 'bad', status: 'failed', last_error: 'The mail server refused this mail.' },
      { subject: 'good', status: 'sent' },
    ]);
  });

  it('that could not be handed over waits for the next turn', async () => {
    await queue('later');
    await deliverQueued(
      worker,
      transport(() => {
        throw new MailError('unreachable', 'The mail server did not answer.', { retryable: true });
      }),
    );
    expect(await mails()).toMatchObject([{ status: 'queued', attempts: 1 }]);
    expect(
      await deliverQueued(
        worker,
        transport(() => {}),
      ),
    ).toBe(0);
  });
});
