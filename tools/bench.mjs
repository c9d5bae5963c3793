// npm run -s bench -- NAME [--small]: runs bench/NAME.ts; its last line on standard output is one JSON object.
import { existsSync, readdirSync } from 'node:fs';
import { buildBench } from './lib/build.mjs';
import { prepareBuild, prepareInstall, programEnvironment } from './lib/prepare.mjs';
import { at, runTool, ToolError } from './lib/project.mjs';
import { supervise } from './lib/run-process.mjs';
import { Steps } from './lib/steps.mjs';

await runTool(async () => {
  const [name, ...rest] = process.argv.slice(2);
  const known = readdirSync(at('bench'))
    .filter((file) => /^[a-z0-9-]+\.ts$/.test(file))
    .map((file) => file.replace(/\.ts$/, ''));
  if (name === undefined || !known.includes(name) || !existsSync(at('bench', `${name}.ts`))) {
    throw new ToolError(
      `Which one? ${known.join(', ') || 'There is none yet.'}`,
      'npm run -s bench -- NAME [--small]',
    );
  }
  // Standard output belongs to the benchmark alone.
  const steps = new Steps(3, (text) => process.stderr.write(text));
  const node = await prepareInstall(steps);
  await prepareBuild(steps, node);
  const script = await steps.run(`Building the benchmark ${name}`, () => buildBench(node, name));
  process.exitCode = await supervise(node, ['--enable-source-maps', script, ...rest], programEnvironment());
});
