import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../../..');

/** The folder of real recordings, which are not ours to ship: RECTUS_SHARED_DATA, or ../shared/data. */
function sharedFolder(): string | null {
  const folder = process.env.RECTUS_SHARED_DATA ?? resolve(ROOT, '../shared/data');
  return existsSync(join(folder, 'gait')) ? join(folder, 'gait') : null;
}

/** The folder of gait recordings, or null, in which case it says so. */
export const gaitFolder = sharedFolder();

if (gaitFolder === null) console.warn('skipped: no ../shared/data (set RECTUS_SHARED_DATA to the folder)');

/** What an independent reader found in one file. */
export interface Expected {
  readonly processor: 'PC' | 'DEC' | 'SGI';
  readonly storage: 'int' | 'real';
  readonly points: number;
  readonly framesHeader: number;
  readonly framesInFile: number;
  readonly firstFrame: number;
  readonly rate: number;
  readonly analogChannels: number;
  readonly analogPerFrame: number;
  readonly scale: number;
  readonly labels: readonly string[];
  readonly events: readonly (readonly [string, string, number])[];
  readonly headerEvents: readonly (readonly [string, number, number])[];
  readonly invalidFraction: number;
  readonly point0_mid: readonly (number | null)[];
  readonly sumAbsValid: number;
  readonly analog0_first?: number;
  readonly analogChannelMeans?: readonly number[];
  readonly plateTypes?: readonly number[];
}

/** A file of the folder, by its name there. */
export function gaitFile(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(gaitFolder ?? '', name)));
}

/** The expected values of every file of the folder. */
export function expectedOfFiles(): [string, Expected][] {
  if (gaitFolder === null) return [];
  const text = readFileSync(join(gaitFolder, 'c3d_expected.json'), 'utf8');
  return Object.entries(JSON.parse(text) as Record<string, Expected>);
}
