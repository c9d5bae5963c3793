import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NormPackage, simulatedNorms, writeNormPackage } from '@rectus/gait';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { standingFile, walkingFile } from '../clinic/capabilities/gait-lab/testing/simulated-files.ts';
import { axeViolations, DESKTOP, isWiderThanScreen, journey, openBrowser, PHONE } from './support/browser.ts';
import { SECOND_OWNER, signIn } from './support/staff.ts';

/** The second clinic: what is installed here changes no report of the first. */
const { secondUrl: url } = inject('clinic');
const adults: NormPackage = {
  ...simulatedNorms(),
  id: 'journey-adults',
  name: 'Adults of the journey',
  population: { description: 'simulated adults', ageGroup: 'adults', people: 30, ageYears: null },
};
let browser: Browser;
let folder: string;

beforeAll(async () => {
  browser = await openBrowser();
  folder = await mkdtemp(join(tmpdir(), 'rectus-norms-'));
  const files = [standingFile(), walkingFile(1)];
  await Promise.all(files.map(({ name, bytes }) => writeFile(join(folder, name), bytes)));
  await writeFile(join(folder, 'adults.json'), writeNormPackage(adults));
  await writeFile(join(folder, 'broken.json'), '{"format": "rectus-gait-norms"');
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

async function isInOrder(page: Page): Promise<void> {
  for (const device of [PHONE, DESKTOP]) {
    if (device.viewport) await page.setViewportSize(device.viewport);
    expect(await axeViolations(page)).toEqual([]);
    expect(await isWiderThanScreen(page)).toBe(false);
  }
}

async function install(page: Page, ...names: readonly string[]): Promise<void> {
  await page
    .getByLabel('Norm packages, or published tables')
    .setInputFiles(names.map((name) => join(folder, name)));
  await page.getByRole('button', { name: 'Install', exact: true }).click();
}

describe('the norms of a clinic', () => {
  it('are installed by its owner without a script, next to a file that is broken', async () => {
    const name = 'installing norms';
    await journey(browser, { ...DESKTOP, javaScriptEnabled: false, name }, async (page) => {
      await signIn(page, url, SECOND_OWNER);
      await page.goto(`${url}/desk/gait`);
      await page.getByRole('link', { name: 'Norms' }).click();
      await page.getByText('No norms are installed').waitFor();
      await install(page, 'broken.json', 'adults.json');
      await page.getByText('One set of norms is here').waitFor();
      await page.getByText('This is not JSON').waitFor();
      await page.getByText('simulated adults').waitFor();
    });
  });

  it('judge a walk that began on its person’s page, and when they change its page asks whether to judge anew', async () => {
    await journey(browser, { ...DESKTOP, name: 'norms that change' }, async (page) => {
      await signIn(page, url, SECOND_OWNER);
      await page.goto(`${url}/desk/people/new?name=Nora Norm`);
      await page.getByLabel('Date of birth').fill('1990-04-03');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'New session' }).click();
      await page
        .getByLabel('C3D files: one standing, and the walks')
        .setInputFiles(['standing.c3d', 'walk 1.c3d'].map((name) => join(folder, name)));
      await page.getByText('The report can be signed').waitFor();
      const session = page.url();
      await page.getByText('About the file standing.c3d').click();
      const saving = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Save the original of standing.c3d' }).click();
      const saved = await readFile(await (await saving).path());
      expect(Buffer.compare(saved, Buffer.from(standingFile().bytes))).toBe(0);

      await page.goto(`${url}/desk/gait/norms`);
      await isInOrder(page);
      await page.getByRole('button', { name: 'Set aside Adults of the journey' }).click();
      await page.getByRole('button', { name: 'Use again Adults of the journey' }).waitFor();
      await isInOrder(page);
      await page.goto(session);
      await page.getByText('Judged by other norms than those in use now').waitFor();
      await isInOrder(page);
      await page.getByRole('button', { name: 'Judge it anew' }).click();
      await page.getByText('The report can be signed').waitFor();
      expect(await page.getByText('Judged by other norms').count()).toBe(0);
    });
  });

  it('are not built out of a single person', async () => {
    await journey(browser, { ...DESKTOP, name: 'norms of one’s own' }, async (page) => {
      await signIn(page, url, SECOND_OWNER);
      await page.goto(`${url}/desk/gait/norms`);
      await page.getByRole('link', { name: 'Choose sessions' }).click();
      await page.getByRole('checkbox', { name: /Nora Norm/ }).check();
      await page.getByRole('button', { name: 'Count what is ticked' }).click();
      await page.getByText(/^1 person, 1 session, \d+ strides$/).waitFor();
      await page.getByText('Norms need at least 10 people').waitFor();
      await isInOrder(page);
    });
  });
});
