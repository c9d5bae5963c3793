import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestClinic } from '../../../platform/database/testing.ts';
import type { Browser } from '../testing.ts';
import { type SoftwareAuthenticator, softwareAuthenticator } from './testing-authenticator.ts';
import { type PatientsWorld, patientsWorld } from './testing-patients.ts';

const HERE = 'http://one.test';
let world: PatientsWorld;
let one: TestClinic;
beforeAll(async () => {
  world = await patientsWorld();
  one = world.world.one;
  await world.addPatient(one, 'Ana');
  await world.addPatient(one, 'Ben');
  await world.addPatient(world.world.other, 'Ana');
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.world.auth`delete from passkey`;
  await world.world.auth`delete from refused_attempt`;
});

/** What a page asks of the browser's passkeys. */
async function optionsOn(browser: Browser, path: string) {
  const [, text] = /data-options="([^"]+)"/.exec((await browser.get(path)).body) ?? [];
  return JSON.parse((text ?? 'null').replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
}

async function add(browser: Browser, device: SoftwareAuthenticator, origin = HERE) {
  const credential = device.create(await optionsOn(browser, '/my/account'), origin);
  return browser.post('/my/account/passkeys', { credential, name: 'My phone' });
}

async function signIn(
  device: SoftwareAuthenticator,
  { browser = world.browser(one), origin = HERE, change = {} } = {},
) {
  const credential = device.get(await optionsOn(browser, '/my/sign-in'), origin, change);
  return { browser, answer: await browser.post('/my/sign-in/passkey', { credential }), credential };
}

async function withPasskey(email = 'ana@example.org'): Promise<SoftwareAuthenticator> {
  const device = softwareAuthenticator();
  const answer = await add(await world.visit(one, email), device);
  expect(answer.headers.location).toBe('/my/account?done=added');
  return device;
}

describe('a patient with a passkey', () => {
  it('adds it when signed in, hears of it by mail, and signs in with it from then on', async () => {
    const device = await withPasskey();
    const mails = await world.rowsOf(one, `select kind, to_email from mail where kind = 'passkey_added'`);
    expect(mails).toEqual([{ kind: 'passkey_added', to_email: 'ana@example.org' }]);
    for (let n = 0; n < 2; n++) {
      const { browser, answer } = await signIn(device);
      expect(answer.headers.location).toBe('/my');
      expect((await browser.get('/my')).body).toBe('The page of ana@example.org');
    }
    expect(await world.actionsOf(one)).toContain('portal.passkey_added');
  });

  it('is asked for nothing that tells who has one: anybody gets the same question', async () => {
    await withPasskey();
    const { challenge, ...question } = await optionsOn(world.browser(one), '/my/sign-in');
    expect(question).toEqual({ rpId: 'one.test', timeout: 60_000, userVerification: 'preferred' });
    expect(challenge).not.toBe((await optionsOn(world.browser(one), '/my/sign-in')).challenge);
  });

  it('does not add the same device twice', async () => {
    const browser = await world.visit(one, 'ana@example.org');
    const device = softwareAuthenticator();
    await add(browser, device);
    const options = await optionsOn(browser, '/my/account');
    expect(options.excludeCredentials).toMatchObject([{ id: device.id }]);
    expect(options.authenticatorSelection).toMatchObject({ residentKey: 'required' });
    expect((await add(browser, device)).statusCode).toBe(422);
  });

  it('renames and removes it, and it opens nothing any more', async () => {
    const device = await withPasskey();
    const { browser } = await signIn(device);
    const change = { id: device.id, act: 'rename', name: 'Old phone' };
    expect((await browser.post('/my/account/passkeys/change', change)).statusCode).toBe(303);
    expect((await browser.get('/my/account')).body).toContain('<b>Old phone</b>');
    const nameless = await browser.post('/my/account/passkeys/change', { ...change, name: ' ' });
    expect(nameless.statusCode).toBe(422);
    await browser.post('/my/account/passkeys/change', { ...change, act: 'remove' });
    expect((await signIn(device)).answer.statusCode).toBe(422);
    expect(await world.actionsOf(one)).toContain('portal.passkey_removed');
  });

  it('still comes in by a mailed link when the device is lost', async () => {
    await withPasskey();
    expect((await (await world.visit(one, 'ana@example.org')).get('/my')).statusCode).toBe(200);
  });
});

describe('a passkey is refused', () => {
  it('when it answers another page’s question, or the same question twice', async () => {
    const device = await withPasskey();
    const { credential } = await signIn(device);
    const again = world.browser(one);
    await again.get('/my/sign-in');
    const replayed = await again.post('/my/sign-in/passkey', { credential });
    expect(replayed.statusCode).toBe(422);
    expect(replayed.body).toContain('The passkey did not work');
    const blank = await world.browser(one).post('/my/sign-in/passkey', { credential });
    expect(blank.body).toContain('open for too long');
  });

  it('when the page was open for too long', async () => {
    const device = await withPasskey();
    const browser = world.browser(one);
    const credential = device.get(await optionsOn(browser, '/my/sign-in'), HERE);
    const { clock } = world.world;
    clock.set(clock.now() + 16 * 60_000);
    const late = await browser.post('/my/sign-in/passkey', { credential });
    expect(late.statusCode).toBe(422);
    expect(late.body).toContain('open for too long');
  });

  it('when it was made or used on another site’s page', async () => {
    const device = softwareAuthenticator();
    const evil = 'https://one.test.evil.example';
    expect((await add(await world.visit(one, 'ana@example.org'), device, evil)).statusCode).toBe(422);
    const honest = await withPasskey();
    expect((await signIn(honest, { origin: evil })).answer.statusCode).toBe(422);
    expect((await signIn(honest, { change: { type: 'webauthn.create' } })).answer.statusCode).toBe(422);
  });

  it('at another clinic, though that one knows the address too', async () => {
    const device = await withPasskey();
    const browser = world.browser(world.world.other);
    const { answer } = await signIn(device, { browser, origin: 'http://other.test' });
    expect(answer.statusCode).toBe(422);
  });

  it('when it names somebody else, or is not one at all', async () => {
    const device = await withPasskey();
    const userHandle = Buffer.from('somebody else').toString('base64url');
    expect((await signIn(device, { change: { userHandle } })).answer.statusCode).toBe(422);
    const unknown = softwareAuthenticator();
    expect((await signIn(unknown)).answer.statusCode).toBe(422);
    for (const credential of ['', '{', '[]', 'null', '{"id":5}', '{"id":"a","response":{}}']) {
      const browser = world.browser(one);
      await browser.get('/my/sign-in');
      expect((await browser.post('/my/sign-in/passkey', { credential })).statusCode).toBe(422);
    }
  });

  it('when a copy of it was used before, as its count tells', async () => {
    const device = await withPasskey();
    expect((await signIn(device)).answer.statusCode).toBe(303);
    device.setCounter(1);
    expect((await signIn(device)).answer.statusCode).toBe(422);
  });
});

describe('the passkeys of others', () => {
  it('are neither seen, renamed nor removed', async () => {
    const device = await withPasskey('ana@example.org');
    const ben = await world.visit(one, 'ben@example.org');
    expect((await ben.get('/my/account')).body).not.toContain('My phone');
    await ben.post('/my/account/passkeys/change', { id: device.id, act: 'remove' });
    const renamed = await ben.post('/my/account/passkeys/change', {
      id: device.id,
      act: 'rename',
      name: 'Mine',
    });
    expect(renamed.statusCode).toBe(422);
    expect((await signIn(device)).answer.statusCode).toBe(303);
  });

  it('cannot be added by a question that was put to somebody else', async () => {
    const ana = await world.visit(one, 'ana@example.org');
    const credential = softwareAuthenticator().create(await optionsOn(ana, '/my/account'), HERE);
    const ben = await world.visit(one, 'ben@example.org');
    ben.cookies.set('rectus.passkey_add', ana.cookies.get('rectus.passkey_add') ?? '');
    expect((await ben.post('/my/account/passkeys', { credential, name: 'Mine' })).statusCode).toBe(422);
  });

  it('open no desk, whatever its person is there', async () => {
    await world.hire(one, 'Ana', 'owner');
    const device = await withPasskey();
    const { browser } = await signIn(device);
    expect((await browser.get('/my')).statusCode).toBe(200);
    expect((await browser.get('/desk')).headers.location).toBe('/sign-in?next=%2Fdesk');
  });

  it('are not offered under a bare address or a foreign name', async () => {
    for (const host of ['127.0.0.1:4000', '[::1]:4000']) {
      const page = await world.app.inject({ url: '/my/sign-in', headers: { host } });
      expect(page.body).not.toContain('data-passkey');
    }
  });
});
