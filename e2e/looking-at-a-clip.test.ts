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

/** How the left picture lies: px of the screen for one of the picture, and where its upper left corner is. */
const lies = async (page: Page) => {
  const transform = await page.locator('[data-pane="0"] [data-part="marks"]').getAttribute('transform');
  const [, x, y, zoom] = /translate\((\S+) (\S+)\) scale\((\S+)\)/.exec(transform ?? '') ?? [];
  return { x: Number(x), y: Number(y), zoom: Number(zoom) };
};

type Place = readonly [x: number, y: number];
const STEPS = 12;

/** Two fingers that go down, along straight ways, and up, as a touch screen tells the browser. */
async function touching(page: Page) {
  const session = await page.context().newCDPSession(page);
  return async (from: readonly [Place, Place], to: readonly [Place, Place]): Promise<void> => {
    const at = (share: number) =>
      from.map(([x, y], id) => {
        const [toX, toY] = to[id] ?? [x, y];
        return { id, x: x + (toX - x) * share, y: y + (toY - y) * share };
      });
    const tell = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: ReturnType<typeof at>) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints });
    await tell('touchStart', at(0).slice(0, 1));
    await tell('touchStart', at(0));
    for (let step = 1; step <= STEPS; step++) await tell('touchMove', at(step / STEPS));
    await tell('touchEnd', []);
  };
}

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

  it('grows between two fingers, goes along with them, and fits again after two taps, while the page stays', () =>
    journey(browser, { ...PHONE, name: 'clip by fingers' }, async (page) => {
      await openView(page);
      const stage = page.locator('[data-pane="0"] .stage');
      await stage.scrollIntoViewIfNeeded();
      const box = await stage.boundingBox();
      if (!box) throw new Error('There is no picture');
      const fingers = await touching(page);
      const scrolled = await page.evaluate(() => scrollY);
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const whole = await lies(page);

      // Apart, from 60 to 180 px, about their middle.
      await fingers(
        [
          [x - 30, y],
          [x + 30, y],
        ],
        [
          [x - 90, y],
          [x + 90, y],
        ],
      );
      const large = await lies(page);
      expect(large.zoom / whole.zoom).toBeCloseTo(3, 0);
      const middle = (of: typeof whole) => (box.width / 2 - of.x) / of.zoom;
      expect(Math.abs(middle(large) - middle(whole))).toBeLessThan(8);

      // Both along, up and to the left.
      await fingers(
        [
          [x - 20, y],
          [x + 40, y],
        ],
        [
          [x - 60, y - 30],
          [x, y - 30],
        ],
      );
      const moved = await lies(page);
      expect(await page.evaluate(() => [scrollY, visualViewport?.scale])).toEqual([scrolled, 1]);
      expect(moved.zoom).toBeCloseTo(large.zoom, 1);
      expect(moved.x - large.x).toBeCloseTo(-40, 0);
      expect(moved.y - large.y).toBeCloseTo(-30, 0);

      await page.touchscreen.tap(x, y);
      await page.touchscreen.tap(x, y);
      expect(await lies(page)).toEqual(whole);
    }));

  it('names the frame that is drawn while it plays, not one that is due and has not been decoded', () =>
    journey(browser, { ...DESKTOP, name: 'clip caption' }, async (page) => {
      // Every seventh frame never comes out of the decoder.
      await page.addInitScript(() => {
        globalThis.Worker = class extends Worker {
          override set onmessage(listener: (event: MessageEvent) => void) {
            super.onmessage = (event: MessageEvent) => {
              if (event.data.kind !== 'frame' || event.data.frame % 7 !== 1) listener(event);
            };
          }
        };
      });
      await openView(page);
      await page.locator('[data-pane="0"] [data-part="at"]').evaluate((caption) => {
        const told: string[] = [];
        Object.assign(globalThis, { told });
        const note = (): number => told.push(/frame (\d+)/.exec(caption.textContent ?? '')?.[1] ?? '');
        new MutationObserver(note).observe(caption, { childList: true, characterData: true, subtree: true });
      });
      await page.keyboard.press('Space');
      await page.waitForTimeout(1200);
      const told = await page.evaluate(() => (globalThis as unknown as { told: string[] }).told);
      expect(told.length).toBeGreaterThan(8);
      expect(told.filter((frame) => Number(frame) % 7 === 1)).toEqual([]);
      await page.keyboard.press('Space');
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
