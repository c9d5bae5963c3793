import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allocationLimit, C3dError, type C3dFile, deidentify, readC3d } from '@rectus/c3d';
import { GaitError, gaitReport, recordingOf, SIMULATED_ADULT, subjectOfFiles } from '@rectus/gait';
import { exportCommand } from '../../../cli/gait/commands/export.ts';
import { UsageError } from '../../../cli/lib/console.ts';
import { allocatedBy } from '../../lib/fuzz/allocation.ts';
import { mutated } from '../../lib/fuzz/mutate.ts';
import type { FuzzPlan, FuzzTarget } from '../../lib/fuzz/target.ts';
import { fuzzSamples, partnerOf, type Sample } from './samples.ts';

/** Dear steps are taken at every so many runs; memory, too, because garbage must be collected before. */
const EVERY = { measure: 16, report: 4, export: 32 } as const;

/** Motion-capture files, broken, through reader, de-identification, report and export. */
export function gaitTarget({ seed, folder }: FuzzPlan): FuzzTarget {
  const samples = fuzzSamples();
  return {
    names: samples.map(({ name }) => name),
    execute: async (run) => {
      const sample = samples[run % samples.length] as Sample;
      // Counted from another number for each sample, so that the dear steps are spread over every round.
      const turn = Math.floor(run / samples.length) + (run % samples.length);
      const bytes = mutated(sample.bytes, seed, run);
      const { file, shares } = await readBroken(bytes, turn % EVERY.measure === 0);
      if (!file) return { reached: [], shares };
      const reached = ['read'];
      if (turn % EVERY.report === 0 && succeeds(() => reportOf(file, sample))) reached.push('reported');
      if (turn % EVERY.export === 0) {
        await exportBroken(bytes, sample, run, folder);
        reached.push('exported');
      }
      return { reached, shares };
    },
  };
}

async function readBroken(bytes: Uint8Array, isMeasured: boolean) {
  const read = (): C3dFile | null => {
    let file: C3dFile | null = null;
    succeeds(() => {
      file = readC3d(bytes);
    });
    return file;
  };
  if (!isMeasured) return { file: read(), shares: null };
  const { value, allocated } = await allocatedBy(read);
  succeeds(() => deidentify(bytes));
  const limit = allocationLimit(bytes.length);
  return { file: value, shares: { needed: allocated.needed / limit, inAll: allocated.inAll / limit } };
}

function reportOf(file: C3dFile, sample: Sample): void {
  const [broken, partner] = [recordingOf(file), partnerOf(sample)];
  const [standing, walk] = sample.isStanding ? [broken, partner] : [partner, broken];
  const { subject, lab } = SIMULATED_ADULT;
  const own = subjectOfFiles([file], subject);
  gaitReport({ standing, trials: [{ name: 'broken', recording: walk }], subject: own, lab });
}

const FORMATS = ['json', 'csv', 'trc', 'mot'] as const;

/** The same as on the command line, with the person's measurements given. */
async function exportBroken(bytes: Uint8Array, sample: Sample, run: number, folder: string): Promise<void> {
  const [broken, partner, out] = ['broken.c3d', 'partner.c3d', 'out'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(broken, bytes);
  writeFileSync(partner, sample.partner);
  const [trial, standing] = sample.isStanding ? [partner, broken] : [broken, partner];
  const person = ['--mass', '68', '--leg-length', '890', '--knee-width', '102', '--ankle-width', '70'];
  const format = FORMATS[run % FORMATS.length] as string;
  try {
    await exportCommand([trial, '--static', standing, '--format', format, '--out', out, ...person]);
  } catch (error) {
    if (!isTyped(error)) throw error;
  } finally {
    rmSync(out, { force: true });
  }
}

/** Whether it came to its end; a typed error is a no. */
function succeeds(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (isTyped(error)) return false;
    throw error;
  }
}

function isTyped(error: unknown): boolean {
  return error instanceof C3dError || error instanceof GaitError || error instanceof UsageError;
}
