import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsWorld, accountsWorld, type Browser, PASSWORD } from './testing.ts';

const MINUTE = 60_000;
let clinic: AccountsWorld;
beforeAll(async () => {
  clinic = await accountsWorld();
  await clinic.hire(clinic.world.one, 'Fred', 'front_desk');
  await clinic.hire(clinic.world.one, 'Clara', 'clinician');
});
afterAll(() => clinic.close());

const pass = (ms: number) => clinic.world.clock.set(clinic.world.clock.now() + ms);

async function signedIn(name = 'Fred'): Promise<Browser> {
  const browser = clinic.browser();
  await browser.signIn(name);
  await browser.get('/desk');
  return browser;
}

describe('the lock of a shared desk', () => {
  it('shuts every page of the desk once nobody did anything for the clinic’s idle time', async () => {
    const browser = await signedIn();
    pass(9 * MINUTE);
    expect((await browser.get('/desk')).statusCode).toBe(200);
    pass(10 * MINUTE);
    const asked = await browser.get('/desk/people?q=Anna');
    expect(asked.headers.location).toBe('/desk/locked');
    expect((await browser.get('/desk/account')).headers.location).toBe('/desk/locked');
    expect((await browser.get('/desk/no-such-page')).headers.location).toBe('/desk/locked');
    const page = await browser.get('/desk/locked');
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('This desk is locked');
    // Nothing that a passer-by could read.
    expect(page.body).not.toContain('Anna');
  });

  it('is not kept open by pages that refresh themselves', async () => {
    const browser = await signedIn();
    for (let n = 0; n < 6; n++) {
      pass(2 * MINUTE);
      await browser.get('/desk/live/day', { 'sec-fetch-mode': 'cors' });
    }
    const live = await browser.get('/desk/live/day', { 'sec-fetch-mode': 'cors' });
    expect(live.statusCode).toBe(423);
    expect(live.body).toBe('locked');
  });

  it('is kept open by somebody who types without sending', async () => {
    const browser = await signedIn();
    for (let n = 0; n < 4; n++) {
      pass(8 * MINUTE);
      expect((await browser.post('/desk/stay')).statusCode).toBe(204);
    }
    expect((await browser.get('/desk')).statusCode).toBe(200);
  });

  it('locks by hand, opens with the password and leads back', async () => {
    const browser = await signedIn();
    const locked = await browser.post('/desk/lock', {}, { referer: 'http://one.test/desk/people?page=2' });
    expect(locked.headers.location).toBe('/desk/locked');
    expect((await browser.get('/desk')).headers.location).toBe('/desk/locked');
    const wrong = await browser.post('/desk/unlock', { password: 'guess' });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('This is not the password of Fred');
    const empty = await browser.post('/desk/unlock', { password: '' });
    expect(empty.body).toContain('Enter your password');
    await browser.get('/desk/people?page=2');
    const right = await browser.post('/desk/unlock', { password: PASSWORD });
    expect(right.headers.location).toBe('/desk/people?page=2');
    expect((await browser.get('/desk')).statusCode).toBe(200);
    expect(await clinic.actionsOf(clinic.world.one)).toEqual(
      expect.arrayContaining(['session.locked', 'session.unlock_refused', 'session.unlocked']),
    );
  });

  it('leads nowhere else, whatever page the lock was pressed on', async () => {
    for (const referer of ['http://evil.example/desk/people', 'http://one.test/articles', 'nonsense']) {
      const browser = await signedIn();
      await browser.post('/desk/lock', {}, { referer });
      expect((await browser.post('/desk/unlock', { password: PASSWORD })).headers.location).toBe('/desk');
    }
  });

  it('locks one browser, not the person', async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    await here.post('/desk/lock');
    expect((await here.get('/desk')).statusCode).toBe(303);
    expect((await there.get('/desk')).statusCode).toBe(200);
  });

  it('keeps a form that arrives too late, sealed, and offers it again after unlocking', async () => {
    const browser = await signedIn();
    pass(11 * MINUTE);
    const fields = { note: 'Tore his "rectus" & kept <running>', day: '2026-03-02' };
    const late = await browser.post('/desk/notes', fields);
    expect(late.statusCode).toBe(423);
    expect(late.body).toContain('Not saved yet');
    expect(late.body).not.toContain('rectus&');
    expect(late.body).not.toContain('running');
    const kept = hidden(late.body, 'kept');
    const wrong = await browser.post('/desk/unlock', { password: 'guess', kept });
    expect(hidden(wrong.body, 'kept')).toBe(kept);
    const back = await browser.post('/desk/unlock', { password: PASSWORD, kept });
    expect(back.statusCode).toBe(200);
    expect(back.body).toContain('action="/desk/notes"');
    expect(back.body).toContain('name="day" value="2026-03-02"');
    expect(back.body).toContain('Tore his &quot;rectus&quot; &amp; kept &lt;running>');
    expect((await browser.post('/desk/notes', fields)).json()).toEqual(fields);
  });

  it('gives a kept form to nobody else', async () => {
    const fred = await signedIn();
    await fred.post('/desk/lock');
    const kept = hidden((await fred.post('/desk/notes', { note: 'private' })).body, 'kept');
    const clara = await signedIn('Clara');
    await clara.post('/desk/lock');
    const answer = await clara.post('/desk/unlock', { password: PASSWORD, kept });
    expect(answer.headers.location).toBe('/desk');
  });

  it('slows down guessing at the lock', async () => {
    const browser = await signedIn();
    await browser.post('/desk/lock');
    for (let n = 0; n < 5; n++) await browser.post('/desk/unlock', { password: `guess ${n}` });
    const waiting = await browser.post('/desk/unlock', { password: PASSWORD });
    expect(waiting.statusCode).toBe(429);
    expect(waiting.body).toContain('Try again in 30 seconds');
  });

  it('lets the next person sign out and in', async () => {
    const browser = await signedIn();
    await browser.post('/desk/lock');
    expect((await browser.post('/sign-out')).headers.location).toBe('/sign-in');
    await browser.signIn('Clara');
    expect((await browser.get('/desk')).body).toContain('Clara');
  });

  it('ends the session of whoever sat there before when somebody else signs in', async () => {
    const browser = await signedIn();
    const before = new Map(browser.cookies);
    await browser.signIn('Clara');
    for (const [name, value] of before) browser.cookies.set(name, value);
    expect((await browser.get('/desk')).statusCode).toBe(303);
  });
});

function hidden(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
}
