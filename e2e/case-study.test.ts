import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  axeViolations,
  DESKTOP,
  isWiderThanScreen,
  journey,
  openBrowser,
  PHONE,
  SMALL_PHONE,
} from './support/browser.ts';

const { url } = inject('clinic');
const TEAR = '/cases/a-complete-tear-that-only-contraction-shows';
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const slider = (page: Page) => page.getByRole('slider', { name: 'Move between rest and contraction' });
const at = async (page: Page): Promise<number> => Number(await slider(page).inputValue());

/** What the canvas shows, as a number that differs from picture to picture. */
const shown = (page: Page): Promise<number> =>
  page
    .locator('.case-frame canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      let sum = 0;
      for (let n = 0; n < pixels.length; n += 4) sum = (sum * 31 + (pixels[n] ?? 0)) % 1_000_003;
      return sum;
    });

/** A finger that moves sideways over the picture. */
async function swipe(page: Page, share: number): Promise<void> {
  const box = await page.locator('.case-frame').first().boundingBox();
  if (!box) throw new Error('There is no picture');
  const touch = await page.context().newCDPSession(page);
  const y = box.y + box.height / 2;
  const from = box.x + box.width * (share > 0 ? 0.1 : 0.9);
  const point = (x: number) => [{ x, y }];
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: point(from) });
  for (let step = 1; step <= 10; step++) {
    const touchPoints = point(from + (box.width * share * step) / 10);
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints });
  }
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

describe('an athlete who reads about a torn muscle on his phone', () => {
  it('comes from the article to the case and moves the muscle with his thumb and by keys', async () => {
    await journey(browser, { ...PHONE, name: 'case by touch' }, async (page) => {
      await page.goto(`${url}/articles/look-while-it-contracts`);
      await page.getByRole('link', { name: /Move a muscle between rest and contraction/ }).click();
      await page.getByRole('link', { name: /complete tear that only contraction shows/ }).click();
      await slider(page).scrollIntoViewIfNeeded();
      await page.locator('.case-frame canvas').first().waitFor();
      const beginning = await at(page);
      const rest = await shown(page);
      await expect.poll(() => page.locator('.case-state').first().textContent()).toBe('');
      await swipe(page, 0.8);
      await expect.poll(() => at(page)).toBeGreaterThan(beginning + 10);
      const moved = await shown(page);
      expect(moved).not.toBe(rest);
      await slider(page).focus();
      await page.keyboard.press('End');
      expect(await slider(page).getAttribute('aria-valuetext')).toMatch(/^Contraction: gap 2\d\.\d/);
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Home');
      expect(await at(page)).toBe(0);
      expect(await shown(page)).toBe(rest);
    });
  });

  it('lets it play once, and it comes back to rest', async () => {
    await journey(browser, { ...PHONE, name: 'case plays' }, async (page) => {
      await page.goto(url + TEAR);
      await page.getByRole('button', { name: 'Play' }).click();
      await expect.poll(() => at(page), { timeout: 5000, interval: 100 }).toBeGreaterThan(12);
      await page.getByRole('button', { name: 'Play' }).waitFor();
      expect(await page.locator('output').first().textContent()).toMatch(/^Rest/);
    });
  });

  it('is not moved by itself where motion should be calm, and jumps at once', async () => {
    await journey(browser, { ...PHONE, name: 'case calm', reducedMotion: 'reduce' }, async (page) => {
      await page.goto(url + TEAR);
      const beginning = await at(page);
      await page.getByRole('button', { name: 'Contraction' }).click();
      expect(await at(page)).toBeGreaterThan(beginning + 10);
    });
  });

  it('reads everything without a script: both pictures, what can be seen, what was measured', async () => {
    await journey(
      browser,
      { ...PHONE, name: 'case without script', javaScriptEnabled: false },
      async (page) => {
        await page.goto(url + TEAR);
        for (const picture of await page.locator('.case-pair img').all())
          expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(
            200,
          );
        expect(await page.locator('.case-pair img').count()).toBe(2);
        expect(await slider(page).isVisible()).toBe(false);
        await page.getByText('What can be seen, in words').click();
        expect(await page.getByText(/a dark gap as wide as a thumb/).isVisible()).toBe(true);
        expect(await page.getByRole('rowheader', { name: 'Gap in contraction' }).isVisible()).toBe(true);
      },
    );
  });

  it.each([SMALL_PHONE, DESKTOP])('finds nothing that sticks out or that axe objects to', async (device) => {
    for (const path of ['/cases', TEAR])
      await journey(browser, { ...device, name: `axe ${path}` }, async (page) => {
        await page.goto(url + path);
        expect(await isWiderThanScreen(page)).toBe(false);
        expect(await axeViolations(page)).toEqual([]);
      });
  });
});
