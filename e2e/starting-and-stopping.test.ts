import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toInstant } from '@rectus/schedule';
import { afterAll, describe, expect, it } from 'vitest';
import { SAFETY_QUESTIONS } from '../clinic/capabilities/booking/safety/questions.ts';
import { quietDay } from './support/dates.ts';
import { childrenOf } from './support/processes.ts';
import {
  dataDirFor,
  freePort,
  openClinic,
  type RunningClinic,
  runCommand,
} from './support/running-clinic.ts';

const dataDir = dataDirFor(`starting-${process.pid}`);
const restoredDir = dataDirFor(`restored-${process.pid}`);
const file = join(tmpdir(), `rectus-${process.pid}.backup`);
const PORT = String(await freePort());
/** Where patients were told that their appointment is; each has been acknowledged. */
const links: string[] = [];
let clinic: RunningClinic | null = null;

afterAll(async () => {
  await clinic?.stop();
  for (const path of [dataDir, restoredDir, file]) await rm(path, { recursive: true, force: true });
});

async function open(): Promise<RunningClinic> {
  clinic = await openClinic(dataDir, { PORT });
  return clinic;
}

/** Books the n-th half hour and keeps the link, once the clinic has said yes. */
async function book({ url }: RunningClinic, n: number): Promise<void> {
  const time = `${String(8 + Math.floor(n / 2)).padStart(2, '0')}:${n % 2 === 0 ? '00' : '30'}`;
  const answer = await fetch(`${url}/book/details`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      service: 'follow-up',
      where: 'harbour',
      start: String(toInstant(`${quietDay(2)}T${time}`, 'Europe/Lisbon')),
      key: crypto.randomUUID(),
      asked: SAFETY_QUESTIONS.version,
      givenName: 'Dauer',
      familyName: `Haft-${n}`,
      birthDay: '1',
      birthMonth: '1',
      birthYear: '1980',
      email: `dauer${n}@example.org`,
      policy: 'yes',
    }),
  });
  if (answer.status !== 303) throw new Error(`Booking ${n} was answered with ${answer.status}`);
  links.push((answer.headers.get('location') ?? '').replace(/\?.*$/, ''));
}

/** Every acknowledged appointment as its patient sees it. */
async function appointments({ url }: RunningClinic): Promise<readonly string[]> {
  return Promise.all(
    links.map(async (link) => {
      const answer = await fetch(url + link);
      const main = /<dl class="facts-list">[\s\S]*?<\/dl>/.exec(await answer.text())?.[0] ?? '';
      return `${answer.status} ${main}`;
    }),
  );
}

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(1_000) }).catch(() => null);
  return answer?.ok ?? false;
}

async function postmasterOf(folder: string): Promise<number> {
  const pidFile = join(folder, 'postgres', 'cluster', 'postmaster.pid');
  return Number((await readFile(pidFile, 'utf8')).split('\n', 1)[0]);
}

async function killed(running: RunningClinic): Promise<void> {
  const ended = new Promise((resolve) => running.supervisor.once('exit', resolve));
  running.supervisor.kill('SIGKILL');
  await ended;
}

/** These build on each other, as the days of one clinic do. */
describe('a clinic on one machine', () => {
  it('opens from nothing, names its accounts, closes, and opens again within seconds', async () => {
    const first = await open();
    expect(first.printed()).toContain('Demo accounts (everyone here is simulated)');
    await book(first, 0);
    await first.stop();
    expect(first.printed()).toContain('everything is stopped');
    const again = await open();
    expect(await appointments(again)).toEqual([expect.stringMatching(/^200 .*Follow-up/s)]);
    process.stdout.write(`The second start took ${(again.openedAfterMs / 1000).toFixed(2)} s.\n`);
    expect(again.openedAfterMs).toBeLessThan(10_000);
  });

  it('says so when the port is taken, and ends', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const { code, output } = await runCommand([], { PORT: port, RECTUS_DATA_DIR: restoredDir });
    await new Promise((resolve) => other.close(resolve));
    expect(code).not.toBe(0);
    expect(output).toContain(`Port ${port} is taken by another program`);
  });

  it('brings its web process back when it is killed', async () => {
    const running = clinic ?? (await open());
    const web = childrenOf(running.supervisor.pid).find(({ command }) => command.endsWith(' web'));
    if (!web) throw new Error('The web process was not found');
    process.kill(web.pid, 'SIGKILL');
    await expect.poll(() => answers(running.url), { timeout: 20_000, interval: 200 }).toBe(true);
    await book(running, 1);
  });

  it('keeps every acknowledged appointment when the supervisor is killed, and opens again', async () => {
    const running = clinic ?? (await open());
    const writing = (async () => {
      for (let n = 2; n < 10; n++) await book(running, n);
    })().catch(() => 'cut off');
    await expect.poll(() => links.length, { timeout: 20_000, interval: 10 }).toBeGreaterThan(4);
    await killed(running);
    await writing;
    await expect.poll(() => answers(running.url), { timeout: 10_000, interval: 100 }).toBe(false);
    const after = await open();
    const kept = await appointments(after);
    expect(kept.length).toBeGreaterThan(4);
    for (const one of kept) expect(one).toMatch(/^200 .*Follow-up/s);
  });

  it('keeps them when the database itself is killed', async () => {
    const running = clinic ?? (await open());
    const before = await appointments(running);
    const ended = new Promise((resolve) => running.supervisor.once('exit', resolve));
    process.kill(await postmasterOf(dataDir), 'SIGKILL');
    await ended;
    expect(running.printed()).toContain('The database server ended');
    expect(await appointments(await open())).toEqual(before);
  });

  it('stops its database too when the terminal is closed', async () => {
    const running = clinic ?? (await open());
    const database = await postmasterOf(dataDir);
    const ended = new Promise((resolve) => running.supervisor.once('exit', resolve));
    running.supervisor.stdout?.destroy();
    running.supervisor.stderr?.destroy();
    running.supervisor.kill('SIGHUP');
    expect(await ended).toBe(0);
    expect(() => process.kill(database, 0)).toThrow('ESRCH');
    await open();
  });

  it('is backed up while it is open, and stands again elsewhere as it was', async () => {
    const running = clinic ?? (await open());
    const before = await appointments(running);
    const backup = await runCommand(['backup', file], { RECTUS_DATA_DIR: dataDir });
    expect(backup).toMatchObject({ code: 0, output: expect.stringMatching(/\d+ rows of \d+ tables/) });
    await running.stop();
    const rows = (text: string) => /\d+ rows of \d+ tables and \d+ files/.exec(text)?.[0];
    // The links of patients are sealed with the clinic's secret, which is kept apart from the back-up.
    const secret = (await readFile(join(dataDir, 'secret'), 'utf8')).trim();
    const restored = await runCommand(['restore', file], {
      RECTUS_DATA_DIR: restoredDir,
      RECTUS_SECRET: secret,
    });
    expect(restored.code).toBe(0);
    expect(rows(restored.output)).toBe(rows(backup.output));
    const elsewhere = await openClinic(restoredDir, { PORT, RECTUS_SECRET: secret });
    clinic = elsewhere;
    expect(await appointments(elsewhere)).toEqual(before);
  });
});
