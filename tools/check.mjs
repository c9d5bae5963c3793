// npm run check: style, types and import rules, without building or testing.
import { checks, runCheck } from './lib/checks.mjs';
import { prepareInstall } from './lib/prepare.mjs';
import { runTool } from './lib/project.mjs';
import { Steps } from './lib/steps.mjs';

await runTool(async () => {
  const steps = new Steps(1 + checks.length);
  const node = await prepareInstall(steps);
  let failed = 0;
  for (const check of checks) if (!(await runCheck(steps, node, check))) failed += 1;
  process.stdout.write(`${checks.length - failed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
});
