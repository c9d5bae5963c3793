import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type NormPackage, parseNormPackage, writeNormPackage } from '@rectus/gait';

/** Where norm packages are installed: the given folder, RECTUS_GAIT_NORMS, or a folder of the user. */
export function normFolder(given: string | undefined): string {
  return given ?? process.env.RECTUS_GAIT_NORMS ?? join(homedir(), '.rectus', 'gait-norms');
}

/** Every installed package in the order of its id. @throws NormError for a file that is damaged */
export function installedNorms(folder: string): NormPackage[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => parseNormPackage(readFileSync(join(folder, name), 'utf8')));
}

/** Installs a package; one of the same id is replaced. */
export function installNorms(folder: string, norms: NormPackage): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${norms.id}.json`);
  writeFileSync(path, writeNormPackage(norms));
  return path;
}
