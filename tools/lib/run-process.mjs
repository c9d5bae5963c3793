import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { root } from './project.mjs';

/**
 * Runs a program to its end.
 * @param options.output `show` passes its output on, `stderr` passes all of it to our standard error,
 *   `keep` collects it for the case of a failure
 * @returns its exit status (128 + n after signal n counts as failure: 1) and what was collected
 */
export function runProcess(command, args, { env = process.env, output = 'show', cwd = root } = {}) {
  const stdio = { show: 'inherit', stderr: ['ignore', 2, 2], keep: ['ignore', 'pipe', 'pipe'] }[output];
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio, windowsHide: true });
    const collected = [];
    child.stdout?.on('data', (chunk) => collected.push(chunk));
    child.stderr?.on('data', (chunk) => collected.push(chunk));
    child.once('error', (error) => resolve({ status: 1, text: error.message }));
    child.once('close', (status) =>
      resolve({
        status: status ?? 1,
        text: stripVTControlCharacters(Buffer.concat(collected).toString('utf8')),
      }),
    );
  });
}

/**
 * Runs the long-lived program and passes signals on to it. It has a process group of its own, so Ctrl-C reaches
 * it once, through us; if we are killed, its IPC channel closes and it stops by itself.
 * @returns its exit status
 */
export function supervise(command, args, env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      detached: process.platform !== 'win32',
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    whenNpmEnds(() => child.kill('SIGTERM'));
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(1);
    });
    child.once('exit', (status, signal) =>
      resolve(status ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)),
    );
  });
}

/** Somebody who stops npm itself ends its shell but not us: our parent changes, and that means stop. */
function whenNpmEnds(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 250);
  watch.unref();
}
