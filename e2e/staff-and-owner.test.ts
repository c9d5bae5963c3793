import { TOTP } from 'otpauth';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { axeViolations, DESKTOP, isWiderThanScreen, journey, openBrowser, PHONE } from './support/browser.ts';
import { quietDay } from './support/dates.ts';
import { type Account, asStaff, CLINICIAN, DESK, OWNER, signIn, typePassword } from './support/staff.ts';
import { goToTimes, timesOn } from './support/visit.ts';

const { url } = inject('clinic');
/** Nobody else's journey signs in as him, so his second factor is in nobody's way. */
const JONAS: Account = { email: 'jonas@rectus.example.org', password: 'jonas looks again' };
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('signing in', () => {
  it('with a wrong password says so, keeps the address and says no more', async () => {
    await journey(browser, { ...PHONE, name: 'wrong password' }, async (page) => {
      await typePassword(page, url, { ...DESK, password: 'a guess that is wrong' });
      await page.getByText('That address and password do not belong together here').first().waitFor();
      expect(await page.getByLabel('Your e-mail address').inputValue()).toBe(DESK.email);
      expect(await page.getByLabel('Password').inputValue()).toBe('');
      expect(await axeViolations(page)).toEqual([]);
    });
  });

  it('asks for the second factor once it is set up', async () => {
    await journey(browser, { ...DESKTOP, name: 'second factor' }, async (page) => {
      await typePassword(page, url, JONAS);
      await page.getByRole('link', { name: /Your account/ }).click();
      await page.getByRole('textbox', { name: 'Your password' }).fill(JONAS.password);
      await page.getByRole('button', { name: 'Set it up' }).click();
      const key = (await page.getByRole('figure').locator('code').innerText()).replaceAll(' ', '');
      expect(await axeViolations(page)).toEqual([]);
      const app = new TOTP({ secret: key });
      await page.getByLabel(/six digits/).fill(app.generate());
      await page.getByRole('button', { name: 'Turn it on' }).click();
      await page.getByRole('heading', { level: 1, name: 'Your backup codes' }).waitFor();
      const backupCode = await page.getByRole('listitem').locator('code').first().innerText();

      await page.getByRole('button', { name: 'Sign out' }).click();
      await typePassword(page, url, JONAS);
      await page.getByRole('heading', { level: 1, name: 'Your second factor' }).waitFor();
      await page.getByLabel('Code').fill('000000');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByText('That did not work').waitFor();
      await page.getByLabel('Code').fill(app.generate());
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('region', { name: 'Day by resource' }).waitFor();

      // The phone is gone: a code from paper opens the door too.
      await page.getByRole('button', { name: 'Sign out' }).click();
      await typePassword(page, url, JONAS);
      await page.getByLabel('Code').fill(backupCode);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('region', { name: 'Day by resource' }).waitFor();
    });
  });
});

describe('a desk that several people share', () => {
  it('locks, shows nothing meanwhile, and opens again where it was', async () => {
    await journey(browser, { ...DESKTOP, name: 'lock and unlock' }, async (page) => {
      await typePassword(page, url, DESK);
      await page.waitForURL('**/desk**');
      const there = `${url}/desk?date=${quietDay(0)}&site=mill`;
      await page.goto(there);
      await page.getByRole('button', { name: 'Lock', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'This desk is locked' }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.goto(`${url}/desk/people?q=a`);
      await page.getByRole('heading', { level: 1, name: 'This desk is locked' }).waitFor();
      await page.getByLabel('Password').fill('not this one');
      await page.getByRole('button', { name: 'Unlock' }).click();
      await page.getByRole('heading', { level: 1, name: 'This desk is locked' }).waitFor();
      await page.getByLabel('Password').fill(DESK.password);
      await page.getByRole('button', { name: 'Unlock' }).click();
      await page.getByRole('button', { name: 'Lock', exact: true }).waitFor();
      expect(page.url()).toMatch(/\/desk/);
    });
  });

  it.each([
    ['front desk', DESK],
    ['clinician', CLINICIAN],
  ])('does not open the settings to a %s', async (_role, account) => {
    await journey(browser, { ...DESKTOP, name: 'roles' }, async (page) => {
      await signIn(page, url, account);
      const tabs = page.getByRole('navigation', { name: 'Desk' });
      expect(await tabs.getByRole('link', { name: 'Settings' }).count()).toBe(0);
      for (const path of ['', '/services', '/closures', '/people', '/sites']) {
        const answer = await page.goto(`${url}/desk/settings${path}`);
        expect(answer?.status()).toBe(403);
      }
      await page.getByText('This page is not open to your role').first().waitFor();
    });
  });
});

describe('the owner', () => {
  it('changes a price, and patients see it within seconds', async () => {
    await journey(browser, { ...DESKTOP, name: 'price' }, async (page) => {
      await signIn(page, url, OWNER);
      await page.getByRole('navigation', { name: 'Desk' }).getByRole('link', { name: 'Settings' }).click();
      const settings = page.getByRole('navigation', { name: 'Settings' });
      await settings.getByRole('link', { name: 'Services and prices' }).click();
      await page.getByRole('link', { name: 'Lift check' }).click();
      await page.getByLabel('Price in EUR').fill('77,50');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('Saved').first().waitFor();
      const patient = await browser.newContext();
      const services = await patient.newPage();
      await expect
        .poll(
          async () => {
            await services.goto(`${url}/services`);
            return services.getByRole('listitem').filter({ hasText: 'Lift check' }).last().innerText();
          },
          { timeout: 10_000, interval: 500 },
        )
        .toContain('€77.50');
      await patient.close();
    });
  });

  it('closes a day, and nobody can book it any more', async () => {
    const day = quietDay(13);
    const wish = { service: 'First visit', site: 'Harbour', day };
    await journey(browser, { ...DESKTOP, name: 'closing a day' }, async (page) => {
      await goToTimes(page, url, wish);
      expect(await timesOn(page).count()).toBeGreaterThan(0);
      await asStaff(browser, url, OWNER, async (owner) => {
        await owner.goto(`${url}/desk/settings/closures`);
        await owner.getByRole('link', { name: 'Add a closure' }).click();
        await owner.getByLabel('What is closed?').selectOption({ label: 'Harbour site' });
        await owner.getByLabel('First day').fill(day);
        await owner.getByLabel('Reason').fill('The floor is painted');
        await owner.getByRole('button', { name: 'Close then' }).click();
        await owner.getByText('The floor is painted').first().waitFor();
      });
      await expect
        .poll(
          async () => {
            await page.reload();
            return page.getByText('Nothing is free on').count();
          },
          { timeout: 10_000, interval: 500 },
        )
        .toBe(1);
    });
  });

  it('finds every page of the settings in order', async () => {
    for (const device of [DESKTOP, PHONE]) {
      await journey(browser, { ...device, name: `settings ${device.viewport?.width}` }, async (page) => {
        await signIn(page, url, OWNER);
        await page.goto(`${url}/desk/settings`);
        const tabs = page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
        const addresses = await tabs.evaluateAll((links) =>
          links.map((link) => (link as HTMLAnchorElement).href),
        );
        expect(addresses.length).toBeGreaterThanOrEqual(6);
        for (const address of [
          ...addresses,
          `${url}/desk/settings/services/new`,
          `${url}/desk/settings/closures/new`,
        ]) {
          await page.goto(address);
          expect(`${address} ${await isWiderThanScreen(page)}`).toBe(`${address} false`);
          expect(await axeViolations(page)).toEqual([]);
        }
      });
    }
  });
});

describe('looking for a person', () => {
  it('forgives spelling, and shows who may be known already', async () => {
    await journey(browser, { ...DESKTOP, name: 'finding people' }, async (page) => {
      await signIn(page, url, DESK);
      const open = async (givenName: string) => {
        await page.goto(`${url}/desk/people/new`);
        await page.getByLabel('Given name').fill(givenName);
        await page.getByLabel('Family name').fill('Przybylski');
        await page.getByLabel('Date of birth').fill('1971-08-09');
        await page.getByRole('button', { name: 'Save', exact: true }).click();
      };
      await open('Katharina');
      await page.getByRole('heading', { level: 1, name: 'Katharina Przybylski' }).waitFor();
      for (const typed of ['Katarina Przybilski', 'przybylsky', '9.8.1971']) {
        await page.getByRole('searchbox', { name: 'Find a person' }).fill(typed);
        await page.keyboard.press('Enter');
        await page.getByRole('link', { name: 'Przybylski, Katharina' }).waitFor();
      }
      expect(await axeViolations(page)).toEqual([]);
      await open('Catharina');
      await page.getByRole('button', { name: 'Save as another person' }).waitFor();
      expect(await page.getByRole('main').innerText()).toContain('Katharina Przybylski');
      expect(await page.getByLabel('Given name').inputValue()).toBe('Catharina');
    });
  });
});
