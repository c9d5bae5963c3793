import type { Browser } from 'playwright-core';
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

const { url, secondUrl } = inject('clinic');
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const PAGES = [
  '/',
  '/articles',
  '/articles/back-pain-after-birth',
  '/articles/lifting-and-holding',
  '/articles/look-while-it-contracts',
  '/services',
  '/team',
  '/book',
  '/request/telehealth',
  '/request/office',
  '/sign-in',
  '/nowhere',
];

describe('every public page', () => {
  it.each(PAGES)(
    '%s fits a small phone, says that it is simulated and has nothing that axe objects to',
    async (path) => {
      for (const device of [SMALL_PHONE, DESKTOP]) {
        await journey(browser, { ...device, name: `axe ${path}` }, async (page) => {
          await page.goto(url + path);
          expect(await page.getByText('Everyone here is simulated').isVisible()).toBe(true);
          expect(await isWiderThanScreen(page)).toBe(false);
          expect(await axeViolations(page)).toEqual([]);
        });
      }
    },
  );
});

describe('a new mother who reads about her back', () => {
  it('finds the article from the first page and goes on to booking with her thumb', async () => {
    await journey(browser, { ...PHONE, name: 'reading to booking' }, async (page) => {
      await page.goto(url);
      await page.getByRole('link', { name: /My back has hurt since the birth/ }).click();
      await page.getByRole('heading', { level: 1, name: /Back pain after having a baby/ }).waitFor();
      expect(await page.getByText('Get emergency care now').first().isVisible()).toBe(true);
      await page.getByRole('navigation', { name: 'Book' }).getByRole('link', { name: 'Book now' }).click();
      await page.getByRole('heading', { level: 1, name: /book/i }).waitFor();
    });
  });

  it('reads everything without a script', async () => {
    await journey(
      browser,
      { ...PHONE, javaScriptEnabled: false, name: 'reading without script' },
      async (page) => {
        for (const path of PAGES.slice(0, 7)) {
          await page.goto(url + path);
          expect((await page.getByRole('heading', { level: 1 }).innerText()).length).toBeGreaterThan(3);
        }
      },
    );
  });
});

describe('two clinics in one house', () => {
  it('show their own names, services and people', async () => {
    await journey(browser, { ...DESKTOP, name: 'two clinics' }, async (page) => {
      await page.goto(`${url}/team`);
      const here = await page.getByRole('main').innerText();
      await page.goto(`${secondUrl}/team`);
      const there = await page.getByRole('main').innerText();
      expect(here).toContain('Ines Duarte');
      expect(there).not.toContain('Ines Duarte');
    });
  });
});
