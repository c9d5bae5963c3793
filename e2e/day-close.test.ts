import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { axeViolations, DESKTOP, isWiderThanScreen, journey, openBrowser, PHONE } from './support/browser.ts';
import { quietDay } from './support/dates.ts';
import { DESK, enterAppointment, OWNER, signIn } from './support/staff.ts';

const { url } = inject('clinic');
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const cents = (text: string) => Math.round(Number(text.replaceAll(/[^\d.]/g, '')) * 100);

/** A line of the till on the day's page, in cents. */
async function till(page: Page, line: string): Promise<number> {
  const row = page.getByRole('region', { name: 'The till' }).getByRole('row').filter({ hasText: line });
  return cents((await row.getByRole('cell').first().innerText()) ?? '');
}

/** A first visit, paid in cash at the desk: €85. */
async function takeCash(page: Page): Promise<void> {
  const date = quietDay(17);
  await enterAppointment(page, url, {
    site: 'harbour',
    service: /^First visit,/,
    with: 'Ines Duarte',
    date,
    time: '10:00',
    person: { givenName: 'Pia', familyName: 'Kassensturz', birthDate: '1984-06-05' },
  });
  await page.goto(`${url}/desk?date=${date}&site=harbour`);
  const column = page.getByRole('region', { name: /^Ines Duarte/ });
  await column.getByRole('link', { name: /^Pia Kassensturz/ }).click();
  await page.getByRole('button', { name: 'Take payment' }).click();
  await page.waitForURL(/\/desk\/orders\/[0-9a-f-]{36}/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('85');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('€85 taken: cash').waitFor();
}

describe('the end of the day', () => {
  it('counts the till, closes the day once, and the month adds up to the ledger', async () => {
    await journey(browser, { ...DESKTOP, name: 'day close' }, async (page) => {
      await signIn(page, url, DESK);
      await page.goto(`${url}/desk/money`);
      const before = await till(page, 'Expected');
      await takeCash(page);
      await page.goto(`${url}/desk/money`);
      const expected = await till(page, 'Expected');
      expect(expected).toBe(before + 8500);
      expect(await axeViolations(page)).toEqual([]);

      // Five euro less than there should be, counted in notes of ten, coins of one euro and of one cent.
      const counted = expected - 500;
      await page.getByLabel('€10', { exact: true }).fill(`${Math.floor(counted / 1000)}`);
      await page.getByLabel('€1', { exact: true }).fill(`${Math.floor((counted % 1000) / 100)}`);
      await page.getByLabel('€0.01', { exact: true }).fill(`${counted % 100}`);
      await page.getByText('€5.00 too little').waitFor();
      await page.getByRole('button', { name: 'Close the day' }).click();
      await page.getByRole('alert').getByText('Count again, or say what you know about it').waitFor();
      await page.getByLabel('Note').fill('The taxi of a patient');
      await page.getByRole('button', { name: 'Close the day' }).click();
      await page.getByRole('status').getByText('There was €5.00 too little.').waitFor();
      expect(await till(page, 'Counted')).toBe(counted);
      expect(await page.getByRole('button', { name: 'Close the day' }).count()).toBe(0);
      await page.emulateMedia({ media: 'print' });
      expect(await page.getByText(/day sheet of/).isVisible()).toBe(true);
      expect(await page.getByRole('navigation', { name: 'Desk' }).isVisible()).toBe(false);
    });
    await journey(browser, { ...DESKTOP, name: 'month' }, async (page) => {
      await signIn(page, url, OWNER);
      for (const path of ['', '/month', '/outstanding', '/notices']) {
        await page.goto(`${url}/desk/money${path}`);
        for (const device of [PHONE, DESKTOP]) {
          if (device.viewport) await page.setViewportSize(device.viewport);
          expect(`${path} ${await isWiderThanScreen(page)}`).toBe(`${path} false`);
          expect(await axeViolations(page)).toEqual([]);
        }
      }
      await page.goto(`${url}/desk/money/month`);
      expect(await page.getByText('Adds up to the ledger: yes').isVisible()).toBe(true);
      const differences = page.getByRole('row').filter({ hasText: 'Till differences' }).first();
      expect(await differences.innerText()).toContain('−€5.00');
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Ledger (CSV)' }).click();
      expect((await download).suggestedFilename()).toMatch(/-ledger-\d{4}-\d\d\.csv$/);
    });
  });
});
