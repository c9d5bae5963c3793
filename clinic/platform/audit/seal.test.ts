import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ClinicContext, inClinic } from '../database/in-clinic.ts';
import { openDatabase } from '../database/pool.ts';
import { type TestWorld, testWorld } from '../database/testing.ts';
import { record } from './record.ts';
import { sealAudit } from './seal.ts';
import { verifyAudit } from './verify.ts';

let world: TestWorld;
let worker: ClinicContext;

beforeAll(async () => {
  world = await testWorld();
  worker = {
    db: openDatabase(world.worker),
    clinicId: world.one.clinic.id,
    actor: { kind: 'system', id: 'seal' },
  };
});
afterAll(() => world.close());

const write = (count: number) =>
  inClinic(world.one.context, async (clinic) => {
    for (let n = 0; n < count; n++)
      await record(clinic, { action: 'patient.viewed', subject: { kind: 'patient', id: String(n) } });
  });

/** Transactions of other databases on the same server hold sealing up as well: here, those of other tests. */
const sealed = () => vi.waitUntil(() => sealAudit(worker), { timeout: 15_000, interval: 50 });

describe('the audit log', () => {
  it('is sealed in a chain that holds', async () => {
    await write(3);
    expect(await sealed()).toMatchObject({ number: 1, events: 3 });
    expect(await sealAudit(worker)).toBeNull();
    await write(2);
    expect(await sealed()).toMatchObject({ number: 2, events: 2 });
    expect(await verifyAudit(worker)).toMatchObject({
      seals: 2,
      sealedEvents: 5,
      unsealedEvents: 0,
      broken: [],
    });
  });

  it('never seals around a transaction that is still writing', async () => {
    const { promise: waiting, resolve: finish } = Promise.withResolvers<void>();
    const { promise: started, resolve: begun } = Promise.withResolvers<void>();
    const slow = inClinic(world.one.context, async (clinic) => {
      await record(clinic, { action: 'patient.viewed' });
      begun();
      await waiting;
    });
    await started;
    await write(1);
    // The later event is committed, but an earlier one may still come: both wait.
    expect(await sealAudit(worker)).toBeNull();
    finish();
    await slow;
    expect(await sealed()).toMatchObject({ events: 2 });
  });

  it('cannot be changed by the servers that write it', async () => {
    const change = world.app.begin(async (tx) => {
      await tx`select set_config('rectus.clinic_id', ${world.one.clinic.id}, true)`;
      await tx`update audit_event set action = 'patient.edited'`;
    });
    await expect(change).rejects.toThrow(/permission denied/);
  });

  it('shows when somebody with the keys to the database changed or removed an event', async () => {
    const tamper = (statement: string) =>
      world.owner.begin(async (tx) => {
        await tx`select set_config('rectus.clinic_id', ${world.one.clinic.id}, true)`;
        await tx.unsafe(statement);
      });
    await tamper(
      `update audit_event set subject_id = '7' where id = (select min(event_id) from audit_sealed where seal_number = 1)`,
    );
    expect((await verifyAudit(worker)).broken).toEqual([expect.stringMatching(/Seal 1 .* was changed/)]);
    await tamper(
      `delete from audit_event where id = (select max(event_id) from audit_sealed where seal_number = 2)`,
    );
    expect((await verifyAudit(worker)).broken).toHaveLength(2);
  });
});
