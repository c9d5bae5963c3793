// npm start: packages, build, then the clinic itself, which brings up its database and prints its address.
import { prepareBuild, prepareInstall, programEnvironment } from './lib/prepare.mjs';
import { at, runTool } from './lib/project.mjs';
import { supervise } from './lib/run-process.mjs';
import { Steps } from './lib/steps.mjs';

await runTool(async () => {
  const steps = new Steps(3);
  const node = await prepareInstall(steps);
  await prepareBuild(steps, node);
  steps.skip('Opening the clinic', 'database, migrations and pages (Ctrl-C closes it)');
  const script = at('dist', 'server', 'main.js');
  process.exitCode = await supervise(
    node,
    ['--enable-source-maps', script, ...process.argv.slice(2)],
    programEnvironment(),
  );
});
