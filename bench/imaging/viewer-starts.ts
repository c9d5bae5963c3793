import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { DESKTOP } from '../../e2e/support/browser.ts';
import { type FirstPicture, noteFirstPicture } from './in-the-page.ts';

/** How one load of the viewer's page went; times in milliseconds. */
export interface Start {
  /** From the start of the navigation to the first picture that was painted. */
  readonly firstMs: number;
  /** From the end of the loading of the page's script to that picture. */
  readonly fromScriptMs: number;
  /** Until the server's answer began. */
  readonly answerMs: number;
  /** Processor time of the page's main thread until then. */
  readonly workMs: number;
  /** Scripts that were asked for before the picture was drawn. */
  readonly scripts: readonly string[];
}

/** Opens the page again and again: with the browser's store emptied each time, or with what it kept. */
export async function startsOf(
  browser: Browser,
  signedIn: Page,
  address: string,
  { loads, isWarm }: { readonly loads: number; readonly isWarm: boolean },
): Promise<readonly Start[]> {
  const starts: Start[] = [];
  let page = await freshPage(browser, signedIn);
  for (let load = 0; load <= loads; load++) {
    if (!isWarm && load > 0) page = await freshPage(browser, signedIn);
    const start = await startOf(page, address);
    // The first start of a browser's drawing process is not the page's, and it fills the store.
    if (load > 0) starts.push(start);
    if (isWarm) await page.goto('about:blank');
    else await page.context().close();
  }
  if (isWarm) await page.context().close();
  return starts;
}

async function startOf(page: Page, address: string): Promise<Start> {
  const workMs = await workOf(page);
  const before = await workMs();
  await page.goto(address, { waitUntil: 'commit' });
  await page.waitForFunction(() => 'firstPicture' in globalThis, undefined, { timeout: 30_000 });
  const work = (await workMs()) - before;
  const start = await page.evaluate(() => {
    const { paintedMs, drawnMs } = (globalThis as unknown as { firstPicture: FirstPicture }).firstPicture;
    const navigation = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming;
    const scripts = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(
      ({ name, startTime }) => /\/assets\/[^?]+\.js$/.test(name) && startTime < drawnMs,
    );
    const viewer = scripts.find(({ name }) => name.includes('clip-viewer'));
    return {
      firstMs: paintedMs,
      fromScriptMs: paintedMs - (viewer?.responseEnd ?? Number.NaN),
      answerMs: navigation.responseStart,
      scripts: scripts.map(({ name }) => name),
    };
  });
  return { ...start, workMs: work };
}

/** Reads how many milliseconds of a processor a page's main thread has had: other programs do not count. */
export async function workOf(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN);
  };
}

/** A page of a context of its own, signed in, with nothing cached. */
export async function freshPage(browser: Browser, signedIn: Page): Promise<Page> {
  const context = await browser.newContext(DESKTOP);
  await context.addCookies(await signedIn.context().cookies());
  const page = await context.newPage();
  await page.addInitScript(noteFirstPicture);
  return page;
}

/** All scripts of the viewer's page and of its workers. */
export async function scriptsOf(page: Page, address: string): Promise<readonly string[]> {
  const urls = new Set<string>();
  const listen = (request: { url(): string }): void => {
    if (/\/assets\/[^?]+\.js$/.test(request.url())) urls.add(request.url());
  };
  page.context().on('request', listen);
  await page.goto(address, { waitUntil: 'load' });
  await page.waitForTimeout(3000);
  page.context().off('request', listen);
  return [...urls];
}

/** How large scripts are as they travel, compressed by gzip. */
export async function weigh(urls: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    urls.map(async (url) => gzipSync(new Uint8Array(await (await fetch(url)).arrayBuffer())).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
