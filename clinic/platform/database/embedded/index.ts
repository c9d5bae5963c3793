export { assertDurable } from './assert-durable.ts';
export { EmbeddedPostgresError, type EmbeddedPostgresProblem } from './embedded-postgres-error.ts';
export { defaultDataDir } from './place.ts';
export { runningServer } from './running-server.ts';
export {
  type AdminConnection,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './start-embedded-postgres.ts';
