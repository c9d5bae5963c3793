import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { axeViolations, DESKTOP, isWiderThanScreen, journey, openBrowser, PHONE } from './support/browser.ts';
import { quietDay } from './support/dates.ts';
import { CLINICIAN, DESK, enterAppointment, signIn } from './support/staff.ts';

const { url } = inject('clinic');
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

interface Visit {
  readonly familyName: string;
  readonly date: string;
  readonly time: string;
}

/** A first visit at €85, taken on the telephone; leaves the page open on it. */
async function enterAndOpen(page: Page, { familyName, date, time }: Visit): Promise<void> {
  await enterAppointment(page, url, {
    site: 'harbour',
    service: /^First visit,/,
    with: 'Ines Duarte',
    date,
    time,
    person: { givenName: 'Pia', familyName, birthDate: '1984-06-05', email: `${familyName}@example.org` },
  });
  await page.goto(`${url}/desk?date=${date}&site=harbour`);
  await openVisit(page, familyName);
}

async function openVisit(page: Page, familyName: string): Promise<void> {
  const column = page.getByRole('region', { name: /^Ines Duarte/ });
  await column.getByRole('link', { name: new RegExp(`^Pia ${familyName}`) }).click();
  await page.getByRole('heading', { name: `Pia ${familyName}`, level: 1 }).waitFor();
}

async function isInOrder(page: Page): Promise<void> {
  for (const device of [PHONE, DESKTOP]) {
    if (device.viewport) await page.setViewportSize(device.viewport);
    expect(await axeViolations(page)).toEqual([]);
    expect(await isWiderThanScreen(page)).toBe(false);
  }
}

const news = (page: Page, text: string) => page.getByRole('status').getByText(text).waitFor();

describe('money at the desk', () => {
  it('is taken by keyboard alone, and a part of it is given back', async () => {
    const date = quietDay(19);
    await journey(browser, { ...DESKTOP, name: 'desk payment and refund' }, async (page) => {
      await signIn(page, url, DESK);
      await enterAndOpen(page, { familyName: 'Kassenbon', date, time: '10:00' });
      await page.getByText('This visit costs €85.').waitFor();
      await isInOrder(page);
      await page.getByRole('button', { name: 'Take payment' }).press('Enter');
      await page.waitForURL(/\/desk\/orders\/[0-9a-f-]{36}/);
      await isInOrder(page);
      // The cursor waits at the method: two Tabs further is what was handed over.
      expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('cash');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.type('100');
      await page.getByText('Give back €15.00').waitFor();
      await page.keyboard.press('Enter');
      await news(page, '€85 taken: cash. Give back €15.');
      const order = page.url().replace(/\?.*/, '');

      await page.getByRole('link', { name: 'Refund', exact: true }).click();
      expect(await page.getByLabel('Amount').inputValue()).toBe('85.00');
      await page.getByLabel('Amount').fill('85.01');
      await page.getByLabel('Reason').fill('The laser was being repaired');
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByRole('alert').getByText('at most €85 can still be given back').waitFor();
      expect(await page.getByLabel('Reason').inputValue()).toBe('The laser was being repaired');
      await isInOrder(page);
      await page.getByLabel('Amount').fill('25');
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByRole('heading', { name: 'Give back €25?' }).waitFor();
      await isInOrder(page);
      await page.getByRole('button', { name: 'Give back €25' }).click();
      await news(page, 'The money is given back.');
      await page.getByText('Refunded in part').waitFor();
      await isInOrder(page);
      const papers = await page.getByRole('link', { name: /^[RC]-\d{4}-\d{5}/ }).all();
      expect(papers).toHaveLength(2);
      for (const paper of papers) {
        const file = await page.request.get(`${url}${await paper.getAttribute('href')}`);
        expect([file.status(), file.headers()['content-type']]).toEqual([200, 'application/pdf']);
      }

      await page.goto(`${url}/desk/orders?q=kassenbon`);
      await page
        .getByRole('row', { name: /Pia Kassenbon/ })
        .getByText('€60.00')
        .waitFor();
      await isInOrder(page);
      await page.goto(`${url}/desk?date=${date}&site=harbour`);
      expect(await page.getByRole('link', { name: /^Pia Kassenbon.*paid/s }).count()).toBe(1);
      await signInAsClinician(page, order);
    });
  });

  it('comes back as a visit to book when the clinic cancels, and pays for the next one', async () => {
    const date = quietDay(20);
    await journey(browser, { ...DESKTOP, name: 'clinic cancels' }, async (page) => {
      await signIn(page, url, DESK);
      await enterAndOpen(page, { familyName: 'Wiederkehr', date, time: '10:00' });
      await page.getByRole('button', { name: 'Take payment' }).click();
      await page.getByRole('radio', { name: 'Card terminal' }).check();
      await page.getByLabel('Reference').fill('Slip 4711');
      await page.getByRole('button', { name: 'Take payment' }).click();
      await news(page, '€85 taken: card terminal.');
      await page.getByRole('link', { name: /^First visit,/ }).click();
      await page.getByText('Cancel this visit').click();
      await page.getByText('€85 was paid for it. It comes back as a visit to book again').waitFor();
      await isInOrder(page);
      await page.getByLabel('Reason, for the clinic').fill('Ines is ill');
      await page.getByRole('button', { name: 'Cancel the visit' }).click();
      await page.waitForURL(/\/desk\?/);

      await page.goto(`${url}/desk/people?q=Wiederkehr`);
      await page
        .getByRole('main')
        .getByRole('link', { name: /Wiederkehr/ })
        .click();
      await page.getByText('To book: First visit, 1 of 1 left').waitFor();
      await isInOrder(page);
      const personId = page.url().split('/').at(-1) ?? '';
      await page.goto(
        `${url}/desk/new?${new URLSearchParams({ patientId: personId, site: 'harbour', date, time: '14:00' })}`,
      );
      const service = page.getByLabel('Service');
      const options = await service.getByRole('option').allInnerTexts();
      await service.selectOption({ label: options.find((text) => text.startsWith('First visit,')) ?? '' });
      await page.getByLabel('With', { exact: true }).selectOption({ label: 'Ines Duarte' });
      await page.getByRole('button', { name: 'Book', exact: true }).click();
      await page.waitForURL(/\/desk\?/);
      await page.goto(`${url}/desk?date=${date}&site=harbour`);
      await openVisit(page, 'Wiederkehr');
      await page.getByRole('button', { name: 'Use First visit: 1 of 1 left' }).click();
      await page.getByText(/1 of 1 used/).waitFor();
      expect(await page.getByRole('button', { name: 'Take payment' }).count()).toBe(0);
    });
  });
});

/** A clinician sees the order, and no way to change it. */
async function signInAsClinician(page: Page, order: string): Promise<void> {
  await page.context().clearCookies();
  await signIn(page, url, CLINICIAN);
  await page.goto(order);
  await page.getByText('Refunded in part').waitFor();
  expect(await page.getByRole('link', { name: 'Refund', exact: true }).count()).toBe(0);
}
