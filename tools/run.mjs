// npm run backup | restore | audit:verify | ledger:verify: one subcommand of the built program.
import { prepareBuild, prepareInstall, programEnvironment } from './lib/prepare.mjs';
import { at, runTool } from './lib/project.mjs';
import { supervise } from './lib/run-process.mjs';
import { Steps } from './lib/steps.mjs';

await runTool(async () => {
  const steps = new Steps(2, (text) => process.stderr.write(text));
  const node = await prepareInstall(steps);
  await prepareBuild(steps, node);
  const script = at('dist', 'server', 'main.js');
  process.exitCode = await supervise(
    node,
    ['--enable-source-maps', script, ...process.argv.slice(2)],
    programEnvironment(),
  );
});
