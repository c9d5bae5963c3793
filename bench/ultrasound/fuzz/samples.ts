import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ULTRASOUND_DATA } from '../../../packages/sonography/testing/shared-data.ts';
import { phantomFiles, type Sample } from './phantom-files.ts';

/** The largest pictures take a second to decode: too few executions come of them. */
const LARGEST = 500_000;

/** Simulated clips in every form that we write, and every file of ../shared/data that is small enough. */
export async function fuzzSamples(): Promise<Sample[]> {
  return [...(await phantomFiles()), ...realSamples()];
}

function realSamples(): Sample[] {
  return [
    ['dicom', /\.dcm$/],
    ['muscle/pennation', /_002\.png$/],
    ['muscle/contraction', /p6_isokinetic120.*\.mp4$/],
  ].flatMap(([part, pattern]) => {
    const folder = join(ULTRASOUND_DATA, part as string);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => (pattern as RegExp).test(name))
      .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }))
      .map((one) => (one.name.endsWith('.mp4') ? { ...one, bytes: one.bytes.slice(0, LARGEST) } : one))
      .filter(({ bytes }) => bytes.length <= LARGEST);
  });
}
