import type { Page } from 'playwright-core';

/** A file as it is picked by hand. */
export interface PickedClip {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Begins an ultrasound examination of a person of the demo and puts clips onto it. Returns the examination's address. */
export async function beginExam(
  page: Page,
  url: string,
  person: string,
  clips: readonly PickedClip[],
): Promise<string> {
  await page.goto(`${url}/desk/imaging`);
  await page.getByRole('searchbox', { name: 'From a person' }).fill(person);
  await page.getByRole('button', { name: 'Find' }).last().click();
  await page
    .getByRole('button', { name: /^Begin/ })
    .last()
    .click();
  await page.waitForURL(/\/desk\/imaging\/[0-9a-f-]{36}/);
  const address = page.url().replace(/[?#].*$/, '');
  for (const { name, bytes } of clips) {
    await page
      .locator('#pick-files')
      .setInputFiles({ name, mimeType: 'application/dicom', buffer: Buffer.from(bytes) });
    await page.waitForTimeout(300);
  }
  await page.waitForFunction(
    (count) => document.querySelectorAll('.us-clips > li').length >= count,
    clips.length,
  );
  return address;
}
