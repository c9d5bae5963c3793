import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { StaffRole } from '../../platform/database/schema.ts';
import { TEST_SECRET, type TestClinic, type TestWorld, testWorld } from '../../platform/database/testing.ts';
import { sendPage } from '../../platform/web/server.ts';
import { openTestBrowser, type TestBrowser } from '../../platform/web/testing-browser.ts';
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

export interface Browser extends TestBrowser {
  signIn(name: string, password?: string): Promise<LightMyRequestResponse>;
}

/** A browser of the staff. */
function openBrowser(app: FastifyInstance, host: string): Browser {
  const browser = openTestBrowser(app, host);
  return {
    ...browser,
    signIn: (name, password = PASSWORD) =>
      browser.post('/sign-in', { email: `${name.toLowerCase()}@example.org`, password }),
  };
}
