import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { axeViolations, isWiderThanScreen, journey, openBrowser, SMALL_PHONE } from './support/browser.ts';
import { quietDay } from './support/dates.ts';
import { asStaff, DESK, openMail } from './support/staff.ts';
import {
  fillPerson,
  goToDay,
  goToTimes,
  nothingToTell,
  seen,
  takeTime,
  timesOn,
  visitor,
} from './support/visit.ts';

const { url } = inject('clinic');
const AT_THE_HARBOUR = { service: 'First visit', site: 'Harbour' };
/** A phone in Berlin: the harbour's clock is an hour behind hers. */
const IN_BERLIN = { ...SMALL_PHONE, timezoneId: 'Europe/Berlin' };
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

function clock(instant: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit', timeZone })
    .format(instant)
    .replace(/^0/, '');
}

describe('booking a visit on a small phone', () => {
  it('leads from an article to a confirmed appointment in both time zones, and the desk has the mail', async () => {
    const maya = visitor('Maya', 'Sommerfeld', ['7', '3', '1993']);
    await journey(browser, { ...IN_BERLIN, name: 'booking a visit' }, async (page) => {
      const fits = async () => {
        expect(await isWiderThanScreen(page)).toBe(false);
        expect(await axeViolations(page)).toEqual([]);
      };
      await page.goto(url);
      await page.getByRole('link', { name: /My back has hurt since the birth/ }).click();
      await page.getByRole('navigation', { name: 'Book' }).getByRole('link', { name: 'Book now' }).click();
      await page.getByRole('radio', { name: /^First visit We listen/ }).check();
      await seen(page, 'button', 'Continue').click();
      await page.getByRole('radio', { name: /Harbour/ }).check();
      await fits();
      await seen(page, 'button', 'See free times').click();
      await page.getByText('Times are yours: Berlin').waitFor();
      await goToDay(page, quietDay(0));
      await fits();
      const start = await takeTime(page, 2);
      await page
        .getByText(/^Held for you: \d+ min/)
        .first()
        .waitFor();
      await fits();
      await nothingToTell(page);
      await fits();
      await fillPerson(page, maya);
      await page.getByRole('checkbox', { name: /I agree/ }).check();
      await seen(page, 'button', 'Confirm booking').click();
      await page.getByRole('heading', { level: 1, name: 'You are booked' }).waitFor();
      await fits();
      const facts = await page.getByRole('main').innerText();
      expect(facts).toContain(`${clock(start, 'Europe/Berlin')} to`);
      expect(facts).toContain(`${clock(start, 'Europe/Lisbon')} to`);
      expect(facts).toMatch(/Berlin[\s\S]*Lisbon/);
    });
    await asStaff(browser, url, DESK, async (page) => {
      await openMail(page, url, maya.email, /Appointment/);
      const mail = await page.getByRole('article').innerText();
      expect(mail).toContain('Lisbon');
      expect(mail).toContain(`${url}/manage/`);
      await page.goto(`${url}/desk/outbox?status=queued`);
      const waiting = page.getByRole('row').filter({ hasText: maya.email });
      expect(await waiting.innerText()).toContain('reminder');
    });
  });

  it('keeps the time and what was typed over a reload', async () => {
    await journey(browser, { ...IN_BERLIN, name: 'reload while booking' }, async (page) => {
      await goToTimes(page, url, { ...AT_THE_HARBOUR, day: quietDay(1) });
      await takeTime(page);
      await nothingToTell(page);
      const kept = page.waitForResponse((response) => response.url().endsWith('/book/draft'));
      await page.getByLabel('Given name').fill('Noor');
      await page.getByLabel('Family name').fill('Al-Amin');
      expect((await kept).status()).toBe(204);
      await page.reload();
      expect(await page.getByLabel('Given name').inputValue()).toBe('Noor');
      expect(await page.getByLabel('Family name').inputValue()).toBe('Al-Amin');
      await page
        .getByText(/^Held for you: \d+ min/)
        .first()
        .waitFor();
    });
  });

  it('makes one appointment of two presses and two windows', async () => {
    const ilse = visitor('Ilse', 'Doppelreiter', ['1', '2', '1988']);
    await journey(browser, { ...IN_BERLIN, name: 'double click' }, async (page) => {
      const fillIn = async (window: Page) => {
        await fillPerson(window, ilse);
        await window.getByRole('checkbox', { name: /I agree/ }).check();
      };
      await goToTimes(page, url, { ...AT_THE_HARBOUR, day: quietDay(1) });
      await takeTime(page, 6);
      await nothingToTell(page);
      await fillIn(page);
      const secondWindow = await page.context().newPage();
      await secondWindow.goto(page.url());
      await fillIn(secondWindow);
      await seen(page, 'button', 'Confirm booking').dblclick();
      await page.getByRole('heading', { level: 1, name: 'You are booked' }).waitFor();
      await seen(secondWindow, 'button', 'Confirm booking').click();
      await secondWindow.waitForLoadState();
    });
    await asStaff(browser, url, DESK, async (page) => {
      await page.goto(`${url}/desk/people?q=Doppelreiter`);
      const row = page.getByRole('row').filter({ hasText: 'Doppelreiter' });
      expect(await row.count()).toBe(1);
      await row.getByRole('link').click();
      const coming = page.getByRole('region', { name: 'Coming' }).getByRole('link');
      await expect.poll(() => coming.count()).toBe(1);
    });
  });

  it('works without a script', async () => {
    await journey(
      browser,
      { ...IN_BERLIN, javaScriptEnabled: false, name: 'booking without script' },
      async (page) => {
        await goToTimes(page, url, { ...AT_THE_HARBOUR, day: quietDay(2) });
        await takeTime(page);
        await page
          .getByText(/^Held for you until/)
          .first()
          .waitFor();
        await nothingToTell(page);
        await fillPerson(page, visitor('Ona', 'Ohneskript', ['30', '11', '1990']));
        await seen(page, 'button', 'Confirm booking').click();
        // The rule was not agreed to: the page says so, beside the box, and has everything that was typed.
        await page.getByText('Please agree to the rule about moving and cancelling.').first().waitFor();
        expect(await page.getByLabel('Family name').inputValue()).toBe('Ohneskript');
        await page.getByRole('checkbox', { name: /I agree/ }).check();
        await seen(page, 'button', 'Confirm booking').click();
        await page.getByRole('heading', { level: 1, name: 'You are booked' }).waitFor();
      },
    );
  });

  it('keeps what was typed and offers the nearest times when the time goes meanwhile', async () => {
    await journey(browser, { ...IN_BERLIN, name: 'time gone' }, async (page) => {
      const wish = { ...AT_THE_HARBOUR, day: quietDay(2) };
      await goToTimes(page, url, wish);
      const start = await takeTime(page, 8);
      await nothingToTell(page);
      await fillPerson(page, visitor('Lena', 'Zuspaet', ['12', '12', '1991']));
      await page.getByRole('checkbox', { name: /I agree/ }).check();
      // In a second window she looks at another time, which lets go of the first, and somebody else takes it.
      const secondWindow = await page.context().newPage();
      await goToTimes(secondWindow, url, wish);
      await takeTime(secondWindow, 1);
      const other = await browser.newContext({ ...IN_BERLIN });
      const faster = await other.newPage();
      await goToTimes(faster, url, wish);
      await timesOn(faster)
        .and(faster.locator(`[value="${start}"]`))
        .click();
      await nothingToTell(faster);

      await seen(page, 'button', 'Confirm booking').click();
      const notice = page.getByRole('alert', { name: 'That time' });
      await notice.waitFor();
      expect(await page.getByLabel('Family name').inputValue()).toBe('Zuspaet');
      await notice.getByRole('button').first().click();
      await page.getByRole('heading', { level: 1, name: 'Who is coming?' }).waitFor();
      expect(await page.getByLabel('Family name').inputValue()).toBe('Zuspaet');
      await page.getByRole('checkbox', { name: /I agree/ }).check();
      await seen(page, 'button', 'Confirm booking').click();
      await page.getByRole('heading', { level: 1, name: 'You are booked' }).waitFor();
      await other.close();
    });
  });
});
