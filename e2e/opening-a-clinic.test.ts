import type { AddressInfo } from 'node:net';
import ICAL from 'ical.js';
import { type ParsedMail, simpleParser } from 'mailparser';
import type { Browser } from 'playwright-core';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations, DESKTOP, journey, openBrowser, PHONE } from './support/browser.ts';
import { quietDay } from './support/dates.ts';
import { type RunningClinic, runCommand, startClinic } from './support/running-clinic.ts';
import { type Account, asStaff, signIn } from './support/staff.ts';
import { bookVisit, visitor } from './support/visit.ts';

const received: ParsedMail[] = [];
const mailServer = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  disableReverseLookup: true,
  logger: false,
  onData(stream, _session, done) {
    simpleParser(stream).then((mail) => {
      received.push(mail);
      done();
    }, done);
  },
});
let clinic: RunningClinic;
let browser: Browser;
/** Printed by the command that makes the clinic. */
let owner: Account;
const PHYSIOTHERAPIST = 'nadia@quay.example.org';

beforeAll(async () => {
  const port = await new Promise<number>((resolve) => {
    const listener = mailServer.listen(0, '127.0.0.1', () =>
      resolve((listener.address() as AddressInfo).port),
    );
  });
  [clinic, browser] = await Promise.all([
    startClinic(`opening-${process.pid}`, {
      RECTUS_DEMO: 'false',
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      MAIL_FROM: 'desk@quay.example.org',
    }),
    openBrowser(),
  ]);
});
afterAll(async () => {
  await browser.close();
  await clinic.stop();
  await new Promise((resolve) => mailServer.close(() => resolve(null)));
});

function addressees({ to }: ParsedMail): readonly string[] {
  return [to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address ?? ''));
}

/** The mail to somebody, once it has arrived. */
async function mailTo(email: string, subject = /./): Promise<ParsedMail> {
  const find = () =>
    received.findLast((mail) => addressees(mail).includes(email) && subject.test(mail.subject ?? ''));
  await expect.poll(() => find() !== undefined, { timeout: 15_000 }).toBe(true);
  const mail = find();
  if (!mail) throw new Error(`No mail to ${email}`);
  return mail;
}

function linkIn(mail: ParsedMail, path: string): string {
  const link = new RegExp(`http\\S*${path}\\S*`).exec(mail.text ?? '')?.[0];
  if (!link) throw new Error(`No link to ${path} in: ${mail.text}`);
  return link;
}

/** These build on each other: each needs what the one before has made. */
describe('a new clinic', () => {
  it('is made by a command that names its owner', async () => {
    expect((await fetch(clinic.url)).status).toBe(404);
    const email = 'owner@quay.example.org';
    const made = await runCommand(
      ['clinic-new', '--name', 'Quay Physio', '--time-zone', 'Europe/Lisbon', '--email', email],
      { RECTUS_DATA_DIR: clinic.dataDir },
    );
    expect(made.code).toBe(0);
    owner = { email, password: /password\s+(\S+)/.exec(made.output)?.[1] ?? '' };
    await expect.poll(async () => (await fetch(clinic.url)).status, { timeout: 15_000 }).toBe(200);
    expect((await (await fetch(clinic.url)).text()).includes('Everyone here is simulated')).toBe(false);
  });

  it('gets its site, its people, their hours and a service from the settings', async () => {
    await journey(browser, { ...DESKTOP, name: 'opening a clinic' }, async (page) => {
      await signIn(page, clinic.url, owner);
      const settings = page.getByRole('navigation', { name: 'Settings' });
      const save = () => page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.goto(`${clinic.url}/desk/settings`);
      await settings.getByRole('link', { name: 'Sites' }).click();
      await page.getByRole('link', { name: /^Add a/ }).click();
      await page.getByLabel('Name', { exact: true }).fill('Quay');
      await page.getByLabel('Town').fill('Porto');
      await save();
      await page.getByText('Saved').first().waitFor();

      for (const [sort, name, kind] of [
        ['A person', 'Nadia Haddad', 'physiotherapist'],
        ['A room or a device', 'Room 1', 'room'],
      ] as const) {
        await settings.getByRole('link', { name: 'Clinicians, rooms, devices' }).click();
        await page.getByRole('link', { name: /^Add a/ }).click();
        await page.getByRole('radio', { name: sort }).check();
        await page.getByLabel('Name', { exact: true }).fill(name);
        await page.getByLabel('Serves as').fill(kind);
        await page.getByLabel(/^Site/).selectOption({ label: 'Quay' });
        await save();
        // Where the week is filled in comes next by itself.
        await page.getByLabel('Monday, span 1: from').fill('9:00');
        await page.getByLabel('Monday, span 1: to').fill('16:00');
        await page.getByRole('button', { name: 'Fill Tuesday to Friday like Monday' }).click();
        expect(await page.getByLabel('Friday, span 1: to').inputValue()).toBe('16:00');
        await page.getByRole('button', { name: 'Save the week' }).click();
        await page.getByText('Saved').first().waitFor();
      }

      await settings.getByRole('link', { name: 'Services and prices' }).click();
      await page.getByRole('link', { name: 'Add a service' }).click();
      await page.getByLabel('Name', { exact: true }).fill('First visit');
      await page.getByLabel('Price in EUR').fill('80');
      await page.getByLabel('physiotherapist').fill('1');
      await page.getByLabel('room', { exact: true }).fill('1');
      await save();
      await page.getByText('Saved').first().waitFor();
      expect(await page.getByText('Cannot be booked').count()).toBe(0);
    });
  });

  it('is booked, and the patient’s calendar understands the mail', async () => {
    const person = visitor('Rosa', 'Kalender', ['6', '6', '1986']);
    let start = 0;
    await journey(browser, { ...PHONE, name: 'booking with mail' }, async (page) => {
      ({ start } = await bookVisit(page, clinic.url, { service: 'First visit', day: quietDay(0) }, person));
    });
    const mail = await mailTo(person.email);
    expect(mail.subject).toBe('Appointment at Quay Physio');
    expect(linkIn(mail, '/manage/')).toContain(clinic.url);
    const part = mail.attachments.find(({ contentType }) => contentType === 'text/calendar');
    const calendar = new ICAL.Component(ICAL.parse(part?.content.toString('utf8') ?? ''));
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
    const event = calendar.getFirstSubcomponent('vevent');
    expect(event && new ICAL.Event(event).startDate.toJSDate().getTime()).toBe(start);
  });

  it('invites its staff, who choose their own passwords', async () => {
    await asStaff(browser, clinic.url, owner, async (page) => {
      await page.goto(`${clinic.url}/desk/settings/people`);
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Nadia Haddad');
      await page.getByLabel('E-mail address').fill(PHYSIOTHERAPIST);
      await page.getByRole('button', { name: 'Invite', exact: true }).click();
      await page.getByText('Nadia Haddad').first().waitFor();
    });
    const link = linkIn(await mailTo(PHYSIOTHERAPIST), '/invitation/');
    await journey(browser, { ...DESKTOP, name: 'invitation' }, async (page) => {
      await page.goto(link);
      expect(await axeViolations(page)).toEqual([]);
      await page.getByLabel('New password').fill('lifts a crate with care');
      await page.getByRole('button', { name: 'Accept and sign in' }).click();
      await page.getByRole('link', { name: /Your account: Nadia Haddad/ }).waitFor();
    });
  });

  it('lets them in by a link, once, and only when the button behind it is pressed', async () => {
    await journey(browser, { ...PHONE, name: 'sign in by mail' }, async (page) => {
      await page.goto(`${clinic.url}/sign-in`);
      await page.getByLabel('Your e-mail address').fill(PHYSIOTHERAPIST);
      await page.getByRole('button', { name: 'Send me a link instead' }).click();
      await page.getByRole('heading', { level: 1, name: 'Look at your mail' }).waitFor();
      const link = linkIn(await mailTo(PHYSIOTHERAPIST, /^Sign in/), '/sign-in/link');
      // A mail scanner opens it first; that uses nothing up.
      expect((await fetch(link)).status).toBe(200);
      await page.goto(link);
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('region', { name: 'Day by resource' }).waitFor();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.goto(link);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'This link no longer works' }).waitFor();
    });
  });
});
