import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase, testWorld } from '../database/testing.ts';
import { readTables, tableName } from './catalogue.ts';
import { backupTo, restoreFrom } from './index.ts';

const work = mkdtempSync(join(tmpdir(), 'rectus-backup-'));
const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
  rmSync(work, { recursive: true });
});

function adminOf(database: TestDatabase): Sql {
  const sql = postgres({ ...database.admin, max: 2, onnotice: () => undefined });
  closing.push(async () => {
    await sql.end();
    await database.close();
  });
  return sql;
}

async function everyRow(sql: Sql): Promise<Record<string, string[]>> {
  const rows: Record<string, string[]> = {};
  for (const table of await readTables(sql)) {
    const found = await sql.unsafe<{ row: string }[]>(
      `select t::text as row from ${tableName(table)} t order by t::text`,
    );
    rows[`${table.schema}.${table.name}`] = found.map(({ row }) => row);
  }
  return rows;
}

test('two clinics on the real schema come back in a new database, equal in every row and file', async () => {
  const source = adminOf(await testWorld());
  const target = adminOf(await testDatabase());
  const filesDir = join(work, 'files');
  mkdirSync(filesDir);
  writeFileSync(join(filesDir, 'scan'), 'simulated');
  const file = join(work, 'clinics.rectus');

  const saved = await backupTo(file, { sql: source, filesDir });
  const restored = await restoreFrom(file, {
    sql: target,
    filesDir: join(work, 'restored'),
    mode: 'into-empty',
  });

  const rows = await everyRow(source);
  expect(rows['public.clinic']).toHaveLength(2);
  expect(await everyRow(target)).toEqual(rows);
  expect(Object.values(rows).flat()).toHaveLength(saved.rows);
  expect(restored).toMatchObject({ tables: saved.tables, rows: saved.rows, files: 1 });
  expect(readFileSync(join(work, 'restored', 'scan'), 'utf8')).toBe('simulated');
});
