import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { axeViolations, DESKTOP, isWiderThanScreen, journey, openBrowser, PHONE } from './support/browser.ts';
import { quietDay } from './support/dates.ts';
import { asStaff, DESK, enterAppointment, signIn } from './support/staff.ts';

const { url } = inject('clinic');
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const dayAt = (date: string) => `${url}/desk?date=${date}&site=harbour`;
const column = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}`) });
/** A visit in somebody's column: its link reads name, time and service. */
const visit = (page: Page, name: string, where = 'Ines Duarte') =>
  column(page, where).getByRole('link', { name: new RegExp(name) });

async function timeOf(entry: Locator): Promise<string> {
  return /\d+:\d\d/.exec(await entry.innerText())?.[0] ?? '';
}

async function enter(page: Page, familyName: string, date: string, time: string): Promise<void> {
  await enterAppointment(page, url, {
    site: 'harbour',
    service: /^Follow-up,/,
    with: 'Ines Duarte',
    date,
    time,
    person: { givenName: 'Kim', familyName, birthDate: '1980-01-15' },
  });
}

/** Presses Tab until the visit has the focus; nobody touches the mouse. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let press = 0; press < 150; press++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => document.activeElement?.textContent ?? '');
    if (name.test(focused)) return;
  }
  throw new Error(`Tab never came to ${name}`);
}

describe('the day at the desk', () => {
  it('shows who and what is where, without objections from axe, on a desktop and a phone', async () => {
    for (const device of [DESKTOP, PHONE]) {
      await journey(browser, { ...device, name: `the day ${device.viewport?.width}` }, async (page) => {
        await signIn(page, url, DESK);
        for (const name of ['Ines Duarte', 'Mara Oduya', 'Jonas Feld', 'Room 1', 'Gait lab', 'Ultrasound'])
          expect(await column(page, name).count()).toBe(1);
        expect(await page.getByText('Everyone here is simulated').isVisible()).toBe(true);
        for (const path of [
          '',
          '/new',
          '/blocks/new',
          '/requests',
          '/people?q=a',
          '/people/new',
          '/outbox',
          '/account',
        ]) {
          await page.goto(`${url}/desk${path}`);
          expect(`${path} ${await isWiderThanScreen(page)}`).toBe(`${path} false`);
          expect(await axeViolations(page)).toEqual([]);
        }
      });
    }
  });

  it('moves a visit with the keyboard alone, takes it back, and a second desk sees it by itself', async () => {
    const date = quietDay(8);
    await journey(browser, { ...DESKTOP, name: 'keyboard only' }, async (page) => {
      await signIn(page, url, DESK);
      await enter(page, 'Tastatur', date, '10:00');
      await asStaff(browser, url, DESK, async (second) => {
        await second.goto(dayAt(date));
        await page.goto(dayAt(date));
        await tabTo(page, /^Kim Tastatur/);
        await page.keyboard.press('m');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await page.getByRole('status').getByText('Moved Kim Tastatur to 10:30.').waitFor();
        await expect.poll(() => timeOf(visit(page, 'Kim Tastatur'))).toBe('10:30');
        // The focus stays with the visit.
        expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Kim Tastatur');
        await expect.poll(() => timeOf(visit(second, 'Kim Tastatur')), { timeout: 5_000 }).toBe('10:30');

        await tabTo(page, /^Undo$/);
        await page.keyboard.press('Enter');
        await page.getByText('Kim Tastatur is back at 10:00.').first().waitFor();
        await expect.poll(() => timeOf(visit(second, 'Kim Tastatur')), { timeout: 5_000 }).toBe('10:00');

        // Escape leaves it where it was.
        await tabTo(page, /^Kim Tastatur/);
        await page.keyboard.press('m');
        await page.keyboard.press('ArrowUp');
        await page.keyboard.press('Escape');
        expect(await timeOf(visit(page, 'Kim Tastatur'))).toBe('10:00');
      });
    });
  });

  it('moves a visit with the mouse', async () => {
    const date = quietDay(9);
    await journey(browser, { ...DESKTOP, name: 'drag' }, async (page) => {
      await signIn(page, url, DESK);
      await enter(page, 'Mausmann', date, '10:00');
      await page.goto(dayAt(date));
      const entry = visit(page, 'Kim Mausmann');
      await entry.scrollIntoViewIfNeeded();
      const box = await entry.boundingBox();
      if (!box) throw new Error('The visit cannot be seen');
      // Half an hour is as tall as the visit itself; an hour later is two of it.
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x, y + box.height, { steps: 4 });
      await page.mouse.move(x, y + 2 * box.height, { steps: 4 });
      await page.mouse.up();
      await page
        .getByRole('status')
        .getByText(/^Moved Kim Mausmann to 11:\d\d\./)
        .waitFor();
      await expect.poll(() => timeOf(visit(page, 'Kim Mausmann'))).toBe('11:00');
    });
  });

  it('asks for a reason outside opening hours, and refuses what overlaps', async () => {
    const date = quietDay(10);
    await journey(browser, { ...DESKTOP, name: 'outside hours and overlaps' }, async (page) => {
      await signIn(page, url, DESK);
      await enter(page, 'Fruehauf', date, '08:00');
      await enter(page, 'Nachbarin', date, '09:00');
      await page.goto(dayAt(date));
      // Down by half an hour would lie over the neighbour's time: by an hour exactly.
      await visit(page, 'Kim Fruehauf').focus();
      await page.keyboard.press('m');
      for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page
        .getByRole('status')
        .getByText(/^Not moved\. .*taken/)
        .waitFor();
      expect(await timeOf(visit(page, 'Kim Fruehauf'))).toBe('8:00');

      // Ines has her break from 13:00 to 14:00.
      await visit(page, 'Kim Nachbarin').focus();
      await page.keyboard.press('m');
      for (let press = 0; press < 16; press++) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: /outside opening hours/ });
      await dialog.getByLabel('Why is that?').fill('Brings her baby at noon');
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await page.getByRole('status').getByText('Moved Kim Nachbarin to 13:00.').waitFor();
      await visit(page, 'Kim Nachbarin').click();
      await page.getByText('Brings her baby at noon').waitFor();
    });
  });

  it('takes an appointment on the telephone in four interactions', async () => {
    const date = quietDay(11);
    await journey(browser, { ...DESKTOP, name: 'telephone booking' }, async (page) => {
      await signIn(page, url, DESK);
      await enter(page, 'Stammgast', date, '08:00');
      await page.goto(dayAt(date));
      let interactions = 0;
      const counted = async (one: Promise<unknown>) => {
        await one;
        interactions += 1;
      };
      const free = column(page, 'Ines Duarte').getByRole('link', { name: /^Free/ }).first();
      await counted(free.click({ position: { x: 20, y: 30 } }));
      const dialog = page.getByRole('dialog', { name: 'New appointment' });
      // The spelling need not be right.
      await counted(dialog.getByLabel(/Name, date of birth or telephone/).pressSequentially('Stamgast'));
      await counted(dialog.getByRole('radio', { name: /Kim Stammgast/ }).check());
      await counted(dialog.getByRole('button', { name: 'Book', exact: true }).click());
      await page.getByRole('status').getByText('Booked.').waitFor();
      expect(interactions).toBe(4);
      await expect.poll(() => visit(page, 'Kim Stammgast').count()).toBe(2);
    });
  });

  it('checks somebody in, and notes who did not come', async () => {
    const date = quietDay(12);
    await journey(browser, { ...DESKTOP, name: 'check-in' }, async (page) => {
      await signIn(page, url, DESK);
      await enter(page, 'Angekommen', date, '09:00');
      await enter(page, 'Ausgeblieben', date, '10:00');
      await visit(page, 'Kim Angekommen').click();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Check in' }).click();
      await visit(page, 'Kim Angekommen').getByText('Arrived').waitFor();
      await visit(page, 'Kim Ausgeblieben').click();
      await page.getByRole('button', { name: 'Did not come' }).click();
      await visit(page, 'Kim Ausgeblieben').getByText('No-show').waitFor();
    });
  });
});
