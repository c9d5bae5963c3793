import { addDays, dateAt, toInstant } from '@rectus/schedule';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { SAFETY_QUESTIONS } from '../clinic/capabilities/booking/safety/questions.ts';
import { axeViolations, isWiderThanScreen, journey, openBrowser, PHONE } from './support/browser.ts';
import { quietDay } from './support/dates.ts';
import { asStaff, DESK } from './support/staff.ts';
import { fillPerson, goToTimes, nothingToTell, seen, takeTime, visitor } from './support/visit.ts';

const { url } = inject('clinic');
const DAY = quietDay(15);
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** What the last step of a booking sends, for a start that nobody holds. */
function bookingForm(start: number, more: Readonly<Record<string, string>> = {}): URLSearchParams {
  return new URLSearchParams({
    service: 'first-visit',
    where: 'harbour',
    start: String(start),
    key: crypto.randomUUID(),
    asked: SAFETY_QUESTIONS.version,
    givenName: 'Paula',
    familyName: 'Beharrlich',
    birthDay: '1',
    birthMonth: '2',
    birthYear: '1990',
    email: 'paula@example.org',
    policy: 'yes',
    ...more,
  });
}

async function post(path: string, body: BodyInit, headers: Readonly<Record<string, string>> = {}) {
  const answer = await fetch(url + path, { method: 'POST', body, headers, redirect: 'manual' });
  return { status: answer.status, text: await answer.text() };
}

async function toDetails(page: Page, nth: number): Promise<void> {
  await goToTimes(page, url, { service: 'First visit', site: 'Harbour', day: DAY });
  await takeTime(page, nth);
  await nothingToTell(page);
}

describe('an address that is wrong', () => {
  const lastYear = addDays(dateAt(Date.now(), 'Europe/Lisbon'), -366);
  it.each([
    [
      'a service that nobody offers',
      '/book/time?service=nose-job&where=harbour',
      404,
      /do not offer that visit/,
    ],
    ['a site that does not exist', '/book/time?service=first-visit&where=moon', 422, /choose a site/],
    [
      'a day that is past',
      `/book/time?service=first-visit&where=harbour&day=${lastYear}`,
      422,
      /day is over/,
    ],
    ['29 February 2027', '/book/time?service=first-visit&where=harbour&day=2027-02-29', 422, /no such date/],
    ['a forged link', '/manage/bm90IGEgcmVhbCBsaW5r.c2lnbmF0dXJl', 404, /appointment/],
    ['a page that is not there', '/nowhere', 404, /./],
  ])('%s is answered in words, with a way on', async (_what, path, status, words) => {
    await journey(browser, { ...PHONE, name: `wrong address ${status} ${path}` }, async (page) => {
      const answer = await page.goto(url + path);
      expect(answer?.status()).toBe(status);
      const text = await page.getByRole('main').innerText();
      expect(text).toMatch(words);
      expect(text).not.toMatch(/Error:|\bat \/|node_modules|select /);
      expect(await page.getByRole('main').getByRole('link').count()).toBeGreaterThan(0);
      expect(await isWiderThanScreen(page)).toBe(false);
      expect(await axeViolations(page)).toEqual([]);
    });
  });
});

describe('a form that is wrong', () => {
  it('says so beside each field and keeps what was typed', async () => {
    await journey(browser, { ...PHONE, name: 'wrong fields' }, async (page) => {
      await toDetails(page, 0);
      const long = 'Ä'.repeat(10_000);
      await fillPerson(page, {
        givenName: 'Nele',
        familyName: long,
        born: ['29', '2', '2023'],
        email: 'nele at home',
      });
      await seen(page, 'button', 'Confirm booking').click();
      const summary = page.getByRole('alert').first();
      await summary.waitFor();
      const describedBy = (label: string) =>
        page.getByRole('textbox', { name: label }).evaluate((field) =>
          (field.getAttribute('aria-describedby') ?? '')
            .split(' ')
            .map((id) => document.getElementById(id)?.textContent ?? '')
            .join(' '),
        );
      expect(await describedBy('Family name')).toContain('up to 100 characters');
      expect(await describedBy('E-mail')).toContain('does not look like an e-mail address');
      const birth = await page.getByRole('group', { name: 'Date of birth' }).innerText();
      expect(birth).toContain('There is no such date');
      await page.getByText('Please agree to the rule').first().waitFor();
      expect(await page.getByLabel('Given name').inputValue()).toBe('Nele');
      expect(await page.getByLabel('Family name').inputValue()).toBe(long);
      expect(await page.getByLabel('E-mail').inputValue()).toBe('nele at home');
      expect(await isWiderThanScreen(page)).toBe(false);
      expect(await axeViolations(page)).toEqual([]);
    });
  });

  it.each([
    ['ليلى', 'حداد', 1],
    ['小雨', '欧阳', 4],
    ['🐨🍼', 'Núñez-Ōta', 7],
  ])('is not wrong because of its script: %s %s', async (givenName, familyName, nth) => {
    await journey(browser, { ...PHONE, name: `name ${nth}` }, async (page) => {
      await toDetails(page, nth);
      const person = visitor(givenName, familyName, ['3', '9', '1992']);
      await fillPerson(page, { ...person, email: `script${nth}@example.org` });
      await page.getByRole('checkbox', { name: /I agree/ }).check();
      await seen(page, 'button', 'Confirm booking').click();
      await page.getByRole('heading', { level: 1, name: 'You are booked' }).waitFor();
    });
    await asStaff(browser, url, DESK, async (page) => {
      await page.goto(`${url}/desk?date=${DAY}&site=harbour`);
      await page
        .getByRole('link', { name: `${givenName} ${familyName}` })
        .first()
        .waitFor();
    });
  });

  it('from yesterday, for a time that is past, books nothing and keeps what was typed', async () => {
    const yesterday = addDays(dateAt(Date.now(), 'Europe/Lisbon'), -1);
    const old = await post('/book/details', bookingForm(toInstant(`${yesterday}T10:00`, 'Europe/Lisbon')));
    expect(old.status).toBe(409);
    expect(old.text).toContain('Beharrlich');
  });

  it('with a line break in the e-mail address writes to nobody', async () => {
    const start = toInstant(`${DAY}T16:00`, 'Europe/Lisbon');
    for (const email of ['paula@example.org\r\nBcc: all@example.org', 'paula@example.org\nx@example.org']) {
      const answer = await post('/book/details', bookingForm(start, { email }));
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('Please write one e-mail address on one line.');
      expect(answer.text).toContain('Beharrlich');
    }
  });

  it('for a block of time that ends before it starts is explained at the field', async () => {
    await asStaff(browser, url, DESK, async (page) => {
      await page.goto(`${url}/desk/blocks/new?site=harbour&date=${DAY}`);
      await page.getByRole('checkbox', { name: 'Mara Oduya' }).check();
      await page.getByLabel(/What it is/).fill('Break');
      await page.getByLabel(/^From/).fill('12:00');
      await page.getByLabel('To', { exact: true }).fill('11:00');
      await page.getByRole('button', { name: 'Block this time' }).click();
      await page.getByRole('alert').first().waitFor();
      expect(await page.getByLabel('To', { exact: true }).getAttribute('aria-invalid')).toBe('true');
      expect(await page.getByLabel(/What it is/).inputValue()).toBe('Break');
    });
  });
});

describe('what no page of ours sends', () => {
  const start = toInstant(`${DAY}T16:30`, 'Europe/Lisbon');

  it('is refused: JSON, ten megabytes, another site’s form', async () => {
    const json = await post('/book/details', JSON.stringify({ start }), {
      'content-type': 'application/json',
    });
    expect(json.status).toBe(415);
    const form = bookingForm(start);
    const elsewhere = await post('/book/details', form, { origin: 'https://elsewhere.example' });
    expect(elsewhere.status).toBe(403);
    expect(elsewhere.text).toContain('This form came from another site');
    const crossSite = await post('/book/details', form, { 'sec-fetch-site': 'cross-site' });
    expect(crossSite.status).toBe(403);
    const huge = await post('/book/details', bookingForm(start, { givenName: 'x'.repeat(10_000_000) })).catch(
      // A server that hangs up on ten megabytes has refused them too.
      () => ({ status: 413 }),
    );
    expect(huge.status).toBe(413);
    // None of these took the time: it can still be booked.
    expect((await post('/book/details', form)).status).toBe(303);
  });

  it('gets no secrets in the answer and a strict policy with it', async () => {
    const answer = await fetch(`${url}/manage/forged`);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-powered-by')).toBeNull();
  });
});
