import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { platform } from 'node:process';
import type { ClusterPlace } from './place.ts';

export interface ServerSettings {
  readonly port: number;
  /** False trades all crash safety for speed; for throw-away test clusters only. */
  readonly fsync: boolean;
}

/**
 * Writes the server's settings and access rules anew at each start, so that a new version of Rectus brings its
 * own. They stand beside the cluster, not in it: root never writes inside a folder of the server's user.
 * @returns the flags that make the server read them
 */
export async function writeConfiguration(
  place: ClusterPlace,
  settings: ServerSettings,
): Promise<readonly string[]> {
  const main = join(place.home, 'postgresql.conf');
  const access = join(place.home, 'pg_hba.conf');
  await writePlainly(main, configurationText(place, settings));
  // Everyone needs a password, also through the socket: the folder is the first lock, this is the second.
  const everyone = platform === 'win32' ? 'host all all 127.0.0.1/32' : 'local all all';
  await writePlainly(access, `${everyone} scram-sha-256\n`);
  return ['-D', place.cluster, '-c', `config_file=${main}`, '-c', `hba_file=${access}`];
}

/** Nothing secret: the server's user must be able to read it whatever our umask. */
async function writePlainly(file: string, text: string): Promise<void> {
  await writeFile(file, text);
  await chmod(file, 0o644);
}

function configurationText(place: ClusterPlace, settings: ServerSettings): string {
  const durable = settings.fsync ? 'on' : 'off';
  const onSocket = platform !== 'win32';
  const lines = [
    '# Written by Rectus at every start; changes here are lost. ALTER SYSTEM is kept.',
    `listen_addresses = '${onSocket ? '' : '127.0.0.1'}'`,
    `unix_socket_directories = '${onSocket ? place.socketDir.replaceAll("'", "''") : ''}'`,
    'unix_socket_permissions = 0700',
    `port = ${settings.port}`,
    'max_connections = 100',
    "shared_buffers = '128MB'",
    "effective_cache_size = '512MB'",
    "maintenance_work_mem = '64MB'",
    "max_wal_size = '1GB'",
    "min_wal_size = '80MB'",
    'random_page_cost = 1.1',
    `fsync = ${durable}`,
    `full_page_writes = ${durable}`,
    `synchronous_commit = ${durable}`,
    "password_encryption = 'scram-sha-256'",
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    "log_destination = 'stderr'",
    'logging_collector = off',
    "log_line_prefix = '%m [%p] '",
    // A statement can hold what a patient wrote, and this log is not the place for it.
    'log_min_error_statement = panic',
    "log_error_verbosity = 'terse'",
    'log_checkpoints = off',
    // A killed client's long query ends soon, and its locks with it.
    onSocket && platform === 'linux' ? "client_connection_check_interval = '10s'" : '',
  ];
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}
