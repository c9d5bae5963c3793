import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NormError, type NormPackage, parseNormPackage } from '@rectus/gait';
import type { Config } from '../../../platform/config.ts';
import { dataDirOf } from '../../../platform/files/index.ts';

/** A file of the folder that serves all clinics of this machine: a set of norms, or why it is none. */
export type FolderNorms =
  | { readonly file: string; readonly norms: NormPackage }
  | { readonly file: string; readonly fault: string };

/** The sets in the folder `norms` of the data folder, in the order of their names. The folder need not exist. */
export function readFolderNorms(config: Config): readonly FolderNorms[] {
  const folder = join(dataDirOf(config), 'norms');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  return names.toSorted().map((file) => {
    try {
      return { file, norms: parseNormPackage(readFileSync(join(folder, file), 'utf8')) };
    } catch (error) {
      if (!(error instanceof NormError)) throw error;
      return { file, fault: error.message };
    }
  });
}
