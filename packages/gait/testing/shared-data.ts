import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type C3dFile, findParameter, readC3d, trajectoryOf } from '@rectus/c3d';
import type { Subject } from '../src/index.ts';

/** A bundled program lies elsewhere and is told where the project is. */
const ROOT = process.env.RECTUS_ROOT ?? join(import.meta.dirname, '..', '..', '..');

/** Real recordings, where they are present: see the README of the data. */
export const SHARED_DATA = process.env.RECTUS_SHARED_DATA ?? join(ROOT, '..', 'shared', 'data');

/** Whether the recordings are there; says so loudly where they are not. */
export function hasSharedData(): boolean {
  const there = existsSync(join(SHARED_DATA, 'gait', 'pig'));
  if (!there) process.stderr.write('skipped: no ../shared/data\n');
  return there;
}

export function readTrial(name: string): C3dFile {
  return readC3d(new Uint8Array(readFileSync(join(SHARED_DATA, 'gait', 'pig', name))));
}

/** The walking trials that carry the vendor's own values, each with its standing trial and the lab's marker radius. */
export const PIG_TRIALS = [
  ['PiG_Motion-FlatFoot-Full.c3d', 'PiG_Calibration-FlatFoot-Full.c3d', 8],
  ['PiG_Motion-FlatFoot-One.c3d', 'PiG_Calibration-FlatFoot-One.c3d', 8],
  ['PiG_Motion3_FF.c3d', 'PiG_Calibration3_FF.c3d', 7],
  ['PiG_Motion3_FF_N18.c3d', 'PiG_Calibration3_FF_N18.c3d', 7],
] as const;

/** A measurement that the vendor's program stored in the first of the files that has it. */
function measured(files: readonly C3dFile[], name: string): number | null {
  for (const file of files) {
    const parameter = findParameter(file.groups, 'PROCESSING', name);
    const value = parameter && 'values' in parameter ? Number(parameter.values[0]) : 0;
    if (value > 0) return value;
  }
  return null;
}

/** The person as the files describe them. */
export function subjectOf(...files: readonly C3dFile[]): Subject {
  const need = (name: string) => measured(files, name) ?? Number.NaN;
  const sides = (name: string) => ({ left: need(`L${name}`), right: need(`R${name}`) });
  return {
    massKg: need('Bodymass'),
    heightMm: measured(files, 'Height'),
    legLengthMm: sides('LegLength'),
    kneeWidthMm: sides('KneeWidth'),
    ankleWidthMm: sides('AnkleWidth'),
    interAsisMm: measured(files, 'InterAsisDistance'),
    asisTrochanterMm: null,
  };
}

/** A curve that the vendor's model stored, by its label; some files add a V. */
export function vendorCurve(file: C3dFile, label: string): Float64Array | null {
  for (const set of file.modelOutputs) {
    const found = trajectoryOf(set, label) ?? trajectoryOf(set, `${label}V`);
    if (found) return found.xyz;
  }
  return null;
}
