#!/usr/bin/env node
// Runs on any Node from 20; the program itself needs the Node that the project installs.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { assertNode20, findNode24 } from '../../../tools/lib/node24.mjs';
import { runTool } from '../../../tools/lib/project.mjs';

await runTool(async () => {
  assertNode20();
  const script = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', 'main.ts');
  if (Number(process.versions.node.split('.')[0]) >= 24) {
    const { run } = await import(script);
    process.exitCode = await run(process.argv.slice(2));
    return;
  }
  const child = spawn(findNode24(), [script, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (status, signal) => resolve(status ?? (signal ? 130 : 1)));
  });
});
