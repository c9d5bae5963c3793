// npm test: everything, from nothing. The last line is always "N passed, N failed".
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { checks, runCheck } from './lib/checks.mjs';
import { chromiumCommand, findChromium, installChromium } from './lib/chromium.mjs';
import { prepareBuild, prepareInstall } from './lib/prepare.mjs';
import { at, root, scriptOf, ToolError } from './lib/project.mjs';
import { runProcess } from './lib/run-process.mjs';
import { Steps } from './lib/steps.mjs';

const reportFile = at('dist', 'test-report.json');
const tally = { passed: 0, failed: 0 };
const count = (passed) => {
  if (passed) tally.passed += 1;
  else tally.failed += 1;
};

try {
  await testEverything();
} catch (error) {
  count(false);
  process.stdout.write(`${error instanceof ToolError ? `${error.message}\n${error.hint}` : error.stack}\n`);
}
process.stdout.write(`${tally.passed} passed, ${tally.failed} failed\n`);
process.exitCode = tally.failed === 0 ? 0 : 1;

async function testEverything() {
  const steps = new Steps(checks.length + 4);
  const node = await prepareInstall(steps);
  count(true);
  const chromium = await provideChromium(steps, node);
  for (const check of checks) count(await runCheck(steps, node, check));
  count(await passes(prepareBuild(steps, node)));
  const tests = chromium ? 'All tests, with a browser' : 'All tests but those in a browser';
  await passes(steps.run(tests, () => runTests(node, chromium)));
  if (!chromium) {
    count(false);
    const command = chromiumCommand();
    process.stdout.write(
      `\nNo Chromium was found, so nothing was tested in a browser. This installs one:\n  ${command}\n\n`,
    );
  }
}

async function provideChromium(steps, node) {
  const found = findChromium();
  if (found) {
    steps.skip('Finding a browser', found);
    return found;
  }
  return steps.run('Installing a browser', (progress) => installChromium(node, progress));
}

/** Whether the step ended well; what it said about a failure is printed. */
async function passes(step) {
  try {
    await step;
    return true;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    process.stdout.write(`${error.message}\n`);
    return false;
  }
}

async function runTests(node, chromium) {
  mkdirSync(at('dist'), { recursive: true });
  rmSync(reportFile, { force: true });
  const selection = chromium ? [] : ['--project=!e2e'];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    RECTUS_ROOT: root,
    PATH: `${at('node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
    ...(chromium ? { CHROMIUM_PATH: chromium } : {}),
  };
  const { status } = await runProcess(
    node,
    [scriptOf('vitest', 'vitest'), 'run', ...selection, ...reporters],
    { env },
  );
  const report = readReport();
  tally.passed += report.numPassedTests;
  tally.failed += report.numFailedTests;
  // A file that cannot even be loaded, or a set-up that fails, has no failing test of its own.
  const suites = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  tally.failed += suites.length;
  if (status !== 0 && report.numFailedTests + suites.length === 0) count(false);
  if (status !== 0) throw new ToolError('Some tests failed.');
}

function readReport() {
  try {
    return JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, testResults: [] };
  }
}
