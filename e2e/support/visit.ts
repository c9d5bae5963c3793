import type { Locator, Page } from 'playwright-core';

/** Somebody who books. Names are made up by each journey, so that none meets another's people. */
export interface Visitor {
  readonly givenName: string;
  readonly familyName: string;
  /** Day, month and year, as they are typed. */
  readonly born: readonly [day: string, month: string, year: string];
  readonly email: string;
}

export function visitor(givenName: string, familyName: string, born: Visitor['born']): Visitor {
  return { givenName, familyName, born, email: `${givenName}.${familyName}@example.org`.toLowerCase() };
}

/** The control of that name which can be seen: a phone has it at the thumb, a desktop below the form. */
export function seen(page: Page, role: 'button' | 'link', name: string | RegExp): Locator {
  return page.getByRole(role, { name }).filter({ visible: true }).first();
}

/** From the list of services to the free times of a day. */
export async function goToTimes(
  page: Page,
  url: string,
  wish: { readonly service: string; readonly site?: string; readonly day: string },
): Promise<void> {
  await page.goto(`${url}/book`);
  await page
    .getByRole('radio', { name: new RegExp(`^${wish.service}`) })
    .first()
    .check();
  await seen(page, 'button', 'Continue').click();
  if (wish.site) await page.getByRole('radio', { name: new RegExp(wish.site) }).check();
  await seen(page, 'button', 'See free times').click();
  await page.getByRole('heading', { level: 1, name: 'Choose a time' }).waitFor();
  await goToDay(page, wish.day);
}

/** Asks a list of times for a date far ahead. */
export async function goToDay(page: Page, day: string): Promise<void> {
  await page.getByText('Go to a date').click();
  await page.getByLabel('Date', { exact: true }).fill(day);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.waitForURL(`**day=${day}**`);
}

/** The times that stand on the page, as buttons. */
export function timesOn(page: Page): Locator {
  return page.getByRole('region', { name: 'Free times' }).getByRole('button', { name: /^\d/ });
}

/** Takes the n-th free time and says which instant it is; epoch milliseconds. */
export async function takeTime(page: Page, n = 0): Promise<number> {
  const button = timesOn(page).nth(n);
  const start = Number(await button.getAttribute('value'));
  await button.click();
  await page.waitForURL(/\/(safety|details|move)\b/);
  return start;
}

/** Nothing in the list of safety questions is true. */
export async function nothingToTell(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1, name: 'First, is it safe to wait?' }).waitFor();
  await seen(page, 'button', 'Continue').click();
}

export async function fillPerson(page: Page, person: Visitor): Promise<void> {
  await page.getByLabel('Given name').fill(person.givenName);
  await page.getByLabel('Family name').fill(person.familyName);
  for (const [index, label] of ['Day', 'Month', 'Year'].entries()) {
    await page
      .getByRole('group', { name: 'Date of birth' })
      .getByLabel(label)
      .fill(person.born[index] ?? '');
  }
  await page.getByLabel('E-mail').fill(person.email);
}

/** The whole way to a confirmed appointment; ends on its page. */
export async function bookVisit(
  page: Page,
  url: string,
  wish: Parameters<typeof goToTimes>[2],
  person: Visitor,
): Promise<{ readonly start: number; readonly link: string }> {
  await goToTimes(page, url, wish);
  const start = await takeTime(page);
  await nothingToTell(page);
  await fillPerson(page, person);
  await page.getByRole('checkbox', { name: /I agree/ }).check();
  await seen(page, 'button', 'Confirm booking').click();
  await page.getByRole('heading', { level: 1, name: 'You are booked' }).waitFor();
  return { start, link: page.url().replace(/\?.*$/, '') };
}
