import type { Phantom } from '@rectus/sonography';
import dcmjs from 'dcmjs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readPdf } from '../clinic/platform/papers/testing-read-pdf.ts';
import { axeViolations, DESKTOP, isWiderThanScreen, journey, openBrowser, PHONE } from './support/browser.ts';
import { asStaff, CLINICIAN, OWNER, signIn } from './support/staff.ts';
import { order, record, sendByDimse, sendByStow, tornMuscle } from './support/ultrasound-machine.ts';

const { url, dimsePort } = inject('clinic');
const line = { port: dimsePort, calling: 'SONO_E2E', called: 'RECTUS_E2E' };
const PERSON = 'Emil Vinter';
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function isInOrder(page: Page): Promise<void> {
  const before = page.viewportSize();
  for (const { viewport } of [PHONE, DESKTOP]) {
    if (viewport) await page.setViewportSize(viewport);
    expect(await axeViolations(page)).toEqual([]);
    expect(await isWiderThanScreen(page)).toBe(false);
  }
  if (before) await page.setViewportSize(before);
}

/** The owner lets two machines in: one that speaks DIMSE, and one with a token for DICOMweb, which is returned. */
async function letMachinesIn(page: Page): Promise<string> {
  await page.goto(`${url}/desk/imaging/machines`);
  await page.getByLabel('AE title of the clinic').fill(line.called);
  await page.getByRole('button', { name: 'Save the title' }).click();
  await addMachine(page, 'Ultrasound in room 2', line.calling);
  await addMachine(page, 'Archive', '');
  await page.getByRole('button', { name: 'Make a token' }).click();
  const token = await page.locator('.copy-line code').first().innerText();
  await isInOrder(page);
  return token.trim();
}

async function addMachine(page: Page, name: string, title: string): Promise<void> {
  await page.goto(`${url}/desk/imaging/machines/new`);
  await page.getByLabel('Name').fill(name);
  if (title) await page.getByLabel('AE title').fill(title);
  const store = page.getByLabel('May send clips, and see the worklist');
  if (!(await store.isChecked())) await store.check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** Opens an examination for a suspected muscle injury. Returns its path and its number. */
async function openExam(page: Page): Promise<{ readonly path: string; readonly accession: string }> {
  await page.goto(`${url}/desk/imaging`);
  await page.getByLabel('From a person').fill(PERSON);
  await page.getByRole('button', { name: 'Find' }).last().click();
  await page
    .getByRole('button', { name: new RegExp(`Begin.*${PERSON}`) })
    .first()
    .click();
  await page.getByText('Waits for clips', { exact: true }).waitFor();
  await page.getByRole('radio', { name: /muscle/i }).check();
  await page.getByLabel('Structure').fill('Rectus femoris');
  await page.getByRole('radio', { name: 'Right' }).check();
  await page.getByRole('button', { name: /^Save/ }).first().click();
  const accession = /US\d+/.exec(await page.locator('main').innerText())?.[0] ?? '';
  await isInOrder(page);
  return { path: new URL(page.url()).pathname, accession };
}

/** Where a place of the stored frame lies on the screen. */
function onScreen(page: Page, pane: 0 | 1, place: { readonly x: number; readonly y: number }) {
  return page.locator(`[data-pane="${pane}"] [data-part="marks"]`).evaluate((marks, { x, y }) => {
    const matrix = (marks as SVGGElement).getScreenCTM();
    if (!matrix) throw new Error('The picture is not laid out');
    const point = new DOMPoint(x, y).matrixTransform(matrix);
    return { x: point.x, y: point.y };
  }, place);
}

/** Marks both ends of the torn muscle in the picture at rest, once, and waits until the gap is known. */
async function markTheGap(page: Page, { truth }: Phantom): Promise<void> {
  await page.locator('[data-pane="0"] canvas').waitFor();
  await page.getByText(/frames\/s/).waitFor();
  await page.keyboard.press('1');
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  for (const name of ['proximal end', 'distal end']) {
    const end = truth.landmarks[name];
    if (!end) throw new Error(`The phantom has no ${name}`);
    const { x, y } = await onScreen(page, 0, end);
    await page.mouse.click(x, y);
  }
  await page.locator('[data-part="values"]').getByText('Retraction').waitFor({ timeout: 60_000 });
}

async function numberBeside(page: Page, words: string): Promise<number> {
  const text = await page.locator('[data-part="values"]').innerText();
  const found = new RegExp(`${words}\\s*(\\d+\\.\\d+)`).exec(text)?.[1];
  if (!found) throw new Error(`No number beside “${words}” in: ${text}`);
  return Number(found);
}

const bytesOf = async (page: Page, path: string) =>
  Buffer.from(await (await page.request.get(`${url}${path}`)).body());

interface NumItem {
  readonly ConceptNameCodeSequence?: readonly { readonly CodeMeaning: string }[];
  readonly MeasuredValueSequence?: readonly {
    readonly NumericValue: number | readonly number[];
    readonly MeasurementUnitsCodeSequence: readonly { readonly CodeValue: string }[];
  }[];
  readonly ContentSequence?: readonly NumItem[];
}

/** Every number of a structured report with its unit, as another library reads it. */
function numbersIn(sr: Buffer): readonly { readonly value: number; readonly unit: string }[] {
  const file = dcmjs.data.DicomMessage.readFile(Uint8Array.from(sr).buffer);
  const items: NumItem[] = [dcmjs.data.DicomMetaDictionary.naturalizeDataset(file.dict) as NumItem];
  return items.flatMap(function below(item: NumItem): { value: number; unit: string }[] {
    const measured = item.MeasuredValueSequence?.[0];
    const own = measured
      ? [
          {
            value: Number([measured.NumericValue].flat()[0]),
            unit: measured.MeasurementUnitsCodeSequence[0]?.CodeValue ?? '',
          },
        ]
      : [];
    return [...own, ...[...(item.ContentSequence ?? [])].flatMap(below)];
  });
}

async function writeReport(page: Page, path: string): Promise<void> {
  await page.goto(`${url}${path}/report`);
  await page.getByRole('radio', { name: /Complete tear/ }).check();
  await page.getByLabel('What was seen').fill('The ends part while the knee is straightened.');
  await page.getByLabel('Conclusion').fill('Complete tear of the right rectus femoris.');
  await page.getByRole('button', { name: /^Sign version/ }).click();
}

async function tellAndRefer(page: Page): Promise<void> {
  await page.getByLabel('Who was told').fill('The patient');
  await page.getByLabel('How', { exact: true }).selectOption({ index: 1 });
  await page.getByLabel('When').fill(await page.evaluate(() => nowInLisbon()));
  await page.getByLabel('How urgent').selectOption({ index: 1 });
  await page.getByLabel('Referred to').fill('Shoreline Hospital, orthopaedics');
  await page.getByLabel('Why', { exact: true }).fill('Complete tear with retraction.');
  await page.getByRole('button', { name: /^Sign version/ }).click();
}

declare function nowInLisbon(): string;

describe('an ultrasound examination', () => {
  it('goes from the machines to a signed report that other programs read, and its urgent referral closes', async () => {
    const [torn, still] = [tornMuscle(7), tornMuscle(8)];
    const token = await asStaff(browser, url, OWNER, letMachinesIn);
    await journey(browser, { name: 'ultrasound', ...DESKTOP }, async (page) => {
      await page.addInitScript(() => {
        Object.assign(globalThis, {
          nowInLisbon: () =>
            new Intl.DateTimeFormat('sv-SE', {
              timeZone: 'Europe/Lisbon',
              ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
            })
              .format(Date.now())
              .replace(' ', 'T'),
        });
      });
      await signIn(page, url, CLINICIAN);
      const { path, accession } = await openExam(page);

      const ordered = await order(line, accession);
      expect(ordered.patientName).toContain('Vinter');
      expect(await sendByDimse(line, await record(torn, ordered))).toBe(0);
      const unnamed = await record(still, { patientName: 'VINTER^E', patientId: 'typed by hand' });
      expect(await sendByStow(url, token, unnamed)).toBe(200);
      expect(await sendByStow(url, `${token}x`, unnamed)).toBe(401);

      await page.goto(`${url}/desk/imaging/arrivals`);
      const card = page.locator('.us-study').filter({ hasText: 'typed by hand' });
      await card.getByRole('radio', { name: new RegExp(accession) }).check();
      await isInOrder(page);
      await card.getByRole('button', { name: 'File them there' }).click();
      await page.goto(`${url}${path}`);
      await page.getByLabel('Shows in Clip 1').selectOption('both');
      await page.getByRole('button', { name: 'Save Clip 1' }).click();
      expect(await page.locator('.us-clips > li').count()).toBe(2);

      await page.goto(`${url}${path}/view`);
      await markTheGap(page, torn);
      const retraction = await numberBeside(page, 'Retraction');
      const [rest = 0] = torn.truth.series.gapMm ?? [];
      const widest = Math.max(...(torn.truth.series.gapMm ?? []));
      expect(Math.abs(retraction - (widest - rest))).toBeLessThan(1);
      await page.getByRole('button', { name: /Keep this frame/ }).click();
      await isInOrder(page);

      await writeReport(page, path);
      await page.getByText('Write who was told of the complete tear.').first().waitFor();
      expect(await page.getByLabel('Conclusion').inputValue()).toContain('Complete tear');
      await tellAndRefer(page);
      await page.getByText('Signed, version 1').first().waitFor();
      await isInOrder(page);

      const paper = await readPdf(await bytesOf(page, `${path}/report/1.pdf`));
      const printed = retraction.toFixed(1);
      expect(paper.pages.join(' ')).toContain(printed);
      const numbers = numbersIn(await bytesOf(page, `${path}/report/1.dcm`));
      expect(numbers.find(({ value, unit }) => unit === 'mm' && value.toFixed(1) === printed)).toBeDefined();
      expect(numbers.some(({ unit }) => unit === 'cm')).toBe(false);

      await page.goto(`${url}/desk`);
      await page.getByText('Shoreline Hospital, orthopaedics').first().waitFor();
      await page.goto(`${url}${path}/referral`);
      await page.getByLabel('Who answered').fill('Dr. Ilse Roth, surgeon');
      await page.getByRole('radio').first().check();
      await page.getByLabel('On which day').fill(new Date().toISOString().slice(0, 10));
      await page.getByLabel('What is planned').fill('Repair this week.');
      await page
        .getByRole('button', { name: /answer/i })
        .last()
        .click();
      await page.goto(`${url}/desk`);
      expect(await page.getByText('Shoreline Hospital, orthopaedics').count()).toBe(0);
    });
  });
});
