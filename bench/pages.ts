import { isMainThread } from 'node:worker_threads';
import { chromium } from 'playwright-core';
import { printResult, printTable, round } from './lib/report.ts';
import { judge, type Verdict } from './pages/lighthouse.ts';
import { PAGES } from './pages/list.ts';
import { loadAsThread, requestsPerSecond } from './pages/load.ts';
import { lookAtPages, type Seen } from './pages/look.ts';
import { freePort, startDemoClinic } from './pages/running-clinic.ts';

// npm run -s bench -- pages [--small]: what the pages weigh, what Lighthouse and axe say of them, and how many
// home pages a second one web process serves. The loading thread runs the same file.
if (isMainThread) await measure(process.argv[1] ?? '', process.argv.includes('--small'));
else await loadAsThread();

async function measure(script: string, small: boolean): Promise<void> {
  const clinic = await startDemoClinic(process.env.RECTUS_ROOT ?? process.cwd());
  try {
    const order = { url: `${clinic.url}/`, connections: 16, seconds: small ? 2 : 10 };
    const homePerSecond = await requestsPerSecond(script, order);
    const { pages, verdicts } = await inBrowser(clinic.url, small);
    print(pages, verdicts, homePerSecond);
  } finally {
    await clinic.stop();
  }
}

async function inBrowser(url: string, small: boolean) {
  const port = await freePort();
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [`--remote-debugging-port=${port}`, ...sandbox],
  });
  try {
    const pages = await lookAtPages(browser, url, PAGES);
    const verdicts: Verdict[] = [];
    for (const { path } of PAGES.filter((page) => page.for === 'public').slice(0, small ? 1 : undefined)) {
      process.stderr.write(`Lighthouse looks at ${path} …\n`);
      verdicts.push(await judge(url, path, port));
    }
    return { pages, verdicts };
  } finally {
    await browser.close();
  }
}

function print(pages: readonly Seen[], verdicts: readonly Verdict[], homePerSecond: number): void {
  printTable(
    'Script (bytes, compressed) and accessibility (axe)',
    pages.map(({ name, scriptBytes, violations, found }) => [
      name,
      String(scriptBytes),
      found ? violations.join('; ') : 'there was nothing to follow',
    ]),
  );
  printTable(
    'Lighthouse, as a phone',
    verdicts.map(({ path, scores, complaints }) => [
      path,
      Object.values(scores).join(' '),
      complaints.join('; '),
    ]),
  );
  printTable('Load', [['home pages per second', homePerSecond.toFixed(0), '16 connections that stay open']]);
  const isPublic = (page: Seen) => !page.name.startsWith('/desk');
  printResult({
    publicScriptBytes: Math.max(...pages.filter(isPublic).map((page) => page.scriptBytes)),
    lighthouseMin: Math.min(...verdicts.flatMap(({ scores }) => Object.values(scores))),
    axeViolations: pages.reduce((sum, page) => sum + page.violations.length, 0),
    homePerSecond: round(homePerSecond),
  });
}
