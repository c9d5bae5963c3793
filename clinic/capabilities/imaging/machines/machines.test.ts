import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inClinic } from '../../../platform/database/in-clinic.ts';
import type { StaffRole } from '../../../platform/database/schema.ts';
import { type TestClinic, type TestWorld, testWorld } from '../../../platform/database/testing.ts';
import { clinicOfAeTitle, isAeTitle } from './ae-title.ts';
import { machineOfAeTitle, machineOfToken } from './machine.ts';
import { machinesRoutes } from './machines-routes.tsx';
import { hashOfToken, newToken } from './token.ts';

const MACHINES = '/desk/imaging/machines';
let world: TestWorld;
let app: FastifyInstance;

beforeAll(async () => {
  world = await testWorld();
  app = await world.serve(async (server) => {
    server.decorateRequest('staff', null);
    server.addHook('onRequest', async (request) => {
      const role = request.headers['x-role'] as StaffRole | undefined;
      const person = { userId: 'olga', name: 'Olga Reis', email: 'olga@example.org', resourceId: null };
      request.staff = role ? { ...person, role } : null;
    });
  }, machinesRoutes);
});
afterAll(async () => {
  await app.close();
  await world.close();
});

const get = (url: string, role: StaffRole = 'owner', host = 'one.test') =>
  app.inject({ url, headers: { host, 'x-role': role } });
const post = (
  url: string,
  fields: Record<string, string> = {},
  role: StaffRole = 'owner',
  host = 'one.test',
) =>
  app.inject({
    method: 'POST',
    url,
    payload: new URLSearchParams(fields).toString(),
    headers: { host, 'x-role': role, 'content-type': 'application/x-www-form-urlencoded' },
  });

/** Adds a machine by the form and returns its page's address. */
async function add(fields: Record<string, string>, host = 'one.test'): Promise<string> {
  const answer = await post(`${MACHINES}/new`, { mayStore: 'yes', ...fields }, 'owner', host);
  expect(answer.statusCode).toBe(303);
  return String(answer.headers.location).replace('?saved', '');
}
const tokenIn = (page: string) => /rectus_[\w-]{43}/.exec(page)?.[0] ?? '';
const asMachine = (token: string, clinic: TestClinic = world.one) =>
  inClinic(clinic.context, (inside) => machineOfToken(inside, token));
const byTitle = (title: string, clinic: TestClinic = world.one) =>
  inClinic(clinic.context, (inside) => machineOfAeTitle(inside, title));
const events = () =>
  inClinic(world.one.context, ({ tx }) =>
    tx.selectFrom('audit_event').select(['action', 'detail']).orderBy('id').execute(),
  );

describe('the list of machines', () => {
  it('is empty at first and says what to do', async () => {
    const page = await get(MACHINES);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('None yet');
    expect(page.body).toContain('Nobody listens for DIMSE');
    expect(page.body).toContain('http://one.test/dicomweb');
  });

  it('is the owner’s alone', async () => {
    for (const role of ['clinician', 'front_desk'] as const) {
      expect((await get(MACHINES, role)).statusCode).toBe(403);
      expect((await post(`${MACHINES}/new`, { name: 'Mine' }, role)).statusCode).toBe(403);
    }
  });

  it('takes a machine that is known from then on by its AE title, with what it may do', async () => {
    const machine = await add({ name: 'Ultrasound in room 2', aeTitle: ' SONO_2 ' });
    expect(await byTitle('SONO_2')).toMatchObject({ mayStore: true, mayRead: false, active: true });
    expect(await byTitle('sono_2')).toBeNull();
    expect(await byTitle('SONO_2', world.other)).toBeNull();
    const page = await get(MACHINES);
    expect(page.body).toContain(machine);
    expect(page.body).toContain('AE title SONO_2');
    expect(page.body).toContain('last seen');
  });

  it('gives back what was typed where a title cannot be or is taken', async () => {
    await add({ name: 'First', aeTitle: 'SAME' });
    for (const [aeTitle, words] of [
      ['with space', 'without a space'],
      ['SEVENTEEN-LETTERS', 'at most 16'],
      ['SAME', 'Another machine of the clinic'],
    ] as const) {
      const answer = await post(`${MACHINES}/new`, { name: 'Second', aeTitle, mayRead: 'yes' });
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toContain(words);
      expect(answer.body).toContain('value="Second"');
      expect(answer.body).toContain(`value="${aeTitle}"`);
    }
    expect((await post(`${MACHINES}/new`, { name: '' })).body).toContain('Enter a name');
  });

  it('lets nobody overwrite what they never saw', async () => {
    const machine = await add({ name: 'Old name' });
    const seen = /name="seen" value="([^"]+)"/.exec((await get(machine)).body)?.[1] ?? '';
    expect((await post(machine, { name: 'New name', seen })).statusCode).toBe(303);
    const late = await post(machine, { name: 'Late name', seen });
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain('value="Late name"');
  });
});

describe('a token', () => {
  it('is shown once, opens the door for its machine, and is kept as a hash alone', async () => {
    const machine = await add({ name: 'Program', mayRead: 'yes' });
    const made = await post(`${machine}/token`);
    const token = tokenIn(made.body);
    expect(made.headers['cache-control']).toBe('no-store');
    expect(await asMachine(token)).toMatchObject({ name: 'Program', mayRead: true });
    const again = await get(machine);
    expect(again.body).not.toContain(token);
    expect(again.body).toContain(token.slice(0, 12));
    const rows = await inClinic(world.one.context, ({ tx }) =>
      tx.selectFrom('imaging_machine').selectAll().execute(),
    );
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows.some((row) => row.token_hash && Buffer.from(row.token_hash).equals(hashOfToken(token)))).toBe(
      true,
    );
  });

  it('is worth nothing once it is replaced, revoked, or its machine is out of use', async () => {
    const machine = await add({ name: 'Changing' });
    const first = tokenIn((await post(`${machine}/token`)).body);
    const second = tokenIn((await post(`${machine}/token`)).body);
    expect(await asMachine(first)).toBeNull();
    expect(await asMachine(second)).not.toBeNull();
    await post(`${machine}/retire`);
    expect(await asMachine(second)).toBeNull();
    await post(`${machine}/restore`);
    expect(await asMachine(second)).not.toBeNull();
    await post(`${machine}/revoke`);
    expect(await asMachine(second)).toBeNull();
  });

  it('of one clinic opens nothing in another, and a forged one nothing anywhere', async () => {
    const token = tokenIn((await post(`${await add({ name: 'Ours' })}/token`)).body);
    expect(await asMachine(token, world.other)).toBeNull();
    for (const forged of [newToken().token, `${token}x`, token.toUpperCase(), '', `' or 1=1 --`])
      expect(await asMachine(forged)).toBeNull();
  });

  it('is seen at most once a minute', async () => {
    const machine = await add({ name: 'Seen' });
    const token = tokenIn((await post(`${machine}/token`)).body);
    expect((await asMachine(token))?.lastSeenAt).toBeNull();
    const seen = await asMachine(token);
    expect(seen?.lastSeenAt).not.toBeNull();
    expect((await asMachine(token))?.lastSeenAt).toBe(seen?.lastSeenAt);
  });

  it('leaves its traces in the clinic’s log, but not itself', async () => {
    const log = await events();
    for (const action of ['machine.added', 'machine.token_given', 'machine.token_revoked', 'machine.retired'])
      expect(log.map((event) => event.action)).toContain(action);
    expect(JSON.stringify(log)).not.toContain('rectus_');
  });

  it('of a machine of another clinic cannot be made', async () => {
    const machine = await add({ name: 'Theirs' }, 'other.test');
    for (const verb of ['token', 'revoke', 'retire', 'restore'])
      expect((await post(`${machine}/${verb}`)).statusCode).toBe(404);
    expect((await get(machine)).statusCode).toBe(404);
  });
});

describe('the clinic’s own AE title', () => {
  it('is chosen by the owner, and names the clinic to whoever calls', async () => {
    expect((await post(`${MACHINES}/own-title`, { ownTitle: 'HARBOUR' })).statusCode).toBe(303);
    expect(await clinicOfAeTitle(world.db, 'HARBOUR')).toBe(world.one.clinic.id);
    await post(`${MACHINES}/own-title`, { ownTitle: 'HARBOUR_2' });
    expect(await clinicOfAeTitle(world.db, 'HARBOUR')).toBeNull();
    expect((await get(MACHINES)).body).toContain('value="HARBOUR_2"');
  });

  it('is no other clinic’s, and is what a title can be', async () => {
    const taken = await post(`${MACHINES}/own-title`, { ownTitle: 'HARBOUR_2' }, 'owner', 'other.test');
    expect(taken.statusCode).toBe(422);
    expect(taken.body).toContain('is taken');
    for (const wrong of ['', 'A B', 'A\\B', 'Ä', 'x'.repeat(17)]) {
      expect(isAeTitle(wrong)).toBe(false);
      expect((await post(`${MACHINES}/own-title`, { ownTitle: wrong })).statusCode).toBe(422);
    }
    expect(await clinicOfAeTitle(world.db, 'HARBOUR_2')).toBe(world.one.clinic.id);
  });

  it('stands with address and port in the lines to copy, where somebody listens', async () => {
    Object.assign(world.platform.config, { dimsePort: 11112, dimseHost: '192.0.2.7' });
    const page = await get(MACHINES);
    expect(page.body).toContain('echoscu -aet SAME -aec HARBOUR_2 192.0.2.7 11112');
    expect(page.body).toContain('not encrypted');
  });
});
