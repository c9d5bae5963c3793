import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { axeViolations, DESKTOP, isWiderThanScreen, journey, openBrowser, PHONE } from './support/browser.ts';
import { quietDay } from './support/dates.ts';
import { comeInByLink } from './support/my-page.ts';
import { bookVisit, seen, visitor } from './support/visit.ts';

const { url, secondUrl } = inject('clinic');
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const FIRST_VISIT = { service: 'First visit', site: 'Harbour' } as const;

/** A telephone that unlocks with its owner's finger; `touched` says whether she lays it on. */
async function addFingerprint(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    touched: (enabled: boolean) =>
      devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }),
    passkeys: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  };
}

async function isInOrder(page: Page): Promise<void> {
  expect(await axeViolations(page)).toEqual([]);
  expect(await isWiderThanScreen(page)).toBe(false);
}

describe('a patient’s own page', () => {
  it('shows her visit, and opens with a passkey from then on', async () => {
    const rita = visitor('Rita', 'Eigenseite', ['3', '5', '1991']);
    await journey(browser, { ...PHONE, name: 'my page' }, async (page) => {
      await bookVisit(page, url, { ...FIRST_VISIT, day: quietDay(16) }, rita);
      const finger = await addFingerprint(page);
      await page.goto(`${url}/my`);
      await isInOrder(page);
      await comeInByLink(page, url, rita.email);
      await page.getByRole('heading', { level: 1, name: 'Hello Rita' }).waitFor();
      await isInOrder(page);

      await page.getByRole('link', { name: 'Signing in' }).click();
      await page.getByLabel('A name for this device').fill('Rita’s phone');
      await isInOrder(page);
      await page.getByRole('button', { name: 'Add a passkey' }).click();
      await page.getByText('This device now opens your page.').waitFor();
      expect(await page.getByRole('main').innerText()).toContain('Rita’s phone');
      expect(await finger.passkeys()).toMatchObject([{ isResidentCredential: true, rpId: 'localhost' }]);
      await isInOrder(page);

      await finger.touched(false);
      await page.getByRole('button', { name: 'Sign out', exact: true }).click();
      await page.waitForURL('**/my/sign-in');
      await isInOrder(page);
      await finger.touched(true);
      await page.getByRole('button', { name: 'Use a passkey' }).click();
      await page.getByRole('heading', { level: 1, name: 'Hello Rita' }).waitFor();
      await seen(page, 'link', 'Move or cancel').click();
      await page.getByRole('heading', { level: 1, name: 'Your appointment' }).waitFor();
    });
  });

  it('offers the passkey in the address field, before anything is typed', async () => {
    const ida = visitor('Ida', 'Eigenseite', ['3', '6', '1991']);
    await journey(browser, { ...DESKTOP, name: 'passkey in the field' }, async (page) => {
      await bookVisit(page, url, { ...FIRST_VISIT, day: quietDay(16) }, ida);
      await addFingerprint(page);
      await comeInByLink(page, url, ida.email);
      await page.goto(`${url}/my/account`);
      await page.getByRole('button', { name: 'Add a passkey' }).click();
      await page.getByText('This device now opens your page.').waitFor();
      await page.getByRole('button', { name: 'Sign out', exact: true }).click();
      await page.waitForURL('**/my');
      await page.getByRole('heading', { level: 1, name: 'Hello Ida' }).waitFor();
    });
  });

  it('needs no script, and nobody else sees it', async () => {
    const ole = visitor('Ole', 'Eigenseite', ['4', '5', '1990']);
    const device = { ...DESKTOP, javaScriptEnabled: false, name: 'my page without a script' };
    await journey(browser, device, async (page) => {
      const { link } = await bookVisit(page, url, { ...FIRST_VISIT, day: quietDay(16) }, ole);
      await comeInByLink(page, url, ole.email);
      expect(await page.getByRole('link', { name: 'Move or cancel' }).getAttribute('href')).toBe(
        new URL(link).pathname,
      );
      await page.goto(`${url}/my/account`);
      expect(await page.getByRole('button', { name: 'Add a passkey' }).isVisible()).toBe(false);
      await page.goto(`${secondUrl}/my`);
      await page.getByLabel('Your e-mail address').fill(ole.email);
      await page.getByRole('button', { name: 'Send me a link' }).click();
      await page.getByRole('heading', { level: 1, name: 'Look at your mail' }).waitFor();
      expect(await page.getByRole('link', { name: 'Open the link here' }).count()).toBe(0);
      await page.goto(`${url}/desk`);
      expect(new URL(page.url()).pathname).toBe('/sign-in');
    });
  });
});
