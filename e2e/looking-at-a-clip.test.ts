import { makePhantom, tearScene, writeUltrasoundCine } from '@rectus/sonography';
import { nodeJpegLsEncoder } from '@rectus/sonography/node';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { axeViolations, DESKTOP, isWiderThanScreen, journey, openBrowser, PHONE } from './support/browser.ts';
import { CLINICIAN, signIn } from './support/staff.ts';
import { beginExam } from './support/ultrasound-exam.ts';

const FRAMES = 30;
let browser: Browser;
let exam = '';
const { url } = inject('clinic');

beforeAll(async () => {
  const activation = Array.from(
    { length: FRAMES },
    (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / FRAMES),
  );
  const { clip } = makePhantom({ scene: tearScene(), width: 320, height: 240, frameRate: 20, activation });
  const of = { study: 'looking', series: 'looking' };
  const lossless = await writeUltrasoundCine(clip, {
    ...{ ...of, instance: 'lossless' },
    pixels: { jpegLs: await nodeJpegLsEncoder() },
  });
  const runLengths = await writeUltrasoundCine(clip, { ...of, instance: 'runs', pixels: 'rle' });
  browser = await openBrowser();
  const page = await (await browser.newContext(DESKTOP)).newPage();
  await signIn(page, url, CLINICIAN);
  exam = await beginExam(page, url, 'Duarte', [
    { name: 'lossless.dcm', bytes: lossless },
    { name: 'runs.dcm', bytes: runLengths },
  ]);
  await page.context().close();
});
afterAll(() => browser.close());

async function openView(page: Page): Promise<void> {
  await signIn(page, url, CLINICIAN);
  await page.goto(`${exam}/view`);
  await page.waitForFunction(
    () => document.querySelectorAll('[data-part="state-line"][hidden]').length === 2,
  );
}

const at = (page: Page, pane: 0 | 1) => page.locator(`[data-pane="${pane}"] [data-part="at"]`).textContent();

/** Mean grey of what a pane shows. */
const brightness = (page: Page, pane: 0 | 1) =>
  page.locator(`[data-pane="${pane}"] canvas`).evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
      data: [0],
    };
    let sum = 0;
    for (let index = 0; index < data.length; index += 4) sum += data[index] ?? 0;
    return (4 * sum) / data.length;
  });

describe('looking at a clip', () => {
  it('shows two pictures, decoded in the browser, that are stepped, played and looped by keys', () =>
    journey(browser, { ...DESKTOP, name: 'clip by keys' }, async (page) => {
      await openView(page);
      expect(await brightness(page, 0)).toBeGreaterThan(5);
      expect(await brightness(page, 1)).toBeCloseTo(await brightness(page, 0), 1);
      expect(await at(page, 0)).toBe('frame 0 · 0.00 s');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Shift+ArrowRight');
      expect(await at(page, 0)).toBe('frame 11 · 0.55 s');
      expect(await at(page, 1)).toBe('frame 11 · 0.55 s');
      expect(await page.locator('[data-part="said"]').textContent()).toContain('frame 11 of 30');
      await page.keyboard.press('k');
      await page.keyboard.press('2');
      await page.keyboard.press('ArrowLeft');
      expect([await at(page, 0), await at(page, 1)]).toEqual(['frame 11 · 0.55 s', 'frame 10 · 0.50 s']);
      await page.keyboard.press('k');
      expect(await page.locator('[data-part="offset-words"]').textContent()).toBe('offset −0.05 s');
      await page.keyboard.press('l');
      await page.keyboard.press('Space');
      await page.waitForTimeout(1500);
      await page.keyboard.press('Space');
      const told = page.locator('[data-part="rate"]');
      expect(await told.textContent()).toMatch(/^20 frames\/s, (none dropped|\d+ dropped of \d+)$/);
      expect(Number(await told.getAttribute('data-due'))).toBeGreaterThan(20);
      const [, frame = ''] = /frame (\d+)/.exec((await at(page, 1)) ?? '') ?? [];
      expect(Number(frame)).toBeGreaterThanOrEqual(7);
      expect(Number(frame)).toBeLessThanOrEqual(23);
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
      await page.keyboard.press('Escape');
      await page.waitForTimeout(600);
      expect(page.url()).toContain(`rightFrame=${frame}`);
    }));

  it('is zoomed at the pointer by the wheel, fitted by a key, and its grey is changed without changing the file', () =>
    journey(browser, { ...DESKTOP, name: 'clip by wheel' }, async (page) => {
      await openView(page);
      const marks = page.locator('[data-pane="1"] [data-part="marks"]');
      const whole = await marks.getAttribute('transform');
      await page.locator('[data-pane="1"] .stage').hover({ position: { x: 40, y: 40 } });
      await page.mouse.wheel(0, -600);
      await page.waitForFunction((before) => {
        const now = document.querySelector('[data-pane="1"] [data-part="marks"]')?.getAttribute('transform');
        return now !== before;
      }, whole);
      await page.keyboard.press('2');
      await page.keyboard.press('0');
      expect(await marks.getAttribute('transform')).toBe(whole);
      await page.keyboard.press('w');
      await page.getByLabel('Brightest grey shown as white').fill('120');
      const filter = await page
        .locator('[data-pane="1"] canvas')
        .evaluate((canvas) => (canvas as HTMLElement).style.filter);
      expect(filter).toContain('#contrast-1');
      await page.getByRole('button', { name: 'As stored' }).click();
      expect(
        await page
          .locator('[data-pane="1"] canvas')
          .evaluate((canvas) => (canvas as HTMLElement).style.filter),
      ).toBe('');
    }));

  it('waits for a lost connection, says so, and goes on', () =>
    journey(browser, { ...DESKTOP, name: 'clip offline' }, async (page) => {
      await signIn(page, url, CLINICIAN);
      let lost = true;
      await page
        .context()
        .route('**/frames?**', (route) => (lost ? route.fulfill({ status: 503 }) : route.continue()));
      await page.goto(`${exam}/view`);
      await page.getByText('The connection is lost').first().waitFor();
      lost = false;
      await page.waitForFunction(
        () => document.querySelectorAll('[data-part="state-line"][hidden]').length === 2,
      );
      expect(await brightness(page, 0)).toBeGreaterThan(5);
    }).catch((error: Error) => {
      // The browser notes a refused answer as an error of the page.
      if (!/status of 503/.test(error.message)) throw error;
    }));

  for (const [name, device] of [
    ['desk', DESKTOP],
    ['phone', PHONE],
  ] as const)
    it(`has nothing that axe finds wrong and nothing that sticks out on a ${name}`, () =>
      journey(browser, { ...device, name: `clip on a ${name}` }, async (page) => {
        await openView(page);
        expect(await axeViolations(page)).toEqual([]);
        expect(await isWiderThanScreen(page)).toBe(false);
        await page.getByRole('button', { name: 'Compare' }).click();
        expect(await axeViolations(page)).toEqual([]);
      }));
});
