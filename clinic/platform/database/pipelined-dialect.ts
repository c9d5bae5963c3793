import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type KyselyPlugin,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type { ReservedSql, Sql } from 'postgres';

/** Statements that were marked by {@link sendAhead}. */
const marked = new WeakSet<object>();

/**
 * Marks statements whose answer nobody reads. Inside a transaction they are sent without waiting for PostgreSQL, which
 * runs them in their order; if one fails, the next statement that is waited for throws its error, at the latest
 * the commit. Every answer that is not waited for saves a booking the way there and back, under locks.
 */
export const sendAhead: KyselyPlugin = {
  transformQuery({ node }) {
    const copy = { ...node };
    marked.add(copy);
    return copy;
  },
  transformResult: async ({ result }) => result,
};

/** Kysely over a pool of postgres.js, with transactions that wait for PostgreSQL as seldom as they can. */
export function pipelinedDialect(sql: Sql): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PipelinedDriver(sql),
    createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

class PipelinedDriver implements Driver {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PipelinedConnection> {
    return new PipelinedConnection(await this.#sql.reserve());
  }

  async beginTransaction(connection: PipelinedConnection, settings: TransactionSettings): Promise<void> {
    const isolation = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : '';
    const access = settings.accessMode ? ` ${settings.accessMode}` : '';
    connection.begin(`begin${isolation}${access}`);
  }

  commitTransaction(connection: PipelinedConnection): Promise<void> {
    return connection.commit();
  }

  rollbackTransaction(connection: PipelinedConnection): Promise<void> {
    return connection.rollback();
  }

  async releaseConnection(connection: PipelinedConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {
    await this.#sql.end();
  }
}

class PipelinedConnection implements DatabaseConnection {
  readonly #sql: ReservedSql;
  #inTransaction = false;
  /** The first error of a statement that nobody waited for. */
  #failure: { readonly error: unknown } | null = null;

  constructor(sql: ReservedSql) {
    this.#sql = sql;
  }

  begin(statement: string): void {
    this.#inTransaction = true;
    this.#send(statement).catch((error: unknown) => this.#remember(error));
  }

  async commit(): Promise<void> {
    // A transaction that failed answers its commit with a rollback, and without an error.
    await this.#send('commit');
    this.#inTransaction = false;
    if (this.#failure) throw this.#failure.error;
  }

  /** A connection that cannot say so any more is closed, and with it the transaction. */
  async rollback(): Promise<void> {
    await this.#send('rollback').catch(() => {});
    this.#inTransaction = false;
    this.#failure = null;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const answer = this.#send(query.sql, query.parameters);
    if (this.#inTransaction && marked.has(query.query)) {
      answer.catch((error: unknown) => this.#remember(error));
      return { rows: [] };
    }
    try {
      const result = await answer;
      return { rows: [...result] as R[], ...affected(result) };
    } catch (error) {
      throw this.#failure?.error ?? error;
    }
  }

  // biome-ignore lint/correctness/useYield: it always throws
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Rows are not streamed here: use a cursor of the pool');
  }

  release(): void {
    this.#sql.release();
  }

  #send(text: string, parameters: readonly unknown[] = []) {
    const query = this.#sql.unsafe(
      text,
      [...parameters] as never[],
      { prepare: true, simple: false } as never,
    );
    return query.execute();
  }

  #remember(error: unknown): void {
    this.#failure ??= { error };
  }
}

const WRITES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

function affected(result: { readonly command: string; readonly count: number }): {
  numAffectedRows?: bigint;
} {
  return WRITES.has(result.command) ? { numAffectedRows: BigInt(result.count) } : {};
}
