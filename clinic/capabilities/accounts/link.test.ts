import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestClinic } from '../../platform/database/testing.ts';
import { type AccountsWorld, accountsWorld, PASSWORD } from './testing.ts';

let clinic: AccountsWorld;
let one: TestClinic;
beforeAll(async () => {
  clinic = await accountsWorld();
  one = clinic.world.one;
  await clinic.hire(one, 'Fred', 'front_desk');
  await clinic.hire(clinic.world.other, 'Oscar', 'owner');
});
afterAll(() => clinic.close());
beforeEach(async () => {
  await clinic.rowsOf(one, 'delete from mail');
});

const ask = (email: string, next = '/desk') => clinic.browser().post('/sign-in/send-link', { email, next });
const mails = () => clinic.rowsOf(one, 'select kind, to_email, body_text, confidential from mail');

async function mailedLink(): Promise<URL> {
  await ask('fred@example.org', '/desk/people');
  const [mail] = await mails();
  const [link] = /http\S+\/sign-in\/link\S+/.exec(String(mail?.body_text)) ?? [];
  return new URL(link ?? 'missing:');
}

const press = (url: URL, browser = clinic.browser()) =>
  browser.post('/sign-in/link', {
    token: url.searchParams.get('token') ?? '',
    next: url.searchParams.get('next') ?? '',
  });

describe('signing in with a mailed link', () => {
  it('mails a link that staff never see in the outbox', async () => {
    const answer = await ask('fred@example.org');
    expect(answer.statusCode).toBe(200);
    expect(await mails()).toMatchObject([
      { kind: 'sign_in_link', to_email: 'fred@example.org', confidential: true },
    ]);
  });

  it('says the same to a stranger and to a member of another clinic, and mails them nothing', async () => {
    const page = async (email: string) => (await ask(email)).body.replaceAll(email, 'ADDRESS');
    const member = await page('fred@example.org');
    await clinic.rowsOf(one, 'delete from mail');
    expect(await page('stranger@example.org')).toBe(member);
    expect(await page('oscar@example.org')).toBe(member);
    expect(await mails()).toEqual([]);
  });

  it('signs in on the button, not on opening, and only once', async () => {
    const url = await mailedLink();
    expect(url.origin).toBe('http://one.test');
    const scanner = clinic.browser();
    for (let n = 0; n < 3; n++) {
      expect((await scanner.get(url.pathname + url.search)).body).toContain('Press the button');
    }
    expect((await scanner.get('/desk')).statusCode).toBe(303);
    const browser = clinic.browser();
    const signedIn = await press(url, browser);
    expect(signedIn.headers.location).toBe('/desk/people');
    expect((await browser.get('/desk/people')).statusCode).toBe(200);
    const again = await press(url);
    expect(again.statusCode).toBe(410);
    expect(again.body).toContain('no longer works');
  });

  it('refuses a forged link, one that ran out, and one of another clinic', async () => {
    const forged = await clinic.browser().post('/sign-in/link', { token: 'a'.repeat(32) });
    expect(forged.statusCode).toBe(410);
    const late = await mailedLink();
    await clinic.world.auth`update verification set "expiresAt" = now() - interval '1 second'`;
    expect((await press(late)).statusCode).toBe(410);
    await clinic.rowsOf(one, 'delete from mail');
    const elsewhere = clinic.browser(clinic.world.other);
    const answer = await press(await mailedLink(), elsewhere);
    expect(answer.statusCode).toBe(410);
    expect(answer.cookies).toEqual([]);
  });

  it('stores nothing that would open the account if the table were read', async () => {
    const url = await mailedLink();
    const rows = await clinic.world.auth`select identifier, value from verification`;
    expect(JSON.stringify(rows)).not.toContain(url.searchParams.get('token'));
  });

  it('lets nobody in who was deactivated after the mail', async () => {
    const url = await mailedLink();
    await clinic.rowsOf(one, `update membership set active = false where name = 'Fred'`);
    expect((await press(url)).statusCode).toBe(410);
    expect((await clinic.browser().signIn('Fred', PASSWORD)).statusCode).toBe(422);
    await clinic.rowsOf(one, `update membership set active = true where name = 'Fred'`);
  });
});
