import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withStiffKnee } from '@rectus/gait';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  type PickedFile,
  standingFile,
  walkingFile,
} from '../clinic/capabilities/gait-lab/testing/simulated-files.ts';
import { DEMO_MOTHER } from '../clinic/demo/gait-story.ts';
import { asAdmin } from '../clinic/place.ts';
import { runningServer } from '../clinic/platform/database/embedded/index.ts';
import { readPdf } from '../clinic/platform/papers/testing-read-pdf.ts';
import { axeViolations, DESKTOP, isWiderThanScreen, journey, openBrowser, PHONE } from './support/browser.ts';
import { comeInByLink } from './support/my-page.ts';
import { asStaff, CLINICIAN, DESK, openMail, signIn } from './support/staff.ts';
import { fillPerson, visitor } from './support/visit.ts';

const { url, dataDir } = inject('clinic');
const bea = visitor('Bea', 'Ganganalyse', ['7', '3', '1991']);
let browser: Browser;
let folder: string;

beforeAll(async () => {
  browser = await openBrowser();
  folder = await mkdtemp(join(tmpdir(), 'rectus-report-'));
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name }).waitFor();

async function isInOrder(page: Page): Promise<void> {
  const before = page.viewportSize();
  for (const { viewport } of [PHONE, DESKTOP]) {
    if (viewport) await page.setViewportSize(viewport);
    expect(await axeViolations(page)).toEqual([]);
    expect(await isWiderThanScreen(page)).toBe(false);
  }
  if (before) await page.setViewportSize(before);
}

/** Buys the gait analysis from a telephone, and leaves the booking for later. */
async function buyGait(page: Page): Promise<void> {
  await page.goto(`${url}/buy/3d-gait`);
  await fillPerson(page, bea);
  await page.getByRole('checkbox', { name: /I buy 3D gait analysis/ }).check();
  await page.getByRole('button', { name: /^Continue to payment/ }).click();
  await page.waitForURL(/\/practice\/checkout\//);
  await page.locator('button[value=pay]').click();
  await heading(page, 'Payment success');
}

/** Files on the disk of whoever picks them. */
async function onDisk(name: string, files: readonly PickedFile[]): Promise<readonly string[]> {
  const paths = files.map((file) => join(folder, `${name} ${file.name}`));
  await Promise.all(files.map(({ bytes }, index) => writeFile(paths[index] ?? '', bytes)));
  return paths;
}

/** Drops the files onto a session that was just begun, and waits for its report. */
async function upload(page: Page, paths: readonly string[]): Promise<void> {
  await page.getByRole('heading', { name: /^Gait session/ }).waitFor();
  await page.getByLabel('C3D files: one standing, and the walks').setInputFiles([...paths]);
  await page.getByText('The report can be signed').waitFor({ timeout: 30_000 });
}

/** Two sessions of Bea: one from her name, and one from what she bought. Ends on the report of the second. */
async function measureTwice(page: Page): Promise<void> {
  const stiff = await onDisk('first', [standingFile(), walkingFile(1, withStiffKnee('left'))]);
  const usual = await onDisk('second', [standingFile(), walkingFile(11), walkingFile(12)]);
  await page.goto(`${url}/desk/gait`);
  await page.getByRole('searchbox', { name: 'From a person' }).fill(bea.familyName);
  await page.getByRole('button', { name: 'Find' }).last().click();
  const begin = page.getByRole('button', { name: `Begin a session for Bea ${bea.familyName}` });
  await begin.last().click();
  await upload(page, stiff);
  await page.goto(`${url}/desk/gait`);
  await begin.first().click();
  await upload(page, usual);
  await page.getByRole('link', { name: 'Open the report' }).click();
  await heading(page, /^Gait report/);
}

/** How many colours stand in the picture: the frame is drawn by a key and read before the browser throws it away. */
function coloursDrawn(page: Page, key: string): Promise<number> {
  return page.locator('.stage').evaluate((stage, pressed) => {
    stage.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }));
    const picture = stage.querySelector('canvas');
    const copy = new OffscreenCanvas(200, 200).getContext('2d');
    if (!picture || !copy) return 0;
    copy.drawImage(picture, 0, 0, 200, 200);
    return new Set(new Uint32Array(copy.getImageData(0, 0, 200, 200).data.buffer)).size;
  }, key);
}

async function lookAtTheWalk(page: Page): Promise<void> {
  await page.locator('.stage.in-space').focus();
  expect(await coloursDrawn(page, '1')).toBeGreaterThan(20);
  await page.getByRole('button', { name: 'Side' }).and(page.locator('[aria-pressed=true]')).waitFor();
  const cursor = page.locator('.plot .now.seen').first();
  const before = await cursor.getAttribute('transform');
  for (let n = 0; n < 5; n++) await page.keyboard.press('ArrowRight');
  expect(await cursor.getAttribute('transform')).not.toBe(before);
  for (const [key, view] of [
    ['2', 'Front'],
    ['3', 'Top'],
    ['0', 'Three-quarter view'],
  ] as const) {
    await page.keyboard.press(key);
    await page.getByRole('button', { name: view }).and(page.locator('[aria-pressed=true]')).waitFor();
  }
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.keyboard.press('Space');
}

const WORDS = [
  ['Clinician’s findings', 'Left knee flexion in swing is back within the band.'],
  ['Finding 1', 'Your left knee bends again'],
  ['What finding 1 means', 'As far as the right one.'],
  ['Finding 2', 'Your steps are alike'],
  ['What finding 2 means', 'You do not spare a leg.'],
  ['Finding 3', 'You walk at a good pace'],
  ['What finding 3 means', 'You cross a street in time.'],
  ['Change since last time', 'The knee bends further than before.'],
  ['What is next', 'We go through this together.'],
] as const;

async function writeAndSign(page: Page): Promise<void> {
  for (const [label, text] of WORDS) await page.getByLabel(label, { exact: true }).fill(text);
  await page
    .getByLabel('Drawn beside finding 1')
    .selectOption({ label: 'How far your knee bends in the air' });
  await page.getByLabel('Drawn beside finding 2').selectOption({ label: 'How long your steps are' });
  await page.getByRole('button', { name: 'Sign version 1' }).click();
  await page.getByText('Signed, version 1').waitFor();
}

async function paperAt(page: Page, path: string): Promise<string> {
  const answer = await page.request.get(new URL(path, url).href);
  expect(answer.headers()['content-type']).toBe('application/pdf');
  return (await readPdf(await answer.body())).pages.join('\n').replaceAll(/\s+/g, ' ');
}

async function paperBehind(page: Page, name: string): Promise<string> {
  const link = page.getByRole('link', { name, exact: true });
  return paperAt(page, (await link.getAttribute('href')) ?? '');
}

describe('a walk', () => {
  it('becomes a report that a clinician signs and its patient understands', async () => {
    let reportPath = '';
    let shared = '';
    await journey(browser, { ...PHONE, name: 'gait report bought' }, (page) => buyGait(page));

    await journey(browser, { ...DESKTOP, name: 'gait report at the desk' }, async (page) => {
      await signIn(page, url, CLINICIAN);
      await measureTwice(page);
      reportPath = new URL(page.url()).pathname;
      await lookAtTheWalk(page);
      await isInOrder(page);
      await writeAndSign(page);
      const paper = await paperBehind(page, 'PDF');
      expect(paper).toContain('Left knee flexion in swing is back within the band.');
      expect(paper).toContain(bea.familyName);
      expect(await paperBehind(page, 'Patient’s PDF')).toContain('Your left knee bends again');
      const rows = await measurementsOf(reportPath);
      expect(rows.length).toBeGreaterThan(25);
      expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['final']));
    });

    await asStaff(browser, url, DESK, async (page) => {
      await openMail(page, url, bea.email, /gait report is ready/);
      const mail = await page.getByRole('article', { name: 'The mail as text' }).innerText();
      expect(mail).toContain('/my/reports/');
      expect(mail).not.toContain('knee');
    });

    await journey(browser, { ...PHONE, name: 'gait report at home' }, async (page) => {
      await comeInByLink(page, url, bea.email);
      await page.getByRole('link', { name: /^See the walk/ }).click();
      await heading(page, 'Your walk');
      await page.getByRole('button', { name: 'Pause' }).waitFor();
      expect(await coloursDrawn(page, 'ArrowRight')).toBeGreaterThan(20);
      // A thumb on the picture still scrolls the page.
      expect(await page.locator('.stage canvas').evaluate((one) => getComputedStyle(one).touchAction)).toBe(
        'pan-y',
      );
      await isInOrder(page);
      const findings = page.getByRole('listitem').filter({ has: page.locator('b') });
      await findings
        .filter({ hasText: 'Your left knee bends again' })
        .getByText(/Left \d\d° · was \d\d°/)
        .waitFor();
      await page.getByText('Left: a change greater than measuring error.').waitFor();
      await page.getByText('You walk at a good pace').waitFor();
      await page.getByText('The knee bends further than before.').waitFor();
      await page.getByText('We go through this together.').waitFor();
      const paper = await paperAt(page, `${new URL(page.url()).pathname}.pdf`);
      expect(paper).toContain('You do not spare a leg.');
      expect(paper).toMatch(/How far your knee bends in the air .*Left \d\d° · was \d\d°/);
      expect(paper).toContain('Left: a change greater than measuring error.');
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.reload();
      await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
      await page.getByRole('link', { name: 'Book the visit that is paid for' }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(new URL(page.url()).pathname).toMatch(/^\/orders\//);
    });

    await journey(browser, { ...DESKTOP, name: 'gait report corrected' }, async (page) => {
      await signIn(page, url, CLINICIAN);
      await page.goto(`${url}${reportPath}?edit`);
      await page.getByLabel('Finding 1', { exact: true }).fill('Your left knee bends as far as the right');
      await page.getByRole('button', { name: 'Sign version 2' }).click();
      await page.getByText('Signed, version 2').waitFor();
      await page.getByRole('link', { name: 'Version 1', exact: true }).click();
      await page.getByText('Your left knee bends again').waitFor();
      await page.goto(`${url}${reportPath}`);
      await page.getByRole('button', { name: 'Make a link' }).click();
      shared = (await page.locator('#share code').innerText()).trim();
    });

    await journey(
      browser,
      { ...PHONE, javaScriptEnabled: false, name: 'gait report shared' },
      async (page) => {
        await page.goto(shared);
        await heading(page, 'How Bea walks');
        await page.getByText('Your left knee bends as far as the right').waitFor();
        await page.getByRole('img', { name: /^The walk from the side in \d+ figures/ }).waitFor();
        expect(await page.getByRole('link', { name: /^Book the visit/ }).count()).toBe(0);
        expect(await isWiderThanScreen(page)).toBe(false);
      },
    );
    await asStaff(browser, url, CLINICIAN, async (page) => {
      await page.goto(`${url}${reportPath}`);
      await page.getByRole('button', { name: /^Take back/ }).click();
      await page.getByText(/^Taken back/).waitFor();
      const answer = await page.context().request.get(shared);
      expect(answer.status()).toBe(404);
    });
  }, 120_000);

  it('of the demo’s mother is there from the start, to be looked at as she would', async () => {
    await journey(browser, { ...PHONE, name: 'demo mother' }, async (page) => {
      await comeInByLink(page, url, DEMO_MOTHER.email);
      const walks = page.getByRole('link', { name: /^See the walk/ });
      expect(await walks.count()).toBe(2);
      await walks.first().click();
      await heading(page, 'Your walk');
      await page.getByText('You walk more upright').waitFor();
      await page.getByText('More numbers').click();
      await page.getByText('How far your knee bends in the air').waitFor();
      await isInOrder(page);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await isWiderThanScreen(page)).toBe(false);
    });
  });
});

interface MeasurementRow {
  readonly code: string;
  readonly status: string;
}

/** The numbers of the session whose report stands at a path, read past the program. */
async function measurementsOf(reportPath: string): Promise<readonly MeasurementRow[]> {
  const studyId = reportPath.split('/').at(-2) ?? '';
  const admin = { ...(await runningServer(dataDir)), database: 'rectus' };
  return asAdmin(
    admin,
    (sql) =>
      sql<
        MeasurementRow[]
      >`select code, status from measurement where study_id = ${studyId} and status <> 'superseded'`,
  );
}
