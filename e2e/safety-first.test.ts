import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { axeViolations, journey, openBrowser, PHONE } from './support/browser.ts';
import { quietDay } from './support/dates.ts';
import { asStaff, DESK } from './support/staff.ts';
import { fillPerson, goToTimes, seen, takeTime, type Visitor, visitor } from './support/visit.ts';

const { url } = inject('clinic');
const NUMBNESS = /^Numbness between your legs/;
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Books although an answer calls for emergency care; `send` says whether the clinic may know of it. */
async function bookWithAnAnswer(page: Page, person: Visitor, nth: number, send: boolean): Promise<void> {
  await goToTimes(page, url, { service: 'Follow-up', site: 'Harbour', day: quietDay(3) });
  await takeTime(page, nth);
  await page.getByRole('checkbox', { name: NUMBNESS }).check();
  await seen(page, 'button', 'Continue').click();
  await page.getByRole('heading', { level: 1, name: 'Please get care now' }).waitFor();
  if (send) await page.getByRole('checkbox', { name: /Send these answers to the clinic/ }).check();
  await seen(page, 'button', /Go on with the booking for later/).click();
  await fillPerson(page, person);
  await page.getByRole('checkbox', { name: /I agree/ }).check();
  await seen(page, 'button', 'Confirm booking').click();
  await page.getByRole('heading', { level: 1, name: 'You are booked' }).waitFor();
}

describe('somebody who should not wait for an appointment', () => {
  it('reads what to do now before any way on to a visit, and cannot go round it', async () => {
    await journey(browser, { ...PHONE, name: 'advice before booking' }, async (page) => {
      await goToTimes(page, url, { service: 'Follow-up', site: 'Harbour', day: quietDay(3) });
      await takeTime(page);
      await page.getByRole('checkbox', { name: NUMBNESS }).check();
      await seen(page, 'button', 'Continue').click();
      await page.getByText(/Go to an emergency department now/).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.getByRole('button', { name: 'Confirm booking' }).count()).toBe(0);
      const call = await page.getByRole('link', { name: 'Call 112' }).boundingBox();
      const advice = await page.getByText(/Go to an emergency department now/).boundingBox();
      const onwards = await seen(page, 'button', /Go on with the booking/).boundingBox();
      expect(advice?.y).toBeLessThan(call?.y ?? 0);
      expect(call?.y).toBeLessThan(onwards?.y ?? 0);
      // Typing the address of the next step leads back to the advice.
      await page.goto(`${url}/book/details`);
      await page.getByRole('heading', { level: 1, name: 'Please get care now' }).waitFor();
    });
  });

  it('leaves her answers nowhere but in the hold, and tells the clinic nothing unasked', async () => {
    const quiet = visitor('Selma', 'Verschwiegen', ['4', '4', '1992']);
    await journey(browser, { ...PHONE, name: 'answers kept private' }, async (page) => {
      const addresses: string[] = [];
      page.on('request', (request) => addresses.push(request.url()));
      await bookWithAnAnswer(page, quiet, 1, false);
      const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
      const cookies = JSON.stringify(await page.context().cookies());
      for (const place of [...addresses, stored, cookies])
        expect(place).not.toMatch(/cauda|numb|emergency|concern/i);
      expect(stored).toBe('[{},{}]');
    });
    await asStaff(browser, url, DESK, async (page) => {
      await page.goto(`${url}/desk/requests`);
      expect(await page.getByText('Selma Verschwiegen').count()).toBe(0);
    });
  });

  it('can send them, and the desk has a task at once', async () => {
    const open = visitor('Thea', 'Mitteilsam', ['5', '5', '1991']);
    await asStaff(browser, url, DESK, async (desk) => {
      await desk.goto(`${url}/desk`);
      const tasks = desk.getByRole('region', { name: /^Tasks/ });
      await journey(browser, { ...PHONE, name: 'answers sent' }, async (page) => {
        await bookWithAnAnswer(page, open, 2, true);
      });
      // Nobody reloads the desk's page.
      await expect.poll(() => tasks.getByText('Thea Mitteilsam').count(), { timeout: 5_000 }).toBe(1);
      await desk.goto(`${url}/desk/requests`);
      const task = desk.getByRole('listitem').filter({ hasText: 'Thea Mitteilsam' });
      await task.getByText('Cauda equina').first().waitFor();
      await task.getByLabel('What came of it').fill('Called, is on her way to the emergency department');
      await task.getByRole('button', { name: 'Done' }).click();
      await desk.getByText('Noted.').waitFor();
      expect(await desk.getByText('Thea Mitteilsam').count()).toBe(0);
    });
  });
});
