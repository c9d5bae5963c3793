import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type AdminConnection,
  assertDurable,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from './index.ts';
import { pause, waitUntilGone } from './processes.ts';
import { ownFolderName, testFolder } from './test-cluster.ts';

let dataDir: string;
const children: ChildProcess[] = [];
const servers: EmbeddedPostgres[] = [];
let counter = 0;

beforeEach(async () => {
  counter += 1;
  // Named like the set-up's own folders, so that the next run removes what a killed one leaves.
  dataDir = join(testFolder(), ownFolderName(`alone-${counter}`));
  await rm(dataDir, { recursive: true, force: true });
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) await server.stop();
  // What a killed supervisor left is adopted once more, only to be stopped.
  const left = await startEmbeddedPostgres({ dataDir }).catch(() => undefined);
  await left?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir });
  servers.push(server);
  return server;
}

async function query<T>(admin: AdminConnection, ask: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres({ ...admin, max: 1, onnotice: () => undefined });
  try {
    return await ask(sql);
  } finally {
    await sql.end();
  }
}

interface Supervisor {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly admin: AdminConnection;
}

async function superviseElsewhere(): Promise<Supervisor> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'supervised-server.fixture.ts'), dataDir],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  children.push(child);
  const [line] = await once(createInterface(child.stdout), 'line');
  return { process: child, ...(JSON.parse(String(line)) as { pid: number; admin: AdminConnection }) };
}

/** Starts a writer and waits until it has had `count` writes acknowledged; `acknowledged` goes on growing. */
async function writeUntil(
  admin: AdminConnection,
  count: number,
): Promise<{ acknowledged: number[]; ended: Promise<unknown> }> {
  const writer = spawn(
    process.execPath,
    [join(import.meta.dirname, 'acknowledged-writer.fixture.ts'), JSON.stringify(admin)],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  children.push(writer);
  const acknowledged: number[] = [];
  const lines = createInterface(writer.stdout);
  lines.on('line', (line) => acknowledged.push(Number(line)));
  const ended = once(lines, 'close');
  while (acknowledged.length < count) await pause(5);
  return { acknowledged, ended };
}

async function missing(admin: AdminConnection, acknowledged: readonly number[]): Promise<number[]> {
  const rows = await query(admin, (sql) => sql<{ number: string }[]>`select number from written`);
  const kept = new Set(rows.map((row) => Number(row.number)));
  return acknowledged.filter((number) => !kept.has(number));
}

describe('the embedded database server', () => {
  test('starts, keeps what was written, stops, and starts again with it', async () => {
    const first = await start();
    await query(first.admin, (sql) => sql`create table note as select 'kept' as text`);
    await first.stop();
    await first.ended;
    const second = await start();
    expect(second.adopted).toBe(false);
    const notes = await query(second.admin, (sql) => sql`select text from note`);
    expect(notes.map((row) => row.text)).toEqual(['kept']);
  });

  test('is PostgreSQL 18 in UTF-8 with checksums, reachable through its socket alone, and durable', async () => {
    const { admin } = await start();
    const [row] = await query(
      admin,
      (sql) => sql`select current_setting('server_version_num')::int / 10000 as version,
        current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums,
        current_setting('listen_addresses') as addresses, datlocprovider::text as provider, datlocale as locale
        from pg_database where datname = current_database()`,
    );
    expect(row).toEqual({
      version: 18,
      encoding: 'UTF8',
      checksums: 'on',
      addresses: '',
      provider: 'b',
      locale: 'C.UTF-8',
    });
    await query(admin, (sql) => assertDurable(sql));
    expect((await stat(admin.host)).mode & 0o777).toBe(0o700);
    expect((await stat(join(dataDir, 'postgres', 'superuser-password'))).mode & 0o777).toBe(0o600);
  });

  test('refuses a wrong password even through its socket', async () => {
    const { admin } = await start();
    const entering = query({ ...admin, password: 'guessed' }, (sql) => sql`select 1`);
    await expect(entering).rejects.toThrow(/password authentication failed/);
  });

  test('loses no acknowledged write when its postmaster is killed, and starts again', async () => {
    const server = await start();
    const { acknowledged, ended } = await writeUntil(server.admin, 300);
    process.kill(server.pid, 'SIGKILL');
    await ended;
    await server.ended;
    await server.stop();
    const again = await start();
    expect(again.adopted).toBe(false);
    expect(acknowledged.length).toBeGreaterThanOrEqual(300);
    expect(await missing(again.admin, acknowledged)).toEqual([]);
  });

  test('outlives a killed supervisor and is adopted with every acknowledged write', async () => {
    const supervisor = await superviseElsewhere();
    const { acknowledged } = await writeUntil(supervisor.admin, 100);
    supervisor.process.kill('SIGKILL');
    await once(supervisor.process, 'exit');
    const adopted = await start();
    expect(adopted).toMatchObject({ adopted: true, pid: supervisor.pid });
    expect(await missing(adopted.admin, acknowledged.slice())).toEqual([]);
    await adopted.stop();
    expect(await waitUntilGone(supervisor.pid, 1_000)).toBe(true);
  });

  test('loses nothing when supervisor and postmaster are killed together', async () => {
    const supervisor = await superviseElsewhere();
    const { acknowledged, ended } = await writeUntil(supervisor.admin, 200);
    const killed = once(supervisor.process, 'exit');
    supervisor.process.kill('SIGKILL');
    process.kill(supervisor.pid, 'SIGKILL');
    await Promise.all([killed, ended]);
    const again = await start();
    expect(again.adopted).toBe(false);
    expect(await missing(again.admin, acknowledged)).toEqual([]);
  });

  test('stops in order when its supervisor is asked to', async () => {
    const supervisor = await superviseElsewhere();
    supervisor.process.kill('SIGTERM');
    await once(supervisor.process, 'exit');
    expect(await waitUntilGone(supervisor.pid, 1_000)).toBe(true);
    const again = await start();
    expect(again.adopted).toBe(false);
    expect(await readFile(again.logFile, 'utf8')).not.toMatch(/automatic recovery/);
  });

  test('says so when another living process already looks after it', async () => {
    const supervisor = await superviseElsewhere();
    await expect(start()).rejects.toMatchObject({
      problem: 'already-running',
      message: expect.stringContaining(String(supervisor.process.pid)),
    });
  });

  test('lets exactly one of several simultaneous starts win', async () => {
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => start()));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ problem: 'already-running' });
    }
  });

  test('starts although a stale process file names a process that now is another program', async () => {
    const first = await start();
    await first.stop();
    const cluster = join(dataDir, 'postgres', 'cluster');
    await writeFile(
      join(cluster, 'postmaster.pid'),
      `${process.pid}\n${cluster}\n1\n5432\n${first.admin.host}\n\n0 0\nready   \n`,
    );
    await writeFile(join(first.admin.host, '.s.PGSQL.5432.lock'), `${process.pid}\n`);
    expect((await start()).adopted).toBe(false);
  });

  test('says so when another program listens on its socket', async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(join(first.admin.host, '.s.PGSQL.5432'));
    await once(squatter, 'listening');
    await expect(start()).rejects.toMatchObject({ problem: 'socket-taken' });
    squatter.close();
  });

  test('says so when the database on disk is of another version', async () => {
    const first = await start();
    await first.stop();
    const file = join(dataDir, 'postgres', 'cluster', 'PG_VERSION');
    await writeFile(file, '17\n');
    await expect(start()).rejects.toMatchObject({ problem: 'version-mismatch' });
  });

  test('says so when its folder holds something else', async () => {
    await mkdir(join(dataDir, 'postgres', 'cluster'), { recursive: true });
    await expect(start()).rejects.toMatchObject({ problem: 'damaged-cluster' });
  });

  test('says so when its folder cannot be made', async () => {
    await mkdir(testFolder(), { recursive: true });
    await writeFile(dataDir, 'a file, not a folder');
    await expect(start()).rejects.toMatchObject({ problem: 'no-permission' });
  });

  test('says so when somebody has switched durability off for good', async () => {
    const first = await start();
    await query(first.admin, (sql) => sql`alter system set fsync = off`);
    await first.stop();
    await expect(start()).rejects.toMatchObject({
      problem: 'not-durable',
      message: expect.stringContaining('fsync'),
    });
  });
});
