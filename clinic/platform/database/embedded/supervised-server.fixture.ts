import { startEmbeddedPostgres } from './index.ts';

/** A process of its own that starts the server below `argv[2]`, says so, and waits to be killed or told to stop. */
const server = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '' });
process.on('SIGTERM', () => server.stop().then(() => process.exit(0)));
process.stdout.write(
  `${JSON.stringify({ pid: server.pid, adopted: server.adopted, admin: server.admin })}\n`,
);
setInterval(() => undefined, 60_000);
