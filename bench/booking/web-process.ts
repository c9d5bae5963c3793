import { type ChildProcess, fork } from 'node:child_process';
import type { Connection } from '../../clinic/platform/database/pool.ts';
import { type BenchWeb, startBenchWeb } from './web.ts';

type Order =
  | { readonly admin: Connection; readonly secret: string }
  | { readonly user: { readonly name: string; readonly email: string; readonly password: string } };

/** The same web server in a process of its own; `script` must call {@link serveAsChild} when told to. */
export async function forkBenchWeb(script: string, admin: Connection, secret: string): Promise<BenchWeb> {
  const child = fork(script, ['web'], { execArgv: process.execArgv.concat(profileFlags()) });
  const origin = await ask(child, { admin, secret });
  return {
    origin,
    ensureUser: (user) => ask(child, { user }),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.disconnect();
      }),
  };
}

/** Serves until the parent goes. */
export function serveAsChild(): void {
  let web: BenchWeb | null = null;
  process.on('message', async (order: Order) => {
    if ('admin' in order) {
      web = await startBenchWeb(order.admin, order.secret);
      process.send?.(web.origin);
    } else process.send?.(await web?.ensureUser(order.user));
  });
  process.once('disconnect', async () => {
    await web?.stop();
    process.exit();
  });
}

function ask(child: ChildProcess, order: Order): Promise<string> {
  return new Promise((resolve, reject) => {
    const failed = () => reject(new Error('The web process ended'));
    child.once('exit', failed);
    child.once('message', (answer) => {
      child.off('exit', failed);
      resolve(String(answer));
    });
    child.send(order);
  });
}

/** BENCH_PROFILE names a folder for a CPU profile of the web process. */
function profileFlags(): string[] {
  const folder = process.env.BENCH_PROFILE;
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}
