import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allocationLimit, C3dError, type C3dFile, deidentify, readC3d } from '@rectus/c3d';
import { GaitError, gaitReport, recordingOf, SIMULATED_ADULT, subjectOfFiles } from '@rectus/gait';
import { exportCommand } from '../../../cli/gait/commands/export.ts';
import { UsageError } from '../../../cli/gait/console.ts';
import { type Allocated, allocatedBy } from './allocation.ts';
import { mutated } from './mutate.ts';
import { partnerOf, type Sample } from './samples.ts';

/** What became of one broken file. */
export interface Execution {
  readonly read: boolean;
  readonly reported: boolean;
  readonly exported: boolean;
  /** What the reader took, as shares of 10 times the file and 1 MiB; null where it was not measured. */
  readonly shares: Allocated | null;
}

export interface FuzzPlan {
  readonly seed: number;
  /** The reader's memory is measured at every so many runs: it needs a collection of garbage before. */
  readonly measureEvery: number;
  readonly reportEvery: number;
  readonly exportEvery: number;
  /** A folder of its own for the files of the command line. */
  readonly folder: string;
}

export const USUAL_PLAN = { seed: 2_026, measureEvery: 16, reportEvery: 4, exportEvery: 32 } as const;

/** Breaks a sample and sends it through reader, report and export. @throws whatever is not one of the typed errors */
export async function execute(samples: readonly Sample[], run: number, plan: FuzzPlan): Promise<Execution> {
  const sample = samples[run % samples.length] as Sample;
  // Counted from another number for each sample, so that the dear steps are spread over every round.
  const turn = Math.floor(run / samples.length) + (run % samples.length);
  const bytes = mutated(sample.bytes, plan.seed, run);
  const { file, shares } = readBroken(bytes, turn % plan.measureEvery === 0);
  if (!file) return { read: false, reported: false, exported: false, shares };
  const reported = turn % plan.reportEvery === 0 && succeeds(() => reportOf(file, sample));
  const isExported = turn % plan.exportEvery === 0;
  if (isExported) await exportBroken(bytes, sample, run, plan.folder);
  return { read: true, reported, exported: isExported, shares };
}

function readBroken(bytes: Uint8Array, isMeasured: boolean) {
  const read = (): C3dFile | null => {
    let file: C3dFile | null = null;
    succeeds(() => {
      file = readC3d(bytes);
    });
    return file;
  };
  if (!isMeasured) return { file: read(), shares: null };
  const { value, allocated } = allocatedBy(read);
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
