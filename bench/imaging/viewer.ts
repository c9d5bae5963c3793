import { loadavg } from 'node:os';
import { type Browser, chromium, type Page } from 'playwright-core';
import { DESKTOP } from '../../e2e/support/browser.ts';
import { CLINICIAN, signIn } from '../../e2e/support/staff.ts';
import { beginExam } from '../../e2e/support/ultrasound-exam.ts';
import { percentile, printTable, round } from '../lib/report.ts';
import { startDemoClinic } from '../pages/running-clinic.ts';
import type { Group } from '../ultrasound/group.ts';
import { type BareTimes, barePlay, bareTimes } from './in-the-page.ts';
import { madeJpegClip } from './made-jpeg-clip.ts';
import { middleOf, openForPlaying, type Played, playFor } from './viewer-plays.ts';
import { freshPage, type Start, scriptsOf, startsOf, weigh } from './viewer-starts.ts';

const FRAMES = 87;
const RATES = [30, 60] as const;

interface PlayedAt {
  readonly rate: number;
  readonly both: Played;
  readonly one: Played;
  /** Two canvases of a page without anything. */
  readonly bare: { readonly due: number; readonly dropped: number };
}

interface Measured {
  readonly cold: readonly Start[];
  readonly warm: readonly Start[];
  readonly bare: BareTimes;
  readonly played: readonly PlayedAt[];
  readonly bytesBefore: number;
  readonly bytes: number;
  readonly frames: number;
}

/**
 * How soon the first frame of a clip of 975 × 743 px stands, from the start of the navigation, with what the browser kept
 * of an earlier look and with nothing cached; and how many frames are dropped while one or two pictures play. The limits
 * beside it: a bare page of the same browser that fetches and decodes the same frames, and one that draws pictures in two
 * canvases. Medians of several runs, for other programs run beside it.
 */
export const measureViewer: Group = async ({ small }) => {
  const clinic = await startDemoClinic(process.env.RECTUS_ROOT ?? process.cwd());
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: sandbox,
  });
  try {
    const page = await (await browser.newContext(DESKTOP)).newPage();
    await signIn(page, clinic.url, CLINICIAN);
    const measured = await measure(browser, page, clinic.url, small);
    print(measured);
    return resultOf(measured);
  } finally {
    await browser.close();
    await clinic.stop();
  }
};

async function measure(browser: Browser, page: Page, url: string, small: boolean): Promise<Measured> {
  const frames = small ? 30 : FRAMES;
  const exams: string[] = [];
  for (const rate of RATES) {
    const { bytes } = await madeJpegClip(frames, rate);
    exams.push(`${await beginExam(page, url, 'Duarte', [{ name: `${rate}.dcm`, bytes }])}/view`);
  }
  const [first = ''] = exams;
  const loads = small ? 2 : 9;
  const cold = await startsOf(browser, page, first, { loads, isWarm: false });
  const warm = await startsOf(browser, page, first, { loads, isWarm: true });
  const bytesBefore = await weigh(cold[0]?.scripts ?? []);
  const bytes = await weigh(await scriptsOf(page, first));
  const bare = await inBarePage(browser, page, first, frames);
  const played: PlayedAt[] = [];
  for (const [at, rate] of RATES.entries())
    played.push(await playedAt(browser, page, exams[at] ?? '', { rate, frames, small }));
  return { cold, warm, bare, played, bytesBefore, bytes, frames };
}

interface Playing {
  readonly rate: number;
  readonly frames: number;
  readonly small: boolean;
}

async function playedAt(
  browser: Browser,
  page: Page,
  address: string,
  { rate, frames, small }: Playing,
): Promise<PlayedAt> {
  const lastsMs = (1000 * frames) / rate;
  const ms = small ? 1000 : 5000;
  const runs: { both: Played; one: Played; bare: PlayedAt['bare'] }[] = [];
  for (let run = 0; run < (small ? 1 : 3); run++) {
    await openForPlaying(page, address);
    const both = await playFor(page, { lastsMs, ms, isBoth: true });
    const one = await playFor(page, { lastsMs, ms, isBoth: false });
    const empty = await freshPage(browser, page);
    const bare = await empty.evaluate(barePlay, { rate, frames: 8, ms });
    await empty.context().close();
    runs.push({ both, one, bare });
  }
  return {
    rate,
    both: middleOf(runs.map(({ both }) => both)),
    one: middleOf(runs.map(({ one }) => one)),
    bare: middleOf(runs.map(({ bare }) => bare)),
  };
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

const middle = (starts: readonly Start[], pick: (start: Start) => number): number =>
  percentile(starts.map(pick), 0.5);

function resultOf({ cold, warm, bare, played, bytes, bytesBefore }: Measured): Record<string, number> {
  const [at30, at60] = played;
  return {
    firstFrameMs: round(middle(warm, ({ firstMs }) => firstMs)),
    firstFrameColdMs: round(middle(cold, ({ firstMs }) => firstMs)),
    firstFrameFromScriptMs: round(middle(warm, ({ fromScriptMs }) => fromScriptMs)),
    firstFrameWorkMs: round(middle(warm, ({ workMs }) => workMs)),
    bareFirstFrameMs: round(bare.firstMs),
    bareDecodeMs: round(bare.decodeMs, 1),
    droppedFrames: at30?.both.dropped ?? Number.NaN,
    droppedFramesOnePicture: at30?.one.dropped ?? Number.NaN,
    bareDroppedFrames: at30?.bare.dropped ?? Number.NaN,
    droppedFramesAt60: at60?.both.dropped ?? Number.NaN,
    droppedFramesAt60OnePicture: at60?.one.dropped ?? Number.NaN,
    bareDroppedFramesAt60: at60?.bare.dropped ?? Number.NaN,
    playingWorkMsPerSecond: round(at60?.both.workMsPerS ?? Number.NaN),
    viewerScriptBytes: bytes,
    viewerScriptBytesBeforeFirstFrame: bytesBefore,
    loadAverage: round(loadavg()[0] ?? Number.NaN, 1),
  };
}

const ms = (value: number) => `${value.toFixed(0)} ms`;
const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

function print({ cold, warm, bare, played, bytes, bytesBefore, frames }: Measured): void {
  const firsts = (starts: readonly Start[]) => starts.map(({ firstMs }) => firstMs);
  const span = (starts: readonly Start[]) =>
    `${ms(Math.min(...firsts(starts)))} to ${ms(Math.max(...firsts(starts)))}`;
  printTable(`The viewer in Chromium, a clip of ${frames} frames, 975 × 743 px`, [
    [
      'first frame, seen before',
      ms(middle(warm, ({ firstMs }) => firstMs)),
      `limit 500 ms; ${span(warm)}; from the start of the navigation`,
    ],
    ['  the server began to answer', ms(middle(warm, ({ answerMs }) => answerMs))],
    ['  after the script had come', ms(middle(warm, ({ fromScriptMs }) => fromScriptMs))],
    ['  work of the page until then', ms(middle(warm, ({ workMs }) => workMs)), 'main thread'],
    ['first frame, nothing cached', ms(middle(cold, ({ firstMs }) => firstMs)), span(cold)],
    ['a bare page: first frame', ms(bare.firstMs), 'fetched, decoded and drawn, from a script that runs'],
    [
      'a bare page: decoding a frame',
      `${bare.decodeMs.toFixed(1)} ms`,
      `${(1000 / bare.decodeMs).toFixed(0)} a second`,
    ],
    ...played.flatMap(({ rate, both, one, bare: limit }) => [
      line(`dropped at ${rate} frames/s, two pictures`, both, `; ${ms(both.workMsPerS)} of work a second`),
      line('  one picture', one, `; ${ms(one.workMsPerS)} of work a second`),
      line('  a bare page, two canvases', limit, ''),
    ]),
    ['all script of the page', kB(bytes), 'gzip, with the decoding worker'],
    ['  asked for before the first frame', kB(bytesBefore)],
    ['load average', (loadavg()[0] ?? Number.NaN).toFixed(1), 'of the machine, at the end'],
  ]);
}

function line(
  name: string,
  { due, dropped }: { readonly due: number; readonly dropped: number },
  more: string,
): readonly [string, string, string] {
  return [name, `${dropped}`, `of ${due} that were due${more}`];
}
