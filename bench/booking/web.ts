import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { createAccounts, requireStaff } from '../../clinic/capabilities/accounts/index.ts';
import { book, bookingOf, readCatalogue } from '../../clinic/capabilities/booking/index.ts';
import { openAs } from '../../clinic/place.ts';
import { systemClock } from '../../clinic/platform/clock.ts';
import { readConfig } from '../../clinic/platform/config.ts';
import { type Connection, openDatabase } from '../../clinic/platform/database/pool.ts';
import { readAssets } from '../../clinic/platform/web/assets.ts';
import { readForm } from '../../clinic/platform/web/form.ts';
import { createWebServer, type Platform } from '../../clinic/platform/web/server.ts';
import { UserError } from '../../clinic/platform/web/user-error.ts';

export interface BenchWeb {
  /** Where it listens. */
  readonly origin: string;
  /** The id of a person who can sign in with this password. */
  ensureUser(user: { name: string; email: string; password: string }): Promise<string>;
  stop(): Promise<void>;
}

/** The clinic's web server with its staff accounts and one form more, which books as the desk does. */
export async function startBenchWeb(admin: Connection, secret: string): Promise<BenchWeb> {
  const config = { ...readConfig({ ...process.env, RECTUS_SECRET: secret, LOG_LEVEL: 'error' }), secret };
  const appSql = openAs(admin, 'rectus_app', secret, config.databasePool);
  const authSql = openAs(admin, 'rectus_auth', secret, 4);
  const platform: Platform = {
    db: openDatabase(appSql),
    config,
    clock: systemClock,
    assets: readAssets(join(config.root, 'dist', 'client')),
  };
  const app = await createWebServer(platform);
  const accounts = createAccounts({ platform, authSql, secret });
  accounts.hooks(app);
  accounts.routes(app);
  bookRoute(app, platform);
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    origin,
    ensureUser: (user) => accounts.ensureUser(user),
    async stop() {
      await app.close();
      await Promise.all([appSql.end({ timeout: 2 }), authSql.end({ timeout: 2 })]);
    },
  };
}

const form = z.object({
  key: z.string().min(1).max(100),
  service: z.uuid(),
  site: z.uuid(),
  clinician: z.union([z.literal(''), z.uuid()]),
  start: z.coerce.number().int(),
  given: z.string().trim().min(1).max(100),
  family: z.string().trim().min(1).max(100),
  birth: z.iso.date(),
  email: z.email(),
});

/** One form for one visit: 303 when it stands, 409 when the time is taken. */
function bookRoute(app: FastifyInstance, platform: Platform): void {
  app.post('/desk/bench', { preHandler: requireStaff('front_desk') }, async (request, reply) => {
    const read = readForm(form, request.body);
    if (!read.ok) throw new UserError(422, 'This cannot be booked', JSON.stringify(read.errors));
    const { value } = read;
    const catalogue = await readCatalogue(request.context, request.clinic.catalogueVersion);
    const service = catalogue.service(value.service);
    if (!service) throw new UserError(422, 'This cannot be booked', 'There is no such service.');
    const booked = await book(bookingOf(platform, request), {
      wish: { service, siteId: value.site, clinicianId: value.clinician || null },
      start: value.start,
      person: {
        givenName: value.given,
        familyName: value.family,
        birthDate: value.birth,
        email: value.email,
        phone: null,
      },
      idempotencyKey: value.key,
      source: 'desk',
    });
    if (booked.ok) return reply.redirect(`/desk/appointments/${booked.appointmentId}`, 303);
    return reply.status(409).send(booked.reason);
  });
}
