import { Kysely } from 'kysely';
import postgres from 'postgres';
import { corkedSocket } from './corked-socket.ts';
import { pipelinedDialect } from './pipelined-dialect.ts';
import type { Schema } from './schema.ts';

export type Sql = postgres.Sql;
export type Database = Kysely<Schema>;

const DATE = 1082;
const TIMESTAMP = 1114;
const TIMESTAMPTZ = 1184;

/** How to reach one role's view of the database. */
export interface Connection {
  /** A folder for a Unix socket, or a host name. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly ssl?: boolean;
}

/**
 * Opens a pool. Instants arrive as Date; dates and wall-clock times stay text, because turning them into
 * instants needs a zone that the driver does not know.
 */
export function openPool(connection: Connection, max: number, applicationName = 'rectus'): Sql {
  return postgres({
    host: connection.host,
    port: connection.port,
    database: connection.database,
    user: connection.user,
    password: connection.password,
    ssl: connection.ssl ?? false,
    // An encrypted connection gathers its writes itself, in records.
    ...(connection.ssl ? {} : { socket: () => corkedSocket(connection) }),
    max,
    idle_timeout: 300,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: applicationName, TimeZone: 'UTC', statement_timeout: 30_000 },
    types: {
      date: { to: DATE, from: [DATE], serialize: String, parse: String },
      timestamp: { to: TIMESTAMP, from: [TIMESTAMP], serialize: String, parse: String },
      timestamptz: {
        to: TIMESTAMPTZ,
        from: [TIMESTAMPTZ],
        serialize: (value: Date | string) => (value instanceof Date ? value.toISOString() : value),
        parse: (text: string) => new Date(text),
      },
    },
  }) as unknown as Sql;
}

/** The typed query builder over a pool. */
export function openDatabase(sql: Sql): Database {
  return new Kysely<Schema>({ dialect: pipelinedDialect(sql) });
}
