import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DESKTOP, journey, openBrowser } from './support/browser.ts';
import { quietDay } from './support/dates.ts';
import {
  type Account,
  asStaff,
  enterAppointment,
  OWNER,
  openMail,
  SECOND_OWNER,
  signIn,
} from './support/staff.ts';

const { url, secondUrl } = inject('clinic');
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Paths that lead to one clinic's appointment, its person and its patient's own page. */
async function pathsOfAVisit(
  page: Page,
  home: string,
  site: string,
  service: RegExp,
): Promise<readonly string[]> {
  const person = {
    givenName: 'Geheim',
    familyName: `Zuhause-${site}`,
    birthDate: '1979-09-09',
    email: `geheim@${site}.example.org`,
  };
  await enterAppointment(page, home, { site, service, date: quietDay(14), time: '10:00', person });
  await openMail(page, home, person.email, /Appointment/);
  const manage = /\/manage\/\S+/.exec(await page.getByRole('article').innerText())?.[0] ?? '';
  await page.getByRole('link', { name: 'The visit' }).click();
  const visit = new URL(page.url()).pathname;
  const patient = await page.getByRole('link', { name: /Geheim Zuhause/ }).getAttribute('href');
  return [visit, patient ?? '', manage];
}

/** Sends a form from a page of the site itself, with its cookies, and says the status. */
async function send(page: Page, path: string, form: Readonly<Record<string, string>>): Promise<number> {
  return page.evaluate(
    async ([address, fields]) =>
      (await fetch(address, { method: 'POST', body: new URLSearchParams(fields) })).status,
    [path, { ...form }] as const,
  );
}

describe('two clinics in one house', () => {
  it.each<[string, string, string, RegExp, Account, string, Account]>([
    ['first', url, 'harbour', /^First visit,/, OWNER, secondUrl, SECOND_OWNER],
    ['second', secondUrl, 'garden', /^Visit,/, SECOND_OWNER, url, OWNER],
  ])(
    'the %s keeps its visits, people and links from the owner of the other',
    async (_which, home, site, service, owner, otherHome, otherOwner) => {
      const paths = await asStaff(browser, home, owner, async (page) => {
        const found = await pathsOfAVisit(page, home, site, service);
        for (const path of found) expect((await page.goto(home + path))?.status()).toBe(200);
        return found;
      });
      await journey(browser, { ...DESKTOP, name: `other clinic ${site}` }, async (page) => {
        await signIn(page, otherHome, otherOwner);
        for (const path of paths) {
          const answer = await page.goto(otherHome + path);
          expect(answer?.status()).toBe(404);
          expect(await page.content()).not.toContain('Zuhause');
        }
        const [visit = '', patient = '', manage = ''] = paths;
        const attempts = [
          [`${visit}/status`, { status: 'arrived' }],
          [`${visit}/cancel`, { reason: 'not mine' }],
          [`${visit}/move`, { date: quietDay(14), time: '11:00' }],
          [patient, { givenName: 'Changed', familyName: 'Changed', birthDate: '1979-09-09' }],
          [`${manage}/cancel`, { sequence: '0' }],
        ] as const;
        for (const [path, form] of attempts) expect(await send(page, path, form)).toBe(404);
        await page.goto(`${otherHome}/desk/people?q=Zuhause-${site}`);
        expect(await page.getByRole('main').innerText()).not.toMatch(/Zuhause-\S+, Geheim/);
      });
      await asStaff(browser, home, owner, async (page) => {
        await page.goto(home + paths[0]);
        await page.getByText('Booked', { exact: true }).waitFor();
      });
    },
  );

  it('let nobody in with the password of the other', async () => {
    await journey(browser, { ...DESKTOP, name: 'password of the other clinic' }, async (page) => {
      await page.goto(`${secondUrl}/sign-in`);
      await page.getByLabel('Your e-mail address').fill(OWNER.email);
      await page.getByLabel('Password').fill(OWNER.password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByText('That address and password do not belong together here').first().waitFor();
    });
  });
});
