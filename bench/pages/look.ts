import { get } from 'node:http';
import type { Browser, Page, Request } from 'playwright-core';
import { axeViolations, DESKTOP, PHONE } from '../../e2e/support/browser.ts';
import { OWNER, signIn } from '../../e2e/support/staff.ts';
import { nothingToTell, seen, takeTime, timesOn } from '../../e2e/support/visit.ts';
import type { PageToMeasure } from './list.ts';

/** What a browser saw on one page. */
export interface Seen {
  readonly name: string;
  /** Bytes of script as they came over the wire. */
  readonly scriptBytes: number;
  /** A line for each rule that axe finds broken. */
  readonly violations: readonly string[];
  /** False where there was nothing to follow. */
  readonly found: boolean;
}

/** Opens every page, the public ones on a phone and the desk's on a screen, signed in as the owner. */
export async function lookAtPages(
  browser: Browser,
  url: string,
  pages: readonly PageToMeasure[],
): Promise<readonly Seen[]> {
  const seenPages: Seen[] = [];
  for (const group of ['public', 'staff'] as const) {
    const context = await browser.newContext(group === 'public' ? PHONE : DESKTOP);
    const page = await context.newPage();
    if (group === 'staff') await signIn(page, url, OWNER);
    for (const one of pages.filter((candidate) => candidate.for === group)) {
      seenPages.push(await look(page, url, one));
    }
    if (group === 'public') seenPages.push(...(await walkABooking(page, url)));
    await context.close();
  }
  return seenPages;
}

async function look(page: Page, url: string, one: PageToMeasure): Promise<Seen> {
  const name = one.follow ? `${one.path} → ${one.follow}` : one.path;
  const scripts = countScripts(page);
  await open(page, url + one.path);
  if (one.follow) {
    const href = await page.evaluate(
      (selector) => document.querySelector(selector)?.getAttribute('href'),
      one.follow,
    );
    if (!href) return { name, scriptBytes: await scripts(), violations: [], found: false };
    await open(page, new URL(href, page.url()).href);
  }
  const violations = await axeViolations(page);
  return { name, scriptBytes: await scripts(), violations, found: true };
}

/** Opens a page; an error page instead is an error, for it would pass as a clean one. */
async function open(page: Page, address: string): Promise<void> {
  const response = await page.goto(address, { waitUntil: 'load' });
  if (!response?.ok()) throw new Error(`${address} answered ${response?.status() ?? 'nothing'}`);
}

/** The steps of a booking up to the last one, which is left. */
async function walkABooking(page: Page, url: string): Promise<Seen[]> {
  const steps: Seen[] = [];
  const step = async (name: string, go: () => Promise<unknown>) => {
    const scripts = countScripts(page);
    await go();
    await page.waitForLoadState('load');
    const violations = await axeViolations(page);
    steps.push({ name: `booking: ${name}`, scriptBytes: await scripts(), violations, found: true });
  };
  await step('where and with whom', async () => {
    await page.goto(`${url}/book`);
    await page.getByRole('radio').first().check();
    await seen(page, 'button', 'Continue').click();
    await seen(page, 'button', 'See free times').waitFor();
  });
  await step('time', async () => {
    // The demo clinic asks for the site first.
    await page.getByRole('radio').first().check();
    await seen(page, 'button', 'See free times').click();
    await timesOn(page).first().waitFor();
  });
  await step('safety', () => takeTime(page));
  await step('details', async () => {
    await nothingToTell(page);
    await page.getByLabel('Given name').waitFor();
  });
  return steps;
}

/** Notes the scripts that the page loads from now on; calling the result ends the noting and adds up their sizes. */
function countScripts(page: Page): () => Promise<number> {
  const scripts = new Set<string>();
  const listen = (request: Request) => {
    if (request.resourceType() === 'script') scripts.add(request.url());
  };
  page.on('request', listen);
  return async () => {
    page.off('request', listen);
    const sizes = await Promise.all([...scripts].map(compressedBytes));
    return sizes.reduce((sum, size) => sum + size, 0);
  };
}

/** What comes over the wire, whether the browser had it already or not. */
function compressedBytes(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { 'accept-encoding': 'br, gzip' } }, (response) => {
      let size = 0;
      response.on('data', (part: Buffer) => {
        size += part.length;
      });
      response.on('error', reject).on('end', () => resolve(size));
    });
    request.on('error', reject);
  });
}
