import type { Browser, Page } from 'playwright-core';
import { DESKTOP } from './browser.ts';

export interface Account {
  readonly email: string;
  readonly password: string;
}

/** The demo's accounts that journeys sign in with; everyone is simulated. */
export const OWNER: Account = { email: 'owner@rectus.example.org', password: 'the owner looks again' };
export const DESK: Account = { email: 'desk@rectus.example.org', password: 'the desk looks again' };
export const CLINICIAN: Account = { email: 'mara@rectus.example.org', password: 'mara looks again' };
export const SECOND_OWNER: Account = {
  email: 'owner@garden.example.org',
  password: 'the garden looks again',
};

/** Signs in with a password, as a person does. */
export async function typePassword(page: Page, url: string, account: Account): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('Your e-mail address').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

type Cookies = Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>;
const signedIn = new Map<string, Cookies>();

/**
 * Comes to the day as somebody who is signed in. A file of journeys types each password once: more would meet the
 * limit on attempts, which holds for journeys too.
 */
export async function signIn(page: Page, url: string, account: Account): Promise<void> {
  const key = `${url} ${account.email}`;
  const known = signedIn.get(key);
  if (known) {
    await page.context().addCookies(known);
    await page.goto(`${url}/desk`);
    return;
  }
  await typePassword(page, url, account);
  await page.waitForURL('**/desk**');
  const cookies = await page.context().cookies(url);
  signedIn.set(
    key,
    cookies.filter(({ httpOnly }) => httpOnly),
  );
}

/** Another person at another screen, for the length of `work`. */
export async function asStaff<T>(
  browser: Browser,
  url: string,
  account: Account,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ ...DESKTOP, locale: 'en-GB', timezoneId: 'Europe/Lisbon' });
  context.setDefaultTimeout(15_000);
  try {
    const page = await context.newPage();
    await signIn(page, url, account);
    return await work(page);
  } finally {
    await context.close();
  }
}

/** Opens the latest mail to an address whose subject fits, from the outbox. */
export async function openMail(page: Page, url: string, toEmail: string, subject: RegExp): Promise<void> {
  await page.goto(`${url}/desk/outbox`);
  const rows = page.getByRole('row').filter({ hasText: toEmail });
  await rows.getByRole('link', { name: subject }).first().click();
  await page.getByRole('article', { name: 'The mail as text' }).waitFor();
}

/** An appointment as somebody at the desk enters it, on the page that needs no script; says its address. */
export async function enterAppointment(
  page: Page,
  url: string,
  what: {
    readonly site: string;
    readonly service: RegExp;
    readonly with?: string;
    readonly date: string;
    readonly time: string;
    readonly reason?: string;
    readonly person: {
      readonly givenName: string;
      readonly familyName: string;
      readonly birthDate: string;
      readonly email?: string;
    };
  },
): Promise<void> {
  const query = new URLSearchParams({ site: what.site, date: what.date, time: what.time });
  await page.goto(`${url}/desk/new?${query}`);
  await page.getByRole('radio', { name: 'A new person' }).check();
  await page.getByLabel('Given name').fill(what.person.givenName);
  await page.getByLabel('Family name').fill(what.person.familyName);
  await page.getByLabel('Date of birth').last().fill(what.person.birthDate);
  if (what.person.email) await page.getByLabel('E-mail').fill(what.person.email);
  const service = page.getByLabel('Service');
  const options = await service.getByRole('option').allInnerTexts();
  await service.selectOption({ label: options.find((text) => what.service.test(text)) ?? '' });
  if (what.with) await page.getByLabel('With', { exact: true }).selectOption({ label: what.with });
  if (what.reason) {
    await page.getByText('Outside opening hours').click();
    await page.getByLabel('Reason').fill(what.reason);
  }
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await page.waitForURL(/\/desk\?/);
}
