import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { axeViolations, isWiderThanScreen, journey, openBrowser, SMALL_PHONE } from './support/browser.ts';
import { quietDay } from './support/dates.ts';
import { asStaff, DESK, openMail } from './support/staff.ts';
import { fillPerson, nothingToTell, seen, type Visitor, visitor } from './support/visit.ts';

const { url } = inject('clinic');
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function ask(page: Page, what: 'telehealth' | 'office', person: Visitor, day: string): Promise<void> {
  await page.goto(url);
  const link = what === 'telehealth' ? 'Request telehealth' : 'Request an office visit';
  await seen(page, 'link', link).click();
  await nothingToTell(page);
  if (what === 'office') await page.getByRole('radio', { name: /Harbour/ }).check();
  await page.getByLabel('Day', { exact: true }).first().fill(day);
  await page
    .getByLabel(/Time of day/)
    .first()
    .selectOption({ label: 'morning' });
  await page.getByLabel('What is it about?').fill('My back, since the birth');
  await fillPerson(page, person);
  expect(await isWiderThanScreen(page)).toBe(false);
  expect(await axeViolations(page)).toEqual([]);
  await seen(page, 'button', 'Send the request').click();
  await page.getByRole('heading', { level: 1, name: 'We have your request' }).waitFor();
}

const WISHES = [
  {
    what: 'telehealth',
    person: visitor('Amara', 'Vonferne', ['1', '6', '1990']),
    day: quietDay(4),
    kind: 'Telehealth',
  },
  {
    what: 'office',
    person: visitor('Bruna', 'Vornort', ['2', '7', '1989']),
    day: quietDay(5),
    kind: 'Office visit',
  },
] as const;

describe('somebody who would rather be given a time', () => {
  it.each(WISHES)(
    'asks for $what; the desk sees it at once, offers a time with one press, and it is an appointment',
    async ({ what, person, day, kind }) => {
      await asStaff(browser, url, DESK, async (desk) => {
        await desk.goto(`${url}/desk`);
        const waiting = desk.getByRole('region', { name: /^Requests/ }).getByRole('heading');
        const before = Number((await waiting.innerText()).replace(/\D/g, ''));
        await journey(browser, { ...SMALL_PHONE, name: `asking for ${what}` }, (page) =>
          ask(page, what, person, day),
        );
        // Nobody reloads the desk's page.
        await expect
          .poll(async () => Number((await waiting.innerText()).replace(/\D/g, '')), { timeout: 5_000 })
          .toBe(before + 1);

        await desk
          .getByRole('navigation', { name: 'Desk' })
          .getByRole('link', { name: /Requests/ })
          .click();
        const name = `${person.givenName} ${person.familyName}`;
        const card = desk.getByRole('listitem').filter({ hasText: name });
        expect(await card.innerText()).toContain(kind);
        expect(await card.innerText()).toContain('My back, since the birth');
        await card
          .getByRole('button', { name: /^Offer/ })
          .first()
          .click();
        await desk.getByText('Booked. The confirmation is on its way.').waitFor();
        expect(await card.count()).toBe(0);

        await openMail(desk, url, person.email, /request received/);
        await openMail(desk, url, person.email, /^Appointment at \w+$/);
        expect(await desk.getByRole('article').innerText()).toContain(`${url}/manage/`);
        await desk.getByRole('link', { name: 'The visit' }).click();
        await desk.getByRole('heading', { level: 1, name }).waitFor();
        await desk.getByText('Booked', { exact: true }).waitFor();
        await desk.getByRole('link', { name: 'Back to the day' }).click();
        await desk.getByRole('region', { name: 'Day by resource' }).waitFor();
        expect(await desk.getByRole('link', { name: new RegExp(name) }).count()).toBeGreaterThan(0);
      });
    },
  );
});
