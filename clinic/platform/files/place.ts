import { join } from 'node:path';
import type { Config } from '../config.ts';
import { defaultDataDir } from '../database/embedded/index.ts';
import { type FileStore, openFiles } from './file-store.ts';

/** The folder of everything that the clinic keeps on this machine. */
export function dataDirOf(config: Pick<Config, 'dataDir' | 'root'>): string {
  return config.dataDir ?? defaultDataDir(config.root);
}

/** Where uploaded files lie. */
export function filesDirOf(config: Pick<Config, 'dataDir' | 'root'>): string {
  return join(dataDirOf(config), 'files');
}

/** The clinic's uploaded files. */
export function filesOf(config: Pick<Config, 'dataDir' | 'root'>): FileStore {
  return openFiles(filesDirOf(config));
}
