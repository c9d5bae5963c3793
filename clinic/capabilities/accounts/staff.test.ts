import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestClinic } from '../../platform/database/testing.ts';
import { type AccountsWorld, accountsWorld, type Browser, PASSWORD } from './testing.ts';

let clinic: AccountsWorld;
let one: TestClinic;
let owner: Browser;
beforeAll(async () => {
  clinic = await accountsWorld({ smtpUrl: 'smtp://mail.test' });
  one = clinic.world.one;
  await clinic.hire(one, 'Olivia', 'owner');
  await clinic.hire(clinic.world.other, 'Oscar', 'owner');
  owner = clinic.browser();
  await owner.signIn('Olivia');
});
afterAll(() => clinic.close());
beforeEach(async () => {
  await clinic.rowsOf(one, 'delete from mail');
});

const FRESH = 'a password of my very own';
const PEOPLE = '/desk/settings/people';

const invite = (name: string, fields: Record<string, string> = {}, from = owner) =>
  from.post(PEOPLE, { name, email: `${name}@example.org`, role: 'front_desk', resource: '', ...fields });

async function mailedPath(at: TestClinic = one): Promise<string> {
  const [mail] = await clinic.rowsOf(at, 'select body_text, confidential from mail order by id desc limit 1');
  expect(mail?.confidential).toBe(true);
  return /\/invitation\/\S+/.exec(String(mail?.body_text))?.[0] ?? '';
}

async function idOf(name: string): Promise<string> {
  const [row] = await clinic.rowsOf(one, `select user_id from membership where name = '${name}'`);
  return String(row?.user_id);
}

const membersOf = (at: TestClinic) =>
  clinic.rowsOf(at, 'select name, role, active from membership order by name');

describe('inviting somebody', () => {
  it('mails a link on which they set a password and come in, with their role and their place', async () => {
    const answer = await invite('Nadia', { role: 'clinician', resource: one.ids.ines ?? '' });
    expect(answer.body).toContain('Nadia is invited');
    expect(answer.body).toContain('>Invited<');
    // The link is for the mailbox alone.
    expect(answer.body).not.toContain('/invitation/');
    expect((await clinic.browser().signIn('Nadia')).statusCode).toBe(422);
    const path = await mailedPath();
    const browser = clinic.browser();
    const page = await browser.get(path);
    expect(page.body).toContain('Welcome, Nadia');
    expect(page.body).toContain('clinician');
    const short = await browser.post(path, { password: 'short' });
    expect(short.statusCode).toBe(422);
    const accepted = await browser.post(path, { password: FRESH });
    expect(accepted.headers.location).toBe('/desk');
    expect((await browser.get('/desk')).body).toContain('Nadia');
    expect((await clinic.browser().signIn('Nadia', FRESH)).statusCode).toBe(303);
    expect((await browser.get(path)).statusCode).toBe(410);
    expect((await browser.post(path, { password: 'somebody else entirely' })).statusCode).toBe(410);
    expect(await clinic.actionsOf(one)).toEqual(
      expect.arrayContaining(['member.invited', 'member.accepted']),
    );
  });

  it('refuses a forged link, one that ran out, one that was replaced and one of another clinic', async () => {
    expect((await clinic.browser().get(`/invitation/${'a'.repeat(32)}`)).statusCode).toBe(410);
    await invite('Rui');
    const first = await mailedPath();
    expect((await clinic.browser(clinic.world.other).get(first)).statusCode).toBe(410);
    await owner.post(`${PEOPLE}/${await idOf('Rui')}/invite-again`);
    expect((await clinic.browser().get(first)).statusCode).toBe(410);
    const second = await mailedPath();
    expect((await clinic.browser().get(second)).statusCode).toBe(200);
    await clinic.rowsOf(one, `update invitation set expires_at = now() - interval '1 second'`);
    expect((await clinic.browser().post(second, { password: FRESH })).statusCode).toBe(410);
    expect((await owner.get(PEOPLE)).body).toContain('Invitation ran out');
  });

  it('can be taken back', async () => {
    await invite('Tom');
    const path = await mailedPath();
    await owner.post(`${PEOPLE}/${await idOf('Tom')}/deactivate`);
    expect((await clinic.browser().post(path, { password: FRESH })).statusCode).toBe(410);
    expect((await membersOf(one)).map((row) => row.name)).not.toContain('Tom');
  });

  it('names what is wrong and keeps what was typed', async () => {
    const answer = await invite('', { email: 'not an address\nBcc: all@example.org', role: 'king' });
    expect(answer.statusCode).toBe(422);
    for (const text of ['Enter the name', 'Enter an e-mail address', 'Choose a role']) {
      expect(answer.body).toContain(text);
    }
    expect((await invite('Olivia')).body).toContain('on the list already');
    const foreign = await invite('Xenia', { resource: clinic.world.other.ids.ines ?? '' });
    expect(foreign.statusCode).toBe(422);
    expect((await membersOf(one)).map((row) => row.name)).not.toContain('Xenia');
  });

  it('lets somebody of another clinic in with the password they have, and changes it for nobody', async () => {
    await invite('Oscar');
    const path = await mailedPath();
    const page = await clinic.browser().get(path);
    expect(page.body).toContain('You have an account already');
    expect((await clinic.browser().post(path, { password: FRESH })).statusCode).toBe(422);
    expect((await clinic.browser().post(path, { password: PASSWORD })).headers.location).toBe('/desk');
    expect((await clinic.browser(clinic.world.other).signIn('Oscar')).statusCode).toBe(303);
  });

  it('is for the owner', async () => {
    await clinic.hire(one, 'Fred', 'front_desk');
    const fred = clinic.browser();
    await fred.signIn('Fred');
    expect((await fred.get(PEOPLE)).statusCode).toBe(403);
    expect((await invite('Friend', {}, fred)).statusCode).toBe(403);
    const outsider = clinic.browser(clinic.world.other);
    await outsider.signIn('Oscar');
    const answer = await outsider.post(`${PEOPLE}/${await idOf('Olivia')}/deactivate`);
    expect(answer.statusCode).toBe(404);
  });
});

describe('changing who works here', () => {
  it('takes a role away at once', async () => {
    await clinic.hire(one, 'Otto', 'owner');
    const otto = clinic.browser();
    await otto.signIn('Otto');
    expect((await otto.get('/desk/money')).statusCode).toBe(200);
    const changed = await owner.post(`${PEOPLE}/${await idOf('Otto')}`, { role: 'clinician', resource: '' });
    expect(changed.body).toContain('The change holds at once.');
    expect((await otto.get('/desk/money')).statusCode).toBe(403);
  });

  it('shuts somebody out at once, and lets them back in', async () => {
    await clinic.hire(one, 'Dora', 'clinician');
    const dora = clinic.browser();
    await dora.signIn('Dora');
    expect((await dora.get('/desk')).statusCode).toBe(200);
    await owner.post(`${PEOPLE}/${await idOf('Dora')}/deactivate`);
    expect((await dora.get('/desk')).statusCode).toBe(303);
    expect((await clinic.browser().signIn('Dora')).statusCode).toBe(422);
    expect((await owner.get(PEOPLE)).body).toContain('Deactivated');
    await owner.post(`${PEOPLE}/${await idOf('Dora')}/reactivate`);
    expect((await clinic.browser().signIn('Dora')).statusCode).toBe(303);
  });

  it('never loses the last owner, even when two dismiss each other in the same moment', async () => {
    const own = await idOf('Olivia');
    for (const answer of [
      await owner.post(`${PEOPLE}/${own}/deactivate`),
      await owner.post(`${PEOPLE}/${own}`, { role: 'clinician', resource: '' }),
    ]) {
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toContain('This is the last owner');
    }
    const second = await clinic.hire(one, 'Olga', 'owner');
    const olga = clinic.browser();
    await olga.signIn('Olga');
    await Promise.all([
      owner.post(`${PEOPLE}/${second}/deactivate`),
      olga.post(`${PEOPLE}/${own}/deactivate`),
    ]);
    const owners = (await membersOf(one)).filter((row) => row.role === 'owner' && row.active === true);
    expect(owners).toHaveLength(1);
  });
});

describe('without a mail server', () => {
  it('hands the link to the owner, who cannot take over an account with it', async () => {
    const quiet = await accountsWorld();
    try {
      const { one: here, other: there } = quiet.world;
      await quiet.hire(here, 'Anna', 'owner');
      await quiet.hire(there, 'Berta', 'owner');
      const link = async (name: string, at: TestClinic) => {
        const browser = quiet.browser(at);
        await browser.signIn(name);
        const fields = { name: 'Victor', email: 'victor@example.org', role: 'clinician', resource: '' };
        const { body } = await browser.post(PEOPLE, fields);
        return /http:\/\/[^/]+(\/invitation\/[\w-]+)/.exec(body)?.[1] ?? '';
      };
      const first = await link('Anna', here);
      expect((await quiet.browser(here).post(first, { password: FRESH })).headers.location).toBe('/desk');
      // Berta sees the link, but it does not replace what Victor chose.
      const second = await link('Berta', there);
      const stolen = await quiet.browser(there).post(second, { password: 'chosen by berta alone' });
      expect(stolen.statusCode).toBe(422);
      expect((await quiet.browser(here).signIn('Victor', FRESH)).statusCode).toBe(303);
    } finally {
      await quiet.close();
    }
  });
});
