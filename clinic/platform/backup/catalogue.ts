import type { Sql, TransactionSql } from 'postgres';
import { BackupError } from './backup-error.ts';

/** Of the job queue only the schema is Rectus's business: waiting jobs are made anew from the clinic's own rows. */
export const savedSchemas = ['public', 'auth'] as const;
/** Belongs to the program, not to the clinic: it is compared, never copied. */
const migrationTable = 'public.migration';

export interface Table {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
}

/** Ordinary tables of the clinic, with the columns that can be written. */
export async function readTables(sql: Sql | TransactionSql): Promise<Table[]> {
  const rows = await sql<Table[]>`
    select n.nspname as schema, c.relname as name,
      array(select a.attname::text from pg_attribute a
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname in ${sql([...savedSchemas])}
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by 1, 2`;
  return rows.filter((table) => `${table.schema}.${table.name}` !== migrationTable);
}

/** The migrations that made this schema, oldest first; none in an empty database. */
export async function readMigrations(sql: Sql | TransactionSql): Promise<{ name: string; hash: string }[]> {
  const [known] = await sql`select to_regclass(${migrationTable}) is not null as yes`;
  if (!known?.yes) return [];
  const rows = await sql<
    { name: string; hash: string }[]
  >`select name, hash from public.migration order by name`;
  return rows.map(({ name, hash }) => ({ name, hash }));
}

/**
 * Row-level security hides rows from everybody else, so a back-up by another role would be silently incomplete.
 * @throws BackupError `no-rights`
 */
export async function assertSuperuser(sql: Sql): Promise<void> {
  const [row] = await sql`select rolsuper from pg_roles where rolname = current_user`;
  if (row?.rolsuper) return;
  throw new BackupError(
    'no-rights',
    'Backing up and restoring need a superuser of the database; this role is none.',
    'Put a superuser into DATABASE_URL, or use the back-ups of whoever runs your database server.',
  );
}

export function tableName(table: { readonly schema: string; readonly name: string }): string {
  return `${quoteName(table.schema)}.${quoteName(table.name)}`;
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
