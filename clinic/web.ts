import { join } from 'node:path';
import { createAccounts } from './capabilities/accounts/index.ts';
import { bookingRoutes } from './capabilities/booking/index.ts';
import { deskRoutes } from './capabilities/desk/index.ts';
import {
  gaitLabRoutes,
  gaitOfDay,
  gaitOfOrder,
  gaitOfPerson,
  gaitOfVisit,
} from './capabilities/gait-lab/index.ts';
import {
  imagingRoutes,
  ultrasoundOfDay,
  ultrasoundOfPerson,
  ultrasoundOfVisit,
} from './capabilities/imaging/index.ts';
import { libraryRoutes } from './capabilities/library/index.ts';
import { onlineTill, paymentRoutes } from './capabilities/payments/index.ts';
import { portalRoutes } from './capabilities/portal/index.ts';
import { recordsRoutes } from './capabilities/records/index.ts';
import { settingsRoutes } from './capabilities/settings/index.ts';
import { dicomwebRoutes } from './interop/dicomweb/index.ts';
import { openAs } from './place.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { type Connection, openDatabase } from './platform/database/pool.ts';
import { connectionAs } from './platform/database/roles.ts';
import { createWake } from './platform/jobs/wake.ts';
import { readAssets } from './platform/web/assets.ts';
import { createWebServer, type Platform } from './platform/web/server.ts';

export interface Running {
  stop(): Promise<void>;
}

/** A web process: every capability's pages over the database. It keeps no state of its own. */
export async function startWeb(config: Config, admin: Connection, secret: string): Promise<Running> {
  const appSql = openAs(admin, 'rectus_app', secret, config.databasePool);
  const authSql = openAs(admin, 'rectus_auth', secret, 4);
  const queue = createWake(connectionAs(admin, 'rectus_worker', secret));
  const platform: Platform = {
    db: openDatabase(appSql),
    config: { ...config, secret },
    clock: systemClock,
    assets: readAssets(join(config.root, 'dist', 'client')),
    wake: queue.wake,
  };
  const app = await createWebServer(platform);
  const accounts = createAccounts({ platform, authSql, secret });
  accounts.hooks(app);
  await accounts.routes(app);
  await bookingRoutes(app, platform, onlineTill);
  // What one capability adds to the pages of another, which knows nothing of it.
  await deskRoutes(app, platform, {
    ofVisit: [gaitOfVisit, ultrasoundOfVisit],
    ofDay: [gaitOfDay, ultrasoundOfDay],
  });
  await recordsRoutes(app, platform, [gaitOfPerson, ultrasoundOfPerson]);
  await paymentRoutes(app, platform, [gaitOfOrder]);
  for (const routes of [
    libraryRoutes,
    settingsRoutes,
    portalRoutes,
    gaitLabRoutes,
    imagingRoutes,
    dicomwebRoutes,
  ])
    await routes(app, platform);
  await app.listen({ port: config.port, host: config.host });
  return {
    async stop() {
      await app.close();
      await queue.close();
      await Promise.all([appSql.end({ timeout: 2 }), authSql.end({ timeout: 2 })]);
    },
  };
}
