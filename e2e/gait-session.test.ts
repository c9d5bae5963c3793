import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { standingFile, walkingFile } from '../clinic/capabilities/gait-lab/testing/simulated-files.ts';
import { axeViolations, DESKTOP, isWiderThanScreen, journey, openBrowser, PHONE } from './support/browser.ts';
import { CLINICIAN, signIn } from './support/staff.ts';

const { url } = inject('clinic');
let browser: Browser;
let folder: string;
let picked: string[];

beforeAll(async () => {
  browser = await openBrowser();
  folder = await mkdtemp(join(tmpdir(), 'rectus-walks-'));
  const files = [standingFile(), walkingFile(1), walkingFile(2)];
  files.push({ name: 'not a walk.c3d', bytes: Buffer.from('A letter, not a walk.') });
  picked = files.map(({ name }) => join(folder, name));
  await Promise.all(files.map(({ bytes }, index) => writeFile(picked[index] ?? '', bytes)));
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

/** Begins a session of somebody whom the demo clinic knows. */
async function beginSession(page: Page, name: string): Promise<void> {
  await page.goto(`${url}/desk/gait`);
  await page.getByRole('searchbox', { name: 'From a person' }).fill(name);
  await page.getByRole('button', { name: 'Find' }).last().click();
  await page
    .getByRole('button', { name: /^Begin a session for/ })
    .last()
    .click();
  await page.getByRole('heading', { name: /^Gait session/ }).waitFor();
}

async function isInOrder(page: Page): Promise<void> {
  for (const device of [PHONE, DESKTOP]) {
    if (device.viewport) await page.setViewportSize(device.viewport);
    expect(await axeViolations(page)).toEqual([]);
    expect(await isWiderThanScreen(page)).toBe(false);
  }
}

describe('a gait session', () => {
  it('takes files that are picked together, and has a report within seconds', async () => {
    await journey(browser, { ...DESKTOP, name: 'gait session with script' }, async (page) => {
      await signIn(page, url, CLINICIAN);
      await page.goto(`${url}/desk/gait`);
      await isInOrder(page);
      await beginSession(page, 'Duarte');
      await page.getByText('Still needed: a standing calibration and a walking trial').waitFor();
      await isInOrder(page);
      await page.getByLabel('C3D files: one standing, and the walks').setInputFiles(picked);
      await page.getByText('This is not a C3D file').waitFor();
      await page.getByText('The report can be signed').waitFor();
      await page
        .getByText(/^\d\.\d s at \d+ Hz, \d+ markers, .*force plates/)
        .first()
        .waitFor();
      await isInOrder(page);
      await page.getByLabel('Leave walk 2.c3d out because').fill('Stumbled');
      await page.getByRole('button', { name: 'Save walk 2.c3d' }).click();
      await page.getByText('left out', { exact: true }).waitFor();
      await page.getByText('The report can be signed').waitFor();
      await page.getByRole('link', { name: 'Open the report' }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
    });
  });

  it('works without a script: a plain form, and a page that shows how far it is', async () => {
    const name = 'gait session without script';
    await journey(browser, { ...DESKTOP, javaScriptEnabled: false, name }, async (page) => {
      await signIn(page, url, CLINICIAN);
      await beginSession(page, 'Duarte');
      await page.getByLabel('C3D files: one standing, and the walks').setInputFiles(picked);
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText('3 files were taken.').waitFor();
      await page.getByText('One file cannot be used: the list says why.').waitFor();
      const watch = page.getByRole('link', { name: 'Watch it' });
      if (await watch.isVisible()) await watch.click();
      await page.getByText('The report can be signed').waitFor();
    });
  });
});
