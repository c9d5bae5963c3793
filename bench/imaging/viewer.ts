import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { DESKTOP } from '../../e2e/support/browser.ts';
import { CLINICIAN, signIn } from '../../e2e/support/staff.ts';
import { beginExam } from '../../e2e/support/ultrasound-exam.ts';
import { percentile, printTable, round } from '../lib/report.ts';
import { startDemoClinic } from '../pages/running-clinic.ts';
import type { Group } from '../ultrasound/group.ts';
import { type BareTimes, bareTimes, noteFirstPicture } from './in-the-page.ts';
import { madeJpegClip } from './made-jpeg-clip.ts';

const FRAMES = 87;
const RATES = [30, 60] as const;

interface Played {
  readonly rate: number;
  readonly due: number;
  readonly dropped: number;
}

/**
 * How soon the first frame of a clip of 975 × 743 px stands, from the start of the navigation with nothing cached, and
 * how many frames of two pictures are dropped while they play. The limit beside it: a bare page of the same browser that
 * fetches the same frames, decodes them with createImageBitmap and draws them.
 */
export const measureViewer: Group = async ({ small }) => {
  const root = process.env.RECTUS_ROOT ?? process.cwd();
  const clinic = await startDemoClinic(root);
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: sandbox,
  });
  try {
    const page = await (await browser.newContext(DESKTOP)).newPage();
    await signIn(page, clinic.url, CLINICIAN);
    const frames = small ? 30 : FRAMES;
    const played: Played[] = [];
    let starts: number[] = [];
    let bare: BareTimes = { firstMs: Number.NaN, decodeMs: Number.NaN };
    let scriptBytes = 0;
    for (const rate of RATES) {
      const { bytes } = await madeJpegClip(frames, rate);
      const exam = await beginExam(page, clinic.url, 'Duarte', [{ name: `${rate}.dcm`, bytes }]);
      if (rate === RATES[0]) {
        starts = await startTimes(browser, page, `${exam}/view`, small ? 2 : 9);
        scriptBytes = await weighScripts(page, `${exam}/view`);
        bare = await inBarePage(browser, page, `${exam}/view`, frames);
      }
      played.push({ rate, ...(await play(page, `${exam}/view`, small ? 1500 : 6000)) });
    }
    print({ starts, bare, played, scriptBytes, frames });
    const [at30, at60] = played;
    return {
      firstFrameMs: round(percentile(starts, 0.5)),
      bareFirstFrameMs: round(bare.firstMs),
      bareDecodeMs: round(bare.decodeMs, 1),
      droppedFrames: at30?.dropped ?? Number.NaN,
      droppedFramesAt60: at60?.dropped ?? Number.NaN,
      viewerScriptBytes: scriptBytes,
    };
  } finally {
    await browser.close();
    await clinic.stop();
  }
};

/** Each load in a context of its own, so that nothing is cached but the sign-in. */
async function startTimes(
  browser: Browser,
  signedIn: Page,
  address: string,
  loads: number,
): Promise<number[]> {
  const times: number[] = [];
  for (let load = 0; load <= loads; load++) {
    const page = await freshPage(browser, signedIn);
    await page.addInitScript(noteFirstPicture);
    await page.goto(address, { waitUntil: 'commit' });
    await page.waitForFunction(() => 'firstPictureMs' in globalThis, undefined, { timeout: 30_000 });
    const ms = await page.evaluate(
      () => (globalThis as unknown as { firstPictureMs: number }).firstPictureMs,
    );
    // The first start of a browser's drawing process is not the page's.
    if (load > 0) times.push(ms);
    await page.context().close();
  }
  return times;
}

async function freshPage(browser: Browser, signedIn: Page): Promise<Page> {
  const context = await browser.newContext(DESKTOP);
  await context.addCookies(await signedIn.context().cookies());
  return context.newPage();
}

/** Plays once around from the beginning, with everything decoded that fits, and reads what the viewer counted. */
async function play(page: Page, address: string, ms: number): Promise<Omit<Played, 'rate'>> {
  await page.goto(address);
  await page.waitForFunction(
    () => document.querySelectorAll('[data-part="state-line"][hidden]').length === 2,
  );
  await page.keyboard.press('Space');
  await page.waitForTimeout(ms);
  await page.keyboard.press('Space');
  const counted = await page.locator('[data-part="rate"]').evaluate(({ dataset }) => ({
    due: Number(dataset.due),
    dropped: Number(dataset.dropped),
  }));
  if (!(counted.due > 0)) throw new Error('Nothing was played');
  return counted;
}

/** All script of the viewer's page and of its workers, as it travels compressed. */
async function weighScripts(page: Page, address: string): Promise<number> {
  const urls = new Set<string>();
  const listen = (request: { url(): string }): void => {
    if (/\/assets\/[^?]+\.js$/.test(request.url())) urls.add(request.url());
  };
  page.context().on('request', listen);
  await page.goto(address, { waitUntil: 'load' });
  await page.waitForTimeout(1000);
  page.context().off('request', listen);
  const sizes = await Promise.all(
    [...urls].map(async (url) => gzipSync(new Uint8Array(await (await fetch(url)).arrayBuffer())).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function inBarePage(
  browser: Browser,
  signedIn: Page,
  address: string,
  frames: number,
): Promise<BareTimes> {
  await signedIn.goto(address);
  const state = await signedIn.locator('[data-part="state"]').textContent();
  const { exam } = JSON.parse(state ?? '') as { exam: { clips: { framesHref: string }[] } };
  const page = await freshPage(browser, signedIn);
  await page.goto(`${new URL(address).origin}/favicon.svg`);
  const times = await page.evaluate(bareTimes, { href: exam.clips[0]?.framesHref ?? '', frames });
  await page.context().close();
  return times;
}

interface Printed {
  readonly starts: readonly number[];
  readonly bare: BareTimes;
  readonly played: readonly Played[];
  readonly scriptBytes: number;
  readonly frames: number;
}

function print({ starts, bare, played, scriptBytes, frames }: Printed): void {
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  printTable(`The viewer in Chromium, a clip of ${frames} frames, 975 × 743 px`, [
    [
      'first frame',
      ms(percentile(starts, 0.5)),
      `limit 500 ms; ${ms(Math.min(...starts))} to ${ms(Math.max(...starts))}`,
    ],
    ['a bare page: first frame', ms(bare.firstMs), 'fetched, decoded and drawn'],
    [
      'a bare page: decoding a frame',
      `${bare.decodeMs.toFixed(1)} ms`,
      `${(1000 / bare.decodeMs).toFixed(0)} a second`,
    ],
    ...played.map(
      ({ rate, due, dropped }) =>
        [`dropped at ${rate} frames/s, two pictures`, `${dropped}`, `of ${due} that were due`] as const,
    ),
    ['all script of the page', `${(scriptBytes / 1000).toFixed(1)} kB`, 'gzip, with the decoding worker'],
  ]);
}
