// Starts a command line on any Node from 20: the program itself needs the Node that the project installs.
import { spawn } from 'node:child_process';
import { assertNode20, findNode24 } from '../../tools/lib/node24.mjs';
import { runTool } from '../../tools/lib/project.mjs';

/** Runs the program whose `run` the module at `script` exports. */
export async function launch(script) {
  await runTool(async () => {
    assertNode20();
    const args = process.argv.slice(2);
    if (Number(process.versions.node.split('.')[0]) >= 24) {
      const { run } = await import(script);
      process.exitCode = await run(args);
      return;
    }
    const child = spawn(findNode24(), [script, ...args], { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    process.exitCode = await new Promise((resolve) => {
      child.once('error', () => resolve(1));
      child.once('exit', (status, signal) => resolve(status ?? (signal ? 130 : 1)));
    });
  });
}
