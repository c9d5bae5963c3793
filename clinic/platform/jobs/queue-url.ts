import type { Connection } from '../database/pool.ts';

/** The connection as the job queue's own driver takes it: an address, with a socket folder in its query. */
export function queueUrl(connection: Connection): string {
  const { host, port, user, password, database } = connection;
  const socket = host.startsWith('/');
  const url = new URL(`postgres://${socket ? 'localhost' : host}:${port}/${database}`);
  url.username = user;
  url.password = password;
  if (socket) url.searchParams.set('host', host);
  if (connection.ssl) url.searchParams.set('sslmode', 'require');
  return url.href;
}
