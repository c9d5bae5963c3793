import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import postgres from 'postgres';
import { inject } from 'vitest';
import type { Clock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { readAssets } from '../web/assets.ts';
import { type Clinic, readClinicById } from '../web/clinics.ts';
import { createWebServer, type Platform } from '../web/server.ts';
import type { Actor, ClinicContext } from './in-clinic.ts';
import { migrate } from './migrate.ts';
import { type Connection, type Database, openDatabase, openPool, type Sql } from './pool.ts';
import { connectionAs, ensureRoles } from './roles.ts';

export const TEST_SECRET = 'a secret that only tests know, long enough to be one';
const migrations = join(import.meta.dirname, '..', '..', 'migrations');

/** A migrated database of its own, with a pool for each role. */
export interface TestDatabase {
  readonly admin: Connection;
  readonly owner: Sql;
  readonly app: Sql;
  readonly worker: Sql;
  readonly auth: Sql;
  readonly db: Database;
  close(): Promise<void>;
}

/** One copy of the migrated database for one test file. */
export async function testDatabase(): Promise<TestDatabase> {
  const cluster = inject('testCluster');
  const template = await migratedTemplate(cluster);
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = { ...cluster, database: name };
  await asAdmin(cluster, async (sql) => {
    // Roles belong to the whole server, and advisory locks to one database: this one serves all test files.
    await sql`select pg_advisory_lock(hashtext('rectus test roles'))`;
    await sql.unsafe(`create database ${name} template ${template}`);
    await asAdmin(admin, (inside) => ensureRoles(inside, TEST_SECRET));
  });
  const pool = (role: Parameters<typeof connectionAs>[1], max: number) =>
    openPool(connectionAs(admin, role, TEST_SECRET), max);
  const [owner, app, worker, auth] = [
    pool('rectus_owner', 2),
    pool('rectus_app', 6),
    pool('rectus_worker', 2),
    pool('rectus_auth', 2),
  ];
  return {
    admin,
    owner,
    app,
    worker,
    auth,
    db: openDatabase(app),
    async close() {
      await Promise.all([owner, app, worker, auth].map((one) => one.end({ timeout: 1 })));
      await asAdmin(cluster, (sql) => sql.unsafe(`drop database ${name} with (force)`));
    },
  };
}

async function migratedTemplate(cluster: Connection): Promise<string> {
  const files = (await readdir(migrations)).sort().map((file) => readFileSync(join(migrations, file)));
  const name = `template_${createHash('sha256').update(Buffer.concat(files)).digest('hex').slice(0, 12)}`;
  await asAdmin(cluster, async (sql) => {
    await sql`select pg_advisory_lock(hashtext('rectus test template'))`;
    const [known] = await sql`select 1 from pg_database where datname = ${name}`;
    if (known) return;
    const raw = `${name}_raw`;
    await sql.unsafe(`drop database if exists ${raw} with (force)`);
    await sql.unsafe(`create database ${raw}`);
    const admin = { ...cluster, database: raw };
    await asAdmin(admin, (inside) => ensureRoles(inside, TEST_SECRET));
    const owner = openPool(connectionAs(admin, 'rectus_owner', TEST_SECRET), 2);
    await migrate(owner, migrations);
    await owner.end();
    await sql.unsafe(`alter database ${raw} rename to ${name}`);
  });
  return name;
}

async function asAdmin<T>(connection: Connection, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres({ ...connection, max: 1, onnotice: () => {} }) as Sql;
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** A clock that stands still until it is set. */
export interface TestClock extends Clock {
  set(instant: number): void;
}

export interface TestClinic {
  readonly clinic: Clinic;
  readonly context: ClinicContext;
  readonly host: string;
  /** Ids by name: 'ines', 'jonas', 'room 1', 'room 2', 'ultrasound', 'first-visit', 'follow-up', 'video', 'ultrasound-visit', 'site'. */
  readonly ids: Readonly<Record<string, string>>;
  /** The clinic as it is now, after its owner changed something. */
  reload(): Promise<Clinic>;
}

export interface TestWorld extends TestDatabase {
  readonly platform: Platform;
  readonly clock: TestClock;
  /** Two clinics, alike in everything but their ids. */
  readonly one: TestClinic;
  readonly other: TestClinic;
  /** A web server with the routes of whatever is being tested. */
  serve(
    ...routes: readonly ((app: FastifyInstance, platform: Platform) => Promise<void>)[]
  ): Promise<FastifyInstance>;
  actingAs(clinic: TestClinic, actor: Actor): ClinicContext;
}

/** Monday 2 March 2026, 08:00 in Lisbon. */
export const TEST_NOW = Date.UTC(2026, 2, 2, 8);

/** A database with two small clinics. Its web clock starts at {@link TEST_NOW}; holds follow the database's own. */
export async function testWorld(options: { readonly now?: number } = {}): Promise<TestWorld> {
  const database = await testDatabase();
  const dataDir = join(tmpdir(), `rectus-test-${randomBytes(6).toString('hex')}`);
  let instant = options.now ?? TEST_NOW;
  const clock = {
    now: () => instant,
    set(value: number) {
      instant = value;
    },
  };
  const config = {
    ...readConfig({ PUBLIC_URL: 'http://one.test', LOG_LEVEL: 'silent', RECTUS_SECRET: TEST_SECRET }),
    // Only who uploads something makes it.
    dataDir,
  };
  const platform: Platform = { db: database.db, config, clock, assets: readAssets(null) };
  const one = await addClinic(database, 'one', 'one.test');
  const other = await addClinic(database, 'other', 'other.test');
  return {
    ...database,
    platform,
    clock,
    one,
    other,
    async serve(...routes) {
      const app = await createWebServer(platform);
      for (const route of routes) await route(app, platform);
      await app.ready();
      return app;
    },
    async close() {
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
    actingAs: (clinic, actor) => ({ ...clinic.context, actor }),
  };
}

/** Adds a small clinic in Lisbon, open Monday to Friday from 9 to 17, that answers under `host`. */
export async function addClinic(database: TestDatabase, slug: string, host: string): Promise<TestClinic> {
  const seed = await readFile(join(import.meta.dirname, 'testing-clinic.sql'), 'utf8');
  const ids = await database.owner.begin(async (tx) => {
    const [{ id }] = (await tx`select uuidv7() as id`) as unknown as [{ id: string }];
    await tx`select set_config('rectus.clinic_id', ${id}, true), set_config('rectus.slug', ${slug}, true), set_config('rectus.host', ${host}, true)`;
    await tx.unsafe(seed);
    const rows = await tx`
      select slug as name, id from service union all select lower(split_part(name, ' ', 1)), id from resource where person
      union all select lower(name), id from resource where not person union all select 'site', id from site`;
    return { clinic: id, ...Object.fromEntries(rows.map((row) => [row.name as string, row.id as string])) };
  });
  const read = async () => {
    const clinic = await readClinicById(database.db, ids.clinic);
    if (!clinic) throw new Error(`The test clinic ${slug} is missing`);
    return clinic;
  };
  const context: ClinicContext = {
    db: database.db,
    clinicId: ids.clinic,
    actor: { kind: 'public', id: null },
  };
  return { clinic: await read(), context, host, ids, reload: read };
}
