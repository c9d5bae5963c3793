import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { addMachine, echo, type Line } from '../../clinic/interop/dimse/testing.ts';
import { openAs } from '../../clinic/place.ts';
import { runningServer } from '../../clinic/platform/database/embedded/index.ts';
import { openDatabase } from '../../clinic/platform/database/pool.ts';
import { childrenOf } from '../support/processes.ts';
import { freePort, type RunningClinic, runCommand, startClinic } from '../support/running-clinic.ts';

const SECRET = 'the secret of a clinic that hears ultrasound machines';
let clinic: RunningClinic;
let line: Line;

beforeAll(async () => {
  const port = await freePort();
  clinic = await startClinic(`heard-${process.pid}`, { RECTUS_SECRET: SECRET, DIMSE_PORT: String(port) });
  line = { port, calling: 'SONO1', called: 'HARBOUR' };
  const admin = { ...(await runningServer(clinic.dataDir)), database: 'rectus' };
  const pool = openAs(admin, 'rectus_app', SECRET, 1);
  const db = openDatabase(pool);
  const { clinic_id: clinicId } = await db
    .selectFrom('clinic_host')
    .select('clinic_id')
    .where('host', 'in', ['localhost', '*'])
    .orderBy('host', 'desc')
    .executeTakeFirstOrThrow();
  const context = { db, clinicId, actor: { kind: 'system', id: 'test' } } as const;
  await addMachine({ context }, line);
  await pool.end({ timeout: 1 });
});
afterAll(() => clinic?.stop());

const listener = () =>
  childrenOf(clinic.supervisor.pid).find(({ command }) => command.endsWith(' dimse'))?.pid ?? null;
const isHeard = async () => {
  const said = await echo(line);
  return 'answers' in said && said.answers[0]?.status === 0;
};

it('a machine is heard by a process of its own, which is started again when it dies', async () => {
  await vi.waitUntil(isHeard, { timeout: 30_000, interval: 200 });
  const first = listener();
  expect(first).not.toBeNull();
  process.kill(first ?? 0, 'SIGKILL');
  await vi.waitUntil(async () => listener() !== first && (await isHeard()), {
    timeout: 30_000,
    interval: 200,
  });
  expect((await fetch(`${clinic.url}/`)).status).toBe(200);
});

it('a port that is taken is told by its setting before anything starts', async () => {
  const other = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  const { code, output } = await runCommand([], {
    PORT: String(await freePort()),
    DIMSE_PORT: String(port),
    RECTUS_DATA_DIR: `${clinic.dataDir}-taken`,
  });
  other.close();
  expect(code).toBe(1);
  expect(output).toContain(`DIMSE_PORT=${port + 1}`);
});

it('nobody is heard any more once the clinic is closed', async () => {
  await clinic.stop();
  expect(await echo(line)).toHaveProperty('broken');
});
