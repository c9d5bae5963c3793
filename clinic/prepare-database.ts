import { join } from 'node:path';
import { createAccounts } from './capabilities/accounts/index.ts';
import { type DemoAccount, seedDemo } from './demo/seed.ts';
import { asAdmin, openAs } from './place.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { assertDurable } from './platform/database/embedded/index.ts';
import { migrate } from './platform/database/migrate.ts';
import { type Connection, openDatabase } from './platform/database/pool.ts';
import { ensureRoles } from './platform/database/roles.ts';
import { filesOf } from './platform/files/index.ts';
import { readAssets } from './platform/web/assets.ts';

export interface Prepared {
  readonly migrations: readonly string[];
  readonly demoAccounts: readonly DemoAccount[];
  /** False until a first clinic has been made. */
  readonly hasClinic: boolean;
}

/** Roles, migrations and, where wanted, the demo clinics. Safe to repeat, and quick when there is nothing to do. */
export async function prepareDatabase(
  config: Config,
  admin: Connection,
  secret: string,
  now: number,
  say: (message: string) => void,
): Promise<Prepared> {
  await asAdmin(admin, async (sql) => {
    await assertDurable(sql);
    await ensureRoles(sql, secret);
  });
  const owner = openAs(admin, 'rectus_owner', secret, 2);
  const auth = openAs(admin, 'rectus_auth', secret, 1);
  try {
    const migrations = await migrate(owner, join(config.root, 'clinic', 'migrations'));
    for (const name of migrations) say(`migration ${name}`);
    if (!config.demo) {
      const [known] = await owner`select 1 from clinic_host limit 1`;
      return { migrations, demoAccounts: [], hasClinic: known !== undefined };
    }
    const platform = {
      db: openDatabase(owner),
      config: { ...config, secret },
      clock: systemClock,
      assets: readAssets(null),
    };
    const people = createAccounts({ platform, authSql: auth, secret });
    const { accounts } = await seedDemo({
      sql: owner,
      ensureUser: (user) => people.ensureUser(user),
      now,
      secret,
      publicUrl: config.publicUrl,
      files: filesOf(config),
    });
    return { migrations, demoAccounts: accounts, hasClinic: true };
  } finally {
    await Promise.all([owner.end({ timeout: 2 }), auth.end({ timeout: 2 })]);
  }
}
