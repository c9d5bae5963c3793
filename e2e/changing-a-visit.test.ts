import { readFile } from 'node:fs/promises';
import { addDays, dateAt, toLocal } from '@rectus/schedule';
import ICAL from 'ical.js';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { axeViolations, journey, openBrowser, PHONE } from './support/browser.ts';
import { quietDay } from './support/dates.ts';
import { asStaff, DESK, enterAppointment, openMail } from './support/staff.ts';
import { bookVisit, goToDay, seen, takeTime, visitor } from './support/visit.ts';

const { url } = inject('clinic');
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** What a calendar reads from the file behind "Add to calendar". */
async function calendarEntry(page: Page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Add to calendar' }).click(),
  ]);
  const calendar = new ICAL.Component(ICAL.parse(await readFile(await download.path(), 'utf8')));
  const entry = calendar.getFirstSubcomponent('vevent');
  if (!entry) throw new Error('The file holds no event');
  const event = new ICAL.Event(entry);
  return {
    method: calendar.getFirstPropertyValue('method'),
    uid: event.uid,
    sequence: event.sequence,
    start: event.startDate.toJSDate().getTime(),
    summary: event.summary,
  };
}

const fact = (page: Page, name: string) =>
  page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd').innerText();

describe('the link of an appointment', () => {
  it('moves and cancels it without an account, and calendars follow', async () => {
    const ana = visitor('Ana', 'Umziehen', ['9', '9', '1994']);
    await journey(browser, { ...PHONE, name: 'changing a visit' }, async (page) => {
      const wish = { service: 'First visit', site: 'Harbour', day: quietDay(6) };
      const booked = await bookVisit(page, url, wish, ana);
      const first = await calendarEntry(page);
      expect(first).toMatchObject({ method: 'REQUEST', start: booked.start, sequence: 0 });
      expect(first.summary).toMatch(/^Appointment/);

      await seen(page, 'link', 'Move to another time').click();
      await goToDay(page, quietDay(7));
      const newStart = await takeTime(page, 3);
      expect(await axeViolations(page)).toEqual([]);
      await seen(page, 'button', 'Move the appointment').click();
      await page.getByRole('heading', { level: 1, name: 'Your appointment has a new time' }).waitFor();
      const second = await calendarEntry(page);
      expect(second).toMatchObject({ method: 'REQUEST', start: newStart, uid: first.uid, sequence: 1 });

      await page.getByText('Cancel this appointment').click();
      await page.getByRole('button', { name: 'Yes, cancel it' }).click();
      await page.getByRole('heading', { level: 1, name: 'This appointment is cancelled' }).waitFor();
    });
    await asStaff(browser, url, DESK, async (page) => {
      await openMail(page, url, ana.email, /cancel/i);
      await page.getByRole('heading', { name: 'Takes this out of the calendar' }).waitFor();
      expect(await fact(page, 'SEQUENCE')).toBe('2');
      expect(await fact(page, 'STATUS')).toBe('CANCELLED');
      expect(await fact(page, 'SUMMARY')).toMatch(/^Appointment/);
    });
  });

  it('does nothing when a mail scanner opens it and everything behind it', async () => {
    const ben = visitor('Ben', 'Bleibtda', ['8', '1', '1985']);
    await journey(browser, { ...PHONE, name: 'mail scanner' }, async (page) => {
      const wish = { service: 'First visit', site: 'Harbour', day: quietDay(6) };
      const { link } = await bookVisit(page, url, wish, ben);
      const before = await page.getByRole('main').innerText();
      for (const path of ['', '/time', '/move', '/cancel', '/hold', '/appointment.ics', '?cancelled=1']) {
        await page.request.get(`${link}${path}`);
        await page.request.head(`${link}${path}`);
      }
      await page.goto(`${link}?new=1`);
      expect(await page.getByRole('main').innerText()).toBe(before);
    });
  });

  it('says the rule in words when it is too late to cancel, and holds to it', async () => {
    const cleo = {
      givenName: 'Cleo',
      familyName: 'Kurzfristig',
      birthDate: '1987-03-02',
      email: 'cleo@example.org',
    };
    const now = Date.now();
    const today = dateAt(now, 'Europe/Lisbon');
    // Tomorrow before anybody works: within the day's notice, and free on any day of the week.
    const date = toLocal(now, 'Europe/Lisbon').hour < 5 ? today : addDays(today, 1);
    const link = await asStaff(browser, url, DESK, async (page) => {
      await enterAppointment(page, url, {
        site: 'harbour',
        service: /^First visit,/,
        date,
        time: '05:00',
        reason: 'Leaves for the airport',
        person: cleo,
      });
      await openMail(page, url, cleo.email, /appointment/i);
      return /http\S+\/manage\/\S+/.exec(await page.getByRole('article').innerText())?.[0] ?? '';
    });
    await journey(browser, { ...PHONE, name: 'too late to cancel' }, async (page) => {
      await page.goto(link);
      await page.getByText(/until 24 hours before\. That has passed, so please call/).waitFor();
      expect(await page.getByRole('button', { name: /cancel/i }).count()).toBe(0);
      // An old tab that still has the button gets the same answer.
      const late = await page.request.post(`${link}/cancel`, { form: { sequence: '0' } });
      expect(late.status()).toBe(409);
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'Your appointment' }).waitFor();
    });
  });
});
