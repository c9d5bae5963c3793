import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestClinic } from '../../../platform/database/testing.ts';
import { PASSWORD } from '../testing.ts';
import { type PatientsWorld, patientsWorld, press } from './testing-patients.ts';

const SENT = 'is on its way';
let world: PatientsWorld;
let one: TestClinic;
let other: TestClinic;
beforeAll(async () => {
  world = await patientsWorld();
  one = world.world.one;
  other = world.world.other;
  await world.addPatient(one, 'Ana');
  await world.addPatient(other, 'Ana');
  await world.addPatient(other, 'Otto');
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.rowsOf(one, 'delete from mail');
  await world.world.auth`delete from refused_attempt`;
});

const mails = () => world.rowsOf(one, 'select kind, to_email, confidential, subject, body_text from mail');
const ask = (email: string) => world.browser(one).post('/my/sign-in', { email });

describe('a patient asks for a link', () => {
  it('gets it by a mail that staff never see in the outbox, and that tells nothing of the visit', async () => {
    expect((await ask(' Ana@Example.org ')).body).toContain(SENT);
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      kind: 'patient_sign_in_link',
      to_email: 'ana@example.org',
      confidential: true,
    });
    expect(mail?.subject).toBe('Your page at Clinic one');
  });

  it('reads the same answer as a stranger, and as the patient of another clinic, who get no mail', async () => {
    const page = async (email: string) => (await ask(email)).body.replaceAll(email, 'ADDRESS');
    const known = await page('ana@example.org');
    await world.rowsOf(one, 'delete from mail');
    expect(await page('stranger@example.org')).toBe(known);
    expect(await page('otto@example.org')).toBe(known);
    expect(await mails()).toEqual([]);
    expect(known).not.toContain('/my/sign-in/link');
  });

  it('waits after many wishes, whether or not the clinic knows the address', async () => {
    for (const email of ['ana@example.org', 'stranger@example.org']) {
      for (let n = 0; n < 5; n++) expect((await ask(email)).statusCode).toBe(200);
      const answer = await ask(email);
      expect(answer.statusCode).toBe(429);
      expect(answer.body).toContain('try again in 30 seconds');
      expect(answer.body).toContain(`value="${email}"`);
    }
  });

  it('hears what is wrong with an address and keeps it', async () => {
    const answer = await ask('ana at example');
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('like name@example.org');
    expect(answer.body).toContain('value="ana at example"');
  });

  it('is reached as a payer too, whom the clinic knows from an order alone', async () => {
    await world.rowsOf(
      one,
      `insert into sales_order (clinic_id, status, source, person, payer_name, payer_email, currency,
         total_minor, due_now_minor, idempotency_key)
       values ('${one.clinic.id}', 'paid', 'online', '{}', 'Paula Payer', 'paula@example.org', 'EUR', 100, 100, 'p')`,
    );
    const browser = await world.visit(one, 'paula@example.org');
    expect((await browser.get('/my')).body).toBe('The page of paula@example.org');
  });
});

describe('the link of a patient', () => {
  it('opens the page on the button, not when a scanner opens it, and only once', async () => {
    const link = await world.mailedLink(one, 'ana@example.org', '/my/account');
    const scanner = world.browser(one);
    for (let n = 0; n < 3; n++) {
      expect((await scanner.get(link.pathname + link.search)).body).toContain('Open my page');
    }
    expect((await scanner.get('/my')).headers.location).toBe('/my/sign-in');
    const browser = world.browser(one);
    const entered = await press(browser, link);
    expect(entered.headers.location).toBe('/my/account');
    expect(entered.cookies[0]).toMatchObject({
      name: 'rectus.patient_token',
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      maxAge: 30 * 86_400,
    });
    expect((await browser.get('/my')).body).toBe('The page of ana@example.org');
    expect((await press(world.browser(one), link)).statusCode).toBe(410);
    expect(await world.actionsOf(one)).toContain('portal.signed_in');
  });

  it('is used up once by two presses in the same moment', async () => {
    const link = await world.mailedLink(one, 'ana@example.org');
    const answers = await Promise.all([1, 2, 3, 4].map(() => press(world.browser(one), link)));
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([303, 410, 410, 410]);
  });

  it('is refused when forged, too old, of another clinic, or when the desk has changed the address', async () => {
    const forged = await world.browser(one).post('/my/sign-in/link', { token: 'a'.repeat(43) });
    expect(forged.statusCode).toBe(410);
    const late = await world.mailedLink(one, 'ana@example.org');
    await world.world.auth`update verification set "expiresAt" = now() - interval '1 second'`;
    expect((await press(world.browser(one), late)).statusCode).toBe(410);
    const elsewhere = await press(world.browser(other), await world.mailedLink(one, 'ana@example.org'));
    expect(elsewhere.statusCode).toBe(410);
    expect(elsewhere.cookies).toEqual([]);
    await world.addPatient(one, 'Mia');
    const link = await world.mailedLink(one, 'mia@example.org');
    await world.rowsOf(one, `update patient set email = 'new@example.org' where given_name = 'Mia'`);
    expect((await press(world.browser(one), link)).statusCode).toBe(410);
  });

  it('stores nothing that would open a page if the tables were read', async () => {
    const link = await world.mailedLink(one, 'ana@example.org');
    const links = await world.world.auth`select identifier, value from verification`;
    expect(JSON.stringify(links)).not.toContain(link.searchParams.get('token'));
    const browser = world.browser(one);
    await press(browser, link);
    const sessions = await world.world.auth`select id, token from session`;
    expect(JSON.stringify(sessions)).not.toContain(browser.cookies.get('rectus.patient_token'));
  });

  it.each([
    'https://evil.example/my',
    '//evil.example/my',
    '/\\evil.example',
    '/desk',
    '/my/../desk',
    '/my/sign-out',
  ])('never leads to %j', async (next) => {
    const link = await world.mailedLink(one, 'ana@example.org', next);
    link.searchParams.set('next', next);
    expect((await press(world.browser(one), link)).headers.location).toBe('/my');
  });
});

describe('the session of a patient', () => {
  it('belongs to one clinic, though both know the address', async () => {
    const browser = await world.visit(one, 'ana@example.org');
    const elsewhere = world.browser(other);
    for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value);
    expect((await browser.get('/my')).statusCode).toBe(200);
    expect((await elsewhere.get('/my')).statusCode).toBe(303);
  });

  it('ends with signing out, in this browser or in all', async () => {
    const [phone, laptop] = [
      await world.visit(one, 'ana@example.org'),
      await world.visit(one, 'ana@example.org'),
    ];
    const stolen = phone.cookies.get('rectus.patient_token') ?? '';
    expect((await phone.post('/my/sign-out')).headers.location).toBe('/my/sign-in');
    expect(phone.cookies.has('rectus.patient_token')).toBe(false);
    phone.cookies.set('rectus.patient_token', stolen);
    expect((await phone.get('/my')).statusCode).toBe(303);
    const tablet = await world.visit(one, 'ana@example.org');
    await laptop.post('/my/account/sign-out-everywhere');
    expect((await tablet.get('/my')).statusCode).toBe(303);
  });

  it('ends by itself', async () => {
    const browser = await world.visit(one, 'ana@example.org');
    await world.world.auth`update session set "expiresAt" = now() - interval '1 second'`;
    expect((await browser.get('/my')).statusCode).toBe(303);
  });

  it('is asked for by a form without pretending that anything was done', async () => {
    const answer = await world.browser(one).post('/my/notes', {});
    expect(answer.statusCode).toBe(401);
    expect(answer.body).toContain('Please sign in again');
  });
});

describe('somebody who works here and is a patient too', () => {
  it('does not come to the desk by the patients’ door, with or without a second factor', async () => {
    const userId = await world.hire(one, 'Sofia', 'owner');
    await world.addPatient(one, 'Sofia');
    await world.world.auth`update "user" set "twoFactorEnabled" = true where id = ${userId}`;
    const browser = await world.visit(one, 'sofia@example.org');
    expect((await browser.get('/my')).body).toBe('The page of sofia@example.org');
    expect((await browser.get('/desk')).headers.location).toBe('/sign-in?next=%2Fdesk');
    const cookie = browser.cookies.get('rectus.patient_token') ?? '';
    const [row] = await world.world.auth<
      { token: string }[]
    >`select token from session where "userId" = ${userId}`;
    for (const value of [cookie, row?.token ?? '']) {
      browser.cookies.set('rectus.session_token', value);
      browser.cookies.set('rectus.session', value);
      expect((await browser.get('/desk')).headers.location).toBe('/sign-in?next=%2Fdesk');
    }
  });

  it('does not come to the portal with the cookie of the desk', async () => {
    await world.hire(one, 'Fred', 'front_desk');
    await world.addPatient(one, 'Fred');
    const browser = world.browser(one);
    await browser.signIn('Fred', PASSWORD);
    expect((await browser.get('/desk')).statusCode).toBe(200);
    expect((await browser.get('/my')).headers.location).toBe('/my/sign-in');
    const staffCookie = browser.cookies.get('rectus.session_token') ?? '';
    browser.cookies.set('rectus.patient_token', staffCookie);
    expect((await browser.get('/my')).headers.location).toBe('/my/sign-in');
    const [token] = decodeURIComponent(staffCookie).split('.');
    browser.cookies.set('rectus.patient_token', token ?? '');
    expect((await browser.get('/my')).headers.location).toBe('/my/sign-in');
  });
});

describe('a demo clinic', () => {
  it('shows the link on the page, for people whom it knows, and nowhere else', async () => {
    await world.rowsOf(other, 'update clinic set demo = true');
    // A web process may answer for two seconds from what it last read of a clinic.
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const answer = await world.browser(other).post('/my/sign-in', { email: 'otto@example.org' });
    expect(answer.body).toContain('Demo clinic: no mail leaves this machine');
    const [, href = ''] = /href="(\/my\/sign-in\/link[^"]+)"/.exec(answer.body) ?? [];
    const browser = world.browser(other);
    await press(browser, new URL(href.replaceAll('&amp;', '&'), 'http://other.test'));
    expect((await browser.get('/my')).body).toBe('The page of otto@example.org');
    const stranger = await world.browser(other).post('/my/sign-in', { email: 'stranger@example.org' });
    expect(stranger.body).not.toContain('/my/sign-in/link');
  });

  it('proves no mailbox: its identities are apart from those of real clinics', async () => {
    const users = await world.world.auth`select email, "emailVerified" from "user" where email like 'otto%'`;
    expect(users).toEqual([
      { email: `otto@example.org.${other.clinic.id}.simulated.invalid`, emailVerified: true },
    ]);
  });
});
