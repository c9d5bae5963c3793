import { ledgerVerify } from './ledger-verify.ts';
import { auditVerify, backup, restore } from './maintenance.ts';
import { newClinic } from './new-clinic.ts';
import { connectionFromUrl, provideSecret } from './place.ts';
import { systemClock } from './platform/clock.ts';
import { type Config, readConfig, SettingsError } from './platform/config.ts';
import type { Connection } from './platform/database/pool.ts';
import { prepareDatabase } from './prepare-database.ts';
import { startEverything } from './start.ts';
import { type Begin, SUPERVISED_VARIABLE } from './supervisor.ts';
import { startWeb } from './web.ts';
import { startWork } from './worker.ts';

const USAGE = `node main.js                  everything on this machine
node main.js web              one web process       (needs DATABASE_URL and RECTUS_SECRET)
node main.js worker           one worker process    (likewise)
node main.js dimse            hears ultrasound machines (likewise; needs DIMSE_PORT)
node main.js migrate          roles and migrations  (likewise)
node main.js backup FILE      database and files into one file
node main.js restore FILE     the same back; --replace overwrites what is there
node main.js clinic-new       an empty clinic with its first owner
node main.js audit-verify     recompute the seals of every clinic's audit log
node main.js ledger-verify     check the books of every clinic
`;

async function main(command: string | undefined, args: readonly string[]): Promise<number> {
  const config = readConfig(process.env);
  switch (command) {
    case undefined:
      return startEverything(config, systemClock.now());
    case 'web':
      return untilStopped(async () => {
        const { connection, secret } = await begin(config);
        return startWeb(config, connection, secret);
      });
    case 'worker':
      return untilStopped(async () => {
        const { connection, secret } = await begin(config);
        return startWork(config, connection, secret);
      });
    case 'dimse':
      return untilStopped(async () => {
        const { connection, secret } = await begin(config);
        // Only this process needs the library for it, which is large.
        const { startDimse } = await import('./dimse.ts');
        return startDimse(config, connection, secret);
      });
    case 'migrate':
      await prepareDatabase(
        { ...config, demo: false },
        administrator(config),
        await provideSecret(config),
        0,
        (line) => process.stdout.write(`${line}\n`),
      );
      return 0;
    case 'backup':
      return backup(config, args);
    case 'restore':
      return restore(config, args);
    case 'clinic-new':
      return newClinic(config, args);
    case 'audit-verify':
      return auditVerify(config);
    case 'ledger-verify':
      return ledgerVerify(config);
    default:
      process.stderr.write(USAGE);
      return 2;
  }
}

/** The database of a single process: from its supervisor where it has one, else from the settings. */
async function begin(config: Config): Promise<Begin> {
  if (!process.env[SUPERVISED_VARIABLE]) {
    return { connection: administrator(config), secret: await provideSecret(config) };
  }
  return new Promise((resolve) => process.once('message', (message) => resolve(message as Begin)));
}

function administrator(config: Config): Connection {
  if (config.databaseUrl) return connectionFromUrl(config.databaseUrl);
  throw new SettingsError('Set DATABASE_URL to run a single process; without it, start everything together.');
}

async function untilStopped(start: () => Promise<{ stop(): Promise<void> }>): Promise<number> {
  const stopAsked = new Promise<null>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const)
      process.once(signal, () => resolve(null));
  });
  const running = await Promise.race([start(), stopAsked]);
  if (running === null) return 0;
  process.send?.('ready');
  await stopAsked;
  await running.stop();
  return 0;
}

// A terminal that is closed takes the output away; whatever runs must still be stopped in order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

try {
  process.exitCode = await main(process.argv[2], process.argv.slice(3));
} catch (error) {
  const hint = (error as { hint?: string }).hint;
  const known = error instanceof Error && (error instanceof SettingsError || hint !== undefined);
  process.stderr.write(
    `\n${known ? [error.message, hint].filter(Boolean).join('\n') : ((error as Error).stack ?? String(error))}\n`,
  );
  process.exitCode = 1;
}
process.exit();
