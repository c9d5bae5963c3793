import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readC3d } from '@rectus/c3d';
import {
  type GaitReportData,
  gaitReport,
  markerRadiusOfFiles,
  type NormPackage,
  recordingOf,
  simulatedNorms,
  subjectOfFiles,
} from '@rectus/gait';
import { percentile } from '../lib/report.ts';
import { standingFile, walkFile, walkOf } from './made-files.ts';
import { growthExponent, ownTimeMs, type Times, timesOf } from './timing.ts';

/** From the bytes of a standing trial and a walk to everything that the report shows. */
export function reportOf(
  standing: Uint8Array,
  walk: Uint8Array,
  norms: readonly NormPackage[],
): GaitReportData {
  const files = [readC3d(standing), readC3d(walk)] as const;
  const markerRadiusMm = markerRadiusOfFiles(files) ?? 7;
  return gaitReport({
    standing: recordingOf(files[0]),
    trials: [{ name: 'walk', recording: recordingOf(files[1]) }],
    subject: subjectOfFiles(files),
    lab: { markerRadiusMm, footFlat: true },
    norms,
  });
}

export interface ReportTimes {
  readonly frames: number;
  readonly strides: number;
  /** Again and again in one process. */
  readonly warm: Times;
  /** The first report of a fresh process, without its start: the median of several processes. */
  readonly coldMs: number;
}

export const REPORT_ONCE = '--report-once';

/** How long a report of a three-second walk takes, in a process that runs and in fresh ones. */
export async function measureReport(
  script: string,
  repeats: number,
  processes: number,
): Promise<ReportTimes> {
  const [standing, walk, norms] = [standingFile(), walkFile(3), [simulatedNorms()]];
  const { strides } = reportOf(standing, walk, norms);
  for (let turn = 0; turn < Math.min(20, repeats); turn++) reportOf(standing, walk, norms);
  const warm = timesOf(repeats, () => reportOf(standing, walk, norms));
  return {
    frames: walkOf(3).recording.frames,
    strides: strides.left.length + strides.right.length,
    warm,
    coldMs: await coldReport(script, { standing, walk }, processes),
  };
}

async function coldReport(
  script: string,
  files: { readonly standing: Uint8Array; readonly walk: Uint8Array },
  processes: number,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'rectus-bench-report-'));
  try {
    await writeFile(join(folder, 'standing.c3d'), files.standing);
    await writeFile(join(folder, 'walk.c3d'), files.walk);
    const taken: number[] = [];
    for (let turn = 0; turn < processes; turn++) {
      const { stdout } = await promisify(execFile)(process.execPath, [script, REPORT_ONCE, folder]);
      taken.push(Number(stdout));
    }
    return percentile(taken, 0.5);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The work of a fresh process: nothing of the program has run before. Norms are made once for a whole clinic. */
export function reportOnce(folder: string): void {
  const [standing, walk] = [
    readFileSync(join(folder, 'standing.c3d')),
    readFileSync(join(folder, 'walk.c3d')),
  ];
  const start = performance.now();
  reportOf(standing, walk, []);
  process.stdout.write(String(performance.now() - start));
}

export interface Growth {
  readonly points: readonly { readonly seconds: number; readonly frames: number; readonly ms: number }[];
  /** 1 is linear. */
  readonly exponent: number;
}

/**
 * What walks of different lengths cost, in turns, so that other work on the machine meets all of them: the mean of
 * this thread's own time for each, which does not count what it waited for others.
 */
export function measureGrowth(seconds: readonly number[], rounds: number): Growth {
  const [standing, norms] = [standingFile(), [simulatedNorms()]];
  const walks = seconds.map((length) => walkFile(length));
  const own = walks.map(() => 0);
  for (let round = 0; round < rounds; round++)
    for (const [index, walk] of walks.entries()) {
      const start = ownTimeMs();
      reportOf(standing, walk, norms);
      own[index] = (own[index] as number) + (ownTimeMs() - start) / rounds;
    }
  const points = walks.map((walk, index) => ({
    seconds: seconds[index] as number,
    frames: readC3d(walk).frames,
    ms: own[index] as number,
  }));
  return { points, exponent: growthExponent(points.map(({ frames, ms }) => [frames, ms])) };
}
