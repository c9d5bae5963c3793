import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const root = join(import.meta.dirname, '..', '..');
const pictures = join(root, 'dist', 'e2e');

/** The phone of a tired parent, and the desk's screen. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};
export const SMALL_PHONE: BrowserContextOptions = { ...PHONE, viewport: { width: 320, height: 640 } };
export const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };

export async function openBrowser(): Promise<Browser> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args });
}

/**
 * Walks a journey on a page of its own. Errors that the page's console or scripts report fail the journey, and a
 * failed one leaves a picture in dist/e2e.
 */
export async function journey(
  browser: Browser,
  options: BrowserContextOptions & { readonly name: string },
  walk: (page: Page) => Promise<void>,
): Promise<void> {
  const { name, ...device } = options;
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Lisbon', ...device });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A refused form is answered with 4xx, which Chromium notes as an error of its own.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      complaints.push(message.text());
  });
  try {
    await walk(page);
    if (complaints.length > 0) throw new Error(`The page complained: ${complaints.join('\n')}`);
  } catch (error) {
    await mkdir(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name.replaceAll(/\W+/g, '-')}.png`), fullPage: true });
    throw error;
  } finally {
    await context.close();
  }
}

/** What axe finds wrong with the page as it stands: a line for each rule, with the places. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  // The page's policy forbids foreign scripts, so the checker comes in through the debugger.
  await page.evaluate(source);
  return page.evaluate(async () => {
    const axe = (
      globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }> };
      }
    ).axe;
    const { violations } = await axe.run();
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => String(node.target)).join(' | ')}`,
    );
  });
}

/** Whether anything sticks out to the side. */
export async function isWiderThanScreen(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
