import { createServer } from 'node:net';
import { DEMO_MOTHER } from './demo/gait-story.ts';
import { asAdmin, connectionFromUrl, dataDirOf, provideSecret } from './place.ts';
import type { Config } from './platform/config.ts';
import { SettingsError } from './platform/config.ts';
import { startEmbeddedPostgres } from './platform/database/embedded/index.ts';
import type { Connection } from './platform/database/pool.ts';
import { type Prepared, prepareDatabase } from './prepare-database.ts';
import { superviseProcess } from './supervisor.ts';

/** A database that is ready to be used, embedded or elsewhere. */
export interface OpenedDatabase {
  readonly admin: Connection;
  readonly lost: Promise<void>;
  stop(): Promise<void>;
}

/** Starts the embedded server, or takes the one that DATABASE_URL names. */
export async function openDatabaseServer(
  config: Config,
  say: (message: string) => void,
): Promise<OpenedDatabase> {
  if (config.databaseUrl) {
    return {
      admin: connectionFromUrl(config.databaseUrl),
      lost: new Promise(() => {}),
      stop: async () => {},
    };
  }
  const server = await startEmbeddedPostgres({ dataDir: dataDirOf(config), onProgress: say });
  if (server.adopted) say('took over the database server that an earlier start left running');
  const admin = { ...server.admin, database: 'rectus' };
  await asAdmin(server.admin, async (sql) => {
    const [known] = await sql`select 1 from pg_database where datname = 'rectus'`;
    if (!known) await sql.unsafe('create database rectus');
  });
  return { admin, lost: server.ended, stop: () => server.stop() };
}

/** Everything on one machine: database, web process and worker process, until Ctrl-C. Returns the exit code. */
export async function startEverything(config: Config, now: number): Promise<number> {
  const begun = performance.now();
  const say = (message: string) => process.stdout.write(`      ${message}\n`);
  await assertPortIsFree({ name: 'PORT', port: config.port, host: config.host });
  if (config.dimsePort)
    await assertPortIsFree({ name: 'DIMSE_PORT', port: config.dimsePort, host: config.dimseHost });
  const stopAsked = stopSignal();
  // They load their programs while the database comes up.
  const web = superviseProcess('web');
  const worker = superviseProcess('worker');
  const dimse = config.dimsePort ? superviseProcess('dimse') : null;
  let database: OpenedDatabase | null = null;
  try {
    const secret = await provideSecret(config);
    database = await openDatabaseServer(config, say);
    const prepared = await prepareDatabase(config, database.admin, secret, now, say);
    web.begin({ connection: database.admin, secret });
    worker.begin({ connection: database.admin, secret });
    dimse?.begin({ connection: database.admin, secret });
    // Without it clips wait in their machines; the clinic goes on.
    dimse?.lost.catch((error: Error) => process.stderr.write(`${error.message} Machines are not heard.\n`));
    await Promise.race([web.ready, stopAsked]);
    process.stdout.write(welcome(config, prepared, performance.now() - begun));
    process.send?.('ready');
    const lostDatabase = database.lost.then(() => 'The database server ended.');
    const why = await Promise.race([stopAsked, lostDatabase, web.lost, worker.lost]);
    process.stdout.write(why === 'stop' ? '\nClosing the clinic … ' : `\n${why}\n`);
    return why === 'stop' ? 0 : 1;
  } finally {
    await Promise.all([web.stop(), worker.stop(), dimse?.stop()]);
    await database?.stop();
    process.stdout.write('everything is stopped.\n');
  }
}

function stopSignal(): Promise<'stop'> {
  return new Promise((resolve) => {
    // 'disconnect': whoever started us is gone, however it ended.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
      process.on(signal, () => resolve('stop'));
    }
  });
}

interface Place {
  /** The setting that names the port. */
  readonly name: 'PORT' | 'DIMSE_PORT';
  readonly port: number;
  readonly host: string;
}

function assertPortIsFree(place: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(new SettingsError(portProblem(error, place))),
    );
    probe.listen({ port: place.port, host: place.host }, () => probe.close(() => resolve()));
  });
}

function portProblem(error: NodeJS.ErrnoException, { name, port, host }: Place): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Stop it, or choose another: ${name}=${port + 1} npm start`;
  if (error.code === 'EACCES')
    return `Port ${port} may not be used by this user. Choose one above 1023: ${name}=${name === 'PORT' ? 4000 : 11112} npm start`;
  return `${host}:${port} cannot be used (${error.code ?? error.message}). Check the settings ${name === 'PORT' ? 'HOST and PORT' : 'DIMSE_HOST and DIMSE_PORT'}.`;
}

function welcome(config: Config, { demoAccounts, hasClinic }: Prepared, tookMs: number): string {
  const lines = ['', `The clinic is open after ${(tookMs / 1000).toFixed(1)} s: ${config.publicUrl}`, ''];
  if (demoAccounts.length > 0) {
    lines.push('Demo accounts (everyone here is simulated):');
    const width = Math.max(...demoAccounts.map((account) => account.email.length));
    for (const { email, password, role, clinic } of demoAccounts) {
      lines.push(`  ${email.padEnd(width)}  ${password}  ${role.replace('_', ' ')}, ${clinic}`);
    }
    lines.push(
      '',
      `Staff sign in at ${config.publicUrl}/sign-in. The second clinic is at ${secondHost(config.publicUrl)}.`,
      `A patient with two gait reports: ${DEMO_MOTHER.email} at ${config.publicUrl}/my, which shows the link.`,
    );
  }
  if (!hasClinic) lines.push('A first clinic is made with: npm run clinic:new -- --help');
  lines.push('Ctrl-C closes the clinic.', '');
  return `${lines.join('\n')}\n`;
}

function secondHost(publicUrl: string): string {
  const url = new URL(publicUrl);
  url.hostname = 'second.localhost';
  return url.origin;
}
