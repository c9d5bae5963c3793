import { TOTP, URI } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsWorld, accountsWorld, type Browser, PASSWORD } from './testing.ts';

let clinic: AccountsWorld;
beforeAll(async () => {
  clinic = await accountsWorld();
});
afterAll(() => clinic.close());

let people = 0;
/** Somebody new with a second factor, as their authenticator app and their paper know it. */
async function withSecondFactor() {
  const name = `Sam${++people}`;
  await clinic.hire(clinic.world.one, name, 'clinician');
  const browser = clinic.browser();
  await browser.signIn(name);
  const { app, page } = await setUp(browser);
  const confirmed = await browser.post('/desk/account/factor/confirm', {
    setup: hidden(page, 'setup'),
    code: app.generate(),
  });
  const codes = [...confirmed.body.matchAll(/<code>([^<]{11})<\/code>/g)].map(([, code]) => code ?? '');
  return { name, browser, app, codes };
}

async function setUp(browser: Browser) {
  const { body: page } = await browser.post('/desk/account/factor', { factor: PASSWORD });
  const [, key] = /Key: <code>([A-Z2-7 ]+)<\/code>/.exec(page) ?? [];
  const secret = (key ?? '').replaceAll(' ', '');
  const app = URI.parse(`otpauth://totp/Rectus:x?secret=${secret}&issuer=Rectus&digits=6&period=30`);
  if (!(app instanceof TOTP)) throw new Error('not a time-based code');
  return { page, app };
}

function hidden(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
}

const wrongCode = (app: TOTP) => String((Number(app.generate()) + 500_000) % 1_000_000).padStart(6, '0');

describe('the second factor', () => {
  it('is set up with the password, a drawn code and a first code from the app', async () => {
    await clinic.hire(clinic.world.one, 'Ines', 'clinician');
    const browser = clinic.browser();
    await browser.signIn('Ines');
    const refused = await browser.post('/desk/account/factor', { factor: 'not my password' });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('This is not your password');
    const { page, app } = await setUp(browser);
    expect(page).toContain('<svg viewBox="0 0 ');
    const wrong = await browser.post('/desk/account/factor/confirm', {
      setup: hidden(page, 'setup'),
      code: wrongCode(app),
    });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('The code does not match');
    const right = await browser.post('/desk/account/factor/confirm', {
      setup: hidden(wrong.body, 'setup'),
      code: app.generate(),
    });
    expect(right.body).toContain('Your backup codes');
    expect(right.body.match(/<code>/g)).toHaveLength(10);
    expect((await browser.get('/desk/account')).body).toContain('On. Signing in asks for a code');
    expect(await clinic.actionsOf(clinic.world.one)).toContain('account.second_factor_on');
  });

  it('is asked for after the password, and nothing opens before it', async () => {
    const { name, app } = await withSecondFactor();
    const browser = clinic.browser();
    const first = await browser.post('/sign-in', {
      email: `${name}@example.org`,
      password: PASSWORD,
      next: '/desk/people',
    });
    expect(first.headers.location).toBe('/sign-in/two-factor?next=%2Fdesk%2Fpeople');
    expect((await browser.get('/desk')).statusCode).toBe(303);
    const wrong = await browser.post('/sign-in/two-factor', { code: wrongCode(app), next: '/desk/people' });
    expect(wrong.statusCode).toBe(422);
    const right = await browser.post('/sign-in/two-factor', { code: app.generate(), next: '/desk/people' });
    expect(right.headers.location).toBe('/desk/people');
    expect((await browser.get('/desk')).statusCode).toBe(200);
  });

  it('is asked for after a mailed link too', async () => {
    const { name, app } = await withSecondFactor();
    await clinic.rowsOf(clinic.world.one, 'delete from mail');
    await clinic.browser().post('/sign-in/send-link', { email: `${name}@example.org` });
    const [mail] = await clinic.rowsOf(clinic.world.one, 'select body_text from mail');
    const token = /token=([A-Za-z]+)/.exec(String(mail?.body_text))?.[1] ?? '';
    const browser = clinic.browser();
    const pressed = await browser.post('/sign-in/link', { token });
    expect(pressed.headers.location).toBe('/sign-in/two-factor?next=%2Fdesk');
    expect([...browser.cookies.keys()]).toEqual(['rectus.two_factor']);
    expect((await browser.get('/desk')).statusCode).toBe(303);
    await browser.post('/sign-in/two-factor', { code: app.generate() });
    expect((await browser.get('/desk')).statusCode).toBe(200);
  });

  it('can be replaced by a backup code, each of them once', async () => {
    const { name, codes } = await withSecondFactor();
    expect(codes).toHaveLength(10);
    for (const [code, location] of [
      [codes[0], '/desk'],
      [codes[1], '/desk'],
      [codes[0], undefined],
    ] as const) {
      const browser = clinic.browser();
      await browser.signIn(name);
      const answer = await browser.post('/sign-in/two-factor', { code: code ?? '' });
      expect(answer.headers.location).toBe(location);
    }
  });

  it('ends the attempt after five wrong codes, even for the right one', async () => {
    const { name, app } = await withSecondFactor();
    const browser = clinic.browser();
    await browser.signIn(name);
    for (let n = 0; n < 5; n++) await browser.post('/sign-in/two-factor', { code: wrongCode(app) });
    const answer = await browser.post('/sign-in/two-factor', { code: app.generate() });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('start again');
  });

  it('asks nobody who has not begun to sign in', async () => {
    const browser = clinic.browser();
    expect((await browser.get('/sign-in/two-factor')).headers.location).toBe('/sign-in');
    expect((await browser.post('/sign-in/two-factor', { code: '123456' })).headers.location).toBe('/sign-in');
    browser.cookies.set('rectus.two_factor', '2fa-forged.AAAA');
    const forged = await browser.post('/sign-in/two-factor', { code: '123456' });
    expect(forged.statusCode).toBe(422);
  });

  it('is turned off with the password', async () => {
    const { name, browser } = await withSecondFactor();
    expect((await browser.post('/desk/account/factor/off', { factor: 'wrong' })).statusCode).toBe(422);
    const off = await browser.post('/desk/account/factor/off', { factor: PASSWORD });
    expect(off.headers.location).toBe('/desk/account?done=off');
    expect((await browser.get('/desk/account?done=off')).body).toContain('The second factor is off.');
    expect((await clinic.browser().signIn(name)).headers.location).toBe('/desk');
  });
});

describe('changing the password', () => {
  it('asks for the old one, keeps this browser and signs out the others', async () => {
    await clinic.hire(clinic.world.one, 'Petra', 'clinician');
    const [here, there] = [clinic.browser(), clinic.browser()];
    await here.signIn('Petra');
    await there.signIn('Petra');
    const fresh = 'another calm instrument';
    const wrong = await here.post('/desk/account/password', { current: 'wrong', password: fresh });
    expect(wrong.statusCode).toBe(422);
    const short = await here.post('/desk/account/password', { current: PASSWORD, password: 'short' });
    expect(short.body).toContain('Choose at least 12 characters');
    const done = await here.post('/desk/account/password', { current: PASSWORD, password: fresh });
    expect(done.headers.location).toBe('/desk/account?done=password');
    expect((await here.get('/desk')).statusCode).toBe(200);
    expect((await there.get('/desk')).statusCode).toBe(303);
    expect((await clinic.browser().signIn('Petra')).statusCode).toBe(422);
    expect((await clinic.browser().signIn('Petra', fresh)).statusCode).toBe(303);
  });
});
