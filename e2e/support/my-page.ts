import type { Page } from 'playwright-core';

/** From a patient's own page to the mail, which a demo clinic shows on the spot, and back in. */
export async function comeInByLink(page: Page, home: string, email: string): Promise<void> {
  await page.goto(`${home}/my`);
  await page.getByLabel('Your e-mail address').fill(email);
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await page.getByRole('link', { name: 'Open the link here' }).click();
  await page.getByRole('button', { name: 'Open my page' }).click();
  await page.waitForURL('**/my');
}
