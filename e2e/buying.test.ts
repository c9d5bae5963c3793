import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
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
import { quietDay } from './support/dates.ts';
import {
  fillPerson,
  goToTimes,
  nothingToTell,
  seen,
  takeTime,
  type Visitor,
  visitor,
} from './support/visit.ts';

const { url } = inject('clinic');
/** Older browsers, or a phone that saves data: everything must work without a script. */
const NO_SCRIPT: BrowserContextOptions = { ...PHONE, javaScriptEnabled: false };
/** The practice bank tells late money a minute after the end. */
const LATE_MS = 61_000;
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function fits(page: Page): Promise<void> {
  expect(await isWiderThanScreen(page)).toBe(false);
  expect(await axeViolations(page)).toEqual([]);
}

const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name }).waitFor();

/** From the first page to the practice checkout of the 3D gait analysis. */
async function orderGait(page: Page, buyer: Visitor): Promise<void> {
  await page.goto(url);
  await page.getByRole('link', { name: 'Buy now: 3D gait' }).click();
  await heading(page, '3D gait analysis');
  await fillPerson(page, buyer);
  await page.getByRole('checkbox', { name: /I buy 3D gait analysis for €290/ }).check();
  await page.getByRole('button', { name: 'Continue to payment: €290.00' }).click();
  await page.waitForURL(/\/practice\/checkout\//);
}

/** Chooses what the practice bank does. */
async function practise(page: Page, choice: 'pay' | 'decline' | 'late'): Promise<void> {
  await page.locator(`button[value=${choice}]`).click();
  if (choice !== 'decline') await page.waitForURL(/\/orders\//);
}

describe('buying the 3D gait analysis on a small phone', () => {
  it('leads to Payment success, the booked lab and a receipt', async () => {
    const nora = visitor('Nora', 'Gangbild', ['3', '9', '1992']);
    await journey(browser, { ...SMALL_PHONE, name: 'buy the gait analysis' }, async (page) => {
      await page.goto(`${url}/buy/3d-gait`);
      await fits(page);
      await orderGait(page, nora);
      await practise(page, 'pay');
      await heading(page, 'Payment success');
      await page.getByText('Practice checkout: no real money moved').waitFor();
      await fits(page);
      const order = page.url();
      const receipt = page.getByRole('link', { name: /^Receipt R-\d{4}-\d{5} \(PDF\)/ });
      const paper = await page.request.get(new URL((await receipt.getAttribute('href')) ?? '', url).href);
      expect(paper.headers()['content-type']).toBe('application/pdf');
      expect((await paper.body()).subarray(0, 5).toString()).toBe('%PDF-');
      await page.locator('label.slot').nth(1).click();
      await page.getByRole('button', { name: /^Book \w+day \d+ \w+, \d+:\d\d$/ }).click();
      await nothingToTell(page);
      await heading(page, 'Who is coming?');
      await page.getByText('Nora Gangbild').waitFor();
      await fits(page);
      await page.getByRole('checkbox', { name: /I agree/ }).check();
      await seen(page, 'button', 'Confirm booking').click();
      await heading(page, 'You are booked');
      await page.getByText(/^Paid with your 3D gait analysis, order \d+$/).waitFor();
      await page.goto(order);
      await heading(page, 'Paid and booked');
      await page.getByRole('link', { name: 'Move or cancel' }).waitFor();
      await page.getByRole('heading', { name: 'Still yours to book' }).waitFor();
      await fits(page);
    });
  });

  it('declined and tried again succeeds, without any script', async () => {
    const ida = visitor('Ida', 'Zweitversuch', ['4', '4', '1988']);
    await journey(browser, { ...NO_SCRIPT, name: 'decline and retry' }, async (page) => {
      await orderGait(page, ida);
      await practise(page, 'decline');
      await page.getByText('The practice bank declined the card').first().waitFor();
      await page.getByRole('link', { name: /Leave without paying|Go back/ }).click();
      await heading(page, 'The payment did not go through');
      expect(await isWiderThanScreen(page)).toBe(false);
      await page.getByRole('button', { name: 'Try again: €290.00' }).click();
      await page.waitForURL(/\/practice\/checkout\//);
      await practise(page, 'pay');
      await heading(page, 'Payment success');
      await page.locator('label.slot').nth(2).click();
      await page.getByRole('button', { name: /^Book / }).click();
      await heading(page, 'First, is it safe to wait?');
    });
  });

  it('left without paying is kept for a while, and cancelled at once when asked', async () => {
    const eva = visitor('Eva', 'Zauder', ['5', '5', '1985']);
    await journey(browser, { ...DESKTOP, name: 'leave and cancel' }, async (page) => {
      await orderGait(page, eva);
      await page.getByRole('link', { name: 'Leave without paying' }).click();
      await heading(page, 'Not paid yet');
      await page.getByText('You came back without paying').waitFor();
      await fits(page);
      await page.getByText('Cancel this order').click();
      await page.getByRole('button', { name: 'Yes, cancel it' }).click();
      await heading(page, 'This order is cancelled');
      await fits(page);
    });
  });
});

describe('a visit with a deposit whose money comes late', () => {
  const ULTRASOUND = { service: 'Dynamic ultrasound', site: 'Harbour' };

  /** Begins to pay the deposit of a visit; answers with the time. */
  async function payDeposit(page: Page, person: Visitor, day: string, nth: number): Promise<number> {
    await goToTimes(page, url, { ...ULTRASOUND, day });
    const start = await takeTime(page, nth);
    await nothingToTell(page);
    await page.getByText('€30 now, €90 at the visit').first().waitFor();
    await fillPerson(page, person);
    await page.getByRole('checkbox', { name: /I agree/ }).check();
    await seen(page, 'button', 'Continue to payment').click();
    await page.waitForURL(/\/practice\/checkout\//);
    return start;
  }

  it('has its time again where it is free, and chooses another where it went', async () => {
    const lea = visitor('Lea', 'Spaetgeld', ['6', '6', '1990']);
    const mia = visitor('Mia', 'Zuspaet', ['7', '7', '1991']);
    const rival = visitor('Rita', 'Schneller', ['8', '8', '1980']);
    const day = quietDay(21);
    await journey(browser, { ...DESKTOP, name: 'late money' }, async (page) => {
      await payDeposit(page, lea, day, 0);
      await practise(page, 'late');
      await heading(page, 'The time to pay is over');
      await fits(page);
      const free = page.url();
      const start = await payDeposit(page, mia, day, 12);
      await practise(page, 'late');
      const gone = page.url();
      await journey(browser, { ...PHONE, name: 'the rival' }, async (other) => {
        await goToTimes(other, url, { ...ULTRASOUND, day });
        await other.locator(`button[name=start][value="${start}"]`).click();
        await nothingToTell(other);
        await fillPerson(other, rival);
        await other.getByRole('checkbox', { name: /I agree/ }).check();
        await seen(other, 'button', 'Continue to payment').click();
        await other.waitForURL(/\/practice\/checkout\//);
        await practise(other, 'pay');
        await heading(other, 'Payment success');
        await fits(other);
      });
      await page.waitForTimeout(LATE_MS);
      await page.goto(`${free}/return`);
      await heading(page, 'Payment success');
      await page.getByRole('heading', { name: '€90.00 at the visit' }).waitFor();
      await fits(page);
      await page.goto(`${gone}/return`);
      await heading(page, 'Your payment is here, but the time had gone');
      await fits(page);
      await page.getByRole('button', { name: /^Book / }).click();
      await heading(page, 'Payment success');
      await page.getByRole('link', { name: 'Move or cancel' }).waitFor();
    });
  }, 240_000);
});
