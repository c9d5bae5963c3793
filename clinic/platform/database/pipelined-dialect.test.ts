import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ahead, type ClinicTransaction, inClinic } from './in-clinic.ts';
import { newId } from './new-id.ts';
import { type TestWorld, testWorld } from './testing.ts';

let world: TestWorld;

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

const CHECK_VIOLATION = '23514';

const addBlock = (clinic: ClinicTransaction, label: string) =>
  clinic.tx
    .insertInto('block')
    .values({
      clinic_id: clinic.clinicId,
      label,
      starts_at: new Date(0),
      ends_at: new Date(60_000),
      created_by: null,
    })
    .execute();
const labels = () =>
  inClinic(world.one.context, async ({ tx }) =>
    (await tx.selectFrom('block').select('label').orderBy('id').execute()).map((row) => row.label),
  );

describe('a statement that is sent ahead', () => {
  it('is there when the transaction has ended', async () => {
    await inClinic(world.one.context, async (clinic) => {
      await addBlock(ahead(clinic), 'first');
      await addBlock(clinic, 'second');
      await addBlock(ahead(clinic), 'third');
    });
    expect(await labels()).toEqual(['first', 'second', 'third']);
  });

  it('fails the transaction at its end, and nothing of it stays', async () => {
    const work = inClinic(world.one.context, async (clinic) => {
      await addBlock(clinic, 'before');
      await addBlock(ahead(clinic), '');
      return 'as if all were well';
    });
    await expect(work).rejects.toMatchObject({ code: CHECK_VIOLATION });
    expect(await labels()).not.toContain('before');
  });

  it('fails the next statement with its own error', async () => {
    const work = inClinic(world.one.context, async (clinic) => {
      await addBlock(ahead(clinic), '');
      await addBlock(clinic, 'after');
    });
    await expect(work).rejects.toMatchObject({ code: CHECK_VIOLATION });
    expect(await labels()).not.toContain('after');
  });

  it('leaves the connection fit for the next transaction', async () => {
    for (let n = 0; n < 20; n++) {
      const work = inClinic(world.one.context, (clinic) => addBlock(ahead(clinic), ''));
      await expect(work).rejects.toMatchObject({ code: CHECK_VIOLATION });
    }
    expect(await labels()).toHaveLength(3);
  });

  it('belongs to its clinic alone', async () => {
    await expect(
      inClinic(world.other.context, (clinic) =>
        addBlock({ ...ahead(clinic), clinicId: world.one.clinic.id }, 'stray'),
      ),
    ).rejects.toThrow(/row-level security/);
  });
});

describe('a new id', () => {
  it('is a UUID of version 7, in order of time', async () => {
    const first = newId();
    await new Promise((resolve) => setTimeout(resolve, 2));
    const second = newId();
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(first < second).toBe(true);
  });
});
