import type { AddressInfo } from 'node:net';
import ICAL from 'ical.js';
import { type ParsedMail, simpleParser } from 'mailparser';
import type { Browser } from 'playwright-core';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations, DESKTOP, journey, openBrowser, PHONE } from './support/browser.ts';
import { quietDay } from './support/dates.ts';
import { type RunningClinic, startClinic } from './support/running-clinic.ts';
import { asStaff, CLINICIAN, OWNER } from './support/staff.ts';
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

beforeAll(async () => {
  const port = await new Promise<number>((resolve) => {
    const listener = mailServer.listen(0, '127.0.0.1', () =>
      resolve((listener.address() as AddressInfo).port),
    );
  });
  [clinic, browser] = await Promise.all([
    startClinic(`mails-${process.pid}`, { SMTP_URL: `smtp://127.0.0.1:${port}` }),
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
async function mailTo(email: string): Promise<ParsedMail> {
  const find = () => received.findLast((mail) => addressees(mail).includes(email));
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

describe('a clinic with a mail server', () => {
  it('lets staff in by a link, once, and only when the button behind it is pressed', async () => {
    await journey(browser, { ...PHONE, name: 'sign in by mail' }, async (page) => {
      await page.goto(`${clinic.url}/sign-in`);
      await page.getByLabel('Your e-mail address').fill(CLINICIAN.email);
      await page.getByRole('button', { name: 'Send me a link instead' }).click();
      await page.getByRole('heading', { level: 1, name: 'Look at your mail' }).waitFor();
      const link = linkIn(await mailTo(CLINICIAN.email), '/sign-in/link');
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

  it('invites somebody new, who chooses her own password', async () => {
    const email = 'nadia@rectus.example.org';
    await asStaff(browser, clinic.url, OWNER, async (page) => {
      await page.goto(`${clinic.url}/desk/settings/people`);
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Nadia Haddad');
      await page.getByLabel('E-mail address').fill(email);
      await page.getByRole('button', { name: 'Invite', exact: true }).click();
      await page.getByText('Nadia Haddad').first().waitFor();
    });
    const link = linkIn(await mailTo(email), '/invitation/');
    await journey(browser, { ...DESKTOP, name: 'invitation' }, async (page) => {
      await page.goto(link);
      expect(await axeViolations(page)).toEqual([]);
      await page.getByLabel('New password').fill('lifts a crate with care');
      await page.getByRole('button', { name: 'Accept and sign in' }).click();
      await page.getByRole('link', { name: /Your account: Nadia Haddad/ }).waitFor();
    });
  });

  it('sends patients an invitation that a calendar understands', async () => {
    const person = visitor('Rosa', 'Kalender', ['6', '6', '1986']);
    let start = 0;
    await journey(browser, { ...PHONE, name: 'booking with mail' }, async (page) => {
      const wish = { service: 'First visit', site: 'Harbour', day: quietDay(0) };
      ({ start } = await bookVisit(page, clinic.url, wish, person));
    });
    const mail = await mailTo(person.email);
    expect(mail.subject).toBe('Appointment at Rectus');
    expect(linkIn(mail, '/manage/')).toContain(clinic.url);
    const part = mail.attachments.find(({ contentType }) => contentType === 'text/calendar');
    const calendar = new ICAL.Component(ICAL.parse(part?.content.toString('utf8') ?? ''));
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
    const event = calendar.getFirstSubcomponent('vevent');
    expect(event && new ICAL.Event(event).startDate.toJSDate().getTime()).toBe(start);
  });
});
