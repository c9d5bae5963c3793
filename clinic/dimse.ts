import { createRefusalNotes, startListener } from './interop/dimse/index.ts';
import { openAs } from './place.ts';
import { systemClock } from './platform/clock.ts';
import { type Config, SettingsError } from './platform/config.ts';
import { type Connection, openDatabase } from './platform/database/pool.ts';
import { filesOf } from './platform/files/index.ts';

/** Files and questions of a few machines at a time. */
const DATABASE_POOL = 4;

/** A process that hears machines which speak DIMSE. It keeps no state of its own. Ends when told to. */
export async function startDimse(
  config: Config,
  admin: Connection,
  secret: string,
): Promise<{ stop(): Promise<void> }> {
  if (!config.dimsePort)
    throw new SettingsError('Set DIMSE_PORT to hear ultrasound machines, such as 11112.');
  const sql = openAs(admin, 'rectus_app', secret, DATABASE_POOL);
  const listener = await startListener(
    { host: config.dimseHost, port: config.dimsePort },
    {
      db: openDatabase(sql),
      clock: systemClock,
      files: filesOf(config),
      notes: createRefusalNotes(systemClock),
      say: (line) => process.stderr.write(`${line}\n`),
    },
  );
  return {
    async stop() {
      await listener.stop();
      await sql.end({ timeout: 2 });
    },
  };
}
