import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { StaffRole } from '../../platform/database/schema.ts';
import { TEST_SECRET, type TestClinic, type TestWorld, testWorld } from '../../platform/database/testing.ts';
import { sendPage } from '../../platform/web/server.ts';
import { createAccounts } from './accounts.ts';
import { deskPage } from './desk-page.tsx';
import { requireStaff } from './require-staff.ts';

export const PASSWORD = 'a calm and steady instrument';

/** A world with its accounts, served together with a few desk pages that stand for those of other capabilities. */
export async function accountsWorld(
  options: { readonly smtpUrl?: string } = {},
  addMore: (app: FastifyInstance) => void = () => {},
) {
  const world = await testWorld();
  const { auth: authSql } = world;
  const config = { ...world.platform.config, smtpUrl: options.smtpUrl ?? null };
  const platform = { ...world.platform, config };
  const accounts = createAccounts({ platform, authSql, secret: TEST_SECRET });
  const app = await world.serve(async (server) => {
    accounts.hooks(server);
    accounts.routes(server);
    addDesk(server, world);
    addMore(server);
  });
  /** Makes a person who works in `clinic`, with {@link PASSWORD}. */
  const hire = async (clinic: TestClinic, name: string, role: StaffRole): Promise<string> => {
    const email = `${name.toLowerCase()}@example.org`;
    const userId = await accounts.ensureUser({ name, email, password: PASSWORD });
    await world.owner.begin(async (tx) => {
      await tx`select set_config('rectus.clinic_id', ${clinic.clinic.id}, true)`;
      await tx`insert into membership (clinic_id, user_id, role, name, email)
        values (${clinic.clinic.id}, ${userId}, ${role}, ${name}, ${email})`;
    });
    return userId;
  };
  /** Rows of a clinic's table, as its owner sees them. */
  const rowsOf = (clinic: TestClinic, query: string): Promise<Record<string, unknown>[]> =>
    world.owner.begin(async (tx) => {
      await tx`select set_config('rectus.clinic_id', ${clinic.clinic.id}, true)`;
      return tx.unsafe(query);
    }) as unknown as Promise<Record<string, unknown>[]>;
  const actionsOf = async (clinic: TestClinic): Promise<string[]> =>
    (await rowsOf(clinic, 'select action from audit_event order by id')).map((row) => String(row.action));
  return {
    world,
    accounts,
    app,
    hire,
    rowsOf,
    actionsOf,
    browser: (clinic: TestClinic = world.one) => openBrowser(app, clinic.host),
    async close() {
      await app.close();
      await world.close();
    },
  };
}

export type AccountsWorld = Awaited<ReturnType<typeof accountsWorld>>;

function addDesk(app: FastifyInstance, { platform }: TestWorld): void {
  const guarded = { preHandler: requireStaff() };
  app.get('/desk', guarded, async (request, reply) =>
    sendPage(reply, await deskPage(platform, request, { title: 'Day', current: 'day' }, 'The day')),
  );
  app.get('/desk/people', guarded, async (request, reply) =>
    sendPage(reply, await deskPage(platform, request, { title: 'People' }, 'The people')),
  );
  app.get('/desk/live/day', guarded, (_request, reply) => reply.send('live'));
  app.post('/desk/notes', guarded, (request, reply) => reply.send(request.body));
  app.get('/desk/money', { preHandler: requireStaff('owner') }, (_request, reply) => reply.send('money'));
}

export interface Browser {
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  post(
    url: string,
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  signIn(name: string, password?: string): Promise<LightMyRequestResponse>;
  readonly cookies: Map<string, string>;
}

let browsers = 0;

/** Keeps cookies as a browser does, and has an address of its own, as limits count by address. */
export function openBrowser(app: FastifyInstance, host: string): Browser {
  const cookies = new Map<string, string>();
  const remoteAddress = `10.0.${++browsers >> 8}.${browsers & 255}`;
  const send = async (
    method: 'GET' | 'POST',
    url: string,
    headers: Record<string, string>,
    payload?: string,
  ): Promise<LightMyRequestResponse> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await app.inject({
      method,
      url,
      remoteAddress,
      headers: { host, ...(cookie ? { cookie } : {}), ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    for (const { name, value, maxAge } of response.cookies) {
      if (maxAge === 0 || value === '') cookies.delete(name);
      else cookies.set(name, encodeURIComponent(value));
    }
    return response;
  };
  const browser: Browser = {
    cookies,
    get: (url, headers = {}) => send('GET', url, headers),
    post: (url, fields = {}, headers = {}) =>
      send(
        'POST',
        url,
        { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', ...headers },
        new URLSearchParams(fields).toString(),
      ),
    signIn: (name, password = PASSWORD) =>
      browser.post('/sign-in', { email: `${name.toLowerCase()}@example.org`, password }),
  };
  return browser;
}
