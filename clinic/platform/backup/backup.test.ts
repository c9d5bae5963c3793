import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { backupTo, restoreFrom, verifyBackup } from './index.ts';

/** A small clinic with everything that makes copying hard. */
const schema = `
  create schema auth;
  create table migration (name text primary key, hash text not null);
  insert into migration values ('0001_start.sql', 'abc');
  create table clinic (id uuid primary key, name text not null);
  create table visit (
    clinic_id uuid not null references clinic, id bigint generated always as identity primary key,
    follows bigint references visit, "When" tstzrange not null, day date, pause interval, price numeric(10, 2),
    note text, tags text[], extra jsonb, scan bytea, ratio double precision,
    doubled numeric generated always as (price * 2) stored);
  alter table visit enable row level security;
  alter table visit force row level security;
  create table audit_entry (id bigserial primary key, text text);
  create function refuse() returns trigger language plpgsql as $$ begin raise 'append only'; end $$;
  create trigger no_change before insert or update or delete on audit_entry for each row execute function refuse();
  create trigger no_truncate before truncate on audit_entry execute function refuse();
  create table empty_table (id int);
  create table auth.session (token text primary key, expires timestamptz);`;

let work: string;
let admin: Sql;
const opened: { name: string; sql: Sql }[] = [];

beforeAll(() => {
  admin = postgres({ ...inject('testCluster'), max: 1, onnotice: () => undefined });
  work = mkdtempSync(join(tmpdir(), 'rectus-backup-'));
});

afterAll(async () => {
  for (const { name, sql } of opened) {
    await sql.end();
    await admin.unsafe(`drop database ${name} with (force)`);
  }
  await admin.end();
  rmSync(work, { recursive: true });
});

async function newDatabase(): Promise<Sql> {
  const name = `backup_${randomBytes(6).toString('hex')}`;
  await admin.unsafe(`create database ${name}`);
  const sql = postgres({ ...inject('testCluster'), database: name, max: 3, onnotice: () => undefined });
  opened.push({ name, sql });
  await sql.unsafe(schema);
  return sql;
}

async function fill(sql: Sql): Promise<void> {
  await sql`insert into clinic values ('00000000-0000-4000-8000-000000000001', ${'Spine & Söhne 脊椎 \\ "quoted"'})`;
  await sql`
    insert into visit (clinic_id, "When", day, pause, price, note, tags, extra, scan, ratio)
    select '00000000-0000-4000-8000-000000000001',
      tstzrange(timestamptz '2026-03-29 00:30+01' + n * interval '1 minute', null), date '2024-02-29' + n,
      make_interval(months => n, secs => 0.001 * n), n / 3.0,
      case n % 4 when 0 then null when 1 then '' when 2 then E'tab\\there\\nline\\\\.\\r\\\\N' else repeat('ü€😀', n % 50) end,
      array['a,b', null, '{}'], jsonb_build_object('n', n, 'text', E'quote " and \\\\ slash'),
      decode(md5(n::text), 'hex'), case n % 5 when 0 then 'NaN'::float8 else 1 / (n + 0.1) end
    from generate_series(1, 20000) n`;
  // Rows that point at later ones: no order of insertion could satisfy them one by one.
  await sql`update visit set follows = 20000 where id = 1`;
  await sql`alter table audit_entry disable trigger no_change`;
  await sql`insert into audit_entry (text) values ('one'), ('two')`;
  await sql`alter table audit_entry enable trigger no_change`;
  await sql`insert into auth.session values ('t0', 'infinity')`;
}

function putFiles(folder: string): void {
  mkdirSync(join(folder, 'clinic-a', 'scans'), { recursive: true });
  writeFileSync(join(folder, 'clinic-a', 'note.txt'), 'simulated');
  writeFileSync(join(folder, 'clinic-a', 'scans', 'big'), randomBytes(3_000_000));
  writeFileSync(join(folder, 'clinic-a', 'scans', 'empty'), '');
  writeFileSync(join(folder, 'clinic-a', '.upload-in-progress'), 'half');
}

/** Every row of every table as text, and where each sequence stands. */
async function contents(sql: Sql): Promise<Record<string, unknown>> {
  const dump: Record<string, unknown> = {};
  for (const table of ['clinic', 'visit', 'audit_entry', 'empty_table', 'auth.session', 'migration']) {
    const rows = await sql.unsafe<{ row: string }[]>(
      `select t::text as row from ${table} t order by t::text`,
    );
    dump[table] = rows.map(({ row }) => row);
  }
  for (const sequence of ['visit_id_seq', 'audit_entry_id_seq']) {
    dump[sequence] = (await sql.unsafe(`select last_value, is_called from ${sequence}`))[0];
  }
  return dump;
}

function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length), readFileSync(path).toString('base64')];
    }),
  );
}

describe('a back-up of the clinic', () => {
  let source: Sql;
  let filesDir: string;
  let file: string;

  beforeAll(async () => {
    source = await newDatabase();
    await fill(source);
    filesDir = join(work, 'files');
    putFiles(filesDir);
    file = join(work, 'clinic.rectus');
    const summary = await backupTo(file, { sql: source, filesDir });
    expect(summary).toMatchObject({ tables: 5, rows: 20_004, files: 3 });
  });

  let target: Sql;
  let targetFiles: string;
  beforeEach(async () => {
    target = await newDatabase();
    targetFiles = join(work, `restored-${opened.length}`);
  });
  const restore = (from = file, mode: 'into-empty' | 'replace' = 'into-empty') =>
    restoreFrom(from, { sql: target, filesDir: targetFiles, mode });

  test('brings back every row, every sequence and every file', async () => {
    const summary = await restore();
    expect(summary).toMatchObject({ tables: 5, rows: 20_004, files: 3 });
    expect(await contents(target)).toEqual(await contents(source));
    const { '/clinic-a/.upload-in-progress': _draft, ...whole } = filesIn(filesDir);
    expect(filesIn(targetFiles)).toEqual(whole);
    const [next] = await target`
      insert into visit (clinic_id, "When") values ('00000000-0000-4000-8000-000000000001', 'empty') returning id`;
    expect(next?.id).toBe('20001');
  });

  test('is a gzipped tar that any tar program can read, private to its owner', () => {
    const listed = execFileSync('tar', ['-tzf', file], { encoding: 'utf8' }).trim().split('\n');
    expect(listed).toContain('files/clinic-a/note.txt');
    expect(listed.at(-1)).toBe('manifest.json');
    const note = execFileSync('tar', ['-xzOf', file, 'files/clinic-a/note.txt'], { encoding: 'utf8' });
    expect(note).toBe('simulated');
  });

  test('shows one moment, although the clinic goes on working meanwhile', async () => {
    const busy = await newDatabase();
    await fill(busy);
    let working = true;
    const work1 = (async () => {
      while (working) {
        // Always in pairs: a back-up with an odd number would have seen half of a transaction.
        await busy.begin(async (tx) => {
          await tx`insert into empty_table values (1)`;
          await tx`insert into auth.session values (gen_random_uuid()::text, now())`;
        });
      }
    })();
    const moment = join(work, 'moment.rectus');
    await backupTo(moment, { sql: busy, filesDir });
    working = false;
    await work1;
    await restore(moment);
    const [count] = await target`
      select (select count(*) from empty_table)::int as a, (select count(*) from auth.session)::int - 1 as b`;
    expect(count?.a).toBe(count?.b);
  });

  test('never overwrites a file', async () => {
    await expect(backupTo(file, { sql: source, filesDir })).rejects.toMatchObject({ problem: 'file-exists' });
  });

  test('is not taken by a role that row-level security could blind', async () => {
    await admin`create role plain_role login password 'plain'`;
    const plain = postgres({ ...inject('testCluster'), user: 'plain_role', password: 'plain', max: 1 });
    const taking = backupTo(join(work, 'plain.rectus'), { sql: plain, filesDir });
    await expect(taking).rejects.toMatchObject({ problem: 'no-rights' });
    await plain.end();
    await admin`drop role plain_role`;
  });

  test('does not overwrite a clinic in use unless told to replace it', async () => {
    await target`insert into clinic values (gen_random_uuid(), 'in use')`;
    mkdirSync(targetFiles, { recursive: true });
    writeFileSync(join(targetFiles, 'old'), 'old');
    const before = await contents(target);
    await expect(restore()).rejects.toMatchObject({ problem: 'not-empty' });
    expect(await contents(target)).toEqual(before);
    await restore(file, 'replace');
    expect(await contents(target)).toEqual(await contents(source));
    expect(Object.keys(filesIn(targetFiles))).not.toContain('/old');
  });

  test('is refused by a database with other migrations', async () => {
    await target`insert into migration values ('0002_more.sql', 'def')`;
    await expect(restore()).rejects.toMatchObject({
      problem: 'other-schema',
      message: expect.stringMatching(/0001_start\.sql.*0002_more\.sql/),
    });
  });

  test.each([15_000, 20_000])('leaves everything as it was when row %i does not fit', async (row) => {
    await target.unsafe(`alter table visit add constraint few check (id < ${row})`);
    const before = await contents(target);
    await expect(restore()).rejects.toThrow(/few|refused a row of visit/);
    expect(await contents(target)).toEqual(before);
    expect(readdirSync(work).filter((name) => name.includes('.restoring-'))).toEqual([]);
  });

  describe('when its file is damaged', () => {
    const damage = (name: string, change: (bytes: Buffer) => Buffer): string => {
      const path = join(work, name);
      writeFileSync(path, change(readFileSync(file)));
      return path;
    };
    const refuses = async (path: string, message: RegExp, problem = 'damaged') => {
      const before = await contents(target);
      await expect(restore(path)).rejects.toMatchObject({ problem, message: expect.stringMatching(message) });
      expect(await contents(target)).toEqual(before);
    };

    test('it says that it was cut off', async () => {
      await refuses(
        damage('cut', (bytes) => bytes.subarray(0, bytes.length - 2000)),
        /ends too early/,
      );
      await refuses(
        damage('cut-clean', (bytes) => gzipSync(gunzipSync(bytes).subarray(0, 512 * 20))),
        /ends too early|cut off/,
      );
    });

    test('it says that bytes were altered', async () => {
      await refuses(
        damage('flipped', (bytes) => {
          const changed = Buffer.from(bytes);
          changed.writeUInt8(changed.readUInt8(bytes.length >> 1) ^ 0xff, bytes.length >> 1);
          return changed;
        }),
        /altered|header is wrong|ends too early/,
      );
    });

    test('it names the part that somebody edited', async () => {
      await refuses(
        damage('edited', (bytes) => {
          const tar = gunzipSync(bytes);
          const at = tar.indexOf('simulated');
          tar.write('Simulated', at);
          return gzipSync(tar);
        }),
        /files\/clinic-a\/note\.txt was altered/,
      );
    });

    test('it says that it is no back-up, or not there', async () => {
      await refuses(
        damage('other', () => Buffer.from('a letter')),
        /is not a back-up/,
        'not-a-backup',
      );
      await refuses(join(work, 'nowhere'), /There is no file/, 'no-file');
    });

    test('it says that a newer version made it', async () => {
      await refuses(
        damage('newer', (bytes) => {
          const tar = gunzipSync(bytes);
          const at = tar.indexOf('"format": 1');
          tar.write('"format": 9', at);
          return gzipSync(tar);
        }),
        /newer Rectus/,
        'newer-format',
      );
    });
  });

  test('can be checked without a database', async () => {
    expect((await verifyBackup(file)).migrations).toEqual([{ name: '0001_start.sql', hash: 'abc' }]);
  });
});
