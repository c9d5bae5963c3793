import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { DESKTOP } from '../../e2e/support/browser.ts';
import { CLINICIAN, signIn } from '../../e2e/support/staff.ts';
import { percentile } from '../lib/report.ts';
import { startDemoClinic } from '../pages/running-clinic.ts';
import { standingFile, walkFile } from './made-files.ts';

/** A script that a page loads. */
export interface LoadedScript {
  readonly url: string;
  readonly gzipBytes: number;
}

export interface ViewerTimes {
  readonly scripts: readonly LoadedScript[];
  readonly gzipBytes: number;
  /** Scripts of the report that other pages load as well, of those that hold the viewer; there must be none. */
  readonly elsewhere: readonly string[];
  /** From the start of the navigation, with nothing cached, to the first picture of the walk that was painted. */
  readonly startMs: number;
  readonly fastestMs: number;
  readonly slowestMs: number;
  readonly loads: number;
  /** Medians on the way: the page's first byte, its last script, the motion. */
  readonly firstByteMs: number;
  readonly scriptMs: number;
  readonly motionMs: number;
  /** What drew it. */
  readonly renderer: string;
}

const OTHER_PAGES = ['/', '/book', '/desk', '/desk/gait', '/desk/people'];

/** Starts the demo clinic, sends a simulated session through it, and opens its report in a browser again and again. */
export async function measureViewer(root: string, loads: number): Promise<ViewerTimes> {
  const clinic = await startDemoClinic(root);
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: sandbox,
  });
  try {
    const page = await (await browser.newContext(DESKTOP)).newPage();
    await signIn(page, clinic.url, CLINICIAN);
    const report = await makeReport(page, clinic.url);
    const onReport = await scriptsOf(page, report);
    const onOthers = new Set<string>();
    for (const path of [...OTHER_PAGES, new URL(report).pathname.replace(/\/report$/, '')])
      for (const url of await scriptsOf(page, clinic.url + path)) onOthers.add(url);
    const scripts = await Promise.all(onReport.map(weigh));
    const { starts, renderer } = await startTimes(browser, page, report, loads);
    const median = (pick: (start: Start) => number) => percentile(starts.map(pick), 0.5);
    const timesMs = starts.map(({ firstPictureMs }) => firstPictureMs);
    return {
      scripts,
      gzipBytes: scripts.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0),
      elsewhere: onReport.filter((url) => url.includes('walk-viewer') && onOthers.has(url)),
      startMs: percentile(timesMs, 0.5),
      fastestMs: Math.min(...timesMs),
      slowestMs: Math.max(...timesMs),
      firstByteMs: median((start) => start.firstByteMs),
      scriptMs: median((start) => start.scriptMs),
      motionMs: median((start) => start.motionMs),
      loads,
      renderer,
    };
  } finally {
    await browser.close();
    await clinic.stop();
  }
}

/** As a clinician does it: files are picked for a person's session. Returns the address of the report. */
async function makeReport(page: Page, url: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rectus-bench-viewer-'));
  try {
    const files = {
      'standing.c3d': standingFile(),
      'walk 1.c3d': walkFile(3, 1),
      'walk 2.c3d': walkFile(3, 2),
    };
    const paths = Object.keys(files).map((name) => join(folder, name));
    await Promise.all(Object.values(files).map((bytes, index) => writeFile(paths[index] ?? '', bytes)));
    await page.goto(`${url}/desk/gait`);
    await page.getByRole('searchbox', { name: 'From a person' }).fill('Duarte');
    await page.getByRole('button', { name: 'Find' }).last().click();
    await page
      .getByRole('button', { name: /^Begin a session for/ })
      .last()
      .click();
    await page.getByLabel('C3D files: one standing, and the walks').setInputFiles(paths);
    await page.getByText('The report can be signed').waitFor({ timeout: 120_000 });
    await page.getByRole('link', { name: 'Open the report' }).click();
    await page.waitForURL('**/report');
    return page.url();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The addresses of all scripts that a page loads until it is quiet. */
async function scriptsOf(page: Page, address: string): Promise<string[]> {
  const urls = new Set<string>();
  const listen = (request: { resourceType(): string; url(): string }) => {
    if (request.resourceType() === 'script') urls.add(request.url());
  };
  page.on('request', listen);
  // The desk listens to changes for as long as it is open: it never falls silent.
  await page.goto(address, { waitUntil: 'load' });
  await page.waitForTimeout(700);
  page.off('request', listen);
  return [...urls];
}

async function weigh(url: string): Promise<LoadedScript> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return {
    url: new URL(url).pathname,
    gzipBytes: gzipSync(new Uint8Array(await answer.arrayBuffer())).length,
  };
}

/** Each load in a context of its own, so that nothing is cached but the sign-in. */
async function startTimes(browser: Browser, signedIn: Page, report: string, loads: number) {
  const cookies = await signedIn.context().cookies();
  const starts: Start[] = [];
  let renderer = '';
  for (let load = 0; load <= loads; load++) {
    const context = await browser.newContext(DESKTOP);
    await context.addCookies(cookies);
    await context.addInitScript(noteFirstPicture);
    const page = await context.newPage();
    await page.goto(report, { waitUntil: 'commit' });
    await page.waitForFunction(() => 'firstPictureMs' in globalThis, undefined, { timeout: 30_000 });
    const { drawnBy, ...start } = await page.evaluate(() => {
      const endOf = (part: string) =>
        Math.max(
          ...performance
            .getEntriesByType('resource')
            .filter(({ name }) => name.includes(part))
            .map((entry) => (entry as PerformanceResourceTiming).responseEnd),
        );
      const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      const { firstPictureMs, drawnBy: by } = globalThis as unknown as Noted;
      return {
        firstPictureMs,
        drawnBy: by,
        firstByteMs: navigation?.responseStart ?? 0,
        scriptMs: endOf('walk-viewer'),
        motionMs: endOf('motion.json'),
      };
    });
    // The first start of a browser's drawing process is not the page's.
    if (load > 0) starts.push(start);
    renderer = drawnBy;
    await context.close();
  }
  return { starts, renderer };
}

/** Milliseconds from the start of the navigation. */
interface Start {
  readonly firstPictureMs: number;
  readonly firstByteMs: number;
  readonly scriptMs: number;
  readonly motionMs: number;
}

interface Noted {
  firstPictureMs: number;
  drawnBy: string;
}

/** Runs in the page: the first call that draws, and then the frame in which it was painted. */
function noteFirstPicture(): void {
  const prototype = WebGL2RenderingContext.prototype;
  const noted = globalThis as unknown as Noted;
  let drawn = false;
  for (const name of ['drawElements', 'drawArrays'] as const) {
    const draw = prototype[name] as (...given: number[]) => void;
    Object.defineProperty(prototype, name, {
      value(this: WebGL2RenderingContext, ...given: number[]) {
        draw.apply(this, given);
        if (drawn) return;
        drawn = true;
        const info = this.getExtension('WEBGL_debug_renderer_info');
        noted.drawnBy = String(this.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : this.RENDERER));
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            noted.firstPictureMs = performance.now();
          }),
        );
      },
    });
  }
}
