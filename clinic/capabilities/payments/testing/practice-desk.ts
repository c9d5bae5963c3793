import type { FastifyInstance } from 'fastify';
import type { TestWorld } from '../../../platform/database/testing.ts';
import { inboxRoutes } from '../inbox/routes.ts';
import { practiceProvider } from '../providers/practice/index.ts';
import { noticeSeals } from '../providers/practice/notices.ts';
import { practiceRoutes } from '../providers/practice/routes.tsx';
import { testTill } from './test-till.ts';

/** The first test clinic with its practice checkout behind a web server, and a buyer's hands on its page. */
export async function practiceDesk(world: TestWorld) {
  const { clinic, context, host } = world.one;
  const provider = practiceProvider(world.platform, context, clinic);
  const till = await testTill(world, provider);
  const app: FastifyInstance = await world.serve(practiceRoutes, inboxRoutes);
  const seals = noticeSeals(world.platform, clinic.id);
  const owner = <T>(work: (sql: Parameters<Parameters<typeof world.owner.begin>[1]>[0]) => Promise<T>) =>
    world.owner.begin(async (sql) => {
      await sql`select set_config('rectus.clinic_id', ${clinic.id}, true)`;
      return work(sql);
    }) as Promise<T>;
  return {
    ...till,
    provider,
    app,
    seals,
    show: (url: string) => app.inject({ url, headers: { host } }),
    choose: (url: string, choice: string) =>
      app.inject({
        method: 'POST',
        url,
        headers: { host, 'content-type': 'application/x-www-form-urlencoded' },
        payload: `choice=${choice}`,
      }),
    /** Sends bytes to the door for notices, as a provider does. */
    send: (body: string | Buffer, signature: string | undefined, door = 'practice') =>
      app.inject({
        method: 'POST',
        url: `/webhooks/${door}`,
        headers: {
          host,
          'content-type': 'application/json',
          ...(signature ? { [`${door}-signature`]: signature } : {}),
        },
        payload: body,
      }),
    owner,
    /** Whatever the practice bank still has under way is due now. */
    letArrive: () =>
      owner(async (sql) => {
        await sql`update practice_checkout set pays_at = now() - interval '1 second' where state = 'processing'`;
        await sql`update practice_notice set deliver_at = now() - interval '1 second' where delivered_at is null`;
      }),
    /** The checkout's time is over by the database's clock. */
    letEnd: (ref: string) =>
      owner(async (sql) => {
        await sql`update practice_checkout set expires_at = now() - interval '1 second' where id = ${ref}`;
      }),
    notices: () =>
      owner(
        (sql) => sql<{ type: string; outcome: string; event_id: string }[]>`
        select type, outcome, event_id from provider_notice order by received_at`,
      ),
  };
}

export type PracticeDesk = Awaited<ReturnType<typeof practiceDesk>>;
