import type { Page } from 'playwright-core';
import { percentile } from '../lib/report.ts';
import { workOf } from './viewer-starts.ts';

/** What a run of some seconds of playing came to. */
export interface Played {
  readonly due: number;
  readonly dropped: number;
  /** Milliseconds of a processor that the page's main thread takes in a second of playing. */
  readonly workMsPerS: number;
}

/** The clock is stopped before the clip comes round: how it goes on from its end is no part of the count. */
const BEFORE_END_MS = 200;

/**
 * Plays a clip from its beginning, stops before its end, and again until so many seconds were played, in both pictures
 * or in one alone; reads what the viewer counted. All frames were decoded before.
 */
export async function playFor(
  page: Page,
  { lastsMs, ms, isBoth }: { readonly lastsMs: number; readonly ms: number; readonly isBoth: boolean },
): Promise<Played> {
  const workMs = await workOf(page);
  const each = lastsMs - BEFORE_END_MS;
  let [due, dropped, work, played] = [0, 0, 0, 0];
  if (!isBoth) await page.keyboard.press('k');
  while (played < ms) {
    await page.keyboard.press('1');
    await page.keyboard.press('Home');
    await page.keyboard.press('2');
    await page.keyboard.press('Home');
    const before = await workMs();
    await page.keyboard.press('Space');
    await page.waitForTimeout(each);
    await page.keyboard.press('Space');
    work += (await workMs()) - before;
    played += each;
    const counted = await page.locator('[data-part="rate"]').evaluate(({ dataset }) => ({
      due: Number(dataset.due),
      dropped: Number(dataset.dropped),
    }));
    due += counted.due;
    dropped += counted.dropped;
  }
  if (!isBoth) await page.keyboard.press('k');
  if (due === 0) throw new Error('Nothing was played');
  return { due, dropped, workMsPerS: (1000 * work) / played };
}

/** Opens a clip in both pictures, at the same frame, and waits until everything has come and may be decoded. */
export async function openForPlaying(page: Page, address: string): Promise<void> {
  await page.goto(`${address}?leftFrame=0&rightFrame=0`);
  await page.waitForFunction(
    () => document.querySelectorAll('[data-part="state-line"][hidden]').length === 2,
  );
  await page.waitForTimeout(5000);
}

/** The run in the middle of several, by the frames that were dropped. */
export function middleOf<Run extends { readonly dropped: number }>(runs: readonly Run[]): Run {
  const middle = percentile(
    runs.map(({ dropped }) => dropped),
    0.5,
  );
  const found = runs.find(({ dropped }) => dropped === middle);
  if (!found) throw new RangeError('There is no middle of nothing');
  return found;
}
