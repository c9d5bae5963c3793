import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NormPackage, normsFromTables } from '../src/index.ts';
import { SHARED_DATA } from './shared-data.ts';

const FOLDER = join(SHARED_DATA, 'gait', 'normative');

export function hasNormTables(): boolean {
  const there = existsSync(FOLDER);
  if (!there) process.stderr.write('skipped: no ../shared/data\n');
  return there;
}

export function normTable(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8');
}

/** Every table of the folder by its name. */
export function normTables(): Map<string, string> {
  return new Map(
    readdirSync(FOLDER)
      .filter((name) => name.endsWith('.tsv'))
      .map((name) => [name, normTable(name)]),
  );
}

/** The package of an id, made from the tables. */
export function normPackage(id: string): NormPackage {
  const found = normsFromTables(normTables()).find((norms) => norms.id === id);
  if (!found) throw new Error(`no norms ${id}`);
  return found;
}
