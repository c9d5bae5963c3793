import { asAdmin, dataDirOf, filesDirOf, openAs, provideSecret } from './place.ts';
import { verifyAudit } from './platform/audit/verify.ts';
import { backupTo, restoreFrom } from './platform/backup/index.ts';
import { type Config, SettingsError } from './platform/config.ts';
import { EmbeddedPostgresError, runningServer } from './platform/database/embedded/index.ts';
import { openDatabase } from './platform/database/pool.ts';
import { readClinicById } from './platform/web/clinics.ts';
import { prepareDatabase } from './prepare-database.ts';
import { type OpenedDatabase, openDatabaseServer } from './start.ts';

const say = (message: string) => void process.stdout.write(`${message}\n`);

/** `backup FILE`: while the clinic is open or closed. */
export async function backup(config: Config, args: readonly string[]): Promise<number> {
  const file = oneFile(args, 'backup');
  return withDatabase(config, async ({ admin }) => {
    const done = await asAdmin(admin, (sql) => backupTo(file, { sql, filesDir: filesDirOf(config) }));
    say(
      `${done.file}: ${done.rows} rows of ${done.tables} tables and ${done.files} files, as of ${done.takenAt}.`,
    );
    return 0;
  });
}

/** `restore FILE [--replace]`: only while the clinic is closed. */
export async function restore(config: Config, args: readonly string[]): Promise<number> {
  const replace = args.includes('--replace');
  const file = oneFile(
    args.filter((arg) => arg !== '--replace'),
    'restore',
  );
  const secret = await provideSecret(config);
  const database = await openDatabaseServer(config, say);
  try {
    // The tables must stand before their rows arrive; a demo clinic would be in the way of a real one.
    await prepareDatabase({ ...config, demo: false }, database.admin, secret, 0, say);
    const mode = replace ? 'replace' : 'into-empty';
    const done = await asAdmin(database.admin, (sql) =>
      restoreFrom(file, { sql, filesDir: filesDirOf(config), mode }),
    );
    say(
      `Restored ${done.rows} rows of ${done.tables} tables and ${done.files} files, as of ${done.takenAt}.`,
    );
    return 0;
  } finally {
    await database.stop();
  }
}

/** `audit-verify`: every seal of every clinic, recomputed. Exit code 1 when one does not hold. */
export async function auditVerify(config: Config): Promise<number> {
  const secret = await provideSecret(config);
  return withDatabase(config, async ({ admin }) => {
    const sql = openAs(admin, 'rectus_worker', secret, 1);
    try {
      const db = openDatabase(sql);
      let broken = 0;
      for (const { id } of await sql<{ id: string }[]>`select clinics_to_serve() as id`) {
        const clinic = await readClinicById(db, id);
        const check = await verifyAudit({ db, clinicId: id, actor: { kind: 'system', id: 'audit-verify' } });
        say(
          `${clinic?.name ?? id}: ${check.seals} seals over ${check.sealedEvents} events, ${check.unsealedEvents} not sealed yet.`,
        );
        say(check.head ? `  head ${check.head}` : '  nothing sealed yet');
        for (const line of check.broken) say(`  BROKEN: ${line}`);
        broken += check.broken.length;
      }
      return broken === 0 ? 0 : 1;
    } finally {
      await sql.end({ timeout: 2 });
    }
  });
}

function oneFile(args: readonly string[], command: string): string {
  const [file, ...rest] = args;
  if (!file || rest.length > 0) throw new SettingsError(`Name one file: npm run ${command} -- clinic.rectus`);
  return file;
}

/** The clinic's database whether the clinic is open (then its server is used) or closed (then it is started). */
export async function withDatabase<T>(
  config: Config,
  work: (database: Pick<OpenedDatabase, 'admin'>) => Promise<T>,
): Promise<T> {
  let database: OpenedDatabase;
  try {
    database = await openDatabaseServer(config, () => {});
  } catch (error) {
    if (!(error instanceof EmbeddedPostgresError) || error.problem !== 'already-running') throw error;
    return work({ admin: { ...(await runningServer(dataDirOf(config))), database: 'rectus' } });
  }
  try {
    return await work(database);
  } finally {
    await database.stop();
  }
}
