import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { isTimeZone } from '@rectus/schedule';
import { z } from 'zod';
import { createAccounts } from './capabilities/accounts/index.ts';
import { withDatabase } from './maintenance.ts';
import { openAs, provideSecret } from './place.ts';
import { systemClock } from './platform/clock.ts';
import { type Config, SettingsError } from './platform/config.ts';
import { openDatabase } from './platform/database/pool.ts';
import { readAssets } from './platform/web/assets.ts';
import { prepareDatabase } from './prepare-database.ts';

const USAGE = `npm run clinic:new -- --name "Harbour Physiotherapy" --time-zone Europe/Lisbon --email owner@clinic.example
  --slug harbour       a short name for addresses; made from the name when absent
  --host book.harbour.example   the host name it answers under; any, when absent and no clinic is there yet
  --currency EUR`;

const wanted = z.object({
  name: z.string().trim().min(1).max(120),
  'time-zone': z.string().refine(isTimeZone, 'not an IANA time zone, such as Europe/Lisbon'),
  email: z.email(),
  slug: z
    .string()
    .regex(/^[a-z0-9-]{2,40}$/)
    .optional(),
  host: z
    .string()
    .toLowerCase()
    .regex(/^[a-z0-9.-]+$/)
    .default('*'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('EUR'),
});

/** `clinic-new`: an empty clinic with its first owner, who fills in sites, people and hours in the settings. */
export async function newClinic(config: Config, args: readonly string[]): Promise<number> {
  const clinic = readWishes(args);
  const secret = await provideSecret(config);
  return withDatabase(config, async ({ admin }) => {
    await prepareDatabase({ ...config, demo: false }, admin, secret, 0, () => {});
    const owner = openAs(admin, 'rectus_owner', secret, 2);
    const authSql = openAs(admin, 'rectus_auth', secret, 1);
    try {
      const platform = {
        db: openDatabase(owner),
        config: { ...config, secret },
        clock: systemClock,
        assets: readAssets(null),
      };
      const password = randomBytes(12).toString('base64url');
      const [taken] = await owner`select 1 from clinic_host where host = ${clinic.host}`;
      if (taken)
        throw new SettingsError(`A clinic answers under ${clinic.host} already. Name another with --host.`);
      const people = createAccounts({ platform, authSql, secret });
      const userId = await people.ensureUser({ name: 'Owner', email: clinic.email, password });
      await owner.begin(async (tx) => {
        await tx`select set_config('rectus.clinic_id', uuidv7()::text, true)`;
        await tx`insert into clinic (id, slug, name, time_zone, currency, email)
          values (current_clinic(), ${clinic.slug}, ${clinic.name}, ${clinic['time-zone']}, ${clinic.currency}, ${clinic.email})`;
        await tx`insert into clinic_host (host, clinic_id) values (${clinic.host}, current_clinic())`;
        await tx`insert into membership (clinic_id, user_id, role, name, email)
          values (current_clinic(), ${userId}, 'owner', 'Owner', ${clinic.email})`;
        await tx`insert into audit_event (clinic_id, actor_kind, actor_id, action) values (current_clinic(), 'system', 'clinic-new', 'clinic.created')`;
      });
      process.stdout.write(`${clinic.name} is open. Its owner signs in with ${clinic.email} and the password
  ${password}
(if this address had an account before, its password stays). Change it after the first sign-in.\n`);
      return 0;
    } finally {
      await Promise.all([owner.end({ timeout: 2 }), authSql.end({ timeout: 2 })]);
    }
  });
}

function readWishes(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const options = { name: text, 'time-zone': text, email: text, slug: text, host: text, currency: text };
    const { values } = parseArgs({ args: [...args], options });
    const clinic = wanted.parse(values);
    return { ...clinic, slug: clinic.slug ?? slugOf(clinic.name) };
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new SettingsError(`${why}\n\n${USAGE}`);
  }
}

function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  return slug.length >= 2 ? slug : 'clinic';
}
