import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from './in-clinic.ts';
import { databaseRoles } from './roles.ts';
import type { Schema } from './schema.ts';
import { type TestWorld, testWorld } from './testing.ts';

let world: TestWorld;

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

describe('two clinics in one database', () => {
  it('no table of a clinic is without its policy, forced on its owner too', async () => {
    const open = await world.owner`
      select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r' and relname not in ('migration', 'clinic_host')
        and not (relrowsecurity and relforcerowsecurity)`;
    expect(open.map((row) => row.relname)).toEqual([]);
  });

  it('the servers’ roles cannot step around the policies', async () => {
    const roles = await world.owner`
      select rolname from pg_roles where rolname = any(${[...databaseRoles]}) and (rolbypassrls or rolsuper or rolcreaterole)`;
    expect([...roles]).toEqual([]);
  });

  it('a query that forgot its filter sees one clinic, and nothing where no clinic is set', async () => {
    const forgetful: (keyof Schema)[] = ['service', 'resource', 'site', 'opening', 'clinic'];
    for (const table of forgetful) {
      const unset = await world.db.selectFrom(table).selectAll().execute();
      expect(unset).toEqual([]);
      const seen = await inClinic(world.one.context, ({ tx }) => tx.selectFrom(table).selectAll().execute());
      expect(seen.length).toBeGreaterThan(0);
      const owners = new Set(
        seen.map((row) => ('clinic_id' in row ? row.clinic_id : (row as { id: string }).id)),
      );
      expect([...owners]).toEqual([world.one.clinic.id]);
    }
  });

  it('a handler cannot write into the other clinic, nor point at its rows', async () => {
    const write = (values: { clinic_id: string; site_id: string | null }) =>
      inClinic(world.one.context, ({ tx }) =>
        tx
          .insertInto('resource')
          .values({ ...values, name: 'Room 9', kinds: ['room'] })
          .execute(),
      );
    await expect(write({ clinic_id: world.other.clinic.id, site_id: null })).rejects.toThrow(
      /row-level security/,
    );
    const foreign = { clinic_id: world.one.clinic.id, site_id: world.other.ids.site ?? null };
    await expect(write(foreign)).rejects.toThrow(/foreign key/);
  });

  it('the clinic that one transaction set is forgotten in the next', async () => {
    for (let turn = 0; turn < 20; turn++) {
      const { context, clinic } = turn % 2 ? world.one : world.other;
      const rows = await inClinic(context, ({ tx }) => tx.selectFrom('clinic').select('id').execute());
      expect(rows).toEqual([{ id: clinic.id }]);
      expect(await world.db.selectFrom('clinic').select('id').execute()).toEqual([]);
    }
  });
});
