import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsWorld, accountsWorld, PASSWORD } from './testing.ts';

let clinic: AccountsWorld;
beforeAll(async () => {
  clinic = await accountsWorld();
  await clinic.hire(clinic.world.one, 'Olivia', 'owner');
  await clinic.hire(clinic.world.one, 'Fred', 'front_desk');
  await clinic.hire(clinic.world.other, 'Oscar', 'owner');
});
afterAll(() => clinic.close());

describe('signing in with a password', () => {
  it('leads to the page that was asked for', async () => {
    const browser = clinic.browser();
    const asked = await browser.get('/desk/people?q=Anna&page=2');
    expect(asked.statusCode).toBe(303);
    // What was searched for is no business of the next address.
    expect(asked.headers.location).toBe('/sign-in?next=%2Fdesk%2Fpeople%3Fpage%3D2');
    const page = await browser.get(String(asked.headers.location));
    expect(page.body).toContain('name="next" value="/desk/people?page=2"');
    const signedIn = await browser.post('/sign-in', {
      email: 'Fred@Example.org',
      password: PASSWORD,
      next: '/desk/people?page=2',
    });
    expect(signedIn.statusCode).toBe(303);
    expect(signedIn.headers.location).toBe('/desk/people?page=2');
    const people = await browser.get('/desk/people?page=2');
    expect(people.body).toContain('The people');
    expect(people.body).toContain('Fred');
    expect(people.body).toContain('Front desk');
    expect(await clinic.actionsOf(clinic.world.one)).toContain('session.signed_in');
  });

  it('sets a cookie that scripts cannot read and other sites do not send', async () => {
    const signedIn = await clinic.browser().signIn('Fred');
    const [cookie] = signedIn.cookies;
    expect(cookie).toMatchObject({
      name: 'rectus.session_token',
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
    });
  });

  it('answers alike for a wrong password, an unknown address and a member of another clinic', async () => {
    const answers = await Promise.all([
      clinic.browser().signIn('Fred', 'not the password at all'),
      clinic.browser().signIn('Nobody'),
      clinic.browser().signIn('Oscar'),
    ]);
    const texts = answers.map((answer) => answer.body.replace(/[a-z]+@example\.org/gi, 'ADDRESS'));
    expect(answers.map((answer) => answer.statusCode)).toEqual([422, 422, 422]);
    expect(new Set(texts).size).toBe(1);
    expect(answers[0]?.body).toContain('value="fred@example.org"');
    expect(answers.flatMap((answer) => answer.cookies)).toEqual([]);
  });

  it.each([
    'https://evil.example/desk',
    '//evil.example/desk',
    '/\\evil.example/desk',
    '/desk/../../evil',
    '/\t/evil.example',
    'javascript:alert(1)',
    '/desk\\@evil.example',
    '/articles',
    '/desk/lock',
  ])('never leads to %j', async (next) => {
    const answer = await clinic
      .browser()
      .post('/sign-in', { email: 'fred@example.org', password: PASSWORD, next });
    expect(answer.headers.location).toBe('/desk');
  });

  it('says what is missing and keeps the address', async () => {
    const answer = await clinic.browser().post('/sign-in', { email: 'fred@example.org', password: '' });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('Enter your password');
    expect(answer.body).toContain('value="fred@example.org"');
  });

  it('makes guessing wait in every process, for known and unknown addresses alike', async () => {
    for (const name of ['Guessed', 'Olivia']) {
      for (let n = 0; n < 5; n++) await clinic.browser().signIn(name, `guess number ${n}`);
      const waiting = await clinic.browser().signIn(name);
      expect(waiting.statusCode).toBe(429);
      expect(waiting.body).toContain('Try again in 30 seconds');
    }
    clinic.world.clock.set(clinic.world.clock.now() + 31_000);
    const later = await clinic.browser().signIn('Olivia');
    expect(later.statusCode).toBe(303);
  });

  it('ends at once with signing out', async () => {
    const browser = clinic.browser();
    await browser.signIn('Fred');
    const stolen = new Map(browser.cookies);
    expect((await browser.get('/desk')).statusCode).toBe(200);
    expect((await browser.post('/sign-out')).headers.location).toBe('/sign-in');
    expect(browser.cookies.size).toBe(0);
    for (const [name, value] of stolen) browser.cookies.set(name, value);
    expect((await browser.get('/desk')).statusCode).toBe(303);
  });

  it('leaves no way in for a forged cookie', async () => {
    const browser = clinic.browser();
    await browser.signIn('Fred');
    const [token] = decodeURIComponent(browser.cookies.get('rectus.session_token') ?? '').split('.');
    browser.cookies.set('rectus.session_token', encodeURIComponent(`${token}.${'A'.repeat(43)}=`));
    expect((await browser.get('/desk')).statusCode).toBe(303);
  });
});

describe('roles and clinics', () => {
  it('makes a member of one clinic nobody in another, even with a live session', async () => {
    const browser = clinic.browser(clinic.world.one);
    await browser.signIn('Olivia');
    const elsewhere = clinic.browser(clinic.world.other);
    for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value);
    expect((await browser.get('/desk')).statusCode).toBe(200);
    expect((await elsewhere.get('/desk')).statusCode).toBe(303);
    expect((await elsewhere.get('/desk/settings/people')).statusCode).toBe(303);
  });

  it('shows a page to its roles only, and says whose it is', async () => {
    const browser = clinic.browser();
    await browser.signIn('Fred');
    const answer = await browser.get('/desk/money');
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('It is for the owner');
  });

  it('refuses a form from somebody who is signed out, without pretending', async () => {
    const answer = await clinic.browser().post('/desk/notes', { note: 'hello' });
    expect(answer.statusCode).toBe(401);
    expect(answer.body).toContain('Please sign in again');
  });
});
