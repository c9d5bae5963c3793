import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { asAdmin } from '../../clinic/place.ts';
import { defaultDataDir, startEmbeddedPostgres } from '../../clinic/platform/database/embedded/index.ts';
import { migrate } from '../../clinic/platform/database/migrate.ts';
import { type Connection, openPool } from '../../clinic/platform/database/pool.ts';
import { connectionAs, ensureRoles } from '../../clinic/platform/database/roles.ts';

/** A database server of a benchmark's own, as durable as a clinic's. */
export interface BenchServer {
  readonly admin: Connection;
  /** A migrated database without any clinic. */
  createDatabase(name: string): Promise<Connection>;
  /** A copy of a database that nobody is connected to. */
  copyDatabase(from: Connection, name: string): Promise<Connection>;
  stop(): Promise<void>;
}

/** Starts it in a folder of this process's own, which `stop` removes. */
export async function startBenchServer(root: string, secret: string): Promise<BenchServer> {
  const parent = join(defaultDataDir(root), 'bench');
  await mkdir(parent, { recursive: true });
  await chmod(parent, 0o711);
  const dataDir = join(parent, String(process.pid));
  const server = await startEmbeddedPostgres({ dataDir });
  const { admin } = server;
  return {
    admin,
    async createDatabase(name) {
      await asAdmin(admin, (sql) => sql.unsafe(`create database ${name}`));
      const database = { ...admin, database: name };
      await asAdmin(database, (sql) => ensureRoles(sql, secret));
      const owner = openPool(connectionAs(database, 'rectus_owner', secret), 1);
      await migrate(owner, join(root, 'clinic', 'migrations'));
      await owner.end();
      return database;
    },
    async copyDatabase(from, name) {
      await asAdmin(admin, (sql) => sql.unsafe(`create database ${name} template ${from.database}`));
      const database = { ...admin, database: name };
      await asAdmin(database, (sql) => ensureRoles(sql, secret));
      return database;
    },
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
